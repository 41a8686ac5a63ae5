"""What a question pins down — document number, place, year, office, rank — and whether a unit of text keeps to it.

A passage about another district, year or number than the question's is no evidence, however many words it shares.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from corpus.document import Document
from corpus.text import fold
from rag.about import About, about_document
from rag.amended import is_before_change
from rag.defined import lacks_meaning
from rag.denied import denies
from rag.foretold import is_foretold
from rag.issue_month import without_issue_month
from rag.language.document_numbers import DocumentNumber, find_document_numbers, matches
from rag.language.numbers import find_numbers
from rag.matter import lacks_event, lacks_matter
from rag.meetings import of_other_month
from rag.namesakes import only_in_a_name, other_namesake, unnamed
from rag.offers import offers
from rag.offices import offices_among
from rag.opposites import of_other_meeting, opposite, other_procedure, paid_the_other_way
from rag.ordinals import beside_other, other_ordinal
from rag.other_rows import is_any_row, other_row
from rag.owned import other_owner, smaller_whole
from rag.periods import other_part_of_year, other_year, part_of_year
from rag.placed import elsewhere
from rag.planned import asks_done, asks_findings, asks_whole_year, is_ahead, is_before_it, orders, tells_done
from rag.post_holders import post_of_another
from rag.posts import ranked, written
from rag.predicates import lacks_predicate
from rag.quoted_number import quoted_number
from rag.singled_out import above_of, other_figure, other_headed, other_project, other_route, other_term
from rag.spoken_of import speaks_of
from rag.tables import BAR, heads_of
from rag.terms import asking_syllables
from rag.title_lines import only_names
from rag.told_beside import lacks_beside
from rag.understand import Query, as_sure
from rag.units import Unit, before_in_paragraph
from rag.whether import leaves_open
from rag.whose_act import other_office


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Why a unit is no evidence: `what` was asked for, `there` is what the unit has instead, if anything."""

    kind: str  # "title", "number", "place", "name", "year", "period", "office", "rank", "ordinal", "kind", "courtesy"
    what: str
    there: str | None = None


def mismatch(query: Query, unit: Unit, document: Document, section: str | None) -> Mismatch | None:
    """The first thing that the question pins down and the unit, read in its document, does not keep to."""
    this = about_document(document)
    return (
        _title(query, unit, document, section)
        or _row(query, unit)
        or _echo(query, unit)
        or _number(query, unit, this)
        or _place(query, unit, this, section)
        or _name(query, unit, document, section)
        or _namesake(query, unit, document, section)
        or _period(query, unit, section, document, this)
        or _owner(query, unit, this)
        or _office(query, unit, document)
        or _rank(query, unit, section)
        or _ordinal(query, unit, document, section)
        or _singled_out(query, unit, document, section)
        or _opposite(query, unit, document)
        or _denied(query, unit)
        or _to_come(query, unit, section, document)
        or _ordered(query, unit)
        or _kind(query, unit, section)
    )


def _row(query: Query, unit: Unit) -> Mismatch | None:
    """A line that only names columns or a group, and a row that is of something else or of one of many."""
    if BAR not in unit.quote:
        return None
    if differ := other_row(query, unit):
        return Mismatch("ordinal", *differ)
    tells_nothing = unit.span.start in heads_of(unit.text) or is_any_row(query, unit)
    return Mismatch("title", "") if tells_nothing else None


def _number(query: Query, unit: Unit, this: About) -> Mismatch | None:
    if not query.numbers:
        return None
    here = (*this.number, *_numbers_of(unit.text, unit.span.start, unit.span.end), *quoted_number(unit))
    for asked in query.numbers:
        if not any(matches(asked, number) for number in here):
            return Mismatch("number", asked.text)
    return None


def _place(query: Query, unit: Unit, this: About, section: str | None) -> Mismatch | None:
    asked = elsewhere(query, unit, this, section)
    return Mismatch("place", f"{asked.level} {asked.name}".strip(), this.place_name) if asked else None


def _period(query: Query, unit: Unit, section: str | None, document: Document, this: About) -> Mismatch | None:
    if year := other_year(query, unit, section, this):
        return Mismatch("year", *year)
    asked = without_issue_month(query, document.header.issued_on)
    part = other_part_of_year(asked, unit, section, document.header.title, this)
    part = part or of_other_month(asked, unit, document.header.title)
    if part is None and asks_whole_year(query) and part_of_year(unit, section, document.header.title):
        part = ("cả năm", "một phần của năm")
    return Mismatch("period", *part) if part else None


def _owner(query: Query, unit: Unit, this: About) -> Mismatch | None:
    differ = other_owner(query, unit) or smaller_whole(query, unit, this.place_name)
    return Mismatch("place", *differ) if differ else None


def _denied(query: Query, unit: Unit) -> Mismatch | None:
    denial = denies(query, unit)
    return Mismatch("denied", query.text.rstrip(" ?."), denial) if denial else None


def _to_come(query: Query, unit: Unit, section: str | None, document: Document) -> Mismatch | None:
    """What is under "Nhiệm vụ, phương hướng" or in a plan has not been reached yet; how long something lasts is told
    there, too."""
    if is_foretold(query, document.header.issued_on):
        return Mismatch("kind", query.expected.kind)
    lasts = query.expected.kind == "number" and query.expected.noun[:1] in _SPANS
    ahead = (
        not lasts
        and asks_done(query)
        and (is_ahead(section) or is_before_it(query, document.header.kind, section))
        and not tells_done(unit)
    )
    return Mismatch("kind", query.expected.kind) if ahead else None


