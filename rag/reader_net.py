"""A small network that reads a text for a question: which sentence answers, where its words begin and where they end.

Every token of the text is seen as it is used elsewhere (`rag.word_vectors`) and with what it matches of the question,
exactly and by the vectors of `index.interaction`; then with its neighbours (convolutions, as in QANet, Yu et al. 2018),
then with the part of the question that it attends to (as in BiDAF, Seo et al. 2017), and at last with its whole
sentence. It has learned from few questions, so it is weighed together with the features of `rag.reading` and the trees
of `rag.span`. Learned by `eval.train_reader_net`; numpy alone reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from index import interaction
from rag import word_vectors
from rag.reader_input import QuestionInput, TextInput

Matrix = NDArray[np.float32]
SHIPPED = Path(__file__).parent / "data" / "reader_net.safetensors"
ASKED, READ, ATTENDED, LAST = (1, 2), (1, 2, 4), (1, 3), (1,)  # dilations of the convolutions
NO_SENTENCE = -1e4


@dataclass(frozen=True, slots=True)
class Pointed:
    """Logarithms of chances: for each of a text's n tokens that the answer begins there, that it ends there, and for
    each sentence that the answer stands in it."""

    starts: Matrix
    ends: Matrix
    sentences: Matrix


class ReaderNet:
    """One set of weights, by name as `eval.train_reader_net` saves them. Safe to share between threads."""

    def __init__(self, weights: Mapping[str, Matrix]) -> None:
        self._weights = {name: np.asarray(value, np.float32) for name, value in weights.items()}
        self._vectors, self._used = interaction.shipped().vectors, word_vectors.shipped().of

    def read(self, question: QuestionInput, text: TextInput) -> Pointed:
        """Both must have a token."""
        asked, read = (self._vectors(words.rows.tolist()) for words in (question.words, text.words))
        folded, exact = _same(question, text, "folded"), _same(question, text, "key")
        like = np.maximum(read @ asked.T, folded)
        known = self._linear("word", asked)
        own = np.hstack([question.words.weights[:, None], question.words.marks, folded.max(0)[:, None]])
        used, used_asking = (self._used(words.rows, words.pairs) for words in (text.words, question.words))
        said = np.hstack([known, self._linear("used_asking", used_asking), own])
        said = self._stack("asked", self._linear("question", said), ASKED)
        gist = said.T @ _softmax(self._linear("gist", said)[:, 0])
        way = _relu(self._linear("way", np.concatenate([gist, question.ways])))
        near = _softmax(like * self._weights["sharpness"]) @ known
        seen = np.hstack(
            [self._linear("word", read), near, self._linear("used", used), _matches(text, folded, exact, like)]
        )
        shift, scale = np.split(self._linear("tone", way), 2)
        words = self._stack("read", self._linear("text", seen) * (1 + scale) + shift, READ)
        attended = _softmax(self._linear("attention", words) @ said.T / np.float32(np.sqrt(len(way)))) @ said
        both = _relu(self._linear("both", np.hstack([words, attended, words * attended])))
        return self._point(self._stack("attended", both, ATTENDED), self._linear("edge", used), way, text.sentences)

    def _point(self, words: Matrix, edges: Matrix, way: Matrix, sentences: NDArray[np.int64]) -> Pointed:
        pooled = _pooled(words, sentences)
        whole = np.hstack([pooled, np.tile(way, (len(pooled), 1))])
        chances = self._linear("sentence_out", _relu(self._linear("sentence", whole)))[:, 0]
        chances[np.bincount(sentences, minlength=len(chances)) == 0] = NO_SENTENCE
        words = words + _relu(self._linear("whole", whole[sentences])) + edges
        words = self._stack("last", words, LAST)
        wanted = self._linear("wanted", way).reshape(2, -1).T / np.float32(np.sqrt(len(way)))
        ends = self._linear("out", words) + words @ wanted
        ends[:, 0] += chances[sentences]
        return Pointed(_log_softmax(ends[:, 0]), _log_softmax(ends[:, 1]), _log_softmax(chances))

    def _linear(self, name: str, values: Matrix) -> Matrix:
        return np.asarray(values @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"])

    def _stack(self, name: str, values: Matrix, dilations: tuple[int, ...]) -> Matrix:
        """Convolutions over the tokens, each added to what it sees."""
        for number, dilation in enumerate(dilations):
            own = f"{name}.{number}"
            gain, shift = self._weights[f"{own}.norm.weight"], self._weights[f"{own}.norm.bias"]
            kernel, bias = self._weights[f"{own}.conv.weight"], self._weights[f"{own}.conv.bias"]
            values = values + _relu(_convolved(_normal(values) * gain + shift, kernel, dilation) + bias)
        return values


def _same(question: QuestionInput, text: TextInput, form: str) -> Matrix:
    """1 where a token of the text (rows) is one of the question (columns) in this form."""
    of_text, of_question = (
        np.array([getattr(token, form) for token in words.tokens]) for words in (text.words, question.words)
    )
    return np.asarray(of_text[:, None] == of_question[None, :], np.float32)


def _matches(text: TextInput, folded: Matrix, exact: Matrix, like: Matrix) -> Matrix:
    """What each token has of the question, and what it is itself."""
    pairs = np.zeros_like(folded)
    pairs[:-1, :-1] += folded[1:, 1:]
    pairs[1:, 1:] += folded[:-1, :-1]
    held, weights = folded.max(1), text.words.weights
    first = (text.sentences == 0).astype(np.float32)
    columns = (held, exact.max(1), (pairs * folded).max(1), like.max(1), weights)
    return np.hstack([np.stack(columns, 1), text.words.marks, np.stack((held * weights, first), 1), text.gaps])


def _pooled(words: Matrix, sentences: NDArray[np.int64]) -> Matrix:
    """Mean and highest values of each sentence's tokens; a sentence without tokens has zeros."""
    size = int(sentences[-1]) + 1
    sums, highest = (np.zeros((size, words.shape[1]), np.float32) for _ in range(2))
    np.add.at(sums, sentences, words)
    np.maximum.at(highest, sentences, words)
    counts = np.bincount(sentences, minlength=size).clip(1)
    return np.hstack([sums / counts[:, None].astype(np.float32), highest])


