"""How words are used: vectors of syllables, and of words of two, by what stands beside them in other texts.

Those that can stand in each other's place are alike ("đã", "sẽ", "đang"; "thủ tướng", "tổng thống"), which tells
`rag.reader_net` how a sentence is built. Positive mutual information with the neighbours on either side, reduced to its
leading directions (Levy & Goldberg, 2014). Learned by `eval.train_word_vectors`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from index.interaction import Rows

Matrix = NDArray[np.float32]
SHIPPED = Path(__file__).parent / "data" / "word_vectors.safetensors"


class WordVectors:
    """`syllables` (rows of the interaction vocabulary, d) and `pairs` (words of two syllables, e), both float32; row 0
    of the pairs is no word. Safe to share between threads."""

    def __init__(self, file: Path = SHIPPED) -> None:
        saved = load_file(file)
        self.syllables, self.pairs = (_unpacked(saved[name], saved[f"{name} scale"]) for name in ("syllables", "pairs"))
        self.codes = saved["codes"]  # of the pairs, ascending, without row 0

    def pairs_of(self, rows: Rows, marks: NDArray[np.intp]) -> Rows:
        """By token the row of the word that it ends, 0 if none. `marks`: what stands before each, 0 for nothing."""
        found = np.zeros(len(rows), np.int32)
        codes = codes_of(rows, len(self.syllables))
        at = np.searchsorted(self.codes, codes).clip(max=len(self.codes) - 1)
        found[1:] = np.where((self.codes[at] == codes) & (marks[1:] == 0), at + 1, 0)
        return found

    def of(self, rows: Rows, pairs: Rows) -> Matrix:
        """By token its own vector, those of the words that it ends and begins, and whether it does."""
        begun = np.append(pairs[1:], np.int32(0))[: len(pairs)]
        there = np.stack([pairs > 0, begun > 0], 1).astype(np.float32)
        return np.hstack([self.syllables[rows], self.pairs[pairs], self.pairs[begun], there])


def codes_of(rows: NDArray[np.integer], size: int) -> NDArray[np.int64]:
    """A number for each two neighbours."""
    wide = rows.astype(np.int64)
    return wide[:-1] * size + wide[1:]


def packed(vectors: Matrix) -> tuple[NDArray[np.int8], Matrix]:
    """A byte a number, and the scale of each row."""
    scale = np.abs(vectors).max(1, keepdims=True).clip(1e-9) / 127
    return np.round(vectors / scale).astype(np.int8), scale.astype(np.float32)


def _unpacked(values: NDArray[np.int8], scale: Matrix) -> Matrix:
    return values.astype(np.float32) * scale


@cache
def shipped() -> WordVectors:
    """Those that come with the program."""
    return WordVectors()