def _ordered(query: Query, unit: Unit) -> Mismatch | None:
    """What an office is told to look into is not what it found."""
    found = asks_findings(query) and orders(unit)
    return Mismatch("kind", query.expected.kind) if found and offices_among(unit.words) & query.offices else None


def _kind(query: Query, unit: Unit, section: str | None) -> Mismatch | None:
    offered = offers(query, unit, len(before_in_paragraph(unit)), section)
    told = offered and not lacks_predicate(query, unit, section) and not lacks_meaning(query, unit)
    return None if told and not leaves_open(query, unit) else Mismatch("kind", query.expected.kind)


def _title(query: Query, unit: Unit, document: Document, section: str | None) -> Mismatch | None:
    """A title, a heading or a question only names what is spoken of; what a change ended holds no more."""
    tells_nothing = only_names(query, unit, document, section) or is_before_change(query, unit, section)
    tells_nothing = tells_nothing or lacks_beside(query, unit) or lacks_matter(query, unit, section)
    tells_nothing = tells_nothing or lacks_event(query, unit, section, document.header.title)
    return Mismatch("title", "") if tells_nothing else None


def _echo(query: Query, unit: Unit) -> Mismatch | None:
    """What only repeats the question's own words answers nothing but "… không?"."""
    if query.words[-1:] in (("khong",), ("chua",)):
        return None
    asked = frozenset(query.words)
    counted = query.expected.kind in _FIGURES
    known = asking_syllables() | (frozenset() if counted else _IDLE)
    figures = _figures_of(query.text)  # "03 câu" repeats "ba câu"
    new = (word for word in unit.words if word.folded not in asked and word.key not in known)
    told = (
        word
        for word in new
        if not word.is_number or (counted and not (word.folded.isdigit() and int(word.folded) in figures))
    )
    return None if any(told) else Mismatch("title", "")


@lru_cache(maxsize=512)
def _figures_of(question: str) -> frozenset[Decimal]:
    return frozenset(number.value for number in find_numbers(question))


def _name(query: Query, unit: Unit, document: Document, section: str | None) -> Mismatch | None:
    """A person who is asked about is whom the unit speaks of."""
    over = f"{section or ''} {document.header.title}"
    for span in query.names:
        if not speaks_of(unit, as_sure(query, span.of(query.text)), over):
            return Mismatch("name", span.of(query.text))
    return None


def _namesake(query: Query, unit: Unit, document: Document, section: str | None) -> Mismatch | None:
    about = " ".join(filter(None, (section, document.header.title, document.header.issuer)))
    differ = other_namesake(query, unit, about)
    if differ is None and only_in_a_name(query, unit):
        return Mismatch("title", "")
    name = unnamed(query, unit, about) if differ is None else None
    return Mismatch("name", *(differ or (name, None))) if differ or name else None


def _office(query: Query, unit: Unit, document: Document) -> Mismatch | None:
    differ = other_office(query, unit, document)
    return Mismatch("office", *differ) if differ else None


_FIGURES = ("number", "percent", "date", "document", "place", "other")  # of which a number may tell
_IDLE = frozenset(("người", "các", "những", "đơn", "vị"))  # "02 người phản ánh …" tells not who
_SPANS = (("năm",), ("tháng",), ("ngày",), ("giờ",))


def _opposite(query: Query, unit: Unit, document: Document) -> Mismatch | None:
    differ = opposite(query, unit) or of_other_meeting(query, unit, document.header.title)
    differ = differ or paid_the_other_way(query, unit) or other_procedure(query, unit)
    return Mismatch("opposite", *differ) if differ else None


def _ordinal(query: Query, unit: Unit, document: Document, section: str | None) -> Mismatch | None:
    differ = other_ordinal(query, unit, section, document.header.title) or beside_other(query, unit)
    return Mismatch("ordinal", *differ) if differ else None


def _singled_out(query: Query, unit: Unit, document: Document, section: str | None) -> Mismatch | None:
    above = above_of(unit, section, document.header.title)
    if differ := other_term(query, unit, above) or other_figure(query, unit):
        return Mismatch("ordinal", *differ)
    if differ := other_route(query, unit, above) or other_project(query, unit, above):
        return Mismatch("name", *differ)
    return Mismatch("office", *differ) if (differ := other_headed(query, unit)) else None


def _rank(query: Query, unit: Unit, section: str | None) -> Mismatch | None:
    """ "Trưởng công an" is not "Phó trưởng công an": a post asked for must stand in the unit without another rank."""
    asked = ranked(" ".join(query.words))
    there = ranked(" ".join(word.folded for word in unit.words)) if asked else {}
    for post, ranks in asked.items():
        found = there.get(post)
        if found and not ranks & found:
            return Mismatch("rank", written(post, min(ranks)), written(post, min(found)))
    other = post_of_another(query, unit, section)
    at = fold(query.text).find(other) if other else -1
    return Mismatch("office", query.text[at : at + len(other)] if at >= 0 else "") if other else None


@lru_cache(maxsize=2048)
def _numbers_of(text: str, start: int, end: int) -> tuple[DocumentNumber, ...]:
    return tuple(find_document_numbers(text[start:end]))
