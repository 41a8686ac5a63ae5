"""Dates and periods as people write them, with or without accents: "ngày 11 tháng 10 năm 2019"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from corpus.document import Span
from corpus.text import fold
from rag.language.cover import Cover
from rag.language.document_numbers import find_document_numbers

Precision = Literal["day", "month", "quarter", "half", "months", "year", "range"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """One mention. `start` and `end` (inclusive) are None when text and caller give no year."""

    span: Span
    start: date | None
    end: date | None
    precision: Precision


@lru_cache(maxsize=4096)
def find_dates(text: str, year: int | None = None) -> tuple[DateMention, ...]:
    """The dates and periods of a text (NFC), in order; `year` completes "9 tháng đầu năm"."""
    folded = fold(text)
    if not _ANY.search(folded):
        return ()
    found: list[DateMention] = []
    taken = Cover.of(text)
    for needed, pattern, read in _FORMS:
        if needed not in folded:
            continue
        if pattern is _BARE_MONTH and pattern.search(folded):
            for number in find_document_numbers(text):  # "TT 06/2023" is no month
                taken.add(number.span)
        for match in pattern.finditer(folded):
            if taken.touches(*match.span()) or not _accents_agree(text, match):
                continue
            if mention := read(match, year):
                found.append(DateMention(Span(*match.span()), *mention))
                taken.add(found[-1].span)
    return tuple(sorted(found, key=lambda mention: mention.span.start))


Read = tuple[date | None, date | None, Precision]

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_WORDS = {
    "mot": 1, "gieng": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9, "muoi": 10, "muoi mot": 11, "muoi hai": 12, "chap": 12, "nhat": 1,
}  # fmt: skip
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_Y = r"(?P<y>(?:1[89]|20|21)\d\d)(?![^\W_])(?![.,]\d)"
_OF_YEAR = rf"(?:[ ]?[/.-][ ]?|,?[ ]nam[ ]|,[ ]){_Y}"
_BEFORE = r"(?<![^\W_])(?<!\d[./-])"
_ANY = re.compile(r"\d|(?<![^\W_])(?:quy|nua) [a-z]|thang dau nam|thang cuoi nam")


def _day(match: re.Match[str], year: int | None) -> Read | None:
    year = _century(match["y"]) if match["y"] else year
    try:
        # A leap year stands in where the year is unknown, so that 29/2 passes.
        day = date(year or 2000, int(match["m"]), int(match["d"]))
    except ValueError:
        return None
    return (day, day, "day") if year else (None, None, "day")


def _century(digits: str) -> int:
    return int(digits) + 2000 if len(digits) == 2 else int(digits)


def _days(match: re.Match[str], year: int | None) -> Read | None:
    try:
        year, month = int(match["y"]), int(match["m"])
        start, end = date(year, month, int(match["d"])), date(year, month, int(match["d2"]))
    except ValueError:
        return None
    return (start, end, "range") if start <= end else None


def _months(year: int | None, first: int, last: int, precision: Precision) -> Read | None:
    if not 1 <= first <= last <= 12:
        return None
    if year is None:
        return None, None, precision
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), precision


def _number(written: str) -> int:
    return int(written) if written.isdigit() else _ROMAN.get(written) or _WORDS[written]


def _year_of(match: re.Match[str], year: int | None) -> int | None:
    return int(match["y"]) if match["y"] else year


def _month(match: re.Match[str], year: int | None) -> Read | None:
    month = _number(match["m"])
    return _months(_year_of(match, year), month, month, "month")


def _quarter(match: re.Match[str], year: int | None) -> Read | None:
    quarter = _number(match["q"])
    return _months(_year_of(match, year), 3 * quarter - 2, 3 * quarter, "quarter") if quarter <= 4 else None


def _part_of_year(match: re.Match[str], year: int | None) -> Read | None:
    count = _number(match["n"])
    first, last = (1, count) if match["side"] == "dau" else (13 - count, 12)
    return _months(_year_of(match, year), first, last, "half" if count == 6 else "months")


def _half(match: re.Match[str], year: int | None) -> Read | None:
    return _months(_year_of(match, year), *((1, 6) if match["side"] == "dau" else (7, 12)), "half")


def _year(match: re.Match[str], _: int | None) -> Read | None:
    return _months(int(match["y"]), 1, 12, "year")


def _years(match: re.Match[str], _: int | None) -> Read | None:
    first, last = int(match["y"]), int(match["y2"])
    return (date(first, 1, 1), date(last, 12, 31), "range") if first < last <= first + 100 else None


_N = rf"\d{{1,2}}|{_WORD}"
_BARE_MONTH = re.compile(rf"(?<![^\W_])(?<![\d,][./-])(?<!\d[.,])(?P<m>0?[1-9]|1[0-2])[/-]{_Y}(?![ ]?[/-][ ]?[^\W_])")
_FORMS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str], int | None], Read | None]], ...] = (
    (
        "thang",
        re.compile(
            rf"(?<![^\W_])(?<!\bpho )(?<!\bto )(?<!\bthon )(?<!\bap )(?<!\bkhom )(?<!\blop )"  # "tổ 5 tháng 7/2024"
            rf"(?:ngay[ ]{{1,2}}|mung[ ])?(?P<d>\d{{1,2}})[ ]{{1,2}}thang[ ]{{1,2}}(?P<m>\d{{1,2}})"
            rf"(?:,?[ ]{{1,2}}nam[ ]{{1,2}}|[ ]?[/.-][ ]?){_Y}"
        ),
        _day,
    ),
    (
        "",
        re.compile(
            rf"{_BEFORE}(?P<d>\d{{1,2}})(?:[ ]?[-,][ ]?|[ ]va[ ])(?P<d2>\d{{1,2}})"
            rf"(?:[ ]?/[ ]?|[ ]thang[ ])(?P<m>\d{{1,2}})(?:[ ]?/[ ]?|[ ]nam[ ]){_Y}(?!/)"
        ),
        _days,
    ),
    (
        "",
        re.compile(
            r"(?<![^\W_])(?<!\d[./])(?<!(?<!\d\d\d)\d-)"  # after "15/10/1930-", not after "15-"
            r"(?:ngay[ ]{1,2})?(?P<d>\d{1,2})[ ]?(?P<s>[/.-])[ ]?(?P<m>\d{1,2})"
            r"(?:[ ]?(?P=s)[ ]?|[ ]nam[ ])"
            r"(?P<y>(?:1[89]|20|21)\d\d|(?<=/)\d\d)(?![^\W_])(?![./]\d)"
        ),
        _day,
    ),
    ("thang", re.compile(rf"(?<![^\W_])thang[ ]{{1,2}}(?P<m>\d{{1,2}}){_OF_YEAR}"), _month),
    ("thang", re.compile(rf"(?<![^\W_])thang[ ](?P<m>{_WORD})(?:[ ]nam[ ]|[ ]?/[ ]?){_Y}"), _month),
    (
        "quy",
        re.compile(rf"(?<![^\W_])quy[ ](?P<q>[1-4]|i{{1,3}}|iv|mot|hai|ba|bon|nhat)(?![^\W_])(?:{_OF_YEAR})?"),
        _quarter,
    ),
    (
        "thang",
        re.compile(rf"(?<![^\W_])(?P<n>{_N})[ ]thang[ ](?P<side>dau|cuoi)[ ]nam(?:[ ]{_Y})?(?![^\W_])"),
        _part_of_year,
    ),
    ("nua", re.compile(rf"(?<![^\W_])nua[ ](?P<side>dau|cuoi)[ ]nam(?:[ ]{_Y})?(?![^\W_])"), _half),
    (
        "",
        re.compile(
            rf"{_BEFORE}(?:(?:tu[ ])?nam[ ](?:hoc[ ])?)?(?P<y>(?:19|20)\d\d)"
            r"(?:[ ]?-[ ]?|[ ](?:den|toi)[ ](?:het[ ])?(?:nam[ ])?)"
            r"(?P<y2>(?:19|20)\d\d)(?![^\W_])(?![./-]\d)"
        ),
        _years,
    ),
    ("", _BARE_MONTH, _month),
    ("nam", re.compile(r"(?<![^\W_])nam[ ]{1,2}(?P<y>(?:1[0-9]|20|21)\d\d)(?![^\W_])(?![./]\d)"), _year),
    (
        "",
        re.compile(
            r"(?<![^\W_])(?:ngay|sang|trua|chieu|toi)[ ]{1,2}(?P<d>\d{1,2})(?:[ ]?[/-][ ]?|[ ]thang[ ])"
            r"(?P<m>\d{1,2})(?P<y>)(?![^\W_])(?![./-]\d)"
        ),
        _day,
    ),
    ("thang", re.compile(r"(?<![^\W_])thang[ ](?P<m>0?[1-9]|1[0-2])(?P<y>)(?![^\W_])(?![./-]\d)"), _month),
)


_ACCENTED = {
    "quy": "quý", "nam": "năm", "thang": "tháng", "ngay": "ngày", "nua": "nửa", "dau": "đầu", "cuoi": "cuối"
}  # fmt: skip


def _accents_agree(text: str, match: re.Match[str]) -> bool:
    """No cue word is another word by its accents, as in "Quỹ 3"; a word without any accent may be either."""
    original = match[0] if (surface := text[match.start() : match.end()]).isascii() else surface.lower()
    for plain, accented in _ACCENTED.items():
        at = match[0].find(plain)
        if at >= 0 and original[at : at + len(plain)] not in (plain, accented):
            return False
    return True
