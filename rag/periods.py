"""Whether a unit of text speaks of the year, or the part of a year, that a question is about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from corpus.document import Document, Span
from corpus.text import fold
from rag.about import About, about_document, titled_years, without_plans
from rag.around import before
from rag.language.dates import DateMention, Precision, find_dates
from rag.measured_by import is_compared
from rag.planned import is_ahead
from rag.understand import Query
from rag.units import Unit, before_in_paragraph

Differ = tuple[str, str]  # what was asked for, and what stands there instead


def other_year(query: Query, unit: Unit, section: str | None, this: About) -> Differ | None:
    """The unit's own period decides; else the nearest before it in its paragraph, its heading's, the document's."""
    if not query.years:
        return None
    if any(agree(years, this.years) for years in query.years) and _only_days(unit):
        return None  # "dự toán 2024" was passed on a day of 2023
    speaks_of = years_of(unit, section, this)
    said = speaks_of | (_all_years(unit.quote) if _asks_of_cited(query) else set())
    speaks_of = speaks_of or _years_anywhere(unit.text)
    if _only_terms(unit):
        said |= _governing(unit, section) or {this.year or 0}
    said |= speaks_of if not said else set()
    if not speaks_of or any(agree(years, said) for years in query.years):
        return None
    return (_listed(query.years[0]), _listed(speaks_of))


def agree(asked: frozenset[int], said: Collection[int]) -> bool:
    """Whether a period that is asked for may be the one that is spoken of: "vụ 2020-2021" is not the one after it."""
    seasons = [set(years) for years in (asked, said) if len(years) == 2 and max(years) - min(years) == 1]
    return bool(asked & set(said)) and (len(seasons) < 2 or seasons[0] == seasons[1])


def _only_days(unit: Unit) -> bool:
    """Whether all the dates of a unit are days, on which something was done about a period that it does not name."""
    dates = find_dates(unit.quote)
    return bool(dates) and all(date.precision == "day" for date in dates) and not _bare_years(unit.quote)


def _only_terms(unit: Unit) -> bool:
    """Whether all the dates of a unit are days by which something is to be done: it may be so since the year before."""
    dates, said = find_dates(unit.quote), fold(unit.quote)
    ends = (said[max(0, date.span.start - _TERM_REACH) : date.span.start] for date in dates)
    return bool(dates) and all(_TERM.search(before) for before in ends)


_TERM = re.compile(
    r"\b(?:truoc|cham nhat|muon nhat|den het|han|xong)(?: vao)?"
    r"(?: \d{1,2} ?(?:gio|h|g)(?: ?\d\d(?: phut)?)?,?)?(?: ngay| thang)?\s*$"
)
_TERM_REACH = 40  # characters before a day
_PARTS: tuple[frozenset[Precision], ...] = (
    frozenset(["half", "months"]), frozenset(["quarter"]), frozenset(["month"])
)  # fmt: skip
_ANY_PART = frozenset[Precision](["half", "months", "quarter", "month"])
_WITH_DAYS: frozenset[Precision] = _ANY_PART | {"day"}

_OF_EVENTS = ("person", "place", "date")  # kinds of things asked of a meeting as a whole
_LASTING = (("ngày",), ("tháng",), ("giờ",), ("năm",))  # how long something takes is no sum of a year
_DAYS = frozenset[Precision](["day"])  # "từ ngày 01 tháng 7" speaks of July as well


def other_part_of_year(query: Query, unit: Unit, section: str | None, title: str, this: About) -> Differ | None:
    """ "9 tháng đầu năm" is answered neither by what a paragraph says of the first 6 months nor of the last 3.

    A figure of a whole year is none of its part either, unless a heading or the title says the part.
    """
    said = before(unit.text, unit.span.start) + unit.quote
    for parts in _PARTS:
        asked = _months(query.text, parts)
        there = (_months_said(said, parts) or _months_said(section or "", parts)) if asked else {}
        if "month" in parts and there:
            there = _months(said, _DAYS) | there
        if asked and query.expected.kind in _OF_EVENTS and asked.keys() & _months(title, parts).keys():
            return None  # "hội nghị sơ kết 6 tháng đầu năm": the event's name, whatever months its unit speaks of
        if there and not asked.keys() & there.keys():
            return (next(iter(asked.values())), next(iter(there.values())))
    asked = _months(query.text, _ANY_PART)
    if not asked or query.expected.kind not in ("number", "percent") or query.expected.noun in _LASTING:
        return None
    single = all(first == last for first, last in asked)
    for text in (said if single else unit.quote, before_in_paragraph(unit), section or "", title):
        if there := _months_said(text, _WITH_DAYS if single else _ANY_PART):
            return None if asked.keys() & there.keys() else (next(iter(asked.values())), next(iter(there.values())))
    return (next(iter(asked.values())), f"cả năm {this.year}") if this.year else None


def part_of_year(unit: Unit, section: str | None, title: str) -> frozenset[tuple[int, int]]:
    """The part of a year that a unit speaks of, as first and last month: its own words decide, then what is over it."""
    for text in (unit.quote, before_in_paragraph(unit), section or "", title):
        if there := _months(text, _ANY_PART - {"month"}):
            return frozenset(there)
    return frozenset()


def months_named(text: str) -> Collection[tuple[int, int]]:
    """The parts of a year that a text names, as first and last month."""
    return _months(text, _ANY_PART).keys()


def years_of(unit: Unit, section: str | None, this: About) -> frozenset[int]:
    """The years that a unit speaks of, by its own words or what is over it."""
    own = _period_years(unit.text, unit.span) | _bare_years(unit.quote)
    return frozenset(own or _governing(unit, section) or this.years)


