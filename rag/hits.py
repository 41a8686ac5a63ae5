"""Hits in the order they are read in, with what stands around the best one, and as callers see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.document import Document
from index.records import StoredDocument
from index.snapshot import Snapshot
from rag.answer import Passage
from rag.periods import is_of_other_year
from rag.retrieve import Hit, with_neighbours
from rag.understand import Query

_NEXT_TO_BEST = 0.8  # of the best passage's score that its neighbours get
_MOST_K = 1000


def of_period_first(query: Query, hits: Sequence[Hit], documents: dict[str, Document]) -> list[Hit]:
    """The hits in order, those that headings or titles put into another year than the question's behind the others."""
    return sorted(hits, key=lambda hit: is_of_other_year(query, hit.chunk.heading, documents[hit.chunk.document_id]))


def with_surroundings(snapshot: Snapshot, hits: Sequence[Hit]) -> list[Hit]:
    """The hits with what stands before and after the best one under its heading, where its answer may go on."""
    if not hits:
        return []
    known = {hit.chunk.id for hit in hits}
    near = [chunk for chunk in with_neighbours(snapshot, hits[0]) if chunk.id not in known]
    return [*hits, *(Hit(chunk, hits[0].score * _NEXT_TO_BEST) for chunk in near)]


def passage(hit: Hit, documents: Mapping[str, Document | StoredDocument]) -> Passage:
    """A hit as callers see it."""
    chunk, document = hit.chunk, documents[hit.chunk.document_id]
    return Passage(
        document_id=document.id,
        text=chunk.text,
        start=chunk.span.start,
        end=chunk.span.end,
        score=hit.score,
        file=document.file,
        title=document.header.title,
        number=document.header.number,
        section=chunk.heading,
        page=chunk.page,
    )


def limit(k: int) -> int:
    return max(1, min(k, _MOST_K))
