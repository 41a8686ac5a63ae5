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
from index.corrections import applied, carried
from index.database import StoreError
from index.lengths import insert_lengths
from index.links import insert_links
from index.names import insert_names
from index.records import Prepared, Reading
from index.rows import insert, read_reading
from index.similar import Similar, find_similar, insert_sketch

BATCH_DOCUMENTS, BATCH_SECONDS = 500, 2.0  # a transaction's share of a bulk `add`: what a crash makes one repeat


@dataclass(frozen=True, slots=True)
class Upload:
    """A loaded file. `source` is where it comes from: a later upload from there replaces it."""

    document: Document
    content: bytes
    source: str | None = None
    groups: Groups = frozenset()  # who may see it; nobody named: everybody
    prepared: Prepared | None = None  # where another process has made it ready
    replaces: str | None = None  # the id of a document that this one takes the place of, wherever that came from


class GoneError(StoreError):
    """The document that an upload was to replace was removed meanwhile."""

    code = "document_gone"

    def __init__(self) -> None:
        super().__init__("Văn bản cần thay không còn trong kho.")


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
    """Writes one document if it is new; also returns the sha256 of those that it replaced.

    Raises `GoneError` when there is none that it could replace.
    """
    id = upload.document.id
    source = upload.source or f"upload:{id}"
    old = _old(connection, upload, source)
    row = row_of(connection, id)
    new = row is None
    similar = None
    if row is None:
        row = _insert(connection, upload, prepared[id], model, old and old[0])
        similar = find_similar(connection, row, old and old[0], upload.groups)
        audit.append(connection, actor, "upload", id, upload.document.file)
    if old and upload.replaces:
        connection.execute("UPDATE sources SET document = ? WHERE document = ?", (row, old[0]))
    connection.execute("INSERT OR REPLACE INTO sources VALUES (?, ?)", (source, row))
    if old is None or old[0] == row:
        return Added(id, "added" if new else "unchanged", similar), []
    audit.append(connection, actor, "replace", old[1], id)
    kept = connection.execute("SELECT 1 FROM sources WHERE document = ?", (old[0],)).fetchone()
    return Added(id, "replaced", similar), [] if kept else [delete(connection, old[0])]


def _old(connection: sqlite3.Connection, upload: Upload, source: str) -> tuple[int, str] | None:
    """Row and id of the document whose place the upload takes."""
    if upload.replaces is None:
        found = connection.execute(
            "SELECT d.row, d.id FROM sources s JOIN documents d ON d.row = s.document WHERE source = ?", (source,)
        ).fetchone()
        return found and (int(found[0]), str(found[1]))
    row = row_of(connection, upload.replaces)
    if row is None:
        raise GoneError
    return row, upload.replaces


def _insert(connection: sqlite3.Connection, upload: Upload, prepared: Prepared, model: int, old: int | None) -> int:
    """Writes a new document; what people put right of the one before holds where it reads the same."""
    read, text = prepared.document.header, prepared.document.text
    was = read_reading(connection, old) if old is not None else Reading(read)
    reading = Reading(read, carried(was.header, read, was.history, text))
    made = prepared.under(applied(read, reading.history)) if reading.history else prepared
    row = insert(connection, made, model, upload.groups, reading)
    insert_sketch(connection, row, made.document, made.sketch)
    insert_names(connection, row, made.document.header)
    insert_lengths(connection, row)
    insert_links(connection, row, made.links)
    return row


def delete(connection: sqlite3.Connection, row: int) -> str:
    """Deletes a document with its chunks and vectors; returns its sha256."""
    sha256 = connection.execute("DELETE FROM documents WHERE row = ? RETURNING sha256", (row,)).fetchone()[0]
    return str(sha256)
