"""What sentences say that answer a way of asking ("vì" where "vì sao" asks, a figure where "bao nhiêu" does), learned.

Each word of a sentence that the question does not say speaks for or against it, by the kind that is asked for and by
the way of asking. Weights by `eval.train_reader`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.text import Token
from rag.evidence import Matrix
from rag.expected import KINDS
from rag.slot import WAYS, Slot
from rag.units import Unit

_NO_WAY = "no way"


@dataclass(frozen=True, slots=True)
class Agreement:
    """The weight of each word by what is asked: a kind of `KINDS`, a way of `WAYS`."""

    weights: Mapping[str, Mapping[str, float]]

    def score(self, slot: Slot, units: Sequence[Unit]) -> Matrix:
        """For each unit the sum of its words, as a share of the root of how many they are."""
        tables = [self.weights.get(asked, {}) for asked in asked_as(slot)]
        return np.array([_sum(tables, beside(slot, this)) for this in units])


def _sum(tables: Sequence[Mapping[str, float]], words: frozenset[str]) -> float:
    said = sum(table.get(word, 0.0) for table in tables for word in sorted(words))
    return said / max(1.0, math.sqrt(len(words)))


def asked_as(slot: Slot) -> tuple[str, str]:
    """The kind that a question asks for and its first way of asking."""
    kinds, ways = slot.ways[: len(KINDS)], slot.ways[len(KINDS) :]
    return KINDS[int(kinds.argmax())], WAYS[int(ways.argmax())] if ways.any() else _NO_WAY


def beside(slot: Slot, this: Unit) -> frozenset[str]:
    """What a unit says beside the question: folded words, or the class of a number or a name."""
    return frozenset(_class(this, word) for word in this.words if word.folded not in slot.known)


def _class(this: Unit, word: Token) -> str:
    if word.is_number:
        return "####" if len(word.folded) == 4 else "#"
    return "^" if this.text[this.span.start + word.start].isupper() else word.folded
