"""Which words of a sentence are the answer: every stretch of it is a candidate, weighed by learned trees.

The trees foretell the F1 of a candidate against the answer that a person would mark, so that a stretch that surely
holds part of the answer stands before one that may be all of it. Learned by `eval.train_spans`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.document import Span
from rag.edges import Edges
from rag.line import Line
from rag.slot import Slot
from rag.span_features import FEATURES, Matrix, features
from rag.trees import Trees

_FILE = Path(__file__).parent / "data" / "span.json"
_EXPECTED = 0.6  # share of what the networks foretell


@dataclass(frozen=True, slots=True)
class Chosen:
    """The words of a sentence that answer best, and the F1 that they may have."""

    span: Span
    f1: float


class SpanReader:
    """Chooses by the learned trees; holds no state of a question."""

    def __init__(self, trees: Trees | None = None, edges: Edges | None = None) -> None:
        self._trees = trees or Trees.load(_FILE, FEATURES)
        self._edges = edges or Edges.load()

    def choose(
        self, slot: Slot, lines: Sequence[Line], shares: Sequence[float], expected: Sequence[Matrix] | None = None
    ) -> list[Chosen]:
        """The best candidate of each sentence, which must not be empty; the likeliest sentence stands first.

        `expected`: what else foretells the F1 of each sentence's candidates, and counts `_EXPECTED` beside the trees.
        """
        tables = [
            features(slot, line, self._edges, share, rank)
            for rank, (line, share) in enumerate(zip(lines, shares, strict=True))
        ]
        scores = np.split(self._trees.score(np.vstack(tables)), np.cumsum([len(table) for table in tables])[:-1])
        if expected is not None:
            scores = [one + _EXPECTED * (other - one) for one, other in zip(scores, expected, strict=True)]
        return [Chosen(line.place(int(of.argmax())), float(of.max())) for line, of in zip(lines, scores, strict=True)]
