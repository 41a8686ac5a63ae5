"""An unclear question with what it lacks filled in: each place, year or document that the store has."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.places import find_places
from index.records import StoredDocument
from index.snapshot import Snapshot
from rag.about import titled_years
from rag.understand import Query

_LOOKED_AT = 40  # documents, the newest in the store first


def filled_in(query: Query, snapshot: Snapshot) -> Iterator[str]:
    """ "bao nhiêu hồ sơ?" → "Bao nhiêu hồ sơ ở huyện Lâm Hà?", each once: places first, then documents, then years."""
    documents = snapshot.stored_in(snapshot.rows[-_LOOKED_AT:])[::-1]
    asked = query.text.strip(" ?.")
    asked = f"{asked[:1].upper()}{asked[1:]}"
    lacking = dict.fromkeys(
        words
        for kind in (_places, _numbers, _years)
        for document in documents
        for words in kind(document)
        if not (query.places and kind is _places) and not (query.years and kind is _years)
    )
    return (f"{asked} {words}?" for words in lacking)


def _places(document: StoredDocument) -> Iterator[str]:
    place = next(iter(find_places(document.header.place or "")), None)
    if place:
        yield f"ở {place.level} {place.name}"


def _numbers(document: StoredDocument) -> Iterator[str]:
    if document.header.number and document.header.kind:
        yield f"trong {document.header.kind.lower()} số {document.header.number}"


def _years(document: StoredDocument) -> Iterator[str]:
    issued = document.header.issued_on
    for year in titled_years(document.header.title)[-1:] or ([issued.year] if issued else []):
        yield f"năm {year}"