@lru_cache(maxsize=8192)
def _months(text: str, parts: frozenset[Precision]) -> dict[tuple[int, int], str]:
    """The parts of a year that a text names, as its first and last month, with their words."""
    return {months: date.span.of(text) for months, date in _parts_of_year(text, parts)}


@lru_cache(maxsize=8192)
def _months_said(text: str, parts: frozenset[Precision]) -> dict[tuple[int, int], str]:
    """The same without those that others are only measured by."""
    named = _parts_of_year(text, parts)
    return {months: date.span.of(text) for months, date in named if not is_compared(text, date.span.start)}


def _parts_of_year(text: str, parts: frozenset[Precision]) -> list[tuple[tuple[int, int], DateMention]]:
    dates = find_dates(text, year=2000)  # of any year: `other_year` holds the unit to the right one
    return [
        ((date.start.month, date.end.month), date)
        for date in dates
        if date.start and date.end and date.precision in parts
    ]


def stated_years(unit: Unit, section: str | None, title: str) -> frozenset[int]:
    """The years that a unit's words, what is over it or its document's title names; none where only a date of issue
    would tell."""
    own = _period_years(unit.text, unit.span) | _bare_years(unit.quote)
    return frozenset(own or _governing(unit, section) or titled_years(title)[-1:])


def is_of_other_year(query: Query, section: str | None, document: Document) -> bool:
    """Whether a passage's heading, or else its document's title, names other years than the question."""
    if not query.years or _asks_of_cited(query):
        return False
    over = _all_years(section or "") or {about_document(document).year or 0}
    return over != {0} and not any(years & over for years in query.years)


def _asks_of_cited(query: Query) -> bool:
    """Whether the day of a document that the unit cites may be what is meant, rather than the period it speaks of."""
    return (
        query.expected.kind in ("document", "date")
        or bool(query.numbers)
        or any(date.precision in ("day", "range") for date in query.dates)
    )


def _listed(years: Iterable[int]) -> str:
    return " – ".join(map(str, sorted(years)[:: max(1, len(set(years)) - 1)]))


def _governing(unit: Unit, section: str | None) -> set[int]:
    start = unit.text.rfind("\n", 0, unit.span.start) + 1
    paragraph = Span(start, unit.span.start)
    before = _told(paragraph.of(unit.text), _own_dates(unit.text, paragraph))
    return _one(before[-1]) if before else _headed(section or "")


def _told(part: str, dates: Sequence[DateMention]) -> Sequence[DateMention]:
    """The dates without those of another year's figure: "2,1% (năm 2022 là 2,6%). Cùng kỳ năm 2022 …"."""
    without = _ASIDE.sub(lambda aside: "(" * len(aside[0]) if _tells_figure(aside[0]) else aside[0], part)
    told = (date for date in dates if without[date.span.start] != "(")
    return [date for date in told if not _BESIDE.search(part, max(0, date.span.start - _NEAR), date.span.start)]


def _tells_figure(aside: str) -> bool:
    dated = [date.span for date in find_dates(aside)]
    return any(
        each.isdigit() and not any(span.start <= at < span.end for span in dated) for at, each in enumerate(aside)
    )


def _headed(section: str) -> set[int]:
    """The years of the nearest heading that names any; of "Kết quả năm 2023, phương hướng năm 2024" the former, unless
    plans stand under it."""
    ahead = is_ahead(section.rpartition(_UNDER)[2])
    for heading in reversed(section.split(_UNDER)):
        if years := (not ahead and _years_told(without_plans(heading))) or _years_told(heading):
            return years
    return set()


def _years_told(heading: str) -> set[int]:
    dates = (date for date in find_dates(heading) if not is_compared(heading, date.span.start))
    return {year for date in dates for year in _one(date)}


def _one(date: DateMention) -> set[int]:
    return set(range(date.start.year, date.end.year + 1)) if date.start and date.end else set()


def _period_years(text: str, span: Span) -> set[int]:
    return {year for date in _own_dates(text, span) for year in _one(date)}


def _all_years(part: str) -> set[int]:
    return {year for date in find_dates(part) for year in _one(date)}


@lru_cache(maxsize=256)
def _years_anywhere(text: str) -> frozenset[int]:
    return frozenset(_all_years(text) | _bare_years(text))


def _bare_years(part: str) -> set[int]:
    """Years that stand alone ("Noel 2019"), not in a date."""
    dated = [date.span for date in find_dates(part)]
    return {
        int(match[0])
        for match in _BARE.finditer(part)
        if not any(span.start <= match.start() < span.end for span in dated) and not is_compared(part, match.start())
    }


_BARE = re.compile(r"(?<![\w/.,-])(?:19|20)\d\d(?![\w/.,-]*\d)")
_ASIDE = re.compile(r"\([^()]*+\)")
_BESIDE, _NEAR = re.compile(r"cùng kỳ\s$", re.I), 10  # characters
_UNDER = " › "  # between a heading and the one under it
_CITED = re.compile(r"(?:/|-)[^\W\d_]{1,12}\s*+(?:,\s*+)?(?:ngay\s*+)?$")
_BORN = re.compile(r"\bsinh (?:(?:tu|trong|truoc|sau|vao) )?(?:ngay |nam )?$")  # whoever was, whenever it is told


def _own_dates(text: str, span: Span) -> list[DateMention]:
    """The periods a stretch speaks of: its dates without those of the documents it cites and the ranges of plans."""
    part = span.of(text)
    return [
        date
        for date in find_dates(part)
        if date.start
        and date.precision != "range"
        and not _CITED.search(fold(part[max(0, date.span.start - 24) : date.span.start]))
        and not is_compared(part, date.span.start)
        and not _BORN.search(fold(part[max(0, date.span.start - 24) : date.span.start]))
    ]
