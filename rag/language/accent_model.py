"""The syllable trigram behind accent restoration: its arrays, and what a syllable costs after those before it.

Costs are negative log probabilities in the file's integer steps, so that sums are exact. N-grams are sorted by their
letters without accents, so that all ways of reading some letters lie side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.text import fold
from rag.language.paths import Ints

Choices = list[tuple[int, ...]]  # by position: the rows it may be, or what each of them costs
Bytes = NDArray[np.uint8]

SHIPPED = Path(__file__).parent / "data" / "accents.npz"
OTHER, NUMBER, PAUSE, STOP = range(4)  # a word out of the vocabulary, a number, a comma, the end of a sentence
SPECIALS = 4
BITS = 4  # of a syllable's place among those with the same letters
ONE, TWO, THREE = (1 << BITS) - 1, 2 * BITS, 3 * BITS  # the mask of a place; the bits of two and of three


@dataclass(frozen=True, slots=True)
class AccentModel:
    """Read-only arrays, safe to share between threads. `readings[letters]` are rows, most frequent first."""

    keys: list[str]
    rows: dict[str, int]
    readings: dict[str, tuple[int, ...]]
    plain: dict[str, float]  # how often a syllable with these letters is written without any accent, 0–1
    steps: float  # to a nat
    capital: list[int]  # cost of a capital inside a sentence, by row; `small` of none
    small: list[int]
    letters: Ints  # by row a number for its letters without accents, of `kinds`
    place: Ints  # by row its place among the readings of the same letters
    kinds: int
    before: Ints  # by row its part in a bigram's code as the first; `behind` as the second
    behind: Ints
    unigram: Ints
    unigram_back: Ints
    bigrams: Ints  # sorted codes: letters of both, then both places
    bigram: Bytes
    bigram_back: Bytes
    trigrams: Ints  # sorted codes: letters of the three, then their places
    trigram: Bytes

    @classmethod
    def load(cls, path: Path = SHIPPED) -> AccentModel:
        with np.load(path, allow_pickle=False) as file:
            keys = [""] * SPECIALS + bytes(file["syllables"]).decode().split("\n")
            groups = _same_letters(keys)
            sizes = [1] * SPECIALS + [len(rows) for rows in groups.values()]
            unigram = file["unigram_logp"].astype(np.int64)
            weights = np.exp(-unigram * float(file["step"])).tolist()
            kinds = len(sizes)
            letters = np.repeat(np.arange(kinds), sizes)
            place = np.concatenate([np.arange(size) for size in sizes])
            pairs = _owned(np.arange(kinds), kinds, file["pair_counts"], file["pair_gaps"])
            triples = _owned(pairs, kinds, file["triple_counts"], file["triple_gaps"])
            return cls(
                keys,
                {key: row for row, key in enumerate(keys) if row >= SPECIALS},
                groups,
                {letters: _plain_share(letters, rows, keys, weights) for letters, rows in groups.items()},
                1 / float(file["step"]),
                file["capital"].tolist(),
                file["small"].tolist(),
                letters,
                place,
                kinds,
                letters * kinds << TWO | place << BITS,
                letters << TWO | place,
                unigram,
                file["unigram_back"].astype(np.int64),
                _read(pairs << TWO, file["bigram_counts"], file["bigram_places"]),
                file["bigram_logp"],
                file["bigram_back"],
                _read(triples << THREE, file["trigram_counts"], file["trigram_places"]),
                file["trigram_logp"],
            )

    def pairs(self, first: Ints | int, second: Ints | int) -> Ints:
        """The cost of each `second` after its `first`."""
        first, second = np.asarray(first), np.asarray(second)
        codes = self.before[first] + self.behind[second]
        at = np.minimum(np.searchsorted(self.bigrams, codes), len(self.bigrams) - 1)
        lower = self.unigram_back[first] + self.unigram[second]
        return np.where(self.bigrams[at] == codes, self.bigram[at], lower)


def _owned(heads: Ints, kinds: int, counts: NDArray[np.uint16], gaps: Bytes) -> Ints:
    """Codes head · kinds + letters: `counts` of each head, whose letters are stored as gaps in two planes."""
    sums = np.cumsum(_joined(gaps))
    before = np.concatenate([[0], sums])[np.cumsum(counts, dtype=np.int64) - counts]  # reached where a head starts
    codes: Ints = sums + np.repeat(heads * kinds - before, counts)
    return codes


def _read(codes: Ints, counts: NDArray[np.uint16], places: Bytes) -> Ints:
    """The codes of letters, each as often as there are ways of reading them, with the ways' places."""
    ways: Ints = np.repeat(codes, counts)
    ways |= _joined(places)
    return ways


def _joined(planes: Bytes) -> Ints:
    joined: Ints = planes[0].astype(np.int64)
    joined <<= 8
    joined |= planes[1]
    return joined


def _plain_share(letters: str, rows: tuple[int, ...], keys: list[str], weights: list[float]) -> float:
    return sum(weights[row] for row in rows if keys[row] == letters) / sum(weights[row] for row in rows)


def _same_letters(keys: list[str]) -> dict[str, tuple[int, ...]]:
    """The rows of each letters without accents; such keys stand side by side, the most frequent first."""
    named = groupby(range(SPECIALS, len(keys)), key=lambda row: fold(keys[row]))
    return {letters: tuple(rows) for letters, rows in named}


@lru_cache(maxsize=1)
def shipped() -> AccentModel:
    """The model beside this file, read once."""
    return AccentModel.load()
