"""The ways to read a row of syllables, with what each step costs by the syllable trigram.

One look-up for the letters of two or three neighbours gives every way of reading them that the model knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, product

import numpy as np

from rag.language.accent_model import BITS, ONE, STOP, AccentModel, Choices
from rag.language.paths import Ints, Paths

FINALISTS = 5  # readings of a syllable that the trigram looks at; a sixth changed nothing on held-back text
NEVER = 1 << 20


def paths(model: AccentModel, choices: Choices, costs: Choices) -> Paths:
    """The ways through each position's choices between two stops, given what each choice costs by itself."""
    rows, own = _framed(choices, costs)
    columns = _Columns.of(model, rows, own)
    place = _found(model, columns, 2)
    lower = model.unigram_back[rows[:-1]][:, :, None] + model.unigram[rows[1:]][:, None, :]
    pair = np.where(place >= 0, model.bigram[place], lower)
    if columns.width > FINALISTS:
        chosen = _finalists(own, pair)
        at = np.arange(len(rows))[:, None]
        rows, own, columns = rows[at, chosen], own[at, chosen], columns.among(chosen)
        both = at[:-1, :, None], chosen[:-1, :, None], chosen[1:, None, :]
        pair, place = pair[both], place[both]
    lower = pair[1:, None, :, :] + np.where(place >= 0, model.bigram_back[place], 0)[:-1, :, :, None]
    known = _found(model, columns, 3)
    steps = np.where(known >= 0, model.trigram[known], lower) + own[2:, None, None, :]
    return Paths(rows, own[0][:, None] + pair[0] + own[1], steps)


def _framed(choices: Choices, costs: Choices) -> tuple[Ints, Ints]:
    """The choices between two stops, and what they cost: an array each, filled up with what is never chosen."""
    lengths = np.array([1, *map(len, choices), 1])
    inside = np.arange(lengths.max()) < lengths[:, None]
    rows, own = np.zeros(inside.shape, dtype=np.int64), np.full(inside.shape, NEVER)
    rows[inside] = [STOP, *chain.from_iterable(choices), STOP]
    own[inside] = [0, *chain.from_iterable(costs), 0]
    return rows, own


@dataclass(frozen=True, slots=True)
class _Columns:
    """The letters that each position may be, and in which of its columns each reading of them stands."""

    parts: list[list[int]]  # by position, numbered from the first to the last; nearly always one
    letters: Ints  # by part
    column: Ints  # (parts, readings); -1: in none
    width: int

    @classmethod
    def of(cls, model: AccentModel, rows: Ints, own: Ints) -> _Columns:
        letters, real = model.letters[rows], own < NEVER
        if ((letters == letters[:, :1]) | ~real).all():
            parts = [[at] for at in range(len(rows))]
            owners = np.arange(len(rows))
            kinds = letters[:, 0]
        else:
            each = [dict.fromkeys(some[mask].tolist()) for some, mask in zip(letters, real, strict=True)]
            starts = iter(range(sum(map(len, each))))
            parts = [[next(starts) for _ in some] for some in each]
            owners = np.repeat(np.arange(len(rows)), list(map(len, parts)))
            kinds = np.array([*chain.from_iterable(each)])
        mine = real[owners] & (letters[owners] == kinds[:, None])
        column = np.full((len(kinds), ONE + 2), -1)  # the last for what is in none
        np.put_along_axis(column, np.where(mine, model.place[rows[owners]], ONE + 1), np.arange(rows.shape[1])[None], 1)
        return cls(parts, kinds, np.where(np.arange(ONE + 2) <= ONE, column, -1), rows.shape[1])

    def among(self, chosen: Ints) -> _Columns:
        """Where only the chosen columns of each position are left, in that order."""
        left = np.full((len(chosen), self.width + 1), -1)  # the last for what is in none
        left[np.arange(len(chosen))[:, None], chosen] = np.arange(chosen.shape[1])
        owners = np.repeat(np.arange(len(chosen)), list(map(len, self.parts)))
        return _Columns(self.parts, self.letters, left[owners[:, None], self.column], chosen.shape[1])

    def neighbours(self, order: int) -> list[Ints]:
        """Positions, and the letters' parts of so many neighbours from there on: every choice of them."""
        positions = np.arange(len(self.parts) - order + 1)
        if len(self.letters) == len(self.parts):
            return [positions, *(positions + at for at in range(order))]
        runs = zip(*(self.parts[at:] for at in range(order)), strict=False)
        return list(np.array([(at, *some) for at, near in enumerate(runs) for some in product(*near)]).T)


def _found(model: AccentModel, columns: _Columns, order: int) -> Ints:
    """Where the n-grams of `order` neighbours stand, by position and the neighbours' columns; -1: nowhere."""
    codes, bits = model.bigrams if order == 2 else model.trigrams, order * BITS
    owners, *neighbours = columns.neighbours(order)
    wanted = columns.letters[neighbours[0]]
    for part in neighbours[1:]:
        wanted = wanted * model.kinds + columns.letters[part]
    start, end = codes.searchsorted(np.array([wanted, wanted + 1]) << bits)
    sizes = end - start
    of = np.repeat(np.arange(len(wanted)), sizes)
    places = np.arange(len(of)) + (end - np.cumsum(sizes))[of]
    readings = codes[places]
    index = [columns.column[part[of], readings >> bits - BITS * at & ONE] for at, part in enumerate(neighbours, 1)]
    kept = np.minimum.reduce(index) >= 0
    found = np.full((len(columns.parts) - order + 1, *(columns.width,) * order), -1)
    found[owners[of][kept], *(column[kept] for column in index)] = places[kept]
    return found


def _finalists(own: Ints, pair: Ints) -> Ints:
    """The columns of the readings that cost least beside their neighbours, FINALISTS for each position."""
    score = own.copy()
    score[1:] += np.minimum.reduce(pair + own[:-1, :, None], axis=1)
    score[:-1] += np.minimum.reduce(pair + own[1:, None, :], axis=2)
    return np.argsort(score, axis=1, kind="stable")[:, :FINALISTS]
