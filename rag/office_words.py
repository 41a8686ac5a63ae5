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
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            written, _, asked = line.partition(": ")
            forms = "|".join(re.escape(form) for form in sorted(asked.split(", "), key=len, reverse=True))
            rules.append((re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.I), written))
    return tuple(rules)


@cache
def phrases() -> frozenset[tuple[str, str]]:
    """The syllables that stand side by side in the table, as documents write and as people ask."""
    found: set[tuple[str, str]] = set()
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        for form in () if line.startswith("#") else re.split(r": |, ", line):
            found |= set(pairwise(syllables(form)[0]))
    return frozenset(found)


def in_office_words(text: str) -> Iterator[str]:
    """The question in the documents' words: all of them at once, then one phrase after the other.

    Nothing where it has none to change.
    """
    changed = dict.fromkeys(other for pattern, written in _rules() if (other := pattern.sub(written, text)) != text)
    if len(changed) > 1:
        yield reduce(lambda whole, rule: rule[0].sub(rule[1], whole), _rules(), text)
    yield from list(changed)[:_MOST]
