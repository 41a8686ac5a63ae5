"""Which syllables a person may have meant by a mistyped one, and what each slip costs in nats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.text import fold
from rag.language.accent_model import AccentModel, shipped
from rag.language.paths import Ints
from rag.language.syllables import is_syllable, split_tone

DOUBLED, SWAPPED, DROPPED, BESIDE, ADDED, OTHER = 2.0, 3.0, 3.5, 4.0, 5.0, 7.0
TONE, MARK = 4.0, 5.0  # a wrong tone, another wrong accent
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ALIKE = ("sx", "ln", "iy")  # sounds that are taken for each other


@dataclass(frozen=True, slots=True)
class Meant:
    """Rows of the model's syllables that are one slip from what was typed, and the slips' costs."""

    rows: Ints
    costs: NDArray[np.float64]


NONE = Meant(np.zeros(0, dtype=np.int64), np.zeros(0))


def _neighbours() -> frozenset[str]:
    """Pairs of letters whose keys touch."""
    pairs = [*_ALIKE]
    for above, row in enumerate(_KEYBOARD):
        pairs += [row[at : at + 2] for at in range(len(row) - 1)]
        for below in _KEYBOARD[above + 1 : above + 2]:
            pairs += [row[at] + near for at in range(len(row)) for near in below[max(0, at - 1) : at + 1]]
    return frozenset((*pairs, *(pair[::-1] for pair in pairs)))


_BESIDE = _neighbours()
LETTERS = "".join(sorted("".join(_KEYBOARD)))


@lru_cache(maxsize=16384)
def meant(typed: str, missing: float) -> Meant:
    """The syllables one slip from `typed` (small letters); `missing` is what an accent left out costs."""
    model, bare = shipped(), fold(typed)
    found = {
        row: price
        for letters in _near(bare)
        for row in model.readings[letters]
        if is_syllable(key := model.keys[row]) and key != typed
        if (price := _cheapest(typed, bare, key, letters, missing)) is not None
    }
    return Meant(np.array(list(found), dtype=np.int64), np.array(list(found.values()))) if found else NONE


def cost(typed: str, meant: str, missing: float) -> float | None:
    """The cheapest slip from one spelling to the other; None when one slip does not explain it."""
    return _cheapest(typed, fold(typed), meant, fold(meant), missing)


def _cheapest(typed: str, bare: str, meant: str, wanted: str, missing: float) -> float | None:
    prices = (price + _accents(mine, other, missing) for price, mine, other in _ways(typed, bare, meant, wanted))
    return min(prices, default=None)


def _ways(typed: str, bare: str, meant: str, wanted: str) -> Iterator[tuple[float, str, str]]:
    """Each slip's price with what it leaves of both: the same letters, perhaps with other accents.

    `bare` and `wanted` are the two without accents.
    """
    if len(typed) == len(meant):
        apart = [at for at in range(len(bare)) if bare[at] != wanted[at]]
        if not apart:
            yield 0.0, typed, meant
        if len(apart) == 1:
            at = apart[0]
            pair = bare[at] + wanted[at]
            yield BESIDE if pair in _BESIDE else OTHER, _without(typed, at), _without(meant, at)
        for at in range(len(typed) - 1):
            if _swapped(bare, at) == wanted:
                yield SWAPPED, _swapped(typed, at), meant
    elif len(typed) == len(meant) + 1:
        for at in range(len(typed)):
            if _without(bare, at) == wanted:
                doubled = bare[at] in (bare[at - 1 : at], bare[at + 1 : at + 2])
                yield DOUBLED if doubled else ADDED, _without(typed, at), meant
    else:
        for at in range(len(meant)):
            if _without(wanted, at) == bare:
                yield DROPPED, typed, _without(meant, at)


def _accents(typed: str, meant: str, missing: float) -> float:
    """What the differences of accents between the same letters cost."""
    return sum(_accent(mine, other, missing) for mine, other in zip(typed, meant, strict=True) if mine != other)


def _swapped(word: str, at: int) -> str:
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _accent(typed: str, meant: str, missing: float) -> float:
    if typed == fold(meant):
        return missing
    mine, other = split_tone(typed), split_tone(meant)
    return TONE if mine and other and mine[0] == other[0] else MARK


def _without(word: str, at: int) -> str:
    return word[:at] + word[at + 1 :]


def deletions(word: str) -> set[str]:
    return {_without(word, at) for at in range(len(word))}


def edits(word: str) -> set[str]:
    """The words one slip from a name without accents, whether they are words or not."""
    ends = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in ends if len(tail) > 1}
    beside = {head + key + tail[1:] for head, tail in ends if tail for key in LETTERS if tail[0] + key in _BESIDE}
    return (deletions(word) | swapped | beside | {head + key + tail for head, tail in ends for key in LETTERS}) - {word}


def _near(letters: str) -> set[str]:
    """Folded syllables that are `letters` after a deletion in the one, the other or both."""
    return {near for form in (letters, *deletions(letters)) for near in _by_deletion().get(form, ())}


@lru_cache(maxsize=1)
def _by_deletion() -> dict[str, tuple[str, ...]]:
    """Folded syllables by themselves and by what is left of them when a letter is dropped."""
    model: AccentModel = shipped()
    table: defaultdict[str, list[str]] = defaultdict(list)
    for letters, rows in model.readings.items():
        if any(is_syllable(model.keys[row]) for row in rows):
            for form in (letters, *deletions(letters)):
                table[form].append(letters)
    return {form: tuple(near) for form, near in table.items()}
