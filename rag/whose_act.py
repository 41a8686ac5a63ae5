"""Whether a unit tells of the office that a question asks about, and of its level."""

from __future__ import annotations

from functools import lru_cache

from corpus.document import Document
from corpus.text import fold, tokens
from rag.around import before
from rag.offices import as_written, level_of_count, of_other_level, office_spans, offices, offices_among
from rag.understand import Query
from rag.units import Unit, before_in_paragraph, opened_words

Differ = tuple[str, str | None]  # what was asked for, and what stands there instead
_SUBJECT = 5  # syllables in which a unit says of whom it speaks


def is_elsewhere(query: Query, unit: Unit) -> bool:
    """Whether the unit names offices, and none of those that are asked about."""
    own = offices_among(unit.words)
    return bool(own) and not own & query.offices


def other_office(query: Query, unit: Unit, document: Document) -> Differ | None:
    """An office that is asked about and neither the paragraph up to the unit nor the document names, and another that
    the unit does: what one office did is not told of another."""
    if not query.offices:
        return None
    if differ := _other_level(query, unit):
        own, other = (as_written(text, said) for text, said in zip((query.text, unit.quote), differ, strict=True))
        return own or differ[0], other
    header = offices_of(document.header.issuer or "") | offices_of(document.header.title)
    missing = query.offices - header
    if not missing:
        return None
    if _subject(unit) and not offices_among(unit.words) & query.offices:
        return _written(query, missing), _first(unit.quote)
    there = offices_among(unit.words) | offices_of(before(unit.text, unit.span.start))
    if missing & there or (not there and missing & _everywhere(document.id, document.text)):
        return None
    return _written(query, missing), _first(unit.quote)


def _first(quote: str) -> str | None:
    """The first office that a quote names."""
    return next((span.of(quote) for _, span in office_spans(quote)), None)


def _written(query: Query, missing: frozenset[str]) -> str:
    """The offices as the question has them."""
    found = dict.fromkeys(span.of(query.text) for office, span in office_spans(query.text) if office in missing)
    return ", ".join(found) or ", ".join(sorted(missing))


def _other_level(query: Query, unit: Unit) -> tuple[str, str] | None:
    """Of figures, other levels' often stand in the same sentence: there the level before what is counted decides."""
    asked, there = _opened(query.text), opened_words(unit.words)
    if query.expected.kind not in ("number", "percent"):
        return of_other_level(asked, there)
    counted = " ".join(map(fold, query.expected.noun))
    return level_of_count(asked, counted, before_in_paragraph(unit), unit.quote)


@lru_cache(maxsize=512)
def _opened(question: str) -> str:
    return opened_words(tokens(question))


def _subject(unit: Unit) -> frozenset[str]:
    """The office that a unit opens with: whoever it speaks of."""
    opening = unit.words[:_SUBJECT]
    return offices_among(opening) - offices_among(opening[1:]) if len(opening) > 1 else frozenset()


@lru_cache(maxsize=8192)
def offices_of(text: str) -> frozenset[str]:
    return offices(text)


@lru_cache(maxsize=512)
def _everywhere(document_id: str, text: str) -> frozenset[str]:
    return offices(text)
