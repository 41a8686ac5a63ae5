"""Milvus when something breaks: what was stored stays, what is missing is brought, and nothing false is found."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from door_parts import client
from milvus_parts import Lite
from store_parts import MODEL, HashedSyllables, found_by_vector, found_by_words, make, opened, upload, words

from index.doctor import examine
from index.follow import Finding, IndexUnreachableError, Within
from index.milvus import Collections, Entity, Part, expression
from index.milvus_ledger import Ledger
from index.rows import read_rows_of
from index.store import Store
from rag.answer import Filters
from rag.assistant import Assistant
from rag.settings import Settings
from ui.api import create_app

LINES = [f"Xã số {n} trồng {n * 7} ha rau. Thôn {n} họp ngày {n % 28 + 1}." for n in range(1, 41)]


@pytest.fixture(scope="module")
def lite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lite]:
    """One that may be killed."""
    started = Lite(tmp_path_factory.mktemp("lite"))
    yield started
    started.kill()


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.milvus_index._PATIENCE", 0.0)
    monkeypatch.setattr("index.milvus_follow._LINGER", 0.0)


@pytest.fixture
def store(tmp_path: Path, lite: Lite) -> Iterator[Store]:
    store = opened(tmp_path / "data", follow=lite.follow("test"))
    yield store
    store.erase()
    store.close()


def back(store: Store) -> Store:
    """The store once it reaches the server again."""
    deadline = time.monotonic() + 30
    while True:
        try:
            store.snapshot().lexical(words("x"), 1)
            return store
        except IndexUnreachableError:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def examined(store: Store, lite: Lite, repair: bool = False) -> list[Finding]:
    return examine(store.folder, HashedSyllables(), MODEL, repair, lite.follow("test"))


def pairs(lite: Lite) -> set[str]:
    """The names of the pairs of collections on the server."""
    collections = Collections(lite.address)
    with collections._speaking() as speaking:
        return {name.rpartition("_")[0] for name in speaking.list_collections()}


def durable(store: Store) -> list[str]:
    """The ids of the documents in the database, whatever the server holds."""
    with store.database.read() as connection:
        return [id for (id,) in connection.execute("SELECT id FROM documents ORDER BY id")]


def row_of(store: Store, id: str) -> int:
    with store.database.read() as connection:
        return read_rows_of(connection, [id])[id]


def pair_of(store: Store) -> str:
    return (store.folder / "milvus" / "CURRENT").read_text().strip()


def test_a_server_that_is_gone_loses_nothing_and_is_caught_up(store: Store, lite: Lite) -> None:
    new = make("Xã Quảng Lập trồng hoa.").id
    kept, _ = store.add([upload("Xã Lạc Lâm trồng rau."), upload("Thị trấn Thạnh Mỹ.")])
    lite.kill()
    try:
        with pytest.raises(IndexUnreachableError, match="Milvus không trả lời"):
            store.snapshot().lexical(words("rau"), 5)
        with pytest.raises(IndexUnreachableError):
            store.add([upload("Xã Quảng Lập trồng hoa.")])
        with pytest.raises(IndexUnreachableError):
            store.remove([kept.document_id])
        assert set(durable(store)) == {new, make("Thị trấn Thạnh Mỹ.").id}
        again = opened(store.folder, follow=lite.follow("test"))  # starts all the same, and says so when asked
        with pytest.raises(IndexUnreachableError):
            again.snapshot().dense(HashedSyllables().encode_query(["rau"])[0], 5)
        assert [finding.code for finding in examined(store, lite)] == ["generation_behind"]
    finally:
        lite.start()
    assert found_by_words(back(store), "hoa") == found_by_vector(back(again), "trồng hoa", 1) == [new]
    assert found_by_words(store, "rau") == found_by_words(again, "rau") == []
    assert examined(store, lite) == []
    again.close()


def test_killed_in_the_midst_of_adding_it_catches_up(store: Store, lite: Lite) -> None:
    """Each line is told as stored, or not at all; after the restart all that are stored are found, each once."""

    def add() -> None:
        for line in LINES:
            try:
                store.add([upload(line)])
            except IndexUnreachableError:
                broke_off.set()

    broke_off = threading.Event()
    adding = threading.Thread(target=add)
    adding.start()
    while len(durable(store)) < 5:
        broke_off.wait(0.01)
    lite.kill()
    try:
        assert broke_off.wait(30)
    finally:
        lite.start()
        adding.join()
    everything = durable(store)
    assert len(everything) == len(LINES)
    assert sorted(found_by_words(back(store), "ha rau", 100)) == everything
    assert sorted(found_by_vector(store, "ha rau", 100)) == everything
    assert examined(store, lite) == []


def test_what_the_server_lost_or_has_too_much_is_told_and_mended(store: Store, lite: Lite) -> None:
    added = store.add(upload(line) for line in LINES[:6])
    collections, name = Collections(lite.address), pair_of(store)
    collections.remove(name, [row_of(store, added[0].document_id)])
    with collections._speaking() as speaking:
        speaking.delete(f"{name}_vectors", ids=[int(store.snapshot().index.chunks[1, 0]) * 64])
    stray = speaking.query(f"{name}_words", filter="", limit=1, output_fields=["*"])[0]
    speaking.upsert(f"{name}_words", [{**stray, "id": 10**9, "document": 10**9}])
    (finding,) = examined(store, lite)
    assert (finding.code, finding.message) == ("generation_differs", "Milvus thiếu hoặc thừa đoạn của 3 tài liệu.")
    assert [each.mended for each in examined(store, lite, repair=True)] == [True]
    assert examined(store, lite) == []
    assert len(found_by_words(store, "ha", 10)) == 6
    collections.drop(pair_of(store))
    assert [each.code for each in examined(store, lite)] == ["generation_damaged"]
    again = opened(store.folder, follow=lite.follow("test"))
    assert len(found_by_words(again, "ha", 10)) == 6
    again.close()


def test_an_opened_store_mends_what_a_server_has_lost(store: Store, lite: Lite) -> None:
    """As after a power failure: acknowledged, and gone all the same."""
    added = store.add(upload(line) for line in LINES[:3])
    Collections(lite.address).remove(pair_of(store), [row_of(store, added[1].document_id)])
    name = pair_of(store)
    again = opened(store.folder, follow=lite.follow("test"))
    assert len(found_by_words(again, "ha", 10)) == 3
    assert pair_of(store) == name, "mended, not made anew"
    again.close()


def test_a_rebuild_that_broke_off_goes_on_and_the_old_pair_serves_meanwhile(
    store: Store, lite: Lite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.milvus_bring._BATCH", 4)
    store.add(upload(line) for line in LINES[:12])
    old, put, brought = pair_of(store), Collections.put, list[int]()

    def breaks(self: Collections, name: str, part: Part, entities: list[Entity]) -> None:
        brought.extend(entity.marks.row for entity in entities if part == "words")
        if len(brought) > 8:
            raise IndexUnreachableError
        put(self, name, part, entities)

    with monkeypatch.context() as patch:
        patch.setattr(Collections, "put", breaks)
        with pytest.raises(IndexUnreachableError):
            Store.open(store.folder, HashedSyllables(32), "other", follow=lite.follow("test"))
    assert len(brought) == 12
    assert pair_of(store) == old
    half = next(path.stem for path in (store.folder / "milvus").glob("hoi_*.db") if path.stem != old)
    assert len(Ledger(store.folder / "milvus", half).rows()) == 8
    again = Store.open(store.folder, HashedSyllables(32), "other", follow=lite.follow("test"))
    assert pair_of(store) == half
    assert len(again.snapshot().lexical(words("ha"), 100)) == 12
    again.add([upload("ha")])
    assert old not in pairs(lite)
    again.close()


def test_offices_do_not_see_each_other(store: Store, lite: Lite, tmp_path: Path) -> None:
    other = opened(tmp_path / "other", follow=lite.follow("don_duong"))
    store.add([upload("Xã Lạc Lâm trồng rau.")])
    other.add([upload("Xã Quảng Lập trồng hoa.")])
    assert found_by_words(store, "hoa") == found_by_words(other, "rau") == []
    assert pair_of(other).startswith("hoi_don_duong_")
    name = pair_of(other)
    other.erase()
    assert name not in pairs(lite)
    assert pair_of(store) in pairs(lite)
    other.close()


def test_lengths_that_drift_are_weighed_anew_once(store: Store) -> None:
    store.add([upload("rau hoa quả")])
    first = pair_of(store)
    store.add([upload("rau hoa quả " * 9)])
    second = pair_of(store)
    assert second != first, "twice as many, and much longer"
    store.add([upload("rau hoa quả " * 30)])
    assert pair_of(store) == second, "not twice as many yet"


def test_the_api_says_so_and_is_not_ready(store: Store, lite: Lite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.routes.service.FRESH_SECONDS", -1.0)
    store.add([upload("Xã Lạc Lâm trồng rau.")])
    app = create_app(Assistant(store, HashedSyllables()), Settings(data=store.folder))
    asking = client(app)
    assert asking.get("/readyz").status_code == 200
    lite.kill()
    try:
        answer = asking.post("/v1/search", json={"query": "trồng rau"})
        assert (answer.status_code, answer.json()["code"]) == (503, "index_unreachable")
        assert "Milvus" in answer.json()["detail"]
        assert asking.get("/readyz").status_code == 503
        assert asking.get("/v1/documents").status_code == 200, "what needs no search goes on"
    finally:
        lite.start()
    back(store)
    assert asking.post("/v1/search", json={"query": "trồng rau"}).json()["passages"]
    assert asking.get("/readyz").status_code == 200


def test_what_is_filtered_by_is_said_in_milvus_words() -> None:
    everything = Filters(kind="Công văn", issuer="UBND xã", place="Lạc Lâm")
    within = Within(None, groups=frozenset({"nhân-sự"}), filters=everything, named=np.array([1, 3]))
    assert expression(within) == (
        'array_contains_any(access, ["*", "nhân-sự"]) and document in [1, 3] and kind == " cong van "'
        ' and issuer like "% ubnd xa %" and place like "% lac lam %"'
    )
    assert expression(None) == expression(Within(np.array([1]), np.array([2]))) == ""


def test_settings_name_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MILVUS_URI", "https://milvus.example:19530")
    monkeypatch.setenv("MILVUS_TOKEN", "s3cr3t")
    settings = Settings(index="milvus", _env_file=None)
    assert (settings.milvus_uri, settings.milvus_token.get_secret_value()) == ("https://milvus.example:19530", "s3cr3t")
    assert "s3cr3t" not in repr(settings)
    with pytest.raises(ValueError, match="MILVUS_URI"):
        Settings(index="milvus", milvus_uri="./local.db", _env_file=None)
