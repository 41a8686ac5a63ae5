"""Which heading of a document a question is about, read with those above it and the document's title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import Document, Span
from corpus.structure import Heading, headings
from corpus.text import fold, tokens
from rag.evidence import held_words
from rag.extract import unpinned
from rag.language.document_numbers import with_kind
from rag.terms import Term, Word, words
from rag.understand import Query
from rag.units import Unit, unit

_HELD = 0.8  # share of the question's weight that a heading with what stands over it must say to be the one meant …
_OWN = 0.3  # … and by itself
_ASKS_WHERE = re.compile(
    r"\b(?:(?:dieu|chuong|khoan|muc|phan) (?:nao|may|so may|thu may)"
    r"|nam (?:o|trong|tai)|quy dinh(?: ve| tai| o)?|xem(?: o| tai)?|noi (?:ve|den|o|tai)|thuoc|tra cuu)\b"
)


@dataclass(frozen=True, slots=True)
class Meant:
    """A heading that says what a question is about: the share that it says with those above it, and by itself."""

    with_above: float
    alone: float
    document: Document
    heading: Heading

    @property
    def title(self) -> str:
        return self.heading.span.of(self.document.text)


def meant(query: Query, documents: Sequence[Document], kinds: Sequence[str] = ()) -> Meant | None:
    """The heading of the documents that says most of what is asked about, of `kinds` when given."""
    asked = words(subject(query))
    found = (
        one
        for document in documents
        for heading, above in _with_those_above(document)
        if not heading.item and (not kinds or heading.kind in kinds)
        if (one := _meant(asked, document, heading, above))
    )
    return max(found, key=lambda one: (one.with_above, one.alone, -len(one.title)), default=None)


def subject(query: Query) -> tuple[Term, ...]:
    """The question's terms without those that ask where it is said, and in which document."""
    folded, found = fold(query.text), tokens(query.text)
    spans = [with_kind(query.text, number) for number in query.numbers]
    spans += [Span(*match.span()) for match in _ASKS_WHERE.finditer(folded)]
    starts = {term: found[term.position].start for term in unpinned(query, light=0.0).terms}
    return tuple(term for term, at in starts.items() if not any(span.start <= at < span.end for span in spans))


@lru_cache(maxsize=4096)
def read(text: str) -> Unit:
    """A heading's words."""
    return unit(text, Span(0, len(text)))


def _with_those_above(document: Document) -> Iterator[tuple[Heading, list[Heading]]]:
    path: list[Heading] = []
    for heading in _headings(document.text):
        path = [above for above in path if above.level < heading.level]
        yield heading, path
        path = [*path, heading]


@lru_cache(maxsize=64)
def _headings(text: str) -> tuple[Heading, ...]:
    return tuple(headings(text))


def _meant(asked: Sequence[Word], document: Document, heading: Heading, above: Sequence[Heading]) -> Meant | None:
    text, own = document.text, read(heading.span.of(document.text))
    alone, _ = held_words(asked, own.found, own.pairs)
    if alone < _OWN:
        return None
    path, title = read(". ".join(one.span.of(text) for one in (*above, heading))), read(document.header.title)
    whole, _ = held_words(asked, path.found | title.found, path.pairs | title.pairs)
    with_above, _ = held_words(asked, path.found, path.pairs)
    return Meant(with_above, alone, document, heading) if whole >= _HELD else None
