"""Which documents may answer: the request's restrictions, and the documents whose own number the question gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.places import PlaceMention, find_places
from corpus.text import tokens
from index.snapshot import Snapshot
from rag.answer import Request
from rag.language.document_numbers import DocumentNumber, find_document_numbers, matches
from rag.understand import Query


@dataclass(frozen=True, slots=True)
class Scope:
    """`allowed`: None for all documents. `named`: those among them that bear a number the question gives."""

    allowed: frozenset[str] | None
    named: frozenset[str]

    def searches(self) -> tuple[frozenset[str] | None, ...]:
        """Where to look, in order: first in the named documents, then wherever it is allowed."""
        return (self.named, self.allowed) if self.named else (self.allowed,)


def scope(snapshot: Snapshot, query: Query, request: Request) -> Scope:
    allowed = snapshot.select(request.filters, request.document_ids)
    if query.meant:
        allowed = frozenset(query.meant) if allowed is None else allowed & frozenset(query.meant)
    typed = tuple(token.folded for token in tokens(query.asked))
    if not any(word[0].isdigit() for word in typed):
        return Scope(allowed, frozenset())
    asked = query.numbers or tuple(find_document_numbers(query.text, like_years=True))
    digits = {word for word in typed if word[0].isdigit()} | {number.digits for number in asked}
    named = frozenset(
        document.id
        for document in snapshot.bearing(digits)
        if (written := document.header.number)
        and (allowed is None or document.id in allowed)
        and any(figures in written for figures in digits)
        and (any(_bears(written, number) for number in asked) or _is_spelt(written, typed))
    )
    return Scope(allowed, named)


def local_to(snapshot: Snapshot, query: Query, request: Request) -> frozenset[str]:
    """The documents about the one place that a question names; none where the request says which place is meant."""
    if len(query.places) != 1 or request.filters.place:
        return frozenset()
    return snapshot.select(replace(request.filters, place=query.places[0].name), request.document_ids) or frozenset()


def _bears(written: str, asked: DocumentNumber) -> bool:
    return asked.digits in written and any(matches(asked, own) for own in numbers_of(written))


def _is_spelt(written: str, typed: tuple[str, ...]) -> bool:
    """Whether a number stands among the question's words part by part: "1357/STNMT-QLĐĐ" in "1357 stnmt qldd"."""
    parts = _parts(written)
    return len(parts) > 1 and any(typed[at : at + len(parts)] == parts for at in range(len(typed)))


@lru_cache(maxsize=65536)
def _parts(written: str) -> tuple[str, ...]:
    return tuple(token.folded for token in tokens(written))


@lru_cache(maxsize=65536)
def numbers_of(written: str) -> tuple[DocumentNumber, ...]:
    return tuple(find_document_numbers(written))


def places_of(snapshot: Snapshot) -> tuple[PlaceMention, ...]:
    """The places that the documents are about, each once; names of one syllable are too common to stand alone."""
    return _places(snapshot.places)


@lru_cache(maxsize=4)
def _places(written: frozenset[str]) -> tuple[PlaceMention, ...]:
    found = {place.key: place for text in sorted(written) for place in find_places(text) if " " in place.key}
    return tuple(found.values())
