"""How well a text tells what is asked or stated: late interaction, learned for questions and for statements apart.

As `index.interaction`, but a place is read with the words of two syllables that end and begin there, too: "bầu cử" is
more than "bầu" and "cử". A question and a statement (a title, a headline, a few keywords) look for their like among the
same vectors, each in its own way. Learned on from the interaction scorer by `eval.train_telling`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from index import interaction
from index.interaction import LONGEST, Rows, best_of_blocks, laid, likeness, places_of, stretches, with_neighbours
from rag import word_vectors

Matrix = NDArray[np.float32]
SHIPPED = Path(__file__).parent / "data" / "telling.safetensors"
HEADS = ASKING, STATING = "asking", "stating"
TOLD = ("told", "told_stretch", "told_best_blocks")
BEST = 3  # blocks


@dataclass(frozen=True, slots=True)
class _Head:
    """How a syllable is read with its neighbours and the words that it ends and begins: `mix` (3d + 2e, 3d + 2e),
    `inner` (3d + 2e, h), `outer` (h, 3d + 2e + 1), `bias` float32 (rows,)."""

    mix: Matrix
    inner: Matrix
    outer: Matrix
    bias: Matrix


class Telling:
    """The learned scorers. Safe to share between threads.

    `vectors` int8 (rows of the interaction vocabulary, d) and `pairs` int8 (words of `rag.word_vectors`, e), unit
    vectors but for their scale, are for all `HEADS`.
    """

    def __init__(self, file: Path = SHIPPED) -> None:
        tensors = load_file(file)
        self._vectors, self._pairs = _unit(tensors["vectors"]), _unit(tensors["pairs"])
        self._heads = {
            head: _Head(*(tensors[f"{head}.{name}"].astype(np.float32) for name in ("mix", "inner", "outer", "bias")))
            for head in HEADS
        }

    def told(self, head: str, query: str, rows: Rows, lengths: NDArray[np.int64]) -> Matrix:
        """(texts, 3), the columns `TOLD`: the weighed mean of each syllable's best likeness in the whole text, in its
        best stretch, and in its best blocks on average. Texts end to end in `rows`; `head` is one of `HEADS`."""
        asked = np.array(interaction.shipped().vocabulary.rows(query)[:LONGEST], np.int32)
        if not len(asked) or not len(lengths):
            return np.zeros((len(lengths), len(TOLD)), np.float32)
        wanted, wanted_words, weights = self._asked(self._heads[head], asked)
        flat, starts = laid(rows, lengths)
        found = likeness(self._vectors, wanted, flat)
        found += self._of_words(wanted_words, flat)
        best = best_of_blocks(found)
        with np.errstate(invalid="ignore"):  # raised now and then by BLAS for the unused lanes of a register
            whole = np.maximum.reduceat(best, starts, axis=0).dot(weights)
            near = np.maximum.reduceat(stretches(best, starts).dot(weights), starts)
            blocks = np.stack([_best_blocks(text) for text in np.split(best, starts[1:])]).dot(weights)
        return np.stack((whole, near, blocks), 1)

    def _asked(self, head: _Head, rows: Rows) -> tuple[Matrix, Matrix, Matrix]:
        """What each of n syllables looks for around a place (d, 3n), as words (e, 2n), and its share (n,)."""
        count, width = len(rows), self._vectors.shape[1]
        ended = self._pairs[_words(rows)]
        begun = np.vstack((ended[1:], np.zeros((1, ended.shape[1]), np.float32)))
        near = np.hstack((with_neighbours(self._vectors[rows]), ended, begun))
        read = np.tanh(near @ head.inner) @ head.outer
        wanted = near @ head.mix + read[:, :-1]
        weights = np.logaddexp(0, read[:, -1] + head.bias[rows])
        syllables, words = (
            part.reshape(count, parts, -1).transpose(2, 1, 0).reshape(-1, parts * count)
            for part, parts in ((wanted[:, : 3 * width], 3), (wanted[:, 3 * width :], 2))
        )
        return syllables, words, np.asarray(weights / weights.sum(), np.float32)

    def _of_words(self, wanted: Matrix, flat: Rows) -> Matrix:
        """How like the words around each place are to those that are looked for, (places, n)."""
        used, at = places_of(_words(flat), len(self._pairs))
        ending, beginning = np.ascontiguousarray(self._pairs[used].dot(wanted).reshape(len(used), 2, -1).swapaxes(0, 1))
        here = ending.take(at, axis=0)
        here[:-1] += beginning.take(at[1:], axis=0)
        return np.asarray(here)


def _words(rows: Rows) -> Rows:
    return word_vectors.shipped().pairs_of(rows, np.zeros(len(rows), np.intp))


def _best_blocks(best: Matrix) -> Matrix:
    """Of each syllable the mean over the `BEST` of a text's blocks."""
    highest = np.partition(best, -min(BEST, len(best)), axis=0)[-BEST:]
    return np.asarray(highest.sum(0) / np.float32(BEST))


def _unit(packed: NDArray[np.int8]) -> Matrix:
    values = packed.astype(np.float32)
    return np.asarray(values / np.maximum(np.linalg.norm(values, axis=1, keepdims=True), 1e-9))


@cache
def shipped() -> Telling:
    """Those that come with the program."""
    return Telling()
