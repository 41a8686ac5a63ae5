"""Many writers lose nothing; searches see whole generations while they are swapped, and nothing that was removed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from conftest import Figure
from store_parts import MODEL, HashedSyllables, found_by_vector, found_by_words, make, opened, upload
from store_updates import SOURCES, text

from index.doctor import examine

TESTS = Path(__file__).parent
WRITERS = 8


def updates(folder: Path, figure: Figure, each: int) -> None:
    opened(folder).close()
    environment = {**os.environ, "PYTHONPATH": f"{TESTS}:{TESTS.parent}", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, str(TESTS / "store_updates.py"), str(folder)]
    writers = [
        subprocess.Popen([*command, str(writer), str(each)], env=environment, stdout=-1, stderr=-1, text=True)
        for writer in range(WRITERS)
    ]
    said = [writer.communicate() for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * WRITERS, said
    store = opened(folder)
    last = {text(writer, update) for writer in range(WRITERS) for update in range(each)[-SOURCES:]}
    assert {document.id for document in store.documents()} == {make(held).id for held in last}
    for held in sorted(last):
        assert make(held).id in found_by_words(store, held, 100)
    store.close()
    assert examine(folder, HashedSyllables(), MODEL) == []
    busy = sum(out.count("busy") for out, _ in said)
    figure(f"{WRITERS} writers: updates, lost, told to try again", (WRITERS * each, 0, busy))


def swaps(folder: Path, figure: Figure, n: int) -> None:
    """Documents come and go while others search: every search succeeds, and finds none that was gone before it."""
    store = opened(folder)
    store.add([upload("Rừng phòng hộ.")])
    gone, errors, searched = set[str](), list[BaseException](), [0]
    stop = threading.Event()

    def search() -> None:
        try:
            while not stop.is_set():
                before = set(gone)
                found = found_by_words(store, "thửa rừng") + found_by_vector(store, "thửa đất")
                assert not before & set(found)
                assert make("Rừng phòng hộ.").id in found
                searched[0] += 1
        except BaseException as error:
            errors.append(error)

    searchers = [threading.Thread(target=search) for _ in range(3)]
    for thread in searchers:
        thread.start()
    try:
        for number in range(n // 2):  # each document is one swap in and one out
            [added] = store.add([upload(f"Thửa đất số {number}.")])
            store.remove([added.document_id])
            gone.add(added.document_id)
    finally:
        stop.set()
        for thread in searchers:
            thread.join()
        store.close()
    assert errors == []
    figure("index swaps under search: swaps, searches, errors", (n // 2 * 2, searched[0], 0))


def test_some_updates_of_many_writers(tmp_path: Path, figure: Figure) -> None:
    updates(tmp_path / "data", figure, 6)


@pytest.mark.trust
@pytest.mark.timeout(3600)
def test_2400_updates_of_many_writers(tmp_path: Path, figure: Figure) -> None:
    updates(tmp_path / "data", figure, 300)


def test_some_swaps_under_search(tmp_path: Path, figure: Figure) -> None:
    swaps(tmp_path / "data", figure, 40)


@pytest.mark.trust
@pytest.mark.timeout(3600)
def test_1000_swaps_under_search(tmp_path: Path, figure: Figure) -> None:
    swaps(tmp_path / "data", figure, 1000)
