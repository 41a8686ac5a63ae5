"""What every index must do, the embedded one and Milvus alike: the tests do not know which one it is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from store_parts import MODEL, HashedSyllables, found_by_vector, found_by_words, make, opened, upload, words

from index.access import groups, restricted
from index.doctor import examine
from index.embed import Vectors
from index.embedded import Generations
from index.follow import Follow
from index.store import Snapshot, Store, Upload
from rag.answer import Filters

if TYPE_CHECKING:
    from milvus_parts import Cluster, Lite

LINES = [f"Xã số {n} trồng {n * 7} ha rau và {n * 3} ha hoa. Thôn {n} họp ngày {n % 28 + 1}." for n in range(1, 31)]
QUESTIONS = ["ha hoa", "xã trồng rau", "thôn 7 họp", "28 ha rau", "họp ngày 9", "số 12"]
STAFF = groups(["nhân-sự"])


@pytest.fixture(params=["embedded", "milvus"])
def follow(request: pytest.FixtureRequest) -> Follow:
    if request.param == "embedded":
        return Generations
    server: Cluster | Lite = request.getfixturevalue("milvus")
    return server.follow()


@pytest.fixture
def store(tmp_path: Path, follow: Follow) -> Iterator[Store]:
    store = opened(tmp_path / "data", follow=follow)
    yield store
    store.erase()
    store.close()


def vector_of(text: str) -> Vectors:
    return HashedSyllables().encode_query([text])[0]


def documents_of(snapshot: Snapshot, found: list[tuple[int, float]]) -> list[str]:
    return [chunk.document_id for chunk in snapshot.chunks([id for id, _ in found])]


def test_what_is_added_is_found_and_what_is_removed_is_not(store: Store) -> None:
    assert found_by_words(store, "rau") == found_by_vector(store, "rau") == []
    one, two = store.add([upload("Xã Lạc Lâm trồng rau."), upload("Xã Quảng Lập trồng hoa.")])
    assert found_by_words(store, "rau") == [one.document_id]
    assert found_by_vector(store, "Quảng Lập trồng hoa", 1) == [two.document_id]
    assert [each.status for each in store.add([upload("Xã Lạc Lâm trồng rau.")])] == ["unchanged"]
    store.remove([one.document_id])
    assert found_by_words(store, "rau") == []
    assert found_by_vector(store, "Xã Lạc Lâm trồng rau.") == [two.document_id]


def test_a_new_version_replaces_the_old(store: Store) -> None:
    store.add([upload("Xã Lạc Lâm có 12 thôn.", source="a"), upload("Huyện Đơn Dương.", source="b")])
    (new,) = store.add([upload("Xã Lạc Lâm có 13 thôn.", source="a")])
    assert new.status == "replaced"
    assert found_by_words(store, "Lạc Lâm") == [new.document_id]
    assert found_by_words(store, "12") == []


def test_it_is_all_there_after_a_restart(store: Store, follow: Follow) -> None:
    store.add(upload(line) for line in LINES)
    before = [store.snapshot().lexical(words(question), 10) for question in QUESTIONS]
    again = opened(store.folder, follow=follow)
    assert [again.snapshot().lexical(words(question), 10) for question in QUESTIONS] == before
    assert examine(store.folder, HashedSyllables(), MODEL, follow=follow) == []
    again.close()


def test_searches_are_restricted_before_they_are_made(store: Store) -> None:
    """Each restriction leaves out what would come first; still `k` are found."""
    marks = {
        "kind": ("Quyết định", "Công văn"),
        "issuer": ("Ủy ban nhân dân xã Lạc Lâm", "Huyện ủy Đơn Dương"),
        "place": ("xã Lạc Lâm, huyện Đơn Dương", "xã Quảng Lập"),
        "issued_on": (date(2020, 5, 1), date(2019, 10, 11)),
    }
    first, second = ({field: values[at] for field, values in marks.items()} for at in (0, 1))
    store.add([upload("rau rau rau", file="1", **first), upload("rau và hoa quả đủ loại", file="2", **second)])
    store.add([upload("rau hoa quả ở nơi chưa rõ", file="3")])
    snapshot = store.snapshot()
    files = {stored.id: stored.file for stored in snapshot.documents()}
    restrictions = {
        Filters(kind="công văn"): "2",
        Filters(issuer="Đơn Dương"): "2",
        Filters(place="Quảng Lập"): "2",
        Filters(place="Lạc Lâm"): "1",
        Filters(issued_to=date(2019, 12, 31)): "2",
        Filters(issued_from=date(2019, 12, 31)): "1",
        Filters(issued_from=date(2019, 1, 1), kind="Quyết định"): "1",
        Filters(issued_to=date(2030, 1, 1), issuer="xã lạc lâm"): "1",
    }
    for filters, file in restrictions.items():
        selected = snapshot.select(filters)
        for found in (snapshot.lexical(words("rau"), 1, selected), snapshot.dense(vector_of("rau"), 1, selected)):
            assert [files[id] for id in documents_of(snapshot, found)] == [file], filters
    assert snapshot.lexical(words("rau"), 1, snapshot.select(Filters(kind="Nghị quyết"))) == []
    named = [id for id, file in files.items() if file == "3"]
    for allowed in (snapshot.select(None, named), frozenset(named)):
        assert documents_of(snapshot, snapshot.lexical(words("rau"), 1, allowed)) == named
        assert documents_of(snapshot, snapshot.dense(vector_of("rau"), 1, allowed)) == named


def test_what_a_group_may_not_see_is_neither_found_nor_counted(store: Store) -> None:
    secret = make("Kỷ luật cán bộ xã Lạc Lâm.")
    store.add([upload("Xã Lạc Lâm trồng rau."), Upload(restricted(secret, STAFF), b"x", groups=STAFF)])
    everything = store.snapshot()
    outside, inside = everything.seen_by(groups(["địa-chính"])), everything.seen_by(STAFF)
    assert len(everything.lexical(words("Lạc Lâm"), 5)) == len(inside.lexical(words("Lạc Lâm"), 5)) == 2
    assert len(outside.lexical(words("Lạc Lâm"), 5)) == len(outside.dense(vector_of("kỷ luật"), 5)) == 1
    assert outside.lexical(words("kỷ luật"), 5) == []
    assert [view.frequency("folded", "lac") for view in (everything, inside, outside)] == [2, 2, 1]
    assert [view.frequency("folded", "luat") for view in (everything, inside, outside)] == [1, 1, 0]
    assert outside.lexical(words("Lạc Lâm"), 5, outside.select(Filters(), [])) == []


def test_what_a_group_may_not_see_moves_no_score(store: Store) -> None:
    secret = [make(f"rau {n} " * 20 * n) for n in (1, 2, 3)]
    store.add([upload("rau hoa"), *(Upload(restricted(each, STAFF), b"x", groups=STAFF) for each in secret)])
    store.add([upload("hoa quả cây lá")])
    [(_, score)] = store.snapshot().seen_by(frozenset()).lexical(words("rau"), 5)
    rarity = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))  # one of two chunks, of 2 tokens where 3 are the average
    assert score == pytest.approx(rarity * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 2 / 3)), rel=1e-6)
    assert len(store.snapshot().lexical(words("rau"), 5)) == 4


def test_many_are_found_where_many_are_asked_for(store: Store) -> None:
    store.add([upload("\n\n".join(LINES * 4)), *(upload(line) for line in LINES)])
    snapshot = store.snapshot()
    assert len(snapshot.lexical(words("ha"), 1000)) == len(snapshot.dense(vector_of("ha"), 1000)) == snapshot.count
    found = snapshot.dense(vector_of("ha"), 7)
    assert len({id for id, _ in found}) == 7
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_another_process_sees_what_was_written(store: Store, follow: Follow) -> None:
    other = opened(store.folder, follow=follow)
    (added,) = store.add([upload("Xã Lạc Lâm trồng rau.")])
    assert found_by_words(other, "rau") == [added.document_id]
    other.remove([added.document_id])
    assert found_by_words(store, "rau") == []
    other.close()


def test_another_model_makes_it_anew(store: Store, follow: Follow) -> None:
    (added,) = store.add([upload("Xã Lạc Lâm trồng rau.")])
    other = Store.open(store.folder, HashedSyllables(32), "other", follow=follow)
    vector = HashedSyllables(32).encode_query(["rau"])[0]
    assert documents_of(other.snapshot(), other.snapshot().dense(vector, 3)) == [added.document_id]
    other.close()


def test_an_older_copy_of_the_database_is_followed_too(store: Store, follow: Follow) -> None:
    """Its rows and ids are given once more, to other documents."""
    store.add([upload("Xã Lạc Lâm trồng rau.")])
    store.database.settle()
    older = (store.folder / "hoi.db").read_bytes()
    store.add([upload("Xã Quảng Lập trồng hoa.")])
    store.database.settle()
    for left in store.folder.glob("hoi.db-*"):
        left.unlink()
    (store.folder / "hoi.db").write_bytes(older)
    again = opened(store.folder, follow=follow)
    assert found_by_words(again, "hoa") == []
    (new,) = again.add([upload("Huyện Đơn Dương họp.")])
    assert found_by_words(again, "họp") == [new.document_id]
    assert found_by_words(again, "hoa") == []
    again.close()


def test_the_scores_are_those_of_the_embedded_index(tmp_path: Path, milvus: Cluster | Lite) -> None:
    """Just built, and after documents came and went: what is rare is counted anew, what was stored stays.

    The embedded index is made anew to compare with, for it counts what was removed until it is merged away.
    """
    served = opened(tmp_path / "served", follow=milvus.follow())
    served.add([upload(line, source=line) for line in LINES[:20]])
    _same_scores(opened(tmp_path / "one"), served, rel=1e-4)
    served.add([upload(line + " Lạc Lâm", source=line) for line in LINES[15:]])
    served.remove([stored.id for stored in served.snapshot().documents()[:4]])
    _same_scores(opened(tmp_path / "two"), served, rel=0.03)
    served.erase()
    served.close()


def _same_scores(embedded: Store, served: Store, rel: float) -> None:
    with closing(embedded):
        embedded.add(
            Upload(document, b"")
            for stored in served.snapshot().documents()
            if (document := served.snapshot().document(stored.id))
        )
        for question in QUESTIONS:
            ours, theirs = _scored(embedded, question), _scored(served, question)
            assert theirs == pytest.approx(ours, rel=rel), question
            apart = [(a, b) for a in ours for b in ours if ours[a] > ours[b] * (1 + rel)]
            assert all(theirs[a] > theirs[b] for a, b in apart), question


def _scored(store: Store, question: str) -> dict[str, float]:
    snapshot = store.snapshot()
    found = snapshot.lexical(words(question), 100)
    return dict(zip(documents_of(snapshot, found), (score for _, score in found), strict=True))
