"""Hostile text costs no more than its length: four times as long, about four times the time."""

from __future__ import annotations

import pytest

from eval.hostile_text import READERS, Cost, cost, worst

LENGTH = 8_000
GROWTH = 8.0  # of the time for four times as many letters: linear is 4, quadratic 16
LITTLE = 20.0  # milliseconds: less is too little to compare


def grows(found: Cost) -> bool:
    once, four = found.milliseconds
    return four > max(GROWTH * once, LITTLE)


@pytest.mark.parametrize("reader", READERS)
def test_time_grows_with_the_length_alone(reader: str) -> None:
    sizes = (LENGTH, 4 * LENGTH)
    slow = [found for piece in worst(READERS[reader]) if grows(found := cost(reader, piece, sizes))]
    again = [found for one in slow if grows(found := cost(reader, one.piece, sizes))]  # not the machine's doing
    assert not again


def test_what_grows_is_seen() -> None:
    assert grows(Cost("a", "a", (10.0, 160.0)))
    assert not grows(Cost("a", "a", (10.0, 50.0)))
    assert not grows(Cost("a", "a", (0.1, 10.0)))