def _convolved(values: Matrix, kernel: Matrix, dilation: int) -> Matrix:
    """`kernel` (out, in, width) over `values` (n, in), the same length, with zeros beyond the ends."""
    width, size = kernel.shape[2], len(values)
    edge = dilation * (width - 1) // 2
    padded = np.pad(values, ((edge, edge), (0, 0)))
    windows = np.hstack([padded[at * dilation : at * dilation + size] for at in range(width)])
    return np.asarray(windows @ kernel.transpose(2, 1, 0).reshape(-1, kernel.shape[0]))


def _normal(values: Matrix) -> Matrix:
    centred = values - values.mean(-1, keepdims=True)
    return np.asarray(centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-5))


def _relu(values: Matrix) -> Matrix:
    return np.maximum(values, 0)


def _softmax(values: Matrix) -> Matrix:
    return np.asarray(np.exp(_log_softmax(values)))


def _log_softmax(values: Matrix) -> Matrix:
    apart = values - values.max(-1, keepdims=True)
    return np.asarray(apart - np.log(np.exp(apart).sum(-1, keepdims=True)))


def load(file: Path) -> tuple[ReaderNet, ...]:
    """The networks of a file, each learned from another beginning: their chances are averaged."""
    saved = load_file(file)
    members = sorted({name.split("/")[0] for name in saved})
    return tuple(
        ReaderNet(
            {name.removeprefix(f"{member}/"): value for name, value in saved.items() if name.startswith(f"{member}/")}
        )
        for member in members
    )


@cache
def shipped() -> tuple[ReaderNet, ...]:
    """Those that come with the program."""
    return load(SHIPPED)
