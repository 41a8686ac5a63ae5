"""How many tokens documents have: BM25's average lengths for readers from whom some documents are hidden.

Kept from when a document is first for some groups alone: where everybody sees everything, the index knows them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from index.database import Database
from index.lexical import Field, Words
from index.rows import read_words
from index.weights import Counted, Lengths

_KEPT: tuple[Field, ...] = ("folded", "bigrams", "context_folded", "context_bigrams")  # as many accented as folded
_BATCH = 200  # documents counted and committed at a time


def are_kept(connection: sqlite3.Connection) -> bool:
    """Whether documents are or were restricted."""
    return connection.execute("SELECT 1 FROM meta WHERE key = 'lengths'").fetchone() is not None


def use_lengths(database: Database) -> None:
    """Counts the documents that were stored while nothing was restricted. The writer's lock is held."""
    with database.read() as connection:
        if are_kept(connection):
            return
    while True:
        with database.write() as connection:
            query = "SELECT row FROM documents WHERE row NOT IN (SELECT document FROM lengths) ORDER BY row LIMIT ?"
            rows = [row for (row,) in connection.execute(query, (_BATCH,))]
            for row in rows:
                _insert(connection, row)
            if not rows:
                connection.execute("INSERT OR REPLACE INTO meta VALUES ('lengths', '1')")
                return


def is_restricted(database: Database) -> bool:
    """Whether any document is for some groups alone."""
    with database.read() as connection:
        return connection.execute("SELECT 1 FROM documents WHERE access != '[]' LIMIT 1").fetchone() is not None


def insert_lengths(connection: sqlite3.Connection, row: int) -> None:
    """Counts a document that was just written, where lengths are kept."""
    if are_kept(connection):
        _insert(connection, row)


def averages(connection: sqlite3.Connection, last_row: int, without: Sequence[int]) -> Lengths:
    """Tokens of a chunk, by field, over the documents up to `last_row` less those `without` (rows)."""
    sums = ", ".join(f"coalesce(sum({column}), 0)" for column in ("chunks", *_KEPT))
    query = f"SELECT {sums} FROM lengths WHERE document <= ?"
    chunks, *totals = connection.execute(query, (last_row,)).fetchone()
    less, *fewer = connection.execute(
        f"{query} AND document IN (SELECT value FROM json_each(?))", (last_row, json.dumps(list(without)))
    ).fetchone()
    found = {
        field: (total - gone) / max(chunks - less, 1) for field, total, gone in zip(_KEPT, totals, fewer, strict=True)
    }
    return {**found, "accented": found["folded"]}


def _insert(connection: sqlite3.Connection, row: int) -> None:
    ids = [id for (id,) in connection.execute("SELECT id FROM chunks WHERE document = ? ORDER BY id", (row,))]
    connection.execute(
        "INSERT INTO lengths VALUES (?,?,?,?,?,?)", (row, len(ids), *_counted(read_words(connection, ids)))
    )


def _counted(chunks: Iterable[Words]) -> list[int]:
    lengths = [Counted.of(words).lengths for words in chunks]
    return [sum(each[field] for each in lengths) for field in _KEPT]
