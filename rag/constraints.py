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
from corpus.text import Token, fold, same_tones, tokens
from rag.evidence import Unit
from rag.language.dates import DateMention, Precision, find_dates
from rag.language.document_numbers import DocumentNumber, find_document_numbers, matches
from rag.offers import offers
from rag.offices import offices
from rag.posts import ranked
from rag.understand import Query


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Why a unit is no evidence: `what` was asked for, `there` is what the unit has instead, if anything."""

    kind: str  # "title", "number", "place", "name", "year", "period", "office", "rank" or "kind" (of thing asked for)
    what: str
    there: str | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What a document is about as a whole: its places, its own number, the year it speaks of."""

    places: frozenset[str]
    levels: frozenset[tuple[str, str]]  # rank and key of each place
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
        frozenset(level for mention in named for level in _levels(mention)),
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
    return {mention.key, *(fold(same_tones(name)) for name in (mention.district, mention.province) if name)}


def mismatch(query: Query, unit: Unit, document: Document, section: str | None) -> Mismatch | None:
    """The first thing that the question pins down and the unit, read in its document, does not keep to."""
    this = about_document(document)
    return (
        _title(unit, document, section)
        or _number(query, unit, this)
        or _place(query, unit, this)
        or _name(query, unit)
        or _year(query, unit, section, this)
        or _part_of_year(query, unit)
        or _office(query, unit, document)
        or _rank(query, unit)
        or _opposite(query, unit)
        or _kind(query, unit)
    )


def _number(query: Query, unit: Unit, this: About) -> Mismatch | None:
    if not query.numbers:
        return None
    here = (*this.number, *_numbers_of(unit.text, unit.span.start, unit.span.end))
    for asked in query.numbers:
        if not any(matches(asked, number) for number in here):
            return Mismatch("number", asked.text)
    return None


def _place(query: Query, unit: Unit, this: About) -> Mismatch | None:
    there = f" {' '.join(fold(word.key) for word in unit.words)} "
    missing = [asked for asked in query.places if not _is_there(asked, query.text, this, there)]
    if not missing or (query.compares and len(missing) < len(query.places)):
        return None
    return Mismatch("place", f"{missing[0].level} {missing[0].name}".strip(), this.place_name)


def _is_there(asked: PlaceMention, question: str, this: About, words: str) -> bool:
    """Whether the document or the unit is about the place: "xã Bắc Hà" is not "huyện Bắc Hà"."""
    if any(f" {other} " in words or other in this.places for other in asked.also):
        return True
    named = f" {asked.key} " in words or asked.key in this.places
    rank = _RANKS.get(asked.level)
    if not named or rank is None or not fold(asked.span.of(question)).startswith(fold(asked.level)):
        return named
    said = {other for level, other in _RANKS.items() if f" {fold(level)} {asked.key} " in words}
    said |= {other for other, key in this.levels if key == asked.key}
    return rank in said or not said


def _levels(mention: PlaceMention) -> set[tuple[str, str]]:
    around = (("huyện", mention.district), ("tỉnh", mention.province))
    found = {(_RANKS[level], fold(same_tones(name))) for level, name in around if name}
    if rank := _RANKS.get(mention.level):
        found.add((rank, mention.key))
    return found


_RANKS = {
    "xã": "commune", "phường": "commune", "thị trấn": "commune", "đặc khu": "commune",
    "huyện": "district", "quận": "district", "thị xã": "district", "tỉnh": "province",
}  # fmt: skip
"""A "thành phố" may be a province or a district."""


def _year(query: Query, unit: Unit, section: str | None, this: About) -> Mismatch | None:
    """The unit's own period decides; else the nearest before it in its paragraph, its heading's, the document's."""
    if not query.years:
        return None
    own = _period_years(unit.text, unit.span) | _bare_years(unit.quote)
    speaks_of = own or _governing(unit, section) or ({this.year} if this.year else set())
    said = speaks_of | (_all_years(unit.quote) if _asks_of_cited(query) else set())
    if not speaks_of or any(years & said for years in query.years):
        return None
    return Mismatch("year", _listed(query.years[0]), _listed(speaks_of))


_PARTS: tuple[frozenset[Precision], ...] = (
    frozenset(["half", "months"]), frozenset(["quarter"]), frozenset(["month"])
)  # fmt: skip


def _part_of_year(query: Query, unit: Unit) -> Mismatch | None:
    """ "9 tháng đầu năm" is answered neither by what a paragraph says of the first 6 months nor of the last 3."""
    for parts in _PARTS:
        asked = _months(query.text, parts)
        there = _months(before_in_paragraph(unit) + unit.quote, parts) if asked else {}
        if there and not asked.keys() & there.keys():
            return Mismatch("period", next(iter(asked.values())), next(iter(there.values())))
    return None


@lru_cache(maxsize=8192)
def _months(text: str, parts: frozenset[Precision]) -> dict[tuple[int, int], str]:
    """The parts of a year that a text names, as its first and last month, with their words."""
    dates = find_dates(text, year=2000)  # of any year: `_year` holds the unit to the right one
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


def _kind(query: Query, unit: Unit) -> Mismatch | None:
    return None if offers(query, unit, len(before_in_paragraph(unit))) else Mismatch("kind", query.expected.kind)


