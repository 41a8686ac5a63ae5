"""How well a question's words find their like in a passage, word by word: late interaction over static token vectors.

Each syllable of the question, read with its neighbours, looks for the syllable of the passage (again with its
neighbours) that is most like it: MaxSim as in ColBERT (Khattab & Zaharia, 2020), over vectors that are looked up and
not computed. It is taken over the whole passage and over its best stretch of about a sentence. Learned by
`index.train.train_interaction`.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from corpus.text import syllables
from index.embed import Vectors

SHIPPED = Path(__file__).resolve().parent / "interaction.safetensors"
LONGEST = 48  # syllables of a question that are looked for
BLOCK, BLOCKS = 12, 3  # syllables of a block, blocks of a stretch
BUCKETS = 1024  # rows shared by the words, and as many by the numbers, that have no row of their own
Rows = NDArray[np.int32]
_END = 0  # the row behind each text


class Vocabulary:
    """Syllable → row. Row 0 is no syllable; an unknown one has the row of its unaccented form, else a shared one."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)
        self._rows = {word: row for row, word in enumerate(self.words, 1 + 2 * BUCKETS)}

    def __len__(self) -> int:
        return 1 + 2 * BUCKETS + len(self.words)

    def rows(self, text: str) -> list[int]:
        """The rows of a text's syllables and numbers, in order."""
        return self.rows_of(*syllables(text))

    def rows_of(self, keys: Sequence[str], folded: Sequence[str]) -> list[int]:
        """The rows of syllables that were read before."""
        return list(map(self._row, keys, folded))

    def folded(self, text: str) -> list[int]:
        """The same of the text without its accents."""
        return [self._row(folded, folded) for folded in syllables(text)[1]]

    def _row(self, key: str, folded: str) -> int:
        return self._rows.get(key) or self._rows.get(folded) or self._bucket(folded)

    def _bucket(self, folded: str) -> int:
        return 1 + BUCKETS * folded[0].isdigit() + zlib.crc32(folded.encode()) % BUCKETS


class Interaction:
    """The learned scorer. Safe to share between threads.

    `vectors` int8 (rows, d), a unit vector a row but for its scale; `bias` float32 (rows,); `mix` (3d, 3d), `inner`
    (3d, h), `outer` (h, 3d + 1) read a syllable with its neighbours; `parts` (2,) weighs passage and stretch.
    """

    def __init__(self, file: Path = SHIPPED) -> None:
        tensors = load_file(file)
        self.vocabulary = Vocabulary(tensors["words"].tobytes().decode().split("\n"))
        vectors = tensors["vectors"].astype(np.float32)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        self._vectors: Vectors = vectors / np.maximum(norms, 1e-9)
        if len(vectors) != len(self.vocabulary):
            raise ValueError(f"{file.name}: {len(vectors)} vectors for a vocabulary of {len(self.vocabulary)}")
        self._bias, self._parts = tensors["bias"], tensors["parts"]
        self._mix, self._inner, self._outer = (tensors[name].astype(np.float32) for name in ("mix", "inner", "outer"))

    def score(self, question: str, texts: Sequence[str]) -> Vectors:
        """One number a text, shape (texts,): higher is better, comparable within a question; 0 for nothing alike."""
        whole, stretch = self.parts(question, texts)
        return np.asarray(self._parts[0] * whole + self._parts[1] * stretch, np.float32)

    def parts(self, question: str, texts: Sequence[str]) -> tuple[Vectors, Vectors]:
        """The weighted mean of each question syllable's best likeness, in the whole text and in its best stretch."""
        found = [self.vocabulary.rows(text) for text in texts]
        flat = np.array([row for rows in found for row in rows], np.int32)
        return self.parts_of(question, flat, np.array([len(rows) for rows in found], np.int64))

    def parts_of(self, question: str, rows: Rows, lengths: NDArray[np.int64]) -> tuple[Vectors, Vectors]:
        """The same for texts whose rows are known, end to end."""
        asked = self.vocabulary.rows(question)[:LONGEST]
        if not asked or not len(lengths):
            return np.zeros(len(lengths), np.float32), np.zeros(len(lengths), np.float32)
        wanted, weights = self._asked(asked)
        flat, starts = laid(rows, lengths)
        best = best_of_blocks(likeness(self._vectors, wanted, flat))
        with np.errstate(invalid="ignore"):  # raised now and then by BLAS for the unused lanes of a register
            whole = np.maximum.reduceat(best, starts, axis=0).dot(weights)
            near = stretches(best, starts).dot(weights)
        return whole, np.maximum.reduceat(near, starts)

    def vectors(self, rows: Sequence[int]) -> Vectors:
        """The unit vectors of rows, shape (rows, d), read without their neighbours."""
        return self._vectors[rows].reshape(len(rows), self.width)

    @property
    def width(self) -> int:
        """Numbers a vector."""
        return int(self._vectors.shape[1])

    def _asked(self, rows: Sequence[int]) -> tuple[Vectors, Vectors]:
        """What each syllable looks for one before, at and one after a place (d, 3n), and its share (n,)."""
        own = self._vectors[rows]
        near = with_neighbours(own)
        read = np.tanh(near @ self._inner) @ self._outer
        wanted = near @ self._mix + read[:, :-1]
        weights = np.logaddexp(0, read[:, -1] + self._bias[rows])
        columns = wanted.reshape(len(rows), 3, -1).transpose(2, 1, 0).reshape(-1, 3 * len(rows))
        return columns, np.asarray(weights / weights.sum(), np.float32)


