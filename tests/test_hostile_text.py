"""Hostile text costs no more than its length: four times as long, about four times the time."""

from __future__ import annotations

import re

import pytest

from eval.hostile_text import OPENED, PLAIN, READERS, Cost, Piece, Reader, cost, repeated, seconds, worst
from eval.patterns import Pattern, patterns

LENGTHS = (4_000, 25_000)  # the longer one where the shorter is read at once
AT_ONCE = 5.0  # milliseconds
GROWTH = 10.0  # of the time for four times as many letters: linear is 4, quadratic 16
LITTLE = 20.0  # milliseconds: less is too little to compare
SHORT = 1_000  # letters, in which a pattern that reads 100 kB in 50 ms takes half a millisecond


def grows(found: Cost) -> bool:
    once, four = found.milliseconds
    return four > max(GROWTH * once, LITTLE)


def tried(name: str, read: Reader, piece: Piece) -> Cost:
    short, long = LENGTHS
    quick = cost(name, read, piece, (short,)).milliseconds[0] < AT_ONCE
    return cost(name, read, piece, (long, 4 * long) if quick else (short, 4 * short))


def growing(name: str, read: Reader, pieces: list[Piece]) -> list[Cost]:
    """What grows too fast, and not by the machine's doing."""
    slow = [piece for piece in pieces if grows(tried(name, read, piece))]
    return [found for piece in slow if all(grows(found := tried(name, read, piece)) for _ in range(3))]


@pytest.mark.parametrize("reader", READERS)
def test_time_grows_with_the_length_alone(reader: str) -> None:
    assert not growing(reader, READERS[reader], worst(READERS[reader]))


TEXTS = [(piece, repeated(piece, SHORT)) for piece in (*PLAIN, *OPENED)]


def suspected(pattern: Pattern) -> list[Piece]:
    """The pieces on which it takes so long, twice, that it might grow too fast."""
    return [piece for piece, text in TEXTS if all(seconds(pattern, text) > 0.0005 for _ in range(2))]


@pytest.mark.parametrize("floor", ["corpus", "index", "rag", "ui"])
def test_patterns_take_no_longer_than_their_text(floor: str) -> None:
    ours = [pattern for pattern in patterns() if pattern.name.startswith(f"{floor}.")]
    assert ours
    assert not [found for each in ours for found in growing(each.name, each, suspected(each)[:5])]


def test_a_pattern_that_grows_too_fast_is_seen() -> None:
    def told(pattern: str) -> bool:
        bad = Pattern("a.B", re.compile(pattern), ("search",))
        return bool(growing("a.B", bad, suspected(bad)[:1]))

    assert told(r"\s+x$")
    assert told(r"số\s*:?\s*\d")  # behind an opening
    assert not told(r"(?<!\s)\s++x$")


def test_patterns_are_found_with_what_calls_them() -> None:
    found = {pattern.name: pattern.methods for pattern in patterns()}
    assert found["corpus.boilerplate.STAMP"] == ("fullmatch",)  # also where it is imported
    assert found["rag.slot._WAYS[0]"] == ("finditer",)  # in a table: called by another name
    assert not [name for name in found if name.startswith("index.train")]


def test_what_grows_is_seen() -> None:
    assert grows(Cost("a", ("", "a"), (10.0, 160.0)))
    assert not grows(Cost("a", ("", "a"), (10.0, 50.0)))
    assert not grows(Cost("a", ("", "a"), (0.1, 10.0)))
