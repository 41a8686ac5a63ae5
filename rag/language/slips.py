"""Which syllables a person may have meant by a mistyped one, and what each slip costs in nats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from corpus.text import fold
from rag.language.accent_model import AccentModel, shipped
from rag.language.paths import Ints
from rag.language.syllables import is_syllable, split_tone

DOUBLED, SWAPPED, DROPPED, BESIDE, ADDED, OTHER = 2.0, 3.0, 3.5, 4.0, 5.0, 7.0
TONE, MARK = 4.0, 5.0  # a wrong tone, another wrong accent
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ALIKE = ("sx", "ln", "iy")  # sounds that are taken for each other


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


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip between two spellings: its price, and which letters of the one stand for which of the other."""

    price: float
    typed: Sequence[int]
    meant: Sequence[int]


@lru_cache(maxsize=4096)
def near(typed: str) -> Ints:
    """The rows of the model's syllables that may be one slip from `typed` (small letters), itself left out."""
    model: AccentModel = shipped()
    rows = {row for letters in _near(fold(typed)) for row in _spelled(letters)}
    return np.array(sorted(rows - {model.rows.get(typed, 0)}), dtype=np.int64)


@lru_cache(maxsize=16384)
def cost(typed: str, meant: str, missing: float) -> float | None:
    """The cheapest slip from one spelling to the other; None when one slip does not explain it."""
    slips = _slips(fold(typed), fold(meant))
    return _cheapest(slips, typed, meant, missing) if slips else None


def _cheapest(slips: Sequence[Slip], typed: str, meant: str, missing: float) -> float:
    """What the cheapest of the slips costs, with the differences of accents between the same letters."""
    return min([slip.price + _accents(slip, typed, meant, missing) for slip in slips])


def _accents(slip: Slip, typed: str, meant: str, missing: float) -> float:
    price = 0.0
    for mine, other in zip(slip.typed, slip.meant, strict=True):
        if typed[mine] != meant[other]:
            price += _accent(typed[mine], meant[other], missing)
    return price


def _slips(bare: str, wanted: str) -> list[Slip]:
    """Every slip that leads from the letters `wanted` to the letters `bare`, accents aside."""
    if len(bare) == len(wanted):
        return list(_in_place(bare, wanted))
    longer, shorter = (bare, wanted) if len(bare) > len(wanted) else (wanted, bare)
    whole = range(len(shorter))
    dropped = [at for at in range(len(longer)) if _without(longer, at) == shorter]
    rests = [[*range(at), *range(at + 1, len(longer))] for at in dropped]
    if longer is wanted:
        return [Slip(DROPPED, whole, rest) for rest in rests]
    doubled = [bare[at] in (bare[at - 1 : at], bare[at + 1 : at + 2]) for at in dropped]
    return [Slip(DOUBLED if twice else ADDED, rest, whole) for twice, rest in zip(doubled, rests, strict=True)]


def _in_place(bare: str, wanted: str) -> Iterator[Slip]:
    whole = range(len(bare))
    apart = [at for at in whole if bare[at] != wanted[at]]
    if not apart:
        yield Slip(0.0, whole, whole)
    if len(apart) == 1:
        at = apart[0]
        rest = [*whole[:at], *whole[at + 1 :]]
        yield Slip(BESIDE if bare[at] + wanted[at] in _BESIDE else OTHER, rest, rest)
    for at in whole[:-1] if len(apart) in (0, 2) else ():
        if bare[:at] + bare[at + 1] + bare[at] + bare[at + 2 :] == wanted:
            yield Slip(SWAPPED, [*whole[:at], at + 1, at, *whole[at + 2 :]], whole)


@lru_cache(maxsize=4096)
def _accent(typed: str, meant: str, missing: float) -> float:
    """What a difference of accents on one letter costs."""
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


@lru_cache(maxsize=8192)
def _spelled(letters: str) -> tuple[int, ...]:
    """The rows of the model's syllables with these letters."""
    model: AccentModel = shipped()
    return tuple(row for row in model.readings[letters] if is_syllable(model.keys[row]))


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
