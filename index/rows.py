"""Documents, chunks and vectors as rows of the database, and back."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial

import numpy as np

from corpus.document import Document, Header, Page, Span, Stripped
from corpus.wire import header_from_json, header_json
from index.access import Groups, read, written
from index.corrections import applied, history_from_json, history_json, standing
from index.database import StoreDamagedError, seal
from index.dense import PARTS, Ids
from index.embed import Vectors
from index.lexical import Words
from index.records import Prepared, Reading, StoredChunk, StoredDocument, Text, Texts, key
from index.schema import SEALED, SEALED_CHUNK


def insert(
    connection: sqlite3.Connection,
    prepared: Prepared,
    model: int,
    groups: Groups = frozenset(),
    reading: Reading | None = None,
) -> int:
    """Writes document, chunks and vectors; returns the document's row."""
    document = prepared.document
    reading = reading or Reading(document.header)
    fields = (
        *_fields(document, reading.header),
        len(prepared.chunks),
        reading.added_at or datetime.now(UTC).isoformat(timespec="seconds"),
        written(groups),
        history_json(reading.history),
    )
    row = connection.execute(
        f"INSERT INTO documents ({SEALED}, text, crc, text_crc) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (*fields, document.text, seal(*fields), seal(document.text)),
    ).lastrowid
    assert row is not None
    for chunk, vectors in zip(prepared.chunks, prepared.vectors, strict=True):
        parts = (row, chunk.ordinal, chunk.span.start, chunk.span.end, chunk.heading, chunk.context, chunk.page)
        id = connection.execute(
            f"INSERT INTO chunks ({SEALED_CHUNK}, crc) VALUES (?,?,?,?,?,?,?,?)", (*parts, seal(*parts))
        ).lastrowid
        assert id is not None
        insert_vectors(connection, id, vectors, model)
    return row


def _fields(document: Document, read: Header) -> tuple[str | int | None, ...]:
    header = document.header
    return (
        *(document.id, document.sha256, document.file, document.media_type, header_json(read)),
        json.dumps([(page.number, page.span.start, page.span.end) for page in document.pages]),
        json.dumps([(piece.text, piece.reason, piece.at) for piece in document.stripped], ensure_ascii=False),
        json.dumps(document.notes, ensure_ascii=False),
        header.issued_on.isoformat() if header.issued_on else None,
        *(key(header.kind), key(header.issuer), key(header.place)),
        len(document.pages),
    )


def insert_vectors(connection: sqlite3.Connection, chunk: int, vectors: Vectors, model: int) -> None:
    blobs = [np.ascontiguousarray(vector, dtype="<f4").tobytes() for vector in vectors]
    connection.executemany(
        "INSERT OR REPLACE INTO vectors (chunk, part, model, vector, crc) VALUES (?,?,?,?,?)",
        [(chunk, part, model, blob, zlib.crc32(blob)) for part, blob in enumerate(blobs)],
    )


def read_vectors(connection: sqlite3.Connection, model: int, first: int, last: int) -> tuple[Ids, Vectors]:
    """The vectors of the chunks `first` to `last`, both included, by ascending id.

    Raises `StoreDamagedError` when one does not match its checksum.
    """
    ids: list[int] = []
    blobs: list[bytes] = []
    for chunk, part, blob, crc in connection.execute(
        "SELECT chunk, part, vector, crc FROM vectors WHERE chunk BETWEEN ? AND ? AND model = ? ORDER BY chunk, part",
        (first, last, model),
    ):
        if zlib.crc32(blob) != crc:
            raise StoreDamagedError
        ids.append(chunk * PARTS + part)
        blobs.append(blob)
    flat = np.frombuffer(b"".join(blobs), dtype="<f4").astype(np.float32, copy=False)
    return np.array(ids, dtype=np.int64), flat.reshape(len(ids), -1) if ids else flat.reshape(0, 1)


def read_words(connection: sqlite3.Connection, chunks: Iterable[int]) -> Iterator[Words]:
    """What is indexed of the chunks, whose ids ascend. Raises `StoreDamagedError`."""
    row, text = 0, ""
    for id in chunks:
        document, start, stop, context, sound = connection.execute(
            f"SELECT document, start, stop, context, crc IS seal({SEALED_CHUNK}) FROM chunks WHERE id = ?", (id,)
        ).fetchone()
        _checked(sound)
        if document != row:
            row, text = document, read_text(connection, document)
        yield Words(id, document, text[start:stop], context)


def read_text(connection: sqlite3.Connection, row: int) -> str:
    """Raises `StoreDamagedError`."""
    return read_texts(connection, [row])[row].text


