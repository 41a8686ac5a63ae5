"""Whether a unit of text speaks of the year, or the part of a year, that a question is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from corpus.document import Span
from corpus.text import fold
from rag.about import About
from rag.evidence import Unit, before_in_paragraph
from rag.language.dates import DateMention, Precision, find_dates
from rag.understand import Query

Differ = tuple[str, str]  # what was asked for, and what stands there instead


def other_year(query: Query, unit: Unit, section: str | None, this: About) -> Differ | None:
    """The unit's own period decides; else the nearest before it in its paragraph, its heading's, the document's."""
    if not query.years:
        return None
    own = _period_years(unit.text, unit.span) | _bare_years(unit.quote)
    speaks_of = own or _governing(unit, section) or ({this.year} if this.year else set())
    said = speaks_of | (_all_years(unit.quote) if _asks_of_cited(query) else set())
    if not speaks_of or any(years & said for years in query.years):
        return None
    return (_listed(query.years[0]), _listed(speaks_of))


_PARTS: tuple[frozenset[Precision], ...] = (
    frozenset(["half", "months"]), frozenset(["quarter"]), frozenset(["month"])
)  # fmt: skip


def other_part_of_year(query: Query, unit: Unit) -> Differ | None:
    """ "9 tháng đầu năm" is answered neither by what a paragraph says of the first 6 months nor of the last 3."""
    for parts in _PARTS:
        asked = _months(query.text, parts)
        there = _months(before_in_paragraph(unit) + unit.quote, parts) if asked else {}
        if there and not asked.keys() & there.keys():
            return (next(iter(asked.values())), next(iter(there.values())))
    return None


@lru_cache(maxsize=8192)
def _months(text: str, parts: frozenset[Precision]) -> dict[tuple[int, int], str]:
    """The parts of a year that a text names, as its first and last month, with their words."""
    dates = find_dates(text, year=2000)  # of any year: `other_year` holds the unit to the right one
    return {
        (date.start.month, date.end.month): date.span.of(text)
        for date in dates
        if date.start and date.end and date.precision in parts
    }


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
    before = [date for date in _own_dates(unit.text, Span(start, unit.span.start)) if date.start]
    if before:
        return _one(before[-1])
    named = [date for date in find_dates(section or "") if date.start]
    return _one(named[-1]) if named else set()


def _one(date: DateMention) -> set[int]:
    return set(range(date.start.year, date.end.year + 1)) if date.start and date.end else set()


def _period_years(text: str, span: Span) -> set[int]:
    return {year for date in _own_dates(text, span) for year in _one(date)}


def _all_years(part: str) -> set[int]:
    return {year for date in find_dates(part) for year in _one(date)}


def _bare_years(part: str) -> set[int]:
    """Years that stand alone ("Noel 2019"), not in a date."""
    dated = [date.span for date in find_dates(part)]
    return {
        int(match[0])
        for match in _BARE.finditer(part)
        if not any(span.start <= match.start() < span.end for span in dated)
    }


_BARE = re.compile(r"(?<![\w/.,-])(?:19|20)\d\d(?![\w/.,-]*\d)")
_CITED = re.compile(r"(?:/|-)[^\W\d_]{1,12}\s*,?\s*(?:ngay)?\s*$")


def _own_dates(text: str, span: Span) -> list[DateMention]:
    """The periods a stretch speaks of: its dates without those of the documents it cites and the ranges of plans."""
    part = span.of(text)
    return [
        date
        for date in find_dates(part)
        if date.start
        and date.precision != "range"
        and not _CITED.search(fold(part[max(0, date.span.start - 24) : date.span.start]))
    ]
