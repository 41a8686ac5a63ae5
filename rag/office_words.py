"""A question in the words that documents use: "điểm yếu" is asked, "hạn chế" is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, reduce
from itertools import pairwise
from pathlib import Path

from corpus.text import syllables
from rag.terms import content_terms, words

_FILE = Path(__file__).parent / "data" / "office_words.txt"
_LAST = re.compile(r"(?<![^\W\d_])[^\W\d_]++ $")  # the syllable before a place
_SYLLABLE = 9  # characters of the longest, and its space
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
    changed = dict.fromkeys(other for rule in _rules() if (other := _put(text, rule)) != text)
    if len(changed) > 1:
        yield reduce(_put, _rules(), text)
    yield from list(changed)[:_MOST]


def _put(text: str, rule: tuple[re.Pattern[str], str]) -> str:
    """The text with a rule's phrases as documents write them, but for those that begin in the midst of a word: "kỳ
    họp cuối năm" is no "họp cuối năm"."""
    pattern, written = rule
    return pattern.sub(lambda found: found[0] if _begins_inside(text, found) else written, text)


def _begins_inside(text: str, found: re.Match[str]) -> bool:
    before = _LAST.search(text, max(0, found.start() - _SYLLABLE), found.start())
    pair = words(content_terms(f"{before[0]}{found[0].split()[0]}")) if before else ()
    own = words(content_terms(" ".join(found[0].split()[:2])))
    return len(pair) == 1 and len(pair[0].syllables) > 1 and len(own) > 1
