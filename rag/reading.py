"""Reading one text: the sentence that answers a question and the words in it, without constraints or abstention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.document import Span
from index.embed import Embedder
from rag.evidence import Asked, Matrix, Weights, features
from rag.line import Line
from rag.slot import Slot
from rag.span import Chosen, SpanReader
from rag.understand import Query, query_of
from rag.units import Unit, units_of

LIKELIEST = 3  # sentences in which the words are looked for
_WORDS = 2.0  # logits that a sentence is ahead whose words are sure to be the answer


@dataclass(frozen=True, slots=True)
class Reading:
    """The sentence of a text that answers a question, and the words in it that do."""

    sentence: Span
    answer: Span | None


class ParagraphReader:
    """Chooses by the learned weights and trees; holds no state of a question."""

    def __init__(self, embedder: Embedder, weights: Weights | None = None, spans: SpanReader | None = None) -> None:
        self._embedder = embedder
        self._weights = weights or Weights.load()
        self._spans = spans or SpanReader()

    def read(self, question: str, text: str) -> Reading:
        """The best sentence, by its own features and by how surely its words are the answer."""
        query = query_of(question, question)
        units = [unit for unit in units_of(text, Span(0, len(text))) if unit.words]
        if not units:
            return Reading(Span(0, 0), None)
        shares = shares_of(self._weights.score(table_of(query, units, self._embedder)))
        likeliest = most_likely(shares)
        lines = [Line.of(text, units[at].span) for at in likeliest]
        chosen = self._spans.choose(Slot.of(query), lines, [float(shares[at]) for at in likeliest])
        best = pick(shares[likeliest], chosen)
        return Reading(lines[best].span, chosen[best].span)


def table_of(query: Query, units: Sequence[Unit], embedder: Embedder) -> Matrix:
    """The features of a text's units."""
    vector = embedder.encode_query([query.text])[0]
    return features(Asked(query.terms, query.words, query.expected, vector), units, embedder)


def shares_of(logits: Matrix) -> Matrix:
    """The probability of each of a text's units to be the one."""
    powers = np.exp(logits - logits.max())
    return np.asarray(powers / powers.sum())


def most_likely(shares: Matrix) -> list[int]:
    return [int(at) for at in np.argsort(-shares, kind="stable")[:LIKELIEST]]


def pick(shares: Matrix, chosen: Sequence[Chosen]) -> int:
    """The sentence that is likely and has words that are."""
    return int(np.argmax(np.log(shares + 1e-9) + _WORDS * np.array([one.f1 for one in chosen])))
