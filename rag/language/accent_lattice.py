"""The ways to read a row of syllables, with what each step costs by the syllable trigram.

One look-up for the letters of two or three neighbours gives every way of reading them that the model knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from rag.language.accent_model import BITS, ONE, STOP, AccentModel, Choices
from rag.language.paths import Ints, Paths

FINALISTS = 4  # readings of a syllable that the trigram looks at; a fifth changed nothing on held-back text
NEVER = 1 << 20


def paths(model: AccentModel, choices: Choices, costs: Choices) -> Paths:
    """The ways through each position's choices between two stops, given what each choice costs by itself."""
    columns = _Columns.of(model, framed := [(STOP,), *choices, (STOP,)])
    rows, own = _padded(framed, 0), _padded([(0,), *costs, (0,)], NEVER)
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


def _padded(lists: Choices, filler: int) -> Ints:
    width = max(map(len, lists))
    return np.array([(*some, *(filler,) * (width - len(some))) for some in lists])


@dataclass(frozen=True, slots=True)
class _Columns:
    """The letters that each position may be, and in which of its columns each reading of them stands."""

    parts: list[list[int]]  # by position, numbered from the first to the last; nearly always one
    letters: Ints  # by part
    column: Ints  # (parts, readings); -1: in none
    width: int

    @classmethod
    def of(cls, model: AccentModel, choices: Choices) -> _Columns:
        parts: list[list[int]] = []
        letters: list[int] = []
        stands: list[tuple[int, int, int]] = []
        for rows in choices:
            mine: dict[int, int] = {}
            for at, row in enumerate(rows):
                kind, place = model.spelled[row]
                if kind not in mine:
                    mine[kind] = len(letters)
                    letters.append(kind)
                stands.append((mine[kind], place, at))
            parts.append([*mine.values()])
        column = np.full((len(letters), ONE + 1), -1)
        part, place_of, at_of = np.array(stands).T
        column[part, place_of] = at_of
        return cls(parts, np.array(letters), column, max(map(len, choices)))

    def among(self, chosen: Ints) -> _Columns:
        """Where only the chosen columns of each position are left, in that order."""
        left = np.full((len(chosen), self.width + 1), -1)  # the last for readings that stand in none
        left[np.arange(len(chosen))[:, None], chosen] = np.arange(chosen.shape[1])
        owners = [at for at, some in enumerate(self.parts) for _ in some]
        return _Columns(self.parts, self.letters, left[np.array(owners)[:, None], self.column], chosen.shape[1])


def _found(model: AccentModel, columns: _Columns, order: int) -> Ints:
    """Where the n-grams of `order` neighbours stand, by position and the neighbours' columns; -1: nowhere."""
    codes, bits = model.bigrams if order == 2 else model.trigrams, order * BITS
    runs = zip(*(columns.parts[at:] for at in range(order)), strict=False)
    owners, *neighbours = np.array([(at, *some) for at, near in enumerate(runs) for some in product(*near)]).T
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
    """The columns of the readings on the cheapest bigram paths, FINALISTS for each position."""
    onwards = pair + own[1:, None, :]
    backwards = (pair + own[:-1, :, None])[::-1].transpose(0, 2, 1)
    steps = np.stack([onwards, backwards], axis=1)
    totals = np.zeros((len(own), 2, own.shape[1]), dtype=np.int64)
    for at, step in enumerate(steps):
        np.minimum.reduce(totals[at][:, :, None] + step, axis=1, out=totals[at + 1])
    return np.argsort(totals[:, 0] + totals[::-1, 1] - own, axis=1, kind="stable")[:, :FINALISTS]
