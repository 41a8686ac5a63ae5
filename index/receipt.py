"""A receipt for a removed document: what went with it, and that nothing of it can be found any more."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from corpus.document import Span
from corpus.sentences import sentences
from corpus.text import tokens
from index.embed import Embedder
from index.lexical import LexicalQuery, Term
from index.rows import read_document
from index.snapshot import Snapshot

SENTENCE = 300  # characters of the sentence that is looked for
_DEPTH = 50  # passages looked at, by words and by meaning each


@dataclass(frozen=True, slots=True)
class Left:
    """What is still there afterwards; all of it zero or False when the removal is whole.

    `elsewhere`: other documents that hold the same sentence, which stay.
    """

    rows: int = 0  # of the document's tables
    passages: int = 0  # found by searching for its own sentence
    original: bool = False  # its file is still kept
    shared: bool = False  # … because another document has the same bytes
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Removed:
    """A document that is gone: rows, vectors, different words and bytes that went with it; `sentence` is one of its."""

    id: str
    file: str
    title: str
    sha256: str
    passages: int
    vectors: int
    words: int
    links: int
    text_bytes: int
    vector_bytes: int
    original_bytes: int
    sentence: str
    row: int
    left: Left = field(default_factory=Left)

    @property
    def clean(self) -> bool:
        """Whether nothing of it is left."""
        return not (self.left.rows or self.left.passages or (self.left.original and not self.left.shared))


def counted(connection: sqlite3.Connection, row: int, object_path: Callable[[str], Path]) -> Removed:
    """What a document consists of, while it still stands."""
    (id,) = connection.execute("SELECT id FROM documents WHERE row = ?", (row,)).fetchone()
    document = read_document(connection, id)
    assert document is not None
    passages, links = (
        connection.execute(f"SELECT count(*) FROM {table} WHERE document = ?", (row,)).fetchone()[0]
        for table in ("chunks", "links")
    )
    vectors, vector_bytes = connection.execute(
        "SELECT count(*), coalesce(sum(length(vector)), 0) FROM vectors v JOIN chunks c ON c.id = v.chunk"
        " WHERE c.document = ?",
        (row,),
    ).fetchone()
    original = object_path(document.sha256)
    return Removed(
        id=id,
        file=document.file,
        title=document.header.title,
        sha256=document.sha256,
        passages=passages,
        vectors=vectors,
        words=len({token.folded for token in tokens(document.text)}),
        links=links,
        text_bytes=len(document.text.encode()),
        vector_bytes=vector_bytes,
        original_bytes=original.stat().st_size if original.exists() else 0,
        sentence=_sentence(document.text),
        row=row,
    )


def proved(removed: Removed, snapshot: Snapshot, embedder: Embedder, original: Path) -> Removed:
    """The receipt with what is left, looked for in the database, on the disk and by two searches."""
    query = LexicalQuery(tuple(Term("folded", token.folded) for token in tokens(removed.sentence)))
    vector = np.asarray(embedder.encode_query([removed.sentence]), dtype=np.float32)[0]
    ids = [id for id, _ in (*snapshot.lexical(query, _DEPTH), *snapshot.dense(vector, _DEPTH))]
    found = {chunk.id: chunk for chunk in snapshot.chunks(ids)}.values()
    with snapshot.database.read() as connection:
        rows = sum(
            connection.execute(f"SELECT count(*) FROM {table} WHERE {column} = ?", (removed.row,)).fetchone()[0]
            for table, column in (("documents", "row"), ("chunks", "document"), ("sources", "document"))
        )
        shared = connection.execute("SELECT 1 FROM documents WHERE sha256 = ?", (removed.sha256,)).fetchone()
    left = Left(
        rows,
        sum(chunk.document_id == removed.id for chunk in found),
        original.exists(),
        bool(shared),
        tuple(dict.fromkeys(chunk.document_id for chunk in found if removed.sentence in " ".join(chunk.text.split()))),
    )
    return replace(removed, left=left)


def _sentence(text: str) -> str:
    """The sentence with the most words of the first ones: what could only be its own."""
    found = sentences(text[: 20 * SENTENCE], Span(0, min(len(text), 20 * SENTENCE)))
    spans = sorted(found, key=lambda span: span.end - span.start, reverse=True)
    return " ".join(spans[0].of(text)[:SENTENCE].split()) if spans else text[:SENTENCE]
