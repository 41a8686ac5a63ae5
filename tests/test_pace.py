"""Very much coming in: the index grows now and then and at the end; readers leave it to whoever adds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from store_parts import MODEL, HashedSyllables, found_by_words, opened, upload

from index.database import StoreBusyError
from index.doctor import examine
from index.manifest import seq_of
from index.pace import Pace, growing
from index.store import Store, Upload

LINES = [f"Thôn {number} trồng {number * 7} hécta cà phê." for number in range(10)]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return opened(tmp_path / "data")


@pytest.fixture
def batches_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.intake.BATCH_DOCUMENTS", 2)
    monkeypatch.setattr("index.pace._RARELY", 1e9)
    monkeypatch.setattr("index.pace._AT_MOST", 1e9)  # a second step never comes by itself


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time it is, to be moved on by hand."""
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    return now


def generations(store: Store) -> int:
    """How many there have been."""
    return seq_of(Path((store.folder / "CURRENT").read_text().strip()))


def test_growing_takes_turns_with_eight_times_as_long_or_a_minute(tmp_path: Path, clock: list[float]) -> None:
    with Pace(tmp_path) as pace:
        assert pace.is_due()  # the first batch
        with pace.step():
            clock[0] += 2.0
        clock[0] += 15.9
        assert not pace.is_due()
        assert pace.behind
        clock[0] += 0.2
        assert pace.is_due()
        with pace.step():
            clock[0] += 100.0  # the machine slept
        clock[0] += 59.0
        assert not pace.is_due()
        clock[0] += 2.0
        assert pace.is_due()


def test_only_one_puts_it_off(tmp_path: Path, clock: list[float]) -> None:
    with Pace(tmp_path) as one, Pace(tmp_path) as other:
        for pace in (one, other):
            assert pace.is_due()
            with pace.step():
                clock[0] += 2.0
        assert not one.is_due()
        assert other.is_due()
        with pytest.raises(StoreBusyError), growing(tmp_path):
            pass
    with growing(tmp_path):
        pass


@pytest.mark.usefixtures("batches_of_two")
def test_it_grows_with_the_first_batch_and_with_the_last(store: Store) -> None:
    before = generations(store)
    added = store.add(map(upload, LINES))
    assert generations(store) == before + 2
    assert sorted(found_by_words(store, "thôn")) == sorted(each.document_id for each in added)
    assert examine(store.folder, HashedSyllables(), MODEL) == []


@pytest.mark.usefixtures("batches_of_two")
def test_readers_of_this_and_another_process_leave_it_to_the_one_who_adds(store: Store) -> None:
    seen: list[tuple[int, int, int]] = []
    other = opened(store.folder)

    def uploads() -> Iterator[Upload]:
        for line in LINES:
            if store.is_empty() or len(store.documents()) < 6:
                yield upload(line)
                continue
            seen.append((store.snapshot().count, other.snapshot().count, generations(store)))
            assert examine(store.folder, HashedSyllables(), MODEL) == []
            yield upload(line)

    before = generations(store)
    store.add(uploads())
    assert seen
    assert set(seen) == {(2, 2, before + 1)}  # what the first batch made
    assert store.snapshot().count == other.snapshot().count == len(LINES)


@pytest.mark.usefixtures("batches_of_two")
def test_what_was_stored_is_found_though_the_rest_breaks(store: Store) -> None:
    def uploads() -> Iterator[Upload]:
        yield from map(upload, LINES[:8])
        raise OSError("the network folder is gone")

    with pytest.raises(OSError, match="network folder"):
        store.add(uploads())
    stored = len(store.documents())
    assert stored >= 6
    assert len(found_by_words(store, "thôn")) == stored
