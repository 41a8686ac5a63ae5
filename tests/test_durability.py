"""kill -9 at any moment: nothing acknowledged is lost, nothing is half there, nothing removed comes back."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from conftest import Figure
from store_parts import MODEL, HashedSyllables, found_by_vector, found_by_words, make, opened
from store_writer import text

from index.doctor import examine

TESTS = Path(__file__).parent


@dataclass
class World:
    """What must be in the store: source → text; where a deed was cut off, either side of it."""

    sources: dict[str, str] = field(default_factory=dict)

    def after(self, deed: list[str]) -> World:
        sources = dict(self.sources)
        if deed[0] == "remove":
            return World({source: held for source, held in sources.items() if make(held).id != deed[1]})
        for put in deed[1:]:
            source, version = put.split(":")
            sources[source] = text(int(source), int(version))
        return World(sources)

    @property
    def ids(self) -> set[str]:
        return {make(held).id for held in self.sources.values()}


def killed_run(folder: Path, seed: int, deeds: int, seconds: float) -> tuple[list[list[str]], list[str] | None]:
    """The deeds that a writer acknowledged before it was killed, and the one it was at.

    It is killed `seconds` after it began the deed of that number; 0: after it was started.
    """
    environment = {**os.environ, "PYTHONPATH": f"{TESTS}:{TESTS.parent}", "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [sys.executable, str(TESTS / "store_writer.py"), str(folder), str(seed)],
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
    )
    lines: list[str] = []
    with process:
        assert process.stdout is not None
        while sum(line.startswith("begin") for line in lines) < deeds:
            lines.append(process.stdout.readline())
        time.sleep(seconds)
        process.kill()
        lines += process.stdout
    begun = [line.split()[1:] for line in lines if line.startswith("begin")]
    done = lines.count("done\n")
    return begun[:done], begun[done] if len(begun) > done else None


def check(folder: Path, worlds: list[World]) -> World:
    """Which of the possible worlds the store holds; fails when none, or when its parts disagree."""
    started = time.monotonic()
    store = opened(folder)
    ids = {document.id for document in store.documents()}
    held = next((world for world in worlds if world.ids == ids), None)
    assert held is not None, f"{ids} is none of {[world.ids for world in worlds]}"
    snapshot = store.snapshot()
    assert time.monotonic() - started < 5
    assert {document.id for document in snapshot.documents()} == ids
    with store.database.read() as connection:
        rows = dict(connection.execute("SELECT source, document FROM sources"))
        vectors = connection.execute("SELECT count(*) FROM vectors").fetchone()[0]
        chunks = connection.execute("SELECT count(*) FROM chunks").fetchone()[0]
        of_id = dict(connection.execute("SELECT id, row FROM documents"))
    assert rows == {f"/{source}": of_id[make(held_text).id] for source, held_text in held.sources.items()}
    assert (snapshot.index.generation.lexicon.count, snapshot.index.generation.dense.count) == (chunks, vectors)
    for held_text in held.sources.values():
        document = make(held_text)
        stored = store.document(document.id)
        assert stored is not None
        assert stored.text == held_text
        assert store.original(document.id) == (held_text.encode(), "text/plain")
        assert found_by_words(store, held_text.split("\n")[0])[:1] == [document.id]
    if ids:
        assert set(found_by_vector(store, "nguồn", 500)) == ids
    unsound = [finding.code for finding in examine(folder, HashedSyllables(), MODEL)]
    assert set(unsound) <= {
        "original_orphan",
        "leftover",
    }  # bytes of no document: the doctor clears them away
    store.close()
    return held


@pytest.mark.parametrize("run", range(3))
def test_nothing_acknowledged_is_lost_by_kill_9(tmp_path: Path, figure: Figure, run: int) -> None:
    kills(tmp_path / "data", figure, 100 * run, 12)


@pytest.mark.trust
@pytest.mark.timeout(3600)
def test_nothing_acknowledged_is_lost_by_300_kills(tmp_path: Path, figure: Figure) -> None:
    kills(tmp_path / "data", figure, 1000, int(os.environ.get("HOI_TEST_KILLS", "300")))


def kills(folder: Path, figure: Figure, seed: int, count: int) -> None:
    dice = random.Random(seed)
    world, deeds, longest = World(), 0, 0.0
    for kill in range(count):
        if kill % 6 == 5:  # while it starts, catching up with what the one before left
            number, seconds = 0, dice.uniform(0.2, 0.8)
        else:
            number, seconds = dice.randint(1, 4), dice.uniform(0, 0.15)
        acknowledged, cut_off = killed_run(folder, seed + kill + 1, number, seconds)
        for deed in acknowledged:
            world = world.after(deed)
        deeds += len(acknowledged)
        began = time.perf_counter()
        world = check(folder, [world, world.after(cut_off)] if cut_off else [world])
        longest = max(longest, time.perf_counter() - began)
    figure(
        "kill -9: kills, deeds acknowledged, longest to open and look through (s)", (count, deeds, round(longest, 1))
    )
    assert deeds > count / 2
