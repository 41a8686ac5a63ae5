"""What the reading networks say of one text: how likely each sentence and each stretch of words is to answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.document import Span
from index import interaction
from rag.line import Line
from rag.reader_input import QuestionInput, TextInput
from rag.reader_net import Pointed, ReaderNet, shipped
from rag.understand import Query

Matrix = NDArray[np.float64]
_LIKELY = 40  # stretches of a sentence that the others are measured by


class Pointing:
    """The networks' chances, averaged, by places of the text."""

    def __init__(self, text: TextInput, found: Sequence[Pointed]) -> None:
        self._text = text
        self._starts, self._ends, self._sentences = (
            np.mean([getattr(one, part) for one in found], axis=0) for part in ("starts", "ends", "sentences")
        )

    @classmethod
    def of(cls, query: Query, text: str, nets: Sequence[ReaderNet] | None = None) -> Pointing | None:
        """By the shipped networks if none are given; `None` where the question or the text has no words."""
        vocabulary = interaction.shipped().vocabulary
        question, read = QuestionInput.of(query, vocabulary), TextInput.of(text, vocabulary)
        if not question.words.tokens or not read.words.tokens:
            return None
        return cls(read, [net.read(question, read) for net in nets or shipped()])

    def of_sentences(self, spans: Sequence[Span]) -> Matrix:
        """The logarithm of the chance of the sentence that each span begins in."""
        numbers = [self._text.sentences[self._text.at(span.start)] for span in spans]
        return np.asarray(self._sentences[numbers], np.float64)

    def expected_f1(self, line: Line) -> Matrix:
        """Of each candidate of a sentence, the mean F1 that it would have if the chances drew the answer."""
        at = np.array([self._text.at(line.span.start + word.start) for word in line.words])
        chances = self._starts[at][line.first] + self._ends[at][line.last]
        shares = np.exp(chances - chances.max())
        shares /= shares.sum()
        likely = np.argsort(-shares, kind="stable")[:_LIKELY]
        first, last = line.first[likely][:, None], line.last[likely][:, None]
        common = np.clip(np.minimum(line.last, last) - np.maximum(line.first, first) + 1, 0, None)
        sizes = (line.last - line.first + 1) + (last - first + 1)
        return np.asarray(shares[likely] @ (2 * common / sizes))
