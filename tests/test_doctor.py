"""The doctor finds every kind of damage, mends what the database still knows, and leaves a sound store alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from store_parts import MODEL, HashedSyllables, found_by_vector, found_by_words, make, opened, upload

from index.database import StoreDamagedError
from index.doctor import Finding, examine

TEXT = "Rừng phòng hộ đầu nguồn."


def checked(folder: Path, repair: bool = False) -> list[Finding]:
    return examine(folder, HashedSyllables(), MODEL, repair)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = opened(tmp_path / "data")
    store.add([upload(TEXT), upload("Đường liên thôn.")])
    store.close()
    return store.folder


def sql(folder: Path, statement: str) -> None:
    with sqlite3.connect(folder / "hoi.db", isolation_level=None) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(statement)
    connection.close()


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def generation(folder: Path) -> Path:
    return folder / "generations" / (folder / "CURRENT").read_text().strip()


def orphan(folder: Path) -> None:
    (folder / "objects" / "aa").mkdir(exist_ok=True)
    (folder / "objects" / "aa" / ("a" * 64)).write_bytes(b"x")


def forge_the_audit_log(folder: Path) -> None:
    sql(folder, "DROP TRIGGER audit_is_never_changed")
    sql(folder, "UPDATE audit SET actor = 'x' WHERE number = 1")


def cut_the_audit_log(folder: Path) -> None:
    sql(folder, "DROP TRIGGER audit_is_never_shortened")
    sql(folder, "DELETE FROM audit WHERE number = 2")


def words(folder: Path, suffix: str) -> Path:
    return next((generation(folder) / "words").glob(f"*.{suffix}"))


def vectors(folder: Path, suffix: str) -> Path:
    return next((generation(folder) / "vectors").glob(f"*.{suffix}"))


def original(folder: Path) -> Path:
    return next((folder / "objects").glob("*/*"))


Damage = Callable[[Path], object]
DAMAGES: dict[str, tuple[Damage, str, bool]] = {
    "vector row changed": (lambda f: sql(f, "UPDATE vectors SET vector = zeroblob(256)"), "vector_damaged", True),
    "vector row lost": (lambda f: sql(f, "DELETE FROM vectors WHERE chunk = 1"), "vector_missing", True),
    "faiss file flipped": (lambda f: flip(vectors(f, "faiss")), "generation_damaged", True),
    "ids file flipped": (lambda f: flip(vectors(f, "npy")), "generation_damaged", True),
    "tantivy file flipped": (lambda f: flip(words(f, "term")), "generation_damaged", True),
    "tantivy file lost": (lambda f: words(f, "idx").unlink(), "generation_damaged", True),
    "chunk array flipped": (lambda f: flip(vectors(f, "chunks.npy")), "generation_damaged", True),
    "gone array flipped": (lambda f: flip(generation(f) / "gone.npy"), "generation_damaged", True),
    "manifest flipped": (lambda f: flip(generation(f) / "MANIFEST.json"), "generation_damaged", True),
    "CURRENT flipped": (lambda f: flip(f / "CURRENT"), "generation_damaged", True),
    "CURRENT lost": (lambda f: (f / "CURRENT").unlink(), "generation_behind", True),
    "CURRENT not text": (lambda f: (f / "CURRENT").write_bytes(b"\xff\x00/../x"), "generation_damaged", True),
    "orphan": (orphan, "original_orphan", True),
    "half-written file": (lambda f: original(f).with_name(".tmp-1").write_bytes(b"x"), "leftover", True),
    "original lost": (lambda f: original(f).unlink(), "original_missing", False),
    "original flipped": (lambda f: flip(original(f)), "original_damaged", False),
    "text changed": (lambda f: sql(f, "UPDATE documents SET text = 'Rụng'||substr(text, 5)"), "row_damaged", False),
    "heading changed": (lambda f: sql(f, "UPDATE chunks SET heading = 'Điều 9' WHERE id = 1"), "row_damaged", False),
    "chunk row lost": (lambda f: sql(f, "DELETE FROM chunks WHERE id = 1"), "chunks", False),
    "end of the audit log cut off": (cut_the_audit_log, "generation_differs", True),
    "audit line changed": (forge_the_audit_log, "audit", False),
}


def test_a_sound_store_has_no_findings_and_stays_as_it_is(folder: Path) -> None:
    line = (folder / "CURRENT").read_text()
    assert checked(folder) == checked(folder, repair=True) == []
    assert (folder / "CURRENT").read_text() == line
    assert not (folder / "quarantine").exists()


def test_no_store_is_no_finding_and_makes_none(tmp_path: Path) -> None:
    assert checked(tmp_path / "none") == []
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found_and_mended_where_it_can_be(folder: Path, name: str) -> None:
    damage, code, mendable = DAMAGES[name]
    damage(folder)
    assert code in {finding.code for finding in checked(folder)}
    mended = {finding.code: finding.mended for finding in checked(folder, repair=True)}
    assert mended[code] is mendable
    if mendable:
        assert checked(folder) == []
        store = opened(folder)
        assert found_by_words(store, "rừng") == [make(TEXT).id]
        assert found_by_vector(store, TEXT)[0] == make(TEXT).id


def test_what_is_damaged_is_kept_in_the_quarantine(folder: Path) -> None:
    bad = generation(folder)
    flip(bad / "gone.npy")
    content = (bad / "gone.npy").read_bytes()
    checked(folder, repair=True)
    (kept,) = (folder / "quarantine").glob(f"*{bad.name}")
    assert (kept / "gone.npy").read_bytes() == content


def test_adding_a_file_again_brings_its_lost_original_back(folder: Path) -> None:
    store = opened(folder)
    path = store.objects.path(make(TEXT).sha256)
    flip(path)
    store.add([upload(TEXT)])
    assert store.original(make(TEXT).id) == (TEXT.encode(), "text/plain")
    path.unlink()
    store.add([upload(TEXT)])
    assert store.original(make(TEXT).id) == (TEXT.encode(), "text/plain")


def test_a_database_that_is_none_is_said_so(folder: Path) -> None:
    for name in ("hoi.db-wal", "hoi.db-shm"):
        (folder / name).unlink(missing_ok=True)
    (folder / "hoi.db").write_bytes(b"not a database" * 100)
    with pytest.raises(StoreDamagedError, match="hỏng"):
        checked(folder)


def test_a_damaged_page_of_the_database_is_found(folder: Path) -> None:
    path = folder / "hoi.db"
    sql(folder, "PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(path.read_bytes())
    with sqlite3.connect(path) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'chunks'").fetchone()
    connection.close()
    content[(page - 1) * 4096 : page * 4096] = b"\x55" * 4096
    path.write_bytes(content)
    assert {finding.code for finding in checked(folder)} == {"database"}
