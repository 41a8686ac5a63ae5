"""A stored document written anew under its id, because its header is another: the same text, chunks and vectors.

It gets a new row and new chunk ids, so that whatever was cached of the old ones can never be shown for it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from corpus.document import Span
from corpus.likeness import sketch
from index.access import read
from index.chunk import Chunk
from index.corrections import Correction, applied
from index.dense import PARTS
from index.embed import Vectors
from index.lengths import insert_lengths
from index.links import insert_links
from index.names import insert_names
from index.records import Prepared
from index.rows import insert, read_document, read_reading, read_vectors
from index.similar import insert_sketch


def amend(connection: sqlite3.Connection, row: int, changes: Sequence[Correction], model: int) -> None:
    """Adds changes to a document's history. Raises `StoreDamagedError`."""
    id, access = connection.execute("SELECT id, access FROM documents WHERE row = ?", (row,)).fetchone()
    sources = connection.execute("SELECT source FROM sources WHERE document = ?", (row,)).fetchall()
    document = read_document(connection, id)
    assert document is not None
    was = read_reading(connection, row)
    reading = replace(was, history=(*was.history, *changes))
    chunks = _chunks(connection, id, row)
    prepared = Prepared(document, chunks, _vectors(connection, chunks, model), (), sketch(document.text))
    made = prepared.under(applied(reading.header, reading.history))
    connection.execute("DELETE FROM documents WHERE row = ?", (row,))
    new = insert(connection, made, model, read(access), reading)
    insert_links(connection, new, made.links)
    insert_sketch(connection, new, made.document, made.sketch)
    insert_names(connection, new, made.document.header)
    insert_lengths(connection, new)
    connection.executemany("INSERT INTO sources VALUES (?, ?)", [(source, new) for (source,) in sources])


def _chunks(connection: sqlite3.Connection, id: str, row: int) -> tuple[Chunk, ...]:
    found = connection.execute(
        "SELECT ordinal, start, stop, heading, context, page, id FROM chunks WHERE document = ? ORDER BY ordinal",
        (row,),
    )
    return tuple(
        Chunk(id, ordinal, Span(start, stop), heading, context, page, own)
        for ordinal, start, stop, heading, context, page, own in found
    )


def _vectors(connection: sqlite3.Connection, chunks: Sequence[Chunk], model: int) -> tuple[Vectors, ...]:
    if not chunks:
        return ()
    ids, vectors = read_vectors(connection, model, chunks[0].id, chunks[-1].id)
    owners = ids // PARTS
    edges = [np.searchsorted(owners, (chunk.id, chunk.id + 1)) for chunk in chunks]
    return tuple(vectors[first:last] for first, last in edges)
