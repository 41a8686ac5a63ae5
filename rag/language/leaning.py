"""Where the language leaves an accent in doubt, the documents tell: "so do" is "sổ đỏ" in some, "số đó" in others."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.text import fold
from rag.language.accent_model import AccentModel, shipped
from rag.language.accents import Word
from rag.language.paths import Paths

Pair = tuple[str, str]  # two neighbouring syllables
Written = Mapping[Pair, Counter[Pair]]
Beside = Callable[[Collection[Pair]], Written]
"""Folded pairs → in how many passages each way of writing them stands, by the syllables' keys."""

NEAR = 4.0  # nats by which a reading may be dearer than the likeliest, for the documents to be asked
LEANING = 1.5  # of the logarithm of a reading's share in the documents
UNSEEN = 0.5  # passages, added to every reading's


@dataclass(frozen=True, slots=True)
class Against:
    """What speaks against the readings of a position, in steps: as much against those that are far from the likeliest
    as against the one of `rows` that the documents have least."""

    rows: Mapping[int, int]

    def of(self, rows: Iterable[int]) -> list[int]:
        most = max(self.rows.values())
        return [self.rows.get(row, most) for row in rows]


def against(words: Sequence[Word], paths: Paths, beside: Beside) -> dict[int, Against]:
    """By position, where the language leaves a doubt, what speaks against the readings that the documents seldom have
    beside a neighbour."""
    model = shipped()
    near = paths.near(round(NEAR * model.steps))
    doubted = {at: rows for at, rows in enumerate(near) if len(rows) > 1 and words[at].letters}
    around = {at: _around(words, at) for at in doubted}
    if not any(around.values()):
        return {}
    written = beside({pair for pairs in around.values() for pair in pairs.values()})
    return {at: Against(_against(rows, around[at], written, model)) for at, rows in doubted.items()}


def _around(words: Sequence[Word], at: int) -> dict[int, Pair]:
    """The folded pairs that a word is in, by its place in them."""
    pairs = {1: (at - 1, at), 0: (at, at + 1)}
    inside = {place: pair for place, pair in pairs.items() if min(pair) >= 0 and max(pair) < len(words)}
    folded = {place: (fold(words[first].key), fold(words[last].key)) for place, (first, last) in inside.items()}
    return {place: pair for place, pair in folded.items() if pair[0].isalnum() and pair[1].isalnum()}


def _against(rows: Sequence[int], around: Mapping[int, Pair], written: Written, model: AccentModel) -> dict[int, int]:
    """What each row costs more than the one that the documents have most, in steps."""
    counts = Counter[str]()
    for place, pair in around.items():
        for keys, count in written[pair].items():
            counts[keys[place]] += count
    held = [counts[model.keys[row]] + UNSEEN for row in rows]
    return {row: round(LEANING * model.steps * math.log(max(held) / one)) for row, one in zip(rows, held, strict=True)}
