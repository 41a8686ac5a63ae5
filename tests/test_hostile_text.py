"""Hostile text costs no more than its length: four times as long, about four times the time."""

from __future__ import annotations

import pytest

from eval.hostile_text import READERS, Cost, cost, worst

LENGTHS = (4_000, 25_000)  # the longer one where the shorter is read at once
AT_ONCE = 5.0  # milliseconds
GROWTH = 10.0  # of the time for four times as many letters: linear is 4, quadratic 16
LITTLE = 20.0  # milliseconds: less is too little to compare


def grows(found: Cost) -> bool:
    once, four = found.milliseconds
    return four > max(GROWTH * once, LITTLE)


def tried(reader: str, piece: str) -> Cost:
    short, long = LENGTHS
    quick = cost(reader, piece, (short,)).milliseconds[0] < AT_ONCE
    return cost(reader, piece, (long, 4 * long) if quick else (short, 4 * short))


@pytest.mark.parametrize("reader", READERS)
def test_time_grows_with_the_length_alone(reader: str) -> None:
    slow = [found for piece in worst(READERS[reader]) if grows(found := tried(reader, piece))]
    again = [one for one in slow if all(grows(tried(reader, one.piece)) for _ in range(3))]  # not the machine's doing
    assert not again


def test_what_grows_is_seen() -> None:
    assert grows(Cost("a", "a", (10.0, 160.0)))
    assert not grows(Cost("a", "a", (10.0, 50.0)))
    assert not grows(Cost("a", "a", (0.1, 10.0)))
