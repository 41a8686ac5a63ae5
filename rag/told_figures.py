"""The figures that sentences tell of several things, for a comparison: whose each is, of what unit and period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.document import Document, Span
from corpus.places import PlaceMention, find_places
from corpus.text import fold
from rag.about import about_document
from rag.belonging import figure_part
from rag.compose import Quote, trimmed
from rag.constraints import mismatch
from rag.evidence import held_words
from rag.language.numbers import NumberMention, find_numbers
from rag.owned import owners_of
from rag.periods import part_of_year, years_of
from rag.planned import asks_result, is_planned
from rag.retrieve import Hit
from rag.superlatives import ANYONE, HELD, Superlative
from rag.understand import Query
from rag.units import Unit, unit, units_of

Scale = tuple[str, frozenset[int], frozenset[tuple[int, int]]]  # unit, years and part of a year that figures share


@dataclass(frozen=True, slots=True)
class Told:
    """One figure with its owner; only figures of one `scale` may be compared."""

    owner: PlaceMention
    value: Decimal
    text: str
    scale: Scale
    quote: Quote

    @property
    def name(self) -> str:
        return f"{self.owner.level} {self.owner.name}".strip()


def told_figures(query: Query, asked: Superlative, hits: Sequence[Hit], documents: dict[str, Document]) -> list[Told]:
    """A figure for each owner; none at all where one has two, or where they are of several units or periods."""
    found: dict[str, Told] = {}
    for one in _all(query, asked, hits, documents):
        known = found.setdefault(one.owner.key, one)
        if (known.value, known.scale) != (one.value, one.scale):
            return []
    levels = {one.owner.level for one in found.values()}
    return list(found.values()) if len({one.scale for one in found.values()}) == len(levels) == 1 else []


def _all(query: Query, asked: Superlative, hits: Sequence[Hit], documents: dict[str, Document]) -> Iterator[Told]:
    for hit in hits:
        document = documents.get(hit.chunk.document_id)
        for this in units_of(document.text, hit.chunk.span) if document else ():
            planned = asks_result(query) and is_planned(this, hit.chunk.heading)
            if document and not planned and mismatch(query, this, document, hit.chunk.heading) is None:
                yield from _of_unit(asked, this, document, hit.chunk.heading)


def _of_unit(asked: Superlative, this: Unit, document: Document, section: str | None) -> Iterator[Told]:
    text = this.quote
    if " | " in text:
        return
    places = find_places(text)
    lead = text[: places[0].span.start] if places else ""
    numbers = list(zip(find_numbers(text), owners_of(text), strict=True))
    said = [(number, owners) for number, owners in numbers if _is_said(asked, text, lead, number)]
    for number, owners in said:
        owner = _owner(asked, owners, places, document)
        if owner and (len(said) == len({id(group) for _, group in said}) or _counts(asked, number)):
            years = years_of(this, section, about_document(document))
            scale = (
                (fold(number.unit or "").split() or [""])[0],
                years,
                part_of_year(this, section, document.header.title),
            )
            quote = Quote(document, trimmed(document.text, this.span), section)
            yield Told(owner, number.value, number.text, scale, quote)


def _is_said(asked: Superlative, text: str, lead: str, number: NumberMention) -> bool:
    """Whether a figure is one of what is asked for, by its part of the clause and what leads the clause in."""
    if number.kind != "figure" or (number.unit == "%") != asked.share:
        return False
    around = f"{lead}. {figure_part(text, number.span).of(text)}"
    there = unit(around, Span(0, len(around)))
    share, _ = held_words(asked.words, there.found, there.pairs)
    return share >= HELD


def _counts(asked: Superlative, number: NumberMention) -> bool:
    """Whether a figure counts the very thing that is asked for."""
    syllables = {syllable for word in asked.words for syllable in word.syllables}
    return bool(syllables & set(fold(number.unit or "").split()))


def _owner(
    asked: Superlative, owners: Sequence[PlaceMention], places: Sequence[PlaceMention], document: Document
) -> PlaceMention | None:
    """The one place that a figure is of; where a sentence names none, the document's own of the level asked for."""
    if owners:
        fits = asked.noun in ANYONE or fold(owners[0].level) == asked.noun
        return owners[0] if len(owners) == 1 and fits else None
    own = [] if places else find_places(document.header.place or "")
    return next((place for place in own if fold(place.level) == asked.noun), None)
