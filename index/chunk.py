"""Document → chunks along its own structure: headings, whole sentences, exact offsets, a context line that is searched."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.document import Span


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a document: `document.text[span.start:span.end]`. `context` is searched with it and never quoted."""

    document_id: str
    ordinal: int  # from 0
    span: Span
    heading: str | None  # "II. Phương hướng, nhiệm vụ › 1. …"
    context: str  # document, place, date and heading path in one line
    page: int | None
    id: int = 0  # given by the store, never reused
