"""Learn which sentence of a paragraph answers; called by `eval.train_reader`.

A softmax over the units of a paragraph, so that those holding a gold answer win; ridge on standardised features, and a
stronger one on the words of `rag.agreement`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from eval.softmax import ahead, climb, scaled
from eval.squad import Reader
from rag import evidence
from rag.agreement import Agreement, asked_as, beside
from rag.evidence import Matrix, Weights
from rag.reading import Likely
from rag.slot import Slot
from rag.understand import Query
from rag.units import Unit

RIDGE, SAID_RIDGE = 2.0, 20.0
STEPS, SAYING_STEPS = 400, 150
RATE = 0.05
SCALE = 2.5  # of a word's weight as it is learned: what ridge holds it to
WAYS_ASKED = 2  # that a question has: its kind and its way of asking
OFTEN = 8  # units that say a word, for it to be weighed
LEAST = 0.02  # a weight that is kept
Places = NDArray[np.int64]
Said = tuple[tuple[str, str], ...]  # by a unit: each word with what is asked


@dataclass(frozen=True)
class Example:
    """A question with the features of its paragraph's units, and which of these hold a gold answer."""

    source: Reader
    name: str  # of the set
    query: Query
    units: tuple[Unit, ...]
    table: Matrix  # a row a unit, a column each of `rag.reading.FEATURES`
    gold: Matrix  # 1 where the unit holds a gold answer
    fold: int

    @cached_property
    def slot(self) -> Slot:
        return Slot.of(self.query)

    @cached_property
    def said(self) -> list[Said]:
        """By each unit."""
        asked = asked_as(self.slot)
        return [tuple((way, word) for word in sorted(beside(self.slot, this)) for way in asked) for this in self.units]

    @property
    def is_usable(self) -> bool:
        return bool(0 < self.gold.sum() < len(self.gold))


def fit(examples: Sequence[Example]) -> Weights:
    """The weights of `rag.evidence` alone, in the features' own scale."""
    usable = [example for example in examples if example.is_usable]
    table, spread = scaled(np.vstack([example.table[:, : len(evidence.FEATURES)] for example in usable]))
    above = ahead([example.gold for example in usable])

    def slope(weights: Matrix) -> Matrix:
        return np.asarray((table.T @ above(table @ weights) + 2 * RIDGE * weights) / len(usable))

    return Weights(climb(slope, np.zeros(table.shape[1]), STEPS, RATE) / spread)


def fit_likely(examples: Sequence[Example]) -> Likely:
    """The weights of `rag.reading` and of the words, learned together."""
    usable = [example for example in examples if example.is_usable]
    table, spread = scaled(np.vstack([example.table for example in usable]))
    above = ahead([example.gold for example in usable])
    said = _Said.of([words for example in usable for words in example.said])
    features, size = len(spread), len(spread) + len(said.words)
    ridge = np.repeat([RIDGE, SAID_RIDGE], [features, len(said.words)])

    def slope(weights: Matrix) -> Matrix:
        by = above(table @ weights[:features] + said.sums(weights[features:]))
        return (np.concatenate([table.T @ by, said.slope(by)]) + 2 * ridge * weights) / len(usable)

    weights = climb(slope, np.zeros(size), SAYING_STEPS, RATE)
    tables: dict[str, dict[str, float]] = {}
    for (way, word), weight in zip(said.words, (SCALE * weights[features:]).tolist(), strict=True):
        if abs(weight) >= LEAST:
            tables.setdefault(way, {})[word] = round(weight, 3)
    return Likely(weights[:features] / spread, Agreement(tables))


@dataclass(frozen=True, slots=True)
class _Said:
    """Which unit says which of the words, and how much of a word's weight it has by it."""

    words: tuple[tuple[str, str], ...]
    unit: Places
    word: Places
    share: Matrix
    units: int

    @classmethod
    def of(cls, said: Sequence[Said]) -> _Said:
        counts = Counter(word for words in said for word in words)
        often = sorted(word for word, count in counts.items() if count >= OFTEN)
        place = {word: at for at, word in enumerate(often)}
        kept = [[place[word] for word in words if word in place] for words in said]
        unit = np.repeat(np.arange(len(kept)), [len(words) for words in kept])
        roots = np.array([max(1.0, math.sqrt(len(words) / WAYS_ASKED)) for words in said])
        word = np.array([at for words in kept for at in words], np.int64)
        return cls(tuple(often), unit, word, SCALE / roots[unit], len(said))

    def sums(self, weights: Matrix) -> Matrix:
        return np.bincount(self.unit, weights[self.word] * self.share, self.units).astype(np.float64)

    def slope(self, by: Matrix) -> Matrix:
        return np.bincount(self.word, by[self.unit] * self.share, len(self.words)).astype(np.float64)