def _title(unit: Unit, document: Document, section: str | None) -> Mismatch | None:
    """A title or a heading says what is spoken about, not what is said of it."""
    if section and " ".join(unit.quote.split()) in section:
        return Mismatch("title", "")
    spans = document.header.spans
    title = spans.get("title")
    inside = title is not None and title.start <= unit.span.start and unit.span.end <= title.end
    letterhead = any(unit.span.overlaps(spans[field]) for field in ("issuer", "number") if field in spans)
    return Mismatch("title", "") if inside or (letterhead and len(unit.quote) < _LETTERHEAD) else None


def _name(query: Query, unit: Unit) -> Mismatch | None:
    """A person who is asked about is named in the unit or before it in its paragraph."""
    there = tokens(before_in_paragraph(unit) + unit.quote) if query.names else []
    for span in query.names:
        name = tuple(token.key for token in tokens(span.of(query.text)))
        if not any(_is_named(there, at, name) for at in range(len(there))):
            return Mismatch("name", span.of(query.text))
    return None


def _is_named(found: Sequence[Token], at: int, name: tuple[str, ...]) -> bool:
    """Whether a name stands there: with its accents where the question has them ("Bính" is not "Bình")."""
    return len(found) - at >= len(name) and all(
        syllable in (token.key, token.folded) for syllable, token in zip(name, found[at:], strict=False)
    )


def before_in_paragraph(unit: Unit) -> str:
    """The unit's paragraph up to it."""
    return unit.text[unit.text.rfind("\n", 0, unit.span.start) + 1 : unit.span.start]


def is_elsewhere(query: Query, unit: Unit) -> bool:
    """Whether the unit names offices, and none of those that are asked about."""
    own = offices_of(unit.quote)
    return bool(own) and not own & query.offices


def _office(query: Query, unit: Unit, document: Document) -> Mismatch | None:
    """What one office did is not told of another: the paragraph up to the unit, or the document, names it."""
    if not query.offices:
        return None
    header = offices_of(document.header.issuer or "") | offices_of(document.header.title)
    missing = query.offices - header
    if not missing:
        return None
    if _subject(unit) and not offices_of(unit.quote) & query.offices:
        return Mismatch("office", ", ".join(sorted(missing)))
    there = offices_of(unit.quote) | offices_of(before_in_paragraph(unit))
    if missing & there or (not there and missing & _everywhere(document.id, document.text)):
        return None
    return Mismatch("office", ", ".join(sorted(missing)))


def _subject(unit: Unit) -> frozenset[str]:
    """The office that a unit opens with: whoever it speaks of."""
    opening = unit.quote[: unit.words[:_SUBJECT][-1].end] if len(unit.words) > 1 else ""
    return offices_of(opening) - offices_of(opening[unit.words[1].start :]) if opening else frozenset()


@lru_cache(maxsize=8192)
def offices_of(text: str) -> frozenset[str]:
    return offices(text)


@lru_cache(maxsize=512)
def _everywhere(document_id: str, text: str) -> frozenset[str]:
    return offices(text)


_OPPOSITES = tuple(
    (same_tones(one), same_tones(other))
    for one, other in (
        ("tổng thu", "tổng chi"), ("thu ngân sách", "chi ngân sách"), ("đúng hạn", "trễ hạn"), ("đúng hạn", "quá hạn"),
        ("nhập khẩu", "xuất khẩu"), ("cao nhất", "thấp nhất"), ("nhiều nhất", "ít nhất"), ("lớn nhất", "nhỏ nhất"),
        ("đầu nhiệm kỳ", "cuối nhiệm kỳ"), ("thành lập", "giải thể"), ("hộ nghèo", "hộ cận nghèo"),
    )
)  # fmt: skip


def _opposite(query: Query, unit: Unit) -> Mismatch | None:
    """What is said of the income is not said of the spending: the unit has the opposite of what is asked, not it."""
    asked, there = (f" {' '.join(words)} " for words in (_keys(query.text), [word.key for word in unit.words]))
    for pair in _OPPOSITES:
        for mine, theirs in (pair, pair[::-1]):
            if f" {mine} " in asked and f" {theirs} " in there and f" {mine} " not in there:
                return Mismatch("opposite", mine, theirs)
    return None


def _keys(text: str) -> list[str]:
    return [token.key for token in tokens(text)]


def _rank(query: Query, unit: Unit) -> Mismatch | None:
    """ "Trưởng công an" is not "Phó trưởng công an": a post asked for must stand in the unit without another rank."""
    asked = ranked(" ".join(query.words))
    if not asked:
        return None
    there = ranked(" ".join(word.folded for word in unit.words))
    for post, ranks in asked.items():
        found = there.get(post)
        if found and not ranks & found:
            return Mismatch("rank", f"{min(ranks)} {post}".strip(), f"{min(found)} {post}".strip())
    return None


_SUBJECT = 5  # syllables in which a unit says of whom it speaks
_LETTERHEAD = 160  # characters of the longest line that an office's or a number's place in the head is


@lru_cache(maxsize=2048)
def _numbers_of(text: str, start: int, end: int) -> tuple[DocumentNumber, ...]:
    return tuple(find_document_numbers(text[start:end]))
