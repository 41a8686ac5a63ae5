"""Documents made ready to be written: chunks, vectors, links and sketch, the slow part, which needs no store."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Document
from corpus.likeness import sketch
from corpus.links import find_links
from index.chunk import chunk
from index.embed import Embedder
from index.embedding import embed_chunks
from index.records import Prepared


def prepare(embedder: Embedder, documents: Sequence[Document]) -> list[Prepared]:
    """One for each document. Raises `ValueError` when the embedder gives what it should not."""
    chunks = [tuple(chunk(document)) for document in documents]
    texts = [
        piece.span.of(document.text) for document, pieces in zip(documents, chunks, strict=True) for piece in pieces
    ]
    vectors = iter(embed_chunks(embedder, texts))
    return [
        Prepared(document, pieces, tuple(next(vectors) for _ in pieces), find_links(document), sketch(document.text))
        for document, pieces in zip(documents, chunks, strict=True)
    ]
