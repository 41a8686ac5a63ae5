"""A question in the words that documents use: "điểm yếu" is asked, "hạn chế" is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, reduce
from itertools import pairwise
from pathlib import Path

from corpus.text import syllables

_FILE = Path(__file__).parent / "data" / "office_words.txt"
_MOST = 3  # phrases that are tried alone


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    """For each line of the table what to look for, the longest first, and what to put there."""
    rules = []
    for written, *asked in lines():
        forms = "|".join(re.escape(form) for form in sorted(asked, key=len, reverse=True))
        rules.append((re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.I), written))
    return tuple(rules)


@cache
def lines() -> tuple[tuple[str, ...], ...]:
    """What says the same: as documents write it, then as people ask."""
    told = (
        line.partition(": ") for line in _FILE.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")
    )
    return tuple((written, *asked.split(", ")) for written, _, asked in told)


@cache
def phrases() -> frozenset[tuple[str, str]]:
    """The syllables that stand side by side in the table, as documents write and as people ask."""
    return frozenset(pair for line in lines() for form in line for pair in pairwise(syllables(form)[0]))


def in_office_words(text: str) -> Iterator[str]:
    """The question in the documents' words: all of them at once, then one phrase after the other.

    Nothing where it has none to change.
    """
    changed = dict.fromkeys(other for pattern, written in _rules() if (other := pattern.sub(written, text)) != text)
    if len(changed) > 1:
        yield reduce(lambda whole, rule: rule[0].sub(rule[1], whole), _rules(), text)
    yield from list(changed)[:_MOST]
