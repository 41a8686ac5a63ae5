"""A text and a question as the rows of numbers that the reading network (`rag.reader_net`) looks at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.sentences import sentences
from corpus.text import Token, tokens
from index.interaction import Rows, Vocabulary
from rag import word_vectors
from rag.line import Places, gaps_of
from rag.slot import Slot
from rag.terms import idf
from rag.understand import Query

Matrix = NDArray[np.float32]
GAPS = 8  # kinds of what stands before a token, in the order of `rag.line`
_HEAVY = 8.0  # an idf that is scaled to 1
_LONGEST = 300  # letters of a question that are read


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a text of n: `rows` of the interaction vocabulary, `pairs` the rows of `rag.word_vectors` that they
    end, `weights` their scaled idf, `marks` (n, 2) whether each is a number and whether it begins with a capital."""

    tokens: tuple[Token, ...]
    rows: Rows
    pairs: Rows
    weights: Matrix
    marks: Matrix

    @classmethod
    def of(cls, text: str, found: tuple[Token, ...], gaps: Places, vocabulary: Vocabulary) -> Words:
        rows = np.array(vocabulary.rows_of([token.key for token in found], [token.folded for token in found]), np.int32)
        return cls(
            found,
            rows,
            word_vectors.shipped().pairs_of(rows, gaps),
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
        found = tuple(tokens(text))
        return cls(Words.of(text, found, _before(text, found), vocabulary), Slot.of(query).ways.astype(np.float32))


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
        gaps = _before(text, found)
        return cls(
            Words.of(text, found, gaps, vocabulary),
            starts,
            numbers - numbers[:1],
            np.eye(GAPS, dtype=np.float32)[gaps],
        )

    def at(self, place: int) -> int:
        """The number of the token that stands at a place of the text, or of the first behind it."""
        return min(int(np.searchsorted(self.starts, place)), len(self.starts) - 1)


def _before(text: str, found: tuple[Token, ...]) -> Places:
    """The kind of mark before each token."""
    return gaps_of(text, found)[: len(found)]
