"""Office words that say the same: what a writer may put for what a document says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from corpus.text import same_tones, tokens

_FILE = Path(__file__).parent / "data" / "synonyms.txt"


@cache
def _groups() -> dict[str, frozenset[int]]:
    """The lines of the table on which a phrase stands."""
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(lines()):
        for phrase in line:
            groups.setdefault(same_tones(phrase), set()).add(number)
    return {phrase: frozenset(numbers) for phrase, numbers in groups.items()}


@cache
def lines() -> tuple[tuple[str, ...], ...]:
    """The phrases of each line of the table."""
    told = (line for line in _FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return tuple(tuple(phrase.strip() for phrase in line.split("|")) for line in told)


def same_meaning(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a phrase that only one run of syllables has stands on a line with one that only the other has."""
    mine, theirs = _phrases(one), _phrases(other)
    return bool(_lines(mine - theirs) & _lines(theirs - mine))


def also_said(text: str) -> str:
    """What says the same as the phrases of two syllables and more in a text: "trễ hạn" of "Quá hạn"."""
    mine = {phrase for phrase in _phrases([token.key for token in tokens(text)]) if " " in phrase}
    lines = _lines(mine)
    return ". ".join(phrase for phrase, numbers in _groups().items() if numbers & lines and phrase not in mine)


def _phrases(syllables: Sequence[str]) -> set[str]:
    return {" ".join(syllables[at : at + size]) for size in (1, 2, 3) for at in range(len(syllables) - size + 1)}


def _lines(phrases: set[str]) -> frozenset[int]:
    return frozenset().union(*(_groups().get(phrase, frozenset()) for phrase in phrases))
