"""Which of several in a row is spoken of: the second congress is not the first, part 2 is not part 1."""

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
_ROWS = (
    "lan thu|khoa|ky hop thu|phien hop thu|ky thu|thanh phan|giai doan|dot|loai|hang|vong|"
    "vanh dai|quoc lo|khu pho|to dan pho|to dan pho so"
)
_NUMBERED = (  # "tuyến đường sắt đô thị số 2" and "tuyến metro số 1" are of one row
    r"(?:(?P<head>tuyen|duong|metro|cau|benh vien|truong|nha may|khu|doi|tram)(?: (?!so\b)[a-z]+){0,5}?"
    r"|goi thau|du an|de an) so"
)
_SAME_ROW = {"metro": "tuyen"}
_PARTS = "dieu|chuong|phu luc"  # of a document: its heading says which, whatever others the unit cites
_IN_A_ROW = re.compile(
    rf"\b(?P<row>{_ROWS}|{_PARTS}|{_NUMBERED}) (?P<value>\d{{1,3}}|[ivxl]{{1,6}}|{'|'.join(_WORDS)})(?![\w/.,-]*\d)\b"
)


def other_ordinal(query: Query, unit: Unit, section: str | None, title: str) -> Differ | None:
    """The unit's own words decide, where they name a single one; else what stands before it, its heading, its
    document's title.

    Where none of them names one in that row, nothing is against the unit.
    """
    above = before(unit.text, unit.span.start)
    for row, values in _ordinals(query.text).items():
        texts = (_ordinals(unit.quote), _firsts(_ordinals(above)), _ordinals(section or ""), _ordinals(title))
        named = [there for text in texts if (there := text.get(row))]
        decide = named if row in _PARTS.split("|") else _sayer(named)
        if decide and not any(values.keys() & there.keys() for there in decide):
            return next(iter(values.values())), next(iter(decide[-1].values()))
    return None


def _firsts(told: dict[str, dict[int, str]]) -> dict[str, dict[int, str]]:
    """What a paragraph is about is named first in it; others are named beside it."""
    return {row: dict(list(values.items())[:1]) for row, values in told.items()}


def _sayer(named: list[dict[int, str]]) -> list[dict[int, str]]:
    """The first text that names one; where it names several, the first behind it that names a single one."""
    return [next((there for there in named if len(there) == 1), named[0])] if named else []


@lru_cache(maxsize=8192)
def _ordinals(text: str) -> dict[str, dict[int, str]]:
    """For each kind of row the places in it that a text names, with their words."""
    found: dict[str, dict[int, str]] = {}
    for match in _IN_A_ROW.finditer(fold(text)):
        written = match["value"]
        value = int(written) if written.isdigit() else read_roman(written.upper()) or _value(written)
        if value:
            row = _SAME_ROW.get(match["head"], match["head"]) or match["row"]
            found.setdefault(row, {})[value] = text[match.start() : match.end()]
    return found


def _value(word: str) -> int:
    return _WORDS.index(word) + 1 if word in _WORDS else 0
