"""A text and a question as the rows of numbers that the reading network (`rag.reader_net`) looks at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.sentences import sentences
from corpus.text import Token, tokens
from index.interaction import Rows, Vocabulary
from rag.line import gaps_of
from rag.slot import Slot
from rag.terms import idf
from rag.understand import Query

Matrix = NDArray[np.float32]
GAPS = 8  # kinds of what stands before a token, in the order of `rag.line`
_HEAVY = 8.0  # an idf that is scaled to 1
_LONGEST = 300  # letters of a question that are read


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a text of n: `rows` of the interaction vocabulary, `weights` their scaled idf, `marks` (n, 2)
    whether each is a number and whether it begins with a capital."""

    tokens: tuple[Token, ...]
    rows: Rows
    weights: Matrix
    marks: Matrix

    @classmethod
    def of(cls, text: str, found: tuple[Token, ...], vocabulary: Vocabulary) -> Words:
        rows = vocabulary.rows_of([token.key for token in found], [token.folded for token in found])
        return cls(
            found,
            np.array(rows, np.int32),
            np.array([idf(token) for token in found], np.float32) / _HEAVY,
            np.array([(token.is_number, text[token.start].isupper()) for token in found], np.float32).reshape(-1, 2),
        )


@dataclass(frozen=True, slots=True)
class QuestionInput:
    """What is asked, and the ways of asking (`rag.slot`)."""

    words: Words
    ways: Matrix

    @classmethod
    def of(cls, query: Query, vocabulary: Vocabulary) -> QuestionInput:
        text = query.text[:_LONGEST]
        return cls(Words.of(text, tuple(tokens(text)), vocabulary), Slot.of(query).ways.astype(np.float32))


@dataclass(frozen=True, slots=True)
class TextInput:
    """A text of n tokens: `starts` their places, `sentences` the number of the sentence of each, `gaps` one-hot."""

    words: Words
    starts: NDArray[np.int64]
    sentences: NDArray[np.int64]
    gaps: Matrix

    @classmethod
    def of(cls, text: str, vocabulary: Vocabulary) -> TextInput:
        found = tuple(tokens(text))
        starts = np.array([token.start for token in found], np.int64)
        ends = np.array([span.end for span in sentences(text)], np.int64)
        numbers = np.searchsorted(ends, starts, side="right")
        kinds = gaps_of(text, found)[: len(found)]
        return cls(
            Words.of(text, found, vocabulary),
            starts,
            numbers - numbers[:1],
            np.eye(GAPS, dtype=np.float32)[kinds],
        )

    def at(self, place: int) -> int:
        """The number of the token that stands at a place of the text, or of the first behind it."""
        return min(int(np.searchsorted(self.starts, place)), len(self.starts) - 1)
