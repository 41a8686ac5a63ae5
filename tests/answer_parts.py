"""Units, findings and documents made by hand, for the tests of the answer side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from store_parts import HashedSyllables, make

from corpus.document import Document, Span
from corpus.sentences import clauses, sentences
from index.records import StoredChunk
from rag.answer import Passage
from rag.evidence import FEATURES
from rag.extract import Finding, Reader
from rag.retrieve import Hit
from rag.understand import Query, query_of
from rag.units import Unit, unit

EMBEDDER = HashedSyllables()


def whole(text: str) -> Unit:
    """A text as one unit."""
    return unit(text, Span(0, len(text)))


def part(text: str, quote: str) -> Unit:
    start = text.index(quote)
    return unit(text, Span(start, start + len(quote)))


def asked(question: str) -> Query:
    return query_of(question, question)


def chunk_of(document: Document, heading: str | None = None) -> StoredChunk:
    return StoredChunk(document.id, 0, Span(0, len(document.text)), heading, "", None, 1, document.text)


def finding(document: Document, quote: str, score: float = 1.0) -> Finding:
    row = np.zeros(len(FEATURES))
    return Finding(part(document.text, quote), chunk_of(document), document, score, row, None)


def found(question: str, *documents: Document) -> tuple[Query, list[Finding], dict[str, Document]]:
    """What the reader with the shipped weights finds in whole documents."""
    query = asked(question)
    table = {document.id: document for document in documents}
    hits = [Hit(chunk_of(document), 1.0) for document in documents]
    findings = Reader(EMBEDDER).find(query, EMBEDDER.encode_query([question])[0], hits, table)
    return query, findings, table


def passages(documents: Sequence[Document]) -> list[Passage]:
    return [
        Passage(each.id, each.text, 0, len(each.text), 1.0, each.file, each.header.title, None, None, None)
        for each in documents
    ]


def all_units(text: str) -> list[Span]:
    return [piece for sentence in sentences(text) for piece in clauses(text, sentence)]


__all__ = ["EMBEDDER", "all_units", "asked", "chunk_of", "finding", "found", "make", "part", "passages", "whole"]
