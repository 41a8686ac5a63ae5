"""The figures that sentences tell of several things, for a comparison: whose each is, of what unit and period."""

from __future__ import annotations

import re
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

_CHANGE = re.compile(r"\b(?:giam|tang|them|bot|thoat|vuot)\b")
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


def told_figures(
    query: Query, asked: Superlative, hits: Sequence[Hit], documents: dict[str, Document]
) -> tuple[list[Told], int | None]:
    """A figure for each owner, of the newest years that tell of them all; none where one owner has two then, or where
    they are of several units or kinds of place. With it the year, where others have figures, too."""
    every = list(_all(query, asked, hits, documents))
    years = sorted({one.scale[1] for one in every}, key=lambda years: max(years, default=0))
    groups = [[one for one in every if one.scale[1] == these] for these in years]
    owners = {one.owner.key for one in every}
    several = [group for group in groups if {one.owner.key for one in group} == owners and len(owners) > 1]
    if not several:
        return [], None
    return _of_one_scale(several[-1]), max(several[-1][0].scale[1], default=None) if len(groups) > 1 else None


def _of_one_scale(figures: Sequence[Told]) -> list[Told]:
    found: dict[str, Told] = {}
    for one in figures:
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
            differ = mismatch(query, this, document, hit.chunk.heading) if document else None
            if document and not planned and (differ is None or differ.kind == "kind"):  # its words are held to below
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
    part = figure_part(text, number.span)
    change = _CHANGE.search(fold(text), part.start, number.span.start)
    syllables = {syllable for word in asked.words for syllable in word.syllables}
    if change and change[0] not in syllables:
        return False
    around = f"{lead}. {part.of(text)}"
    there, whole = unit(around, Span(0, len(around))), unit(text, Span(0, len(text)))
    counted = fold(number.unit or "").split()[:1]  # "54 hộ nghèo, giảm 12 hộ": of the same
    same = [
        word.syllables for word in asked.words if [*word.syllables[:1]] == counted and word.syllables in whole.pairs
    ]
    found = there.found | {syllable for pair in same for syllable in pair}
    share, _ = held_words(asked.words, found, there.pairs | set(same))
    return share >= HELD


def _counts(asked: Superlative, number: NumberMention) -> bool:
    """Whether a figure counts the very thing that is asked for."""
    syllables = {syllable for word in asked.words for syllable in word.syllables}
    return bool(syllables & set(fold(number.unit or "").split()))


def _owner(
    asked: Superlative, owners: Sequence[PlaceMention], places: Sequence[PlaceMention], document: Document
) -> PlaceMention | None:
    """The one place that a figure is of; where a sentence names none, the document's own of the level asked for."""
    named = owners or (places if len({place.key for place in places}) == 1 else [])
    if named:
        fits = asked.noun in ANYONE or fold(named[0].level) == asked.noun
        return named[0] if len(named) == 1 and fits else None
    own = [] if places else find_places(document.header.place or "")
    return next((place for place in own if fold(place.level) == asked.noun), None)
