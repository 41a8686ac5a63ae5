"""The documents that a question wants listed, the newest first, each with a quote that says it is one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.document import Document, Header, Span
from index.links import StoredLink, links_naming, links_to
from index.records import StoredDocument
from index.snapshot import Snapshot
from rag.compose import Quote, header_quote, trimmed
from rag.evidence import held_words
from rag.metadata import HeaderField
from rag.retrieve import Hit
from rag.terms import Word, words
from rag.units import Unit, unit, units_of
from rag.wanted import Wanted

MOST_LISTED = 12
MOST_READ = 2_000  # headers that are read one by one; of more documents only those that a search finds
_HELD = 0.9  # share of the topic's weight that a title or a sentence must say
_NAMING: tuple[HeaderField, ...] = ("subject", "title", "number")  # what of a header is quoted


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A quote a document, at most `MOST_LISTED` of the `found`, which were chosen from `looked_at` documents."""

    quotes: tuple[Quote, ...]
    found: int
    looked_at: int

    @property
    def told(self) -> str:
        """What is said of the list."""
        shown = f"; dưới đây là {len(self.quotes)} văn bản mới nhất" if len(self.quotes) < self.found else ""
        return f"Có {self.found} văn bản trong {self.looked_at} tài liệu đã xem{shown}."


def catalogue(
    snapshot: Snapshot, wanted: Wanted, named: frozenset[str], allowed: frozenset[str] | None, hits: Sequence[Hit]
) -> Catalogue | None:
    """The list; None when no document is as wanted.

    `named` are the documents that bear a number of the question, `hits` what a search for the topic found.
    """
    pool = _pool(snapshot, allowed, hits)
    found = _resting(snapshot, wanted, named, allowed) if wanted.relations else _about(snapshot, wanted, pool, hits)
    newest = sorted(found, key=lambda quote: quote.document.header.issued_on or date.min, reverse=True)
    return Catalogue(tuple(newest[:MOST_LISTED]), len(newest), len(pool)) if newest else None


def _pool(snapshot: Snapshot, allowed: frozenset[str] | None, hits: Sequence[Hit]) -> list[StoredDocument]:
    """The documents that are looked at: all that are allowed, or of very many those that the search found."""
    if len(snapshot.rows) <= MOST_READ:
        return [one for one in snapshot.documents() if allowed is None or one.id in allowed]
    ids = dict.fromkeys(hit.chunk.document_id for hit in hits)
    return [one for id in ids if (one := snapshot.stored(id))]


def _resting(snapshot: Snapshot, wanted: Wanted, named: frozenset[str], allowed: frozenset[str] | None) -> list[Quote]:
    """The clauses that name the document, one a document, of the first relations that are found."""
    links = [link for id in sorted(named) for link in links_to(snapshot, id)] or links_naming(snapshot, wanted.keys)
    for relations in wanted.relations:
        chosen: dict[str, StoredLink] = {}
        for link in links:
            source = link.source
            fits = link.link.relation in relations and (allowed is None or source.id in allowed)
            if fits and wanted.is_of(source.header) and _is_placed(wanted, source.header):
                chosen.setdefault(source.id, link)
        if chosen:
            texts = snapshot.with_texts(chosen)
            return [Quote(texts[id], trimmed(texts[id].text, link.link.span), None) for id, link in chosen.items()]
    return []


def _about(snapshot: Snapshot, wanted: Wanted, pool: Sequence[StoredDocument], hits: Sequence[Hit]) -> list[Quote]:
    """The titles that say the topic; where mentions are wanted, too, the best sentences of the other documents."""
    asked = words(wanted.topic)
    fitting = {one.id: one for one in pool if wanted.is_of(one.header)}
    titled = [one.id for one in fitting.values() if _is_titled(wanted, asked, one.header)]
    texts = snapshot.with_texts(titled)
    quotes = [quote for document in texts.values() if (quote := _naming(document))]
    if wanted.mentions and (asked or wanted.places):
        rest = frozenset(fitting) - {quote.document.id for quote in quotes}
        quotes += _mentioning(snapshot, wanted, asked, [hit for hit in hits if hit.chunk.document_id in rest])
    return quotes


def _is_titled(wanted: Wanted, asked: Sequence[Word], header: Header) -> bool:
    title = f"{header.title}. {header.subject or ''}"
    return _is_placed(wanted, header) and _says(asked, unit(title, Span(0, len(title))))


def _is_placed(wanted: Wanted, header: Header) -> bool:
    return wanted.is_placed(f"{header.title}. {header.place or ''}. {header.issuer or ''}")


def _says(asked: Sequence[Word], this: Unit) -> bool:
    share, _ = held_words(asked, this.found, this.pairs)
    return not asked or share >= _HELD


def _naming(document: Document) -> Quote | None:
    """What the header says the document is about, or what it is called."""
    spans = document.header.spans
    field = next((field for field in _NAMING if field in spans), None)
    return header_quote(document, field, spans[field]) if field else None


def _mentioning(snapshot: Snapshot, wanted: Wanted, asked: Sequence[Word], hits: Sequence[Hit]) -> Iterator[Quote]:
    """The first sentence of each document that says the topic, the best passages first."""
    texts = snapshot.with_texts(hit.chunk.document_id for hit in hits)
    told = set[str]()
    for hit in hits:
        document = texts.get(hit.chunk.document_id)
        if document is None or document.id in told:
            continue
        for this in units_of(document.text, hit.chunk.span):
            about = f"{this.quote}. {document.header.title}. {(document.header.place or '') if asked else ''}"
            if _says(asked, this) and wanted.is_placed(about):
                told.add(document.id)
                yield Quote(document, trimmed(document.text, this.span), hit.chunk.heading)
                break
