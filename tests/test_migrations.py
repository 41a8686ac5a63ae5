"""Stores as every earlier version left them: opened, killed while they are brought up, and one that is too new."""

from __future__ import annotations

import hashlib
import json
import signal
import sqlite3
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from store_parts import MODEL, HashedSyllables, opened, words

from index.audit import first_broken
from index.database import StoreError
from index.doctor import examine
from index.schema import MIGRATIONS
from index.store import Store
from rag.memory import Memory
from rag.own_words import OwnWords
from rag.tuning import Tunings
from ui.auth import Keys

TESTS = Path(__file__).parent
STEPS = (TESTS / "old_stores.sql").read_text("utf-8").split("-- version ")[1:]
TEXT = "Xã Lạc Lâm trồng 300 ha rau."


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


ID = sha(TEXT)[:16]


def left_by(version: int, folder: Path) -> Path:
    """A store as that version of the program left it, made without the program."""
    original = folder / "objects" / sha(TEXT)[:2] / sha(TEXT)
    original.parent.mkdir(parents=True)
    original.write_text(TEXT, "utf-8")
    connection = sqlite3.connect(folder / "hoi.db", isolation_level=None)
    functions = {
        "sha": sha,
        "id": lambda text: sha(text)[:16],
        "crc": zlib.crc32,
        "seal": lambda *values: zlib.crc32(repr(values).encode()),
        "line": lambda *fields: sha(json.dumps(fields, ensure_ascii=False)),
    }
    for name, function in functions.items():
        connection.create_function(name, -1, function)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")
    for step in STEPS[:version]:
        connection.executescript(step.partition("\n")[2])
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    return folder


def check(store: Store, version: int) -> None:
    """Everything that was in it is still there, and found."""
    [stored] = store.documents()
    assert (stored.id, stored.header.number, f"{stored.header.issued_on}") == (ID, "118-CV/BDVHU", "2019-10-11")
    document = store.document(ID)
    assert document
    assert document.text == TEXT
    assert store.original(ID) == (TEXT.encode(), "text/plain")
    snapshot = store.snapshot()
    assert [chunk.text for chunk in snapshot.chunks([id for id, _ in snapshot.lexical(words("rau"), 5)])] == [TEXT]
    memory, keys = Memory(store.database), Keys(store.database)
    found = memory.conversation("k1", "c1", store.document)
    assert found
    assert [(turn.answer.citations[0].quote, turn.rating, turn.withdrawn) for turn in found[1]] == [(TEXT, "up", ())]
    key = keys.find("hoi_cu")
    assert key
    assert key.groups == (frozenset({"nhân-sự"}) if version >= 3 else frozenset())
    assert keys.find("hoi_thu_hoi") is None
    with store.database.read() as connection:
        assert first_broken(connection) is None
        assert connection.execute("SELECT detail FROM audit ORDER BY number LIMIT 2").fetchall() == [
            ("rau.txt",), ("create reader",)
        ]  # fmt: skip
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        if version >= 13:
            assert connection.execute("SELECT name FROM people").fetchall() == [("Lan",)]
    if version >= 7:
        assert Tunings(store.database).current().retention_days == 90
        assert [each.full for each in OwnWords(store.database).abbreviations()] == ["Phòng Nội vụ"]


def test_no_version_is_left_out() -> None:
    assert len(STEPS) == len(MIGRATIONS) - 1


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_a_store_of_every_earlier_version_keeps_all_it_had(tmp_path: Path, version: int) -> None:
    store = opened(left_by(version, tmp_path), 4)
    check(store, version)
    store.close()
    assert [found for found in examine(tmp_path, HashedSyllables(4), MODEL) if not found.mended] == []


@pytest.mark.parametrize("version", [1, 6])
def test_killed_anywhere_while_it_is_brought_up_it_goes_on(tmp_path: Path, version: int) -> None:
    """SIGKILL before each statement of the migrations, and before each commit of what is read anew after them."""
    left_by(version, tmp_path / "old")
    command = [sys.executable, str(TESTS / "store_migration.py"), str(tmp_path / "old"), str(tmp_path / "new")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    killed = json.loads(done.stdout)
    assert killed["versions"] == [version] * killed["in the migrations"] + [len(MIGRATIONS)] * killed["after them"]
    assert killed["in the migrations"] > 20
    assert killed["after them"] >= 4
    assert killed["signals"] == [-signal.SIGKILL]
    store = opened(tmp_path / "new", 4)  # the one that was killed last
    check(store, version)
    store.close()


def test_a_store_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    left_by(len(MIGRATIONS) - 1, tmp_path)
    with sqlite3.connect(tmp_path / "hoi.db") as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    before = (tmp_path / "hoi.db").read_bytes()
    with pytest.raises(StoreError, match=r"Kho tài liệu thuộc phiên bản mới hơn .* Hãy nâng cấp chương trình"):
        opened(tmp_path, 4)
    assert (tmp_path / "hoi.db").read_bytes() == before
