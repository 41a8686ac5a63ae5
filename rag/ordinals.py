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
    "lan thu|khoa|ky hop thu|phien hop thu|ky thu|thanh phan|giai doan|tuyen so|goi thau so|dot|loai|hang|vong|"
    "vanh dai|quoc lo|khu pho|to dan pho|to dan pho so"
)
_NUMBERED = (  # "tuyến đường sắt đô thị số 2": the whole name is the row
    r"(?:(?:tuyen|duong|metro|cau|benh vien|truong|nha may|khu|doi|tram)(?: (?!so\b)[a-z]+){0,5}?"
    r"|goi thau|du an|de an) so"
)
_PARTS = "dieu|chuong|phu luc"  # of a document: its heading says which, whatever others the unit cites
_IN_A_ROW = re.compile(
    rf"\b(?P<row>{_ROWS}|{_PARTS}|{_NUMBERED}) (?P<value>\d{{1,3}}|[ivxl]{{1,6}}|{'|'.join(_WORDS)})(?![\w/.,-]*\d)\b"
)


def other_ordinal(query: Query, unit: Unit, section: str | None, title: str) -> Differ | None:
    """The unit's own words decide; else what stands before it, its heading, its document's title.

    Where none of them names one in that row, nothing is against the unit.
    """
    above = before(unit.text, unit.span.start)
    for row, values in _ordinals(query.text).items():
        texts = (unit.quote, above, section or "", title)
        named = [there for text in texts if (there := _ordinals(text).get(row))]
        decide = named if row in _PARTS.split("|") else named[:1]
        if decide and not any(values.keys() & there.keys() for there in decide):
            return next(iter(values.values())), next(iter(decide[-1].values()))
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
