"""Which of several in a row is spoken of: the second congress is not the first, article 5 is not article 4."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.text import fold
from rag.around import before
from rag.language.number_words import read_roman
from rag.understand import Query
from rag.units import Unit

Differ = tuple[str, str]  # what was asked for, and what stands there instead
_WORDS = ("nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi")
_IN_A_ROW = re.compile(
    rf"\b(?P<row>lan thu|khoa|ky hop thu|phien hop thu|ky thu) (?P<value>\d{{1,3}}|[ivxl]{{1,6}}|{'|'.join(_WORDS)})\b"
)


def other_ordinal(query: Query, unit: Unit, title: str) -> Differ | None:
    """The unit's own words decide; else what stands before it, else its document's title; none says nothing."""
    asked = _ordinals(query.text)
    for row, values in asked.items():
        for text in (unit.quote, before(unit.text, unit.span.start), title):
            if there := _ordinals(text).get(row):
                if not values.keys() & there.keys():
                    return next(iter(values.values())), next(iter(there.values()))
                break
    return None


@lru_cache(maxsize=8192)
def _ordinals(text: str) -> dict[str, dict[int, str]]:
    """For each kind of row the places in it that a text names, with their words."""
    found: dict[str, dict[int, str]] = {}
    for match in _IN_A_ROW.finditer(fold(text)):
        written = match["value"]
        value = int(written) if written.isdigit() else read_roman(written.upper()) or _value(written)
        if value:
            found.setdefault(match["row"], {})[value] = text[match.start() : match.end()]
    return found


def _value(word: str) -> int:
    return _WORDS.index(word) + 1 if word in _WORDS else 0
