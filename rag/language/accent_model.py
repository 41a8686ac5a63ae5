"""The syllable trigram behind accent restoration: its arrays, and the best reading of a row of syllables.

Costs are negative log probabilities in the file's integer steps, so that sums are exact.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.text import fold
from rag.language.paths import Ints, Paths

Choices = list[tuple[int, ...]]  # by position: the rows it may be, or what each of them costs
Bytes = NDArray[np.uint8]

SHIPPED = Path(__file__).parent / "data" / "accents.npz"
OTHER, NUMBER, PAUSE, STOP = range(4)  # a word out of the vocabulary, a number, a comma, the end of a sentence
SPECIALS = 4
READINGS = 12  # most syllables have fewer; the rest of a longer list is rare
FINALISTS = 4  # readings of a syllable that the trigram looks at; a fifth changed nothing on held-back text
NEVER = 1 << 20


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
    unigram: Ints
    unigram_back: Ints
    bigrams: Ints  # sorted codes first · V + second
    bigram: Bytes
    bigram_back: Bytes
    trigrams: Ints  # sorted codes place of the bigram · V + third
    trigram: Bytes

    @classmethod
    def load(cls, path: Path = SHIPPED) -> AccentModel:
        with np.load(path, allow_pickle=False) as file:
            keys = [""] * SPECIALS + bytes(file["syllables"]).decode().split("\n")
            size = len(keys)
            unigram = file["unigram_logp"].astype(np.int64)
            readings = _readings(keys, unigram.tolist())
            weights = np.exp(-unigram * float(file["step"])).tolist()
            return cls(
                keys,
                {key: row for row, key in enumerate(keys) if row >= SPECIALS},
                readings,
                {letters: _plain_share(letters, rows, keys, weights) for letters, rows in readings.items()},
                1 / float(file["step"]),
                file["capital"].tolist(),
                file["small"].tolist(),
                unigram,
                file["unigram_back"].astype(np.int64),
                _codes(file["bigram_rows"], file["bigram_last"], size),
                file["bigram_logp"],
                file["bigram_back"],
                _codes(file["trigram_rows"], file["trigram_last"], size),
                file["trigram_logp"],
            )

    def paths(self, choices: Choices, costs: Choices) -> Paths:
        """The ways through each position's choices between two stops, given what each choice costs by itself."""
        framed = [(STOP,), *choices, (STOP,)]
        return self._paths(*self._finalists(*_padded(framed, [(0,), *costs, (0,)])))

    def pairs(self, first: Ints | int, second: Ints | int) -> Ints:
        """The cost of each `second` after its `first`."""
        first, second = np.asarray(first), np.asarray(second)
        return self._pair_costs(first, second, _find(self.bigrams, first * len(self.keys) + second))

    def _pairs(self, lattice: Ints) -> tuple[Ints, Ints]:
        """Costs of each second after each first, (positions - 1, k, k), and the bigrams' places or -1."""
        first, second = lattice[:-1, :, None], lattice[1:, None, :]
        place = _find(self.bigrams, first * len(self.keys) + second)
        return self._pair_costs(first, second, place), place

    def _pair_costs(self, first: Ints, second: Ints, place: Ints) -> Ints:
        return np.where(place >= 0, self.bigram[place], self.unigram_back[first] + self.unigram[second])

    def _finalists(self, lattice: Ints, own: Ints) -> tuple[Ints, Ints]:
        """The readings on the cheapest bigram paths, FINALISTS for each position."""
        if lattice.shape[1] <= FINALISTS:
            return lattice, own
        step, _ = self._pairs(lattice)
        step += own[1:, None, :]
        length = len(lattice)
        ahead, behind = np.zeros_like(own), np.zeros_like(own)
        ahead[0] = own[0]
        for at in range(1, length):
            ahead[at] = (ahead[at - 1][:, None] + step[at - 1]).min(axis=0)
            behind[length - 1 - at] = (step[length - 1 - at] + behind[length - at]).min(axis=1)
        chosen = np.argsort(ahead + behind, axis=1, kind="stable")[:, :FINALISTS]
        return np.take_along_axis(lattice, chosen, axis=1), np.take_along_axis(own, chosen, axis=1)

    def _paths(self, lattice: Ints, own: Ints) -> Paths:
        pair, place = self._pairs(lattice)
        history = place[:-1, :, :, None]
        triple = _find(self.trigrams, np.maximum(history, 0) * len(self.keys) + lattice[2:, None, None, :])
        lower = pair[1:, None, :, :] + np.where(history >= 0, self.bigram_back[history], 0)
        step = np.where((triple >= 0) & (history >= 0), self.trigram[triple], lower) + own[2:, None, None, :]
        return Paths(lattice, own[0][:, None] + pair[0] + own[1][None, :], step)


def _padded(choices: Choices, costs: Choices) -> tuple[Ints, Ints]:
    width = max(len(rows) for rows in choices)
    lattice = np.zeros((len(choices), width), dtype=np.int64)
    own = np.full((len(choices), width), NEVER, dtype=np.int64)
    for at, (rows, prices) in enumerate(zip(choices, costs, strict=True)):
        lattice[at, : len(rows)] = rows
        own[at, : len(rows)] = prices
    return lattice, own


def _find(codes: Ints, wanted: Ints) -> Ints:
    place = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
    return np.where(codes[place] == wanted, place, -1)


def _codes(rows: NDArray[np.uint16], planes: Bytes, size: int) -> Ints:
    """History · V + last of each n-gram: `rows` of each history, whose lasts are stored as gaps in two planes."""
    rows = rows.astype(np.int64)
    sums: Ints = np.cumsum(planes[0].astype(np.int64) * 256 + planes[1])
    ends = np.cumsum(rows)
    before = np.concatenate([[0], sums])[ends - rows]  # what the sum has reached where a history starts
    codes: Ints = sums + np.repeat(np.arange(len(rows)) * size - before, rows)
    return codes


def _plain_share(letters: str, rows: tuple[int, ...], keys: list[str], weights: list[float]) -> float:
    return sum(weights[row] for row in rows if keys[row] == letters) / sum(weights[row] for row in rows)


def _readings(keys: list[str], unigram: list[int]) -> dict[str, tuple[int, ...]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for row in range(SPECIALS, len(keys)):
        found[fold(keys[row])].append(row)
    return {letters: tuple(sorted(rows, key=lambda row: unigram[row])[:READINGS]) for letters, rows in found.items()}


@lru_cache(maxsize=1)
def shipped() -> AccentModel:
    """The model beside this file, read once."""
    return AccentModel.load()
