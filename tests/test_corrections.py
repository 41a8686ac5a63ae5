"""Header fields that a person put right: over what was read, kept through rebuilds and new versions, and told apart."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from store_parts import found_by_vector, opened, upload

from corpus.document import Header, Span
from index import audit
from index.corrections import Correction, applied, find_value, history_from_json, history_json
from index.database import Database, seal
from index.doctor import examine
from index.schema import MIGRATIONS, SEALED
from index.store import Store
from rag.answer import Filters
from rag.compose import introduction

TEXT = "UBND XÃ HÒA SƠN\nSố: 45/TB-UBND\nHòa Sơn, ngày 05 tháng 3 năm 2024\nXã tiêm phòng dại.\nNgười ký: LÊ  VĂN AN"
READ = {"kind": "Thông báo", "number": "54/TB-UBND", "issuer": "UBND xã Hòa Sơn", "place": "xã Hòa Sơn, huyện Kim Bôi"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = opened(tmp_path)
    yield store
    store.close()


def put(store: Store, id: str, field: str, value: str | None) -> None:
    document = store.document(id)
    assert document is not None
    assert store.correct(id, [Correction.of(field, value, document.text, "key7")], "key7")  # type: ignore[arg-type]


def add(store: Store, text: str = TEXT, source: str | None = "a.txt", **header: object) -> str:
    (added,) = store.add([upload(text, source, **{**READ, **header})])
    return added.document_id


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("number", "45/TB-UBND", "45/TB-UBND"),
        ("number", "45 / tb-ubnd", "45/TB-UBND"),
        ("number", "5/TB-UBND", None),  # 45/… is another number
        ("issued_on", "2024-03-05", "ngày 05 tháng 3 năm 2024"),
        ("issued_on", "2024-05-03", None),
        ("signer", "Lê Văn An", "LÊ  VĂN AN"),
        ("signer", "Lê Văn Ân", None),
        ("place", "xã Hoà Sơn, huyện Kim Bôi", "XÃ HÒA SƠN"),  # the tone on the other vowel
        ("subject", "(", None),
    ],
)
def test_where_the_text_says_a_value(field: str, value: str, said: str | None) -> None:
    span = find_value(TEXT, field, value)  # type: ignore[arg-type]
    assert (span.of(TEXT) if span else None) == said


def test_the_last_word_counts_and_going_back_gives_what_was_read() -> None:
    read = Header("Tiêm phòng", number="54/TB-UBND", spans={"number": Span(3, 5)})
    first = Correction("number", "45/TB-UBND", Span(20, 30), "2026-01-01T00:00:00+00:00", "a")
    second = Correction("number", "46/TB-UBND", None, "2026-01-02T00:00:00+00:00", "b")
    one, two = applied(read, [first]), applied(read, [first, second])
    assert (one.number, one.spans, one.entered) == ("45/TB-UBND", {"number": Span(20, 30)}, ())
    assert (two.number, two.spans, two.entered) == ("46/TB-UBND", {}, ("number",))  # the text says it nowhere
    assert applied(read, [first, second, Correction.back("number", "a")]) == read
    none = applied(read, [Correction("number", None, None, "2026-01-03T00:00:00+00:00", "a")])
    assert (none.number, none.spans, none.entered) == (None, {}, ())
    assert history_from_json(history_json([first, second])) == (first, second)


def test_a_corrected_subject_is_the_title_too() -> None:
    made = applied(Header("Cũ"), [Correction("subject", "Mới", Span(0, 3), "", "")])
    assert (made.title, made.subject, made.spans) == ("Mới", "Mới", {"subject": Span(0, 3), "title": Span(0, 3)})


def test_a_correction_is_what_lists_filters_and_searches_go_by(store: Store, tmp_path: Path) -> None:
    id = add(store)
    put(store, id, "place", "xã Tân Hội, huyện Đức Trọng")
    put(store, id, "issued_on", "2023-01-02")
    stored = store.snapshot().stored(id)
    assert stored is not None
    assert (stored.header.place, stored.header.issued_on) == ("xã Tân Hội, huyện Đức Trọng", date(2023, 1, 2))
    assert (stored.header.entered, stored.corrected) == (("place", "issued_on"), ("place", "issued_on"))
    snapshot = store.snapshot()
    assert snapshot.select(Filters(place="Đức Trọng")) == {id}
    assert snapshot.select(Filters(place="Kim Bôi")) == frozenset()
    assert snapshot.select(Filters(issued_to=date(2023, 12, 31))) == {id}
    assert snapshot.frequency("context_folded", "trong") == 1  # the line that passages are found by
    assert snapshot.frequency("context_folded", "boi") == 0
    assert found_by_vector(store, "tiêm phòng dại") == [id]  # its vectors came along
    assert examine(tmp_path, store.embedder, store.model_id) == []
    store.close()
    shutil.rmtree(tmp_path / "generations")
    again = opened(tmp_path)  # everything searchable made anew
    assert again.snapshot().select(Filters(place="Đức Trọng")) == {id}
    assert again.document(id).header == stored.header  # type: ignore[union-attr]
    again.close()


def test_who_and_when_are_kept_and_values_are_not_in_the_audit_log(store: Store) -> None:
    id = add(store)
    put(store, id, "signer", "Trần Thị Bình")
    store.correct(id, [Correction.back("signer", "key8")], "key8")
    assert store.document(id).header == upload(TEXT, **READ).document.header  # type: ignore[union-attr]
    with store.database.read() as connection:
        told = [(each.actor, each.detail) for each in audit.entries(connection) if each.action == "correct"]
        assert told == [("key7", "set signer"), ("key8", "revert signer")]
        assert audit.first_broken(connection) is None
    assert not store.correct("none", [Correction.back("signer", "key8")])


def test_a_new_version_keeps_what_it_reads_the_same(store: Store) -> None:
    id = add(store)
    put(store, id, "number", "45/TB-UBND")
    put(store, id, "issuer", "Ủy ban xã")
    new = add(store, TEXT + "\nSửa lại.", issuer="UBND xã Hòa Bình")  # its office reads otherwise now
    header = store.document(new).header  # type: ignore[union-attr]
    assert (header.number, header.issuer, header.entered) == ("45/TB-UBND", "UBND xã Hòa Bình", ())
    assert [each.id for each in store.documents()] == [new]


def test_rows_of_the_schema_before_stay_sealed_and_damaged_ones_stay_known(tmp_path: Path) -> None:
    before = next(number for number, script in enumerate(MIGRATIONS) if "corrections" in script)
    columns = SEALED.removesuffix(", corrections")
    row = "'', 'a.txt', '', '{}', '[]', '[]', '[]', NULL, '', '', '', 0, 0, '', '[]'"
    connection = sqlite3.connect(tmp_path / "hoi.db")
    connection.create_function("seal", -1, seal)
    for script in MIGRATIONS[:before]:
        connection.executescript(script)
    for id in ("sound", "damaged"):
        connection.execute(f"INSERT INTO documents ({columns}, text) VALUES ('{id}', {row}, '')")
    connection.execute(f"UPDATE documents SET crc = seal({columns})")
    connection.execute("UPDATE documents SET file = 'b.txt' WHERE id = 'damaged'")
    connection.execute(f"PRAGMA user_version = {before}")
    connection.commit()
    connection.close()
    database = Database(tmp_path / "hoi.db")
    with database.read() as rows:
        assert dict(rows.execute(f"SELECT id, crc IS seal({SEALED}) FROM documents")) == {"sound": 1, "damaged": 0}
    database.close()


def test_what_the_text_does_not_say_is_told_apart_where_it_is_named(store: Store) -> None:
    id = add(store)
    put(store, id, "number", "45/TB-UBND")
    document = store.document(id)
    assert document is not None
    assert introduction(document) == "Thông báo số 45/TB-UBND của UBND xã Hòa Sơn"
    put(store, id, "number", "99/TB-UBND")
    put(store, id, "issued_on", "2023-01-02")
    document = store.document(id)
    assert document is not None
    assert introduction(document) == (
        "Thông báo số 99/TB-UBND ngày 02/01/2023 của UBND xã Hòa Sơn (số, ngày do người quản lý nhập)"
    )
