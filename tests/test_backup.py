"""A backup holds everything acknowledged before its start, also while others write; a damaged one is never restored."""

from __future__ import annotations

import random
import tarfile
import threading
from io import BytesIO
from pathlib import Path

import pytest
from store_parts import MODEL, HashedSyllables, found_by_words, make, opened, upload

from index.backup import BackupError, backup, restore, verify
from index.doctor import examine


def test_what_was_stored_comes_back_in_an_empty_folder(tmp_path: Path) -> None:
    store = opened(tmp_path / "data")
    store.add([upload("Rừng phòng hộ.", "/a"), upload("Đường liên thôn.")])
    copied = backup(store.folder, tmp_path / "copy.hoi")
    assert (copied.documents, copied.files) == (2, 3)
    again = tmp_path / "again"
    again.mkdir()
    assert restore(tmp_path / "copy.hoi", again) == copied
    assert examine(again, HashedSyllables(), MODEL) == []  # the index is made by whoever opens it first
    other = opened(again)
    assert other.documents() == store.documents()
    assert other.original(make("Rừng phòng hộ.").id) == ("Rừng phòng hộ.".encode(), "text/plain")
    assert found_by_words(other, "rừng") == [make("Rừng phòng hộ.").id]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".tmp-")] == []


def test_a_backup_made_while_writing_holds_all_acknowledged_before(tmp_path: Path) -> None:
    store = opened(tmp_path / "data")
    acknowledged: list[str] = []
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            acknowledged.append(store.add([upload(f"Thửa số {number} của thôn.")])[0].document_id)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            while len(acknowledged) < 3 * (number + 1):
                stop.wait(0.01)
            before = set(acknowledged)
            backup(store.folder, tmp_path / f"{number}.hoi")
            restore(tmp_path / f"{number}.hoi", tmp_path / f"again{number}")
            other = opened(tmp_path / f"again{number}")
            held = {document.id for document in other.documents()}
            assert before <= held
            assert all(other.original(id) is not None for id in held)
            assert examine(other.folder, HashedSyllables(), MODEL) == []
    finally:
        stop.set()
        writer.join()


def test_a_changed_byte_anywhere_is_noticed_or_harmless_and_nothing_is_restored(tmp_path: Path) -> None:
    store = opened(tmp_path / "data")
    store.add([upload("Rừng phòng hộ.")])
    good = tmp_path / "copy.hoi"
    backup(store.folder, good)
    content = good.read_bytes()
    dice = random.Random(5)
    refused = 0
    for trial in range(60):
        bad = bytearray(content)
        bad[dice.randrange(len(bad))] ^= 1 << dice.randrange(8)
        (tmp_path / "bad.hoi").write_bytes(bad)
        again = tmp_path / f"again{trial}"
        try:
            restore(tmp_path / "bad.hoi", again)
        except BackupError:
            refused += 1
            assert list(again.iterdir()) == []
        else:  # the padding and the times in tar headers carry nothing
            assert (again / "hoi.db").read_bytes() == _database(good)
    assert refused > 50


def test_a_cut_backup_is_refused(tmp_path: Path) -> None:
    store = opened(tmp_path / "data")
    store.add([upload("Rừng phòng hộ.")])
    backup(store.folder, tmp_path / "copy.hoi")
    content = (tmp_path / "copy.hoi").read_bytes()
    for length in (0, 100, 512, 2000, len(content) // 2):
        (tmp_path / "cut.hoi").write_bytes(content[:length])
        with pytest.raises(BackupError):
            verify(tmp_path / "cut.hoi")


def test_restoring_over_something_or_from_something_else_is_refused(tmp_path: Path) -> None:
    store = opened(tmp_path / "data")
    backup(store.folder, tmp_path / "copy.hoi")
    with pytest.raises(BackupError, match="không trống"):
        restore(tmp_path / "copy.hoi", store.folder)
    with pytest.raises(BackupError, match="đã có"):
        backup(store.folder, tmp_path / "copy.hoi")
    with pytest.raises(BackupError, match="Chưa có"):
        backup(tmp_path / "none", tmp_path / "none.hoi")
    assert not (tmp_path / "none").exists()


def test_a_backup_cannot_write_outside_the_folder(tmp_path: Path) -> None:
    import hashlib
    import json

    content = b"x"
    files = {name: hashlib.sha256(content).hexdigest() for name in ("hoi.db", "../evil")}
    with tarfile.open(tmp_path / "evil.hoi", "w") as archive:
        for name, data in (
            ("MANIFEST.json", json.dumps({"format": 1, "files": files}).encode()),
            ("../evil", content),
        ):
            head = tarfile.TarInfo(name)
            head.size = len(data)
            archive.addfile(head, BytesIO(data))
    with pytest.raises(BackupError, match="không phải"):
        restore(tmp_path / "evil.hoi", tmp_path / "again")
    assert not (tmp_path / "evil").exists()


def _database(backup: Path) -> bytes:
    with tarfile.open(backup) as archive:
        stream = archive.extractfile("hoi.db")
        assert stream is not None
        return stream.read()