def with_neighbours(vectors: Vectors) -> Vectors:
    """Each row (n, d) between the one before it and the one after it, (n, 3d); nothing stands beyond the ends."""
    edge = np.zeros((1, vectors.shape[1]), np.float32)
    return np.hstack((np.vstack((edge, vectors[:-1])), vectors, np.vstack((vectors[1:], edge))))


def likeness(vectors: Vectors, wanted: Vectors, flat: Rows) -> Vectors:
    """How like each place of the texts is to each of n syllables of a question, (places, n).

    `wanted` (d, 3n): what these look for one before, at and one after a place.
    """
    used, at = places_of(flat, len(vectors))
    table = vectors[used].dot(wanted).reshape(len(used), 3, -1).transpose(1, 0, 2)
    before, same, after = np.ascontiguousarray(table)
    here = same.take(at, axis=0)
    here[1:] += before.take(at[:-1], axis=0)
    here[:-1] += after.take(at[1:], axis=0)
    here[flat == _END] = 0
    return np.asarray(here)


def places_of(flat: Rows, size: int) -> tuple[NDArray[np.intp], Rows]:
    """The rows that occur, ascending, and where each place's row stands among them."""
    there = np.zeros(size, dtype=bool)
    there[flat] = True
    used = np.flatnonzero(there)
    place = np.empty(size, np.int32)
    place[used] = np.arange(len(used), dtype=np.int32)
    return used, place[flat]


def laid(rows: Rows, lengths: NDArray[np.int64]) -> tuple[Rows, NDArray[np.int64]]:
    """The texts end to end, each filled up to whole blocks, by one end at least; and which block each starts with."""
    counts = lengths // BLOCK + 1
    starts = np.cumsum(counts) - counts
    flat = np.full(counts.sum() * BLOCK, _END, np.int32)
    flat[np.arange(len(rows)) + np.repeat(starts * BLOCK - np.cumsum(lengths) + lengths, lengths)] = rows
    return flat, starts


def best_of_blocks(likeness: Vectors) -> Vectors:
    """The best in each block, 0 at least; by halves: quicker than along the middle axis at once."""
    blocks = likeness.reshape(-1, BLOCK, likeness.shape[1])
    while (size := blocks.shape[1]) % 2 == 0:
        blocks = np.maximum(blocks[:, : size // 2], blocks[:, size // 2 :])
    return np.asarray(np.maximum(blocks.max(axis=1), 0))


def stretches(best: Vectors, starts: NDArray[np.int64]) -> Vectors:
    """The best likeness in each block and those behind it, up to `BLOCKS`, never into the next text."""
    text = np.cumsum(np.bincount(starts, minlength=len(best)))
    found = best.copy()
    for ahead in range(1, min(BLOCKS, len(best))):
        same = (text[:-ahead] == text[ahead:])[:, None]
        np.maximum(found[:-ahead], best[ahead:], out=found[:-ahead], where=same)
    return found


@cache
def shipped() -> Interaction:
    """The scorer that comes with the program."""
    return Interaction()
