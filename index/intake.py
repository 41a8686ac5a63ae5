"""What comes in: uploads, in batches, and the rows they change."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from corpus.document import Document
from index import audit
from index.access import Groups
from index.links import insert_links
from index.records import Prepared, insert
from index.similar import Similar, find_similar, insert_sketch

BATCH_DOCUMENTS, BATCH_SECONDS = 500, 2.0  # a transaction's share of a bulk `add`: what a crash makes one repeat


@dataclass(frozen=True, slots=True)
class Upload:
    """A loaded file. `source` is where it comes from: a later upload from there replaces it."""

    document: Document
    content: bytes
    source: str | None = None
    groups: Groups = frozenset()  # who may see it; nobody named: everybody


@dataclass(frozen=True, slots=True)
class Added:
    document_id: str
    status: Literal["added", "unchanged", "replaced"]
    similar: Similar | None = None


def batches(uploads: Iterable[Upload]) -> Iterator[list[Upload]]:
    batch: list[Upload] = []
    deadline = 0.0
    for upload in uploads:
        if not batch:
            deadline = time.monotonic() + BATCH_SECONDS
        batch.append(upload)
        if len(batch) == BATCH_DOCUMENTS or time.monotonic() > deadline:
            yield batch
            batch = []
    if batch:
        yield batch


def row_of(connection: sqlite3.Connection, id: str) -> int | None:
    found = connection.execute("SELECT row FROM documents WHERE id = ?", (id,)).fetchone()
    return found and int(found[0])


def write(
    connection: sqlite3.Connection, upload: Upload, prepared: Mapping[str, Prepared], model: int, actor: str
) -> tuple[Added, list[str]]:
    """Writes one document if it is new; also returns the sha256 of those that it replaced."""
    id = upload.document.id
    source = upload.source or f"upload:{id}"
    old = connection.execute(
        "SELECT d.row, d.id FROM sources s JOIN documents d ON d.row = s.document WHERE source = ?", (source,)
    ).fetchone()
    row = row_of(connection, id)
    new = row is None
    similar = None
    if row is None:
        row = insert(connection, prepared[id], model, upload.groups)
        insert_sketch(connection, row, upload.document)
        similar = find_similar(connection, row, old and old[0], upload.groups)
        insert_links(connection, row, prepared[id].links)
        audit.append(connection, actor, "upload", id, upload.document.file)
    connection.execute("INSERT OR REPLACE INTO sources VALUES (?, ?)", (source, row))
    if old is None or old[0] == row:
        return Added(id, "added" if new else "unchanged", similar), []
    audit.append(connection, actor, "replace", old[1], id)
    kept = connection.execute("SELECT 1 FROM sources WHERE document = ?", (old[0],)).fetchone()
    return Added(id, "replaced", similar), [] if kept else [delete(connection, old[0])]


def delete(connection: sqlite3.Connection, row: int) -> str:
    """Deletes a document with its chunks and vectors; returns its sha256."""
    sha256 = connection.execute("DELETE FROM documents WHERE row = ? RETURNING sha256", (row,)).fetchone()[0]
    return str(sha256)
