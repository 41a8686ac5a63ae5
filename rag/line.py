"""A sentence as rows of tokens, with the marks between them: what the choice of an answer's words looks at."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corpus.document import Span
from corpus.text import Token, tokens
from rag.terms import cohesion, idf

Matrix = NDArray[np.float64]
Places = NDArray[np.intp]
MARKS = (",;", ":", "\"“”‘’'", "()[]", "-–+", ".!?…")  # by how much they part; the last in a gap of several counts
_END = len(MARKS) + 1  # the edge of the sentence
_GLUE = frozenset(("", "/", "-", ".", ",", ":", "&"))
_LONGEST = 24  # syllables of an answer, unless it stands between marks


@dataclass(frozen=True, slots=True)
class Line:
    """The tokens of a sentence; `gaps[i]` is the kind of mark before token i, 0 for none."""

    text: str  # of the whole document; `span` counts in it
    span: Span
    words: tuple[Token, ...]
    weights: Matrix  # idf
    gaps: Places  # one more than words
    bonds: Matrix  # how much token i and the one before it belong together; one more than words
    first: Places  # the candidates: first …
    last: Places  # … and last token of each

    @classmethod
    def of(cls, text: str, span: Span) -> Line:
        words = tuple(tokens(span.of(text)))
        gaps = gaps_of(span.of(text), words)
        bonds = np.zeros(len(words) + 1)
        for at, (one, two) in enumerate(pairwise(words), start=1):
            bonds[at] = 0.0 if gaps[at] else cohesion(one, two)
        first, last = _candidates(gaps, _glued(span.of(text), words))
        weights = np.array([idf(word) for word in words], np.float64)
        return cls(text, span, words, weights, gaps, bonds, first, last)

    def place(self, at: int) -> Span:
        """The words of a candidate in the document's text."""
        base = self.span.start
        return Span(base + self.words[self.first[at]].start, base + self.words[self.last[at]].end)

    def stretch(self, span: Span) -> tuple[int, int] | None:
        """The first and the last token that begin within a span of the document's text."""
        base = self.span.start
        inside = [at for at, word in enumerate(self.words) if span.start <= word.start + base < span.end]
        return (inside[0], inside[-1]) if inside else None

    def neighbours(self) -> tuple[list[str], list[str], list[str], list[str]]:
        """What would stand before, first, last and after, if an answer began or ended at each token: words or marks."""
        keys = [word.key for word in self.words]
        marks = ["", *(kind[0] for kind in MARKS), "^"]
        before = [marks[gap] or keys[at - 1] for at, gap in enumerate(self.gaps[:-1])]
        after = [marks[gap] or keys[at] for at, gap in enumerate(self.gaps[1:], start=1)]
        return before, keys, keys, after


def gaps_of(text: str, words: tuple[Token, ...]) -> Places:
    between = [text[one.end : two.start] for one, two in pairwise(words)]
    kinds = [max((kind for kind, marks in enumerate(MARKS, 1) if set(marks) & set(gap)), default=0) for gap in between]
    return np.array([_END, *kinds, _END], np.intp)


def _glued(text: str, words: tuple[Token, ...]) -> Places:
    """Whether token i hangs on the one before it, as within "05/7/2021" and "QĐ-UBND"."""
    between = [text[one.end : two.start] for one, two in pairwise(words)]
    return np.array([0, *(gap in _GLUE for gap in between), 0], np.intp)


def _candidates(gaps: Places, glued: Places) -> tuple[Places, Places]:
    first, last = np.triu_indices(len(gaps) - 1)
    allowed = (last - first < _LONGEST) | ((gaps[first] > 0) & (gaps[last + 1] > 0))
    allowed &= (glued[first] == 0) & (glued[last + 1] == 0)
    return first[allowed], last[allowed]