def read_texts(connection: sqlite3.Connection, rows: Collection[int]) -> dict[int, Text]:
    """Row → text, of those that stand. Raises `StoreDamagedError`."""
    found = connection.execute(
        "SELECT text_crc IS seal(text), row, id, text FROM documents WHERE row IN (SELECT value FROM json_each(?))",
        (json.dumps(list(rows)),),
    )
    return {row: Text(id, text) for sound, row, id, text in found if _checked(sound)}


def read_document(connection: sqlite3.Connection, id: str) -> Document | None:
    """Raises `StoreDamagedError`."""
    rows = list(read_rows_of(connection, [id]).values())
    return next(iter(read_whole(connection, rows, partial(read_texts, connection)).values()), None)


def read_whole(connection: sqlite3.Connection, rows: Collection[int], texts: Texts) -> dict[int, Document]:
    """Row → document with its text, of those that stand. Raises `StoreDamagedError`."""
    found = connection.execute(
        f"SELECT crc IS seal({SEALED}), row, sha256, file, media_type, header, pages, stripped, notes, corrections"
        " FROM documents WHERE row IN (SELECT value FROM json_each(?))",
        (json.dumps(list(rows)),),
    ).fetchall()
    known = texts([row for sound, row, *_ in found if _checked(sound)])
    return {
        row: Document(
            id=known[row].document_id,
            sha256=sha256,
            file=file,
            media_type=media_type,
            text=known[row].text,
            header=applied(header_from_json(header), history_from_json(corrections)),
            pages=tuple(Page(number, Span(start, end)) for number, start, end in json.loads(pages)),
            stripped=tuple(Stripped(*piece) for piece in json.loads(stripped)),
            notes=tuple(json.loads(notes)),
        )
        for _, row, sha256, file, media_type, header, pages, stripped, notes, corrections in found
        if row in known
    }


def read_reading(connection: sqlite3.Connection, row: int) -> Reading:
    """Raises `StoreDamagedError`."""
    sound, header, corrections, added_at = connection.execute(
        f"SELECT crc IS seal({SEALED}), header, corrections, added_at FROM documents WHERE row = ?", (row,)
    ).fetchone()
    _checked(sound)
    return Reading(header_from_json(header), history_from_json(corrections), added_at)


def read_rows(connection: sqlite3.Connection) -> list[int]:
    """The rows of all documents, the oldest first: from an index, since the table itself holds every text."""
    return [row for (row,) in connection.execute("SELECT row FROM documents ORDER BY +row")]


def read_rows_of(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, int]:
    """Id → row, of those that stand."""
    query = "SELECT id, row FROM documents WHERE id IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(query, (json.dumps(list(ids)),)))


def gone_since(connection: sqlite3.Connection, change: int, last_row: int) -> Ids:
    """The rows up to `last_row` of the documents removed after the database's `change`, ascending."""
    found = connection.execute(
        "SELECT document FROM gone WHERE change >= ? AND document <= ? ORDER BY document", (change, last_row)
    )
    return np.fromiter((row for (row,) in found), dtype=np.int64)


def read_documents(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, StoredDocument]:
    """Row → document, of those that stand. Raises `StoreDamagedError`."""
    found = connection.execute(
        f"SELECT crc IS seal({SEALED}), row, id, sha256, file, media_type, header, page_count, passage_count, added_at,"
        " access, corrections FROM documents WHERE row IN (SELECT value FROM json_each(?))",
        (json.dumps(list(rows)),),
    )
    return {
        row: StoredDocument(
            *(id, sha256, file, media_type, applied(header_from_json(header), history := history_from_json(done))),
            *(pages, passages, datetime.fromisoformat(at), read(access), tuple(standing(history))),
        )
        for sound, row, id, sha256, file, media_type, header, pages, passages, at, access, done in found
        if _checked(sound)
    }


def read_chunks(connection: sqlite3.Connection, ids: Sequence[int], texts: Texts) -> list[tuple[int, StoredChunk]]:
    """`(document row, chunk)` of those that stand, in no order. Raises `StoreDamagedError`."""
    found = connection.execute(
        f"SELECT crc IS seal({SEALED_CHUNK}), {SEALED_CHUNK}, id FROM chunks"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    ).fetchall()
    known = texts({row for sound, row, *_ in found if _checked(sound)})
    return [
        (row, StoredChunk(known[row].document_id, ordinal, span, heading, context, page, id, span.of(known[row].text)))
        for _, row, ordinal, start, end, heading, context, page, id in found
        if row in known
        for span in (Span(start, end),)
    ]


def _checked(sound: int) -> bool:
    """True; or `StoreDamagedError` where a row is not what its checksum says."""
    if not sound:
        raise StoreDamagedError
    return True
