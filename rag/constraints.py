"""What a question pins down — document number, place, year, office, rank — and whether a unit of text keeps to it.

A passage about another district, year or number than the question's is no evidence, however many words it shares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import Document, Span
from corpus.places import PlaceMention, find_places
from corpus.text import fold
from rag.evidence import Unit
from rag.language.dates import DateMention, find_dates
from rag.language.document_numbers import DocumentNumber, find_document_numbers, matches
from rag.understand import Query


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Why a unit is no evidence: `what` was asked for, `there` is what the unit has instead (None: nothing of the kind)."""

    kind: str  # "number", "place", "year", "rank"
    what: str
    there: str | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What a document is about as a whole: its places, its own number, the year it speaks of."""

    places: frozenset[str]
    place_name: str | None
    number: tuple[DocumentNumber, ...]
    year: int | None


@lru_cache(maxsize=4096)
def about(document_id: str, place: str, title: str, issuer: str, number: str, issued_year: int | None) -> About:
    """Read from the header's words; cached, since a document never changes under its id."""
    named = [*find_places(place), *find_places(title), *find_places(issuer)]
    years = [date.start.year for date in find_dates(title) if date.start]
    return About(
        frozenset(key for mention in named for key in place_keys(mention)),
        place or None,
        tuple(find_document_numbers(number)),
        years[-1] if years else issued_year,
    )


def about_document(document: Document) -> About:
    header = document.header
    year = header.issued_on.year if header.issued_on else None
    return about(document.id, header.place or "", header.title, header.issuer or "", header.number or "", year)


def place_keys(mention: PlaceMention) -> set[str]:
    """The names a mention stands for: its own and the district and province around it."""
    return {mention.key, *(fold(name) for name in (mention.district, mention.province) if name)}


def mismatch(query: Query, unit: Unit, document: Document, section: str | None) -> Mismatch | None:
    """The first thing that the question pins down and the unit, read in its document, does not keep to."""
    this = about_document(document)
    return (
        _number(query, unit, this)
        or _place(query, unit, document, this)
        or _year(query, unit, document, section, this)
        or _rank(query, unit)
    )


def _number(query: Query, unit: Unit, this: About) -> Mismatch | None:
    if not query.numbers:
        return None
    here = (*this.number, *_numbers_of(unit.text, unit.span.start, unit.span.end))
    for asked in query.numbers:
        if not any(matches(asked, number) for number in here):
            return Mismatch("number", asked.text)
    return None


def _place(query: Query, unit: Unit, document: Document, this: About) -> Mismatch | None:
    for asked in query.places:
        if asked.key in this.places:
            continue
        if f" {asked.key} " in f" {' '.join(word.folded for word in unit.words)} ":
            continue
        return Mismatch("place", f"{asked.level} {asked.name}".strip(), this.place_name)
    return None


def _year(query: Query, unit: Unit, document: Document, section: str | None, this: About) -> Mismatch | None:
    """The unit's own period decides; without one, the nearest before it in its paragraph, its heading, the document's."""
    asked = _periods(query.dates)
    if not asked:
        return None
    own = _period_years(unit.text, unit.span)
    speaks_of = own or _governing(unit, section) or ({this.year} if this.year else set())
    if not speaks_of or any(years & speaks_of for years in asked):
        return None
    if own_all := _all_years(unit.text, unit.span):
        if any(years & own_all for years in asked):
            return None
    return Mismatch("year", " – ".join(map(str, sorted(asked[0]))), ", ".join(map(str, sorted(speaks_of))))


def _periods(dates: Iterable[DateMention]) -> list[set[int]]:
    return [{date.start.year, date.end.year} for date in dates if date.start and date.end]


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


def _all_years(text: str, span: Span) -> set[int]:
    return {year for date in find_dates(span.of(text)) for year in _one(date)}


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


_RANKS = ("phó", "nguyên", "quyền", "cựu", "phụ trách")
_POSTS = (
    "bi thu", "chu tich", "truong ban", "truong phong", "giam doc", "chu nhiem", "truong cong an", "hieu truong", "thu truong",
    "bo truong", "chanh van phong", "tong giam doc", "doi truong", "truong doan", "cuc truong", "vu truong", "thu tuong",
)  # fmt: skip


def _rank(query: Query, unit: Unit) -> Mismatch | None:
    """ "Trưởng công an" is not "Phó trưởng công an": a post asked for must stand in the unit without another rank."""
    asked = " ".join(query.words)
    there = " ".join(word.folded for word in unit.words)
    for post in _POSTS:
        for match in re.finditer(rf"(?:\b(pho|nguyen|quyen|cuu) )?\b{post}\b", asked):
            rank = match[1] or ""
            found = [found[1] or "" for found in re.finditer(rf"(?:\b(pho|nguyen|quyen|cuu) )?\b{post}\b", there)]
            if found and rank not in found:
                return Mismatch("rank", f"{rank} {post}".strip(), f"{found[0]} {post}".strip())
    return None


@lru_cache(maxsize=2048)
def _numbers_of(text: str, start: int, end: int) -> tuple[DocumentNumber, ...]:
    return tuple(find_document_numbers(text[start:end]))


def known_number(asked: DocumentNumber, headers: Sequence[tuple[str, tuple[DocumentNumber, ...]]]) -> list[str]:
    """The documents whose own number is the one asked for."""
    return [id for id, numbers in headers if any(matches(asked, number) for number in numbers)]
