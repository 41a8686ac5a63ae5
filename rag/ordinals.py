"""Which of several in a row is spoken of: the second congress is not the first, part 2 is not part 1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.document import Span
from corpus.text import fold
from rag.around import before
from rag.language.dates import find_dates
from rag.language.number_words import read_roman
from rag.language.numbers import find_numbers
from rag.understand import Query
from rag.units import Unit

Differ = tuple[str, str]  # what was asked for, and what stands there instead
_WORDS = ("nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi")
_TEENS = {"mot": 11, "hai": 12, "ba": 13, "bon": 14, "tu": 14, "lam": 15, "sau": 16, "bay": 17, "tam": 18, "chin": 19}
_ROWS = (
    "lan thu|lan|khoa|ky hop thu|phien hop thu|ky thu|thanh phan|giai doan|dot|loai|hang|vong|"
    "vanh dai|quoc lo|khu pho|to dan pho|to dan pho so|vi tri|khu vuc"
)
_OWN = "tieu khu|khoanh|(?<!thong )(?<!canh )(?<!cong )bao so"
_NUMBERED = (  # "tuyến đường sắt đô thị số 2" and "tuyến metro số 1" are of one row
    r"(?:(?P<head>tuyen|duong|metro|cau|benh vien|truong|nha may|khu|(?<!chuyen )doi|tram)(?: (?!so\b)[a-z]+){0,5}?"
    r"|goi thau|du an|de an) so"
)
_SAME_ROW = {"metro": "tuyen", "lan thu": "lan"}
_PARTS = "dieu|chuong|phu luc"  # of a document: its heading says which, whatever others the unit cites
_IN_A_ROW = re.compile(
    rf"\b(?P<row>{_OWN}|{_ROWS}|{_PARTS}|{_NUMBERED}) "
    rf"(?P<value>\d{{1,3}}|[ivxl]{{1,6}}|muoi (?:{'|'.join(_TEENS)})|{'|'.join(_WORDS)})(?![\w/.,-]*\d)\b"
)
_MORE = re.compile(r"(?:(?:, ?| va )\d{1,3}(?![\w/.]))++")  # "các tiểu khu 402, 407 và 418"
_BY_NUMBER = ("tieu khu", "khoanh", "ky hop thu", "phien hop thu", "bao so")  # each is spoken of by its number


def other_ordinal(query: Query, unit: Unit, section: str | None, title: str) -> Differ | None:
    """The unit's own words decide, where they name a single one; else what stands before it, its heading, its
    document's title.

    Where none of them names one in that row, nothing is against the unit, unless its document speaks of others by
    their numbers ("bão số 4") and nowhere of that one.
    """
    above = before(unit.text, unit.span.start)
    for row, values in _ordinals(query.text).items():
        texts = (_ordinals(unit.quote), _firsts(_ordinals(above)), _ordinals(section or ""), _ordinals(title))
        named = [there for text in texts if (there := text.get(row))]
        decide = named if row in _PARTS.split("|") else _sayer(named)
        if not decide and row in _BY_NUMBER:
            decide = [there] if (there := _everywhere(unit.text).get(row)) else []
        if decide and not any(values.keys() & there.keys() for there in decide):
            return next(iter(values.values())), next(iter(decide[-1].values()))
    return None


def beside_other(query: Query, unit: Unit) -> Differ | None:
    """ "Sau hội nghị lần thứ nhất (27 ý kiến), … tổ chức lần thứ hai": where a unit names the one that is asked about
    and others, its figures, or its days, must not all stand behind the others."""
    kind = query.expected.kind
    if kind not in ("number", "percent", "date"):
        return None
    for row, values in _ordinals(query.text).items():
        named = [(span, value) for span, kept, value in _named(unit.quote) if kept == row]
        others = [span.start for span, value in named if value not in values]
        if not others or len(others) == len(named):
            continue
        dates = [date.span for date in find_dates(unit.quote)]
        spans = [number.span for number in find_numbers(unit.quote)] if kind != "date" else dates
        aside = [span for span, _ in named] + (dates if kind != "date" else [])
        figures = [span for span in spans if not any(span.overlaps(one) for one in aside)]
        behind = [max((span.start for span, _ in named if span.start < one.start), default=-1) for one in figures]
        if behind and all(at in others for at in behind):
            there = next(value for span, value in named if span.start == behind[0])
            return next(iter(values.values())), _ordinals(unit.quote)[row][there]
    return None


def _named(text: str) -> Iterator[tuple[Span, str, int]]:
    """Where a text names a place in a row, the row and the place."""
    for match in _IN_A_ROW.finditer(fold(text)):
        if value := _place_of(match):
            yield Span(*match.span()), _row_of(match), value


def _place_of(match: re.Match[str]) -> int:
    written = match["value"]
    return int(written) if written.isdigit() else read_roman(written.upper()) or _value(written)


def _row_of(match: re.Match[str]) -> str:
    row = match["head"] or match["row"]
    return _SAME_ROW.get(row, row)


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
        if value := _place_of(match):
            row = _row_of(match)
            told = found.setdefault(row, {})
            told[value] = text[match.start() : match.end()]
            more = _MORE.match(fold(text), match.end()) if row in _BY_NUMBER else None
            told |= {int(one): f"{told[value]}{more[0]}" for one in re.findall(r"\d+", more[0])} if more else {}
    return found


@lru_cache(maxsize=256)
def _everywhere(text: str) -> dict[str, dict[int, str]]:
    """The same of a whole document."""
    return _ordinals.__wrapped__(text)


def _value(word: str) -> int:
    return _WORDS.index(word) + 1 if word in _WORDS else _TEENS.get(word.removeprefix("muoi "), 0)
