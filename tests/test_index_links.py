"""Links in the store: kept with the document, resolved as documents come and go, read anew for older stores."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from store_parts import opened, upload

from index import links as links_module
from index.access import groups, restricted
from index.links import links_from, links_to
from index.schema import MIGRATIONS
from index.store import Store

OLD = "Quyết định về phí chợ. Mức thu là 5.000 đồng một ngày."
NEW = (
    "Quyết định về phí chợ. Mức thu là 7.000 đồng một ngày.\n"
    "Quyết định này thay thế Quyết định số 15/QĐ-UBND ngày 02/3/2018 của UBND huyện."
)
OLD_HEADER = {"kind": "Quyết định", "number": "15/QĐ-UBND", "issued_on": date(2018, 3, 2)}
NEW_HEADER = {"kind": "Quyết định", "number": "20/QĐ-UBND", "issued_on": date(2020, 1, 5)}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return opened(tmp_path)


def add(store: Store, text: str, **header: object) -> str:
    [added] = store.add([upload(text, **header)])
    return added.document_id


def test_a_link_is_resolved_when_its_target_comes_and_again_open_when_it_goes(store: Store) -> None:
    new = add(store, NEW, **NEW_HEADER)
    [link] = links_from(store.snapshot(), new)
    assert (link.link.relation, link.link.target.number, link.target) == ("replaces", "15/QĐ-UBND", None)

    old = add(store, OLD, **OLD_HEADER)
    [link] = links_from(store.snapshot(), new)
    assert link.target is not None
    assert link.target.id == old
    [back] = links_to(store.snapshot(), old)
    assert (back.source.id, back.link) == (new, link.link)

    store.remove([old])
    assert links_from(store.snapshot(), new)[0].target is None
    store.remove([new])
    assert links_from(store.snapshot(), new) == []


def test_what_links_to_a_document_goes_with_its_source(store: Store) -> None:
    old, new = add(store, OLD, **OLD_HEADER), add(store, NEW, **NEW_HEADER)
    store.remove([new])
    assert links_to(store.snapshot(), old) == []


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ({"issued_on": date(2018, 3, 2)}, True),
        ({"issued_on": date(2017, 3, 2)}, False),  # the same number of another year
        ({"issued_on": None, "issuer": "UBND huyện Lâm Hà"}, True),  # the day is unknown, the office the same
        ({"issued_on": None, "issuer": "UBND huyện Đơn Dương"}, False),
    ],
)
def test_a_number_alone_is_not_enough(store: Store, header: dict[str, object], meant: bool) -> None:
    new = add(store, NEW, **NEW_HEADER, issuer="UBND huyện Lâm Hà")
    old = add(store, OLD, **(OLD_HEADER | header))
    assert [one.source.id for one in links_to(store.snapshot(), old)] == ([new] if meant else [])
    assert (links_from(store.snapshot(), new)[0].target is not None) == meant


def test_a_number_with_its_year_is_enough_for_the_government_not_for_a_district(store: Store) -> None:
    new = add(store, "Căn cứ Nghị định số 12/2024/NĐ-CP; Quyết định số 3/2024/QĐ-UBND;", issued_on=date(2024, 9, 9))
    add(store, "a b", kind="Nghị định", number="12/2024/NĐ-CP", issued_on=date(2024, 2, 5))
    add(store, "c d", kind="Quyết định", number="03/2024/QĐ-UBND", issued_on=date(2024, 2, 5))
    assert [bool(one.target) for one in links_from(store.snapshot(), new)] == [True, False]


def test_two_documents_that_may_be_meant_are_none(store: Store) -> None:
    new = add(store, NEW, **NEW_HEADER)
    first, second = add(store, OLD, **OLD_HEADER), add(store, f"{OLD} Bản sao.", **OLD_HEADER)
    assert links_from(store.snapshot(), new)[0].target is None
    assert [len(links_to(store.snapshot(), id)) for id in (first, second)] == [1, 1]


def test_nothing_older_is_changed_by_something_newer(store: Store) -> None:
    """A document cannot rest on one that was issued after it."""
    new = add(store, NEW, **NEW_HEADER)
    add(store, OLD, **(OLD_HEADER | {"issued_on": date(2021, 3, 2)}))
    assert links_from(store.snapshot(), new)[0].target is None


def as_before_links(folder: Path) -> None:
    """Makes the store what the schema before links left on the disk."""
    connection = sqlite3.connect(folder / "hoi.db")
    connection.executescript(
        "DROP TABLE lengths; DROP TABLE probes; DROP TABLE sketches; DROP TABLE settings; DROP TABLE own_places;"
    )
    connection.executescript("DROP TABLE own_abbreviations; DELETE FROM meta WHERE key = 'choices';")
    connection.executescript("DROP TABLE pairs; DELETE FROM meta WHERE key = 'pairs';")
    connection.executescript("ALTER TABLE documents DROP COLUMN corrections;")
    connection.executescript(
        "DROP INDEX turns_by_time; DROP TABLE names; DROP TRIGGER document_is_gone; DROP TABLE gone; DROP TABLE people;"
    )
    connection.executescript("DROP INDEX documents_by_fields; DROP INDEX documents_restricted; DROP TABLE logins;")
    connection.executescript("DROP TABLE links; DELETE FROM meta WHERE key = 'links'; PRAGMA user_version = 1;")
    connection.executescript("ALTER TABLE documents DROP COLUMN access; ALTER TABLE keys DROP COLUMN access;")
    for table, column in (("documents", "crc"), ("documents", "text_crc"), ("chunks", "crc")):
        connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    connection.executescript("ALTER TABLE turns DROP COLUMN narrowed; ALTER TABLE keys DROP COLUMN used_at;")
    first = sqlite3.connect(":memory:")
    first.executescript(MIGRATIONS[0])
    (vectors,) = first.execute("SELECT sql FROM sqlite_master WHERE name = 'vectors'").fetchone()
    connection.executescript(
        f"ALTER TABLE vectors RENAME TO later; {vectors}; INSERT INTO vectors SELECT * FROM later;"
    )
    connection.executescript("DROP TABLE later;")
    tables = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
    assert connection.execute(tables).fetchall() == first.execute(tables).fetchall()
    connection.close()
    first.close()


def test_a_store_of_the_schema_before_is_migrated_in_place(store: Store, tmp_path: Path) -> None:
    old, new = add(store, OLD, **OLD_HEADER), add(store, NEW, **NEW_HEADER)
    store.close()
    as_before_links(tmp_path)
    again = opened(tmp_path)
    assert [one.source.id for one in links_to(again.snapshot(), old)] == [new]
    assert again.document(new).text == NEW  # type: ignore[union-attr]
    again.close()


def test_other_rules_read_the_links_anew(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = add(store, NEW, **NEW_HEADER)
    with store.database.write() as connection:
        connection.execute("DELETE FROM links")
    store.close()
    kept = opened(tmp_path)
    assert links_from(kept.snapshot(), new) == []
    kept.close()
    monkeypatch.setattr(links_module, "VERSION", links_module.VERSION + 1)
    anew = opened(tmp_path)
    assert len(links_from(anew.snapshot(), new)) == 1
    anew.close()


def test_what_somebody_may_not_see_links_to_nothing_of_theirs(store: Store) -> None:
    """A replacing document of another group is neither a target nor a source."""
    staff = groups(["nhân-sự"])
    old = add(store, OLD, **OLD_HEADER)
    hidden = replace(upload(NEW, **NEW_HEADER), groups=staff)
    [added] = store.add([replace(hidden, document=restricted(hidden.document, staff))])
    outside, inside = store.snapshot().seen_by(frozenset()), store.snapshot().seen_by(staff)
    assert links_to(outside, old) == links_from(outside, added.document_id) == []
    assert [one.source.id for one in links_to(inside, old)] == [added.document_id]
