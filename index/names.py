"""What documents go by: the keys under which others name them, the figures of their numbers, the places they are about.

A table, since a store of many documents cannot look at every one for each question that holds a figure.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from corpus.document import Header
from corpus.references import header_keys
from index.corrections import applied
from index.database import Database
from index.rows import read_reading

_VERSION = "1"  # of the keys below: those of another version are made anew
_BATCH = 1000  # documents read anew and committed at a time
_PLACE, _AFTER_PLACES = "@", "A"  # the first letter of a place's key, and the one behind it
_FIGURES = re.compile(r"\d+")
_YEAR = re.compile(r"(?<=\d[/.-])(?:19|20)\d\d(?!\d)")  # of "12/2019/NQ-HĐND": half of all documents have it


def insert_names(connection: sqlite3.Connection, row: int, header: Header) -> None:
    keys = {*filter(None, header_keys(header)), *_figures(_YEAR.sub("", header.number or ""))}
    if header.place:
        keys.add(_PLACE + header.place)
    connection.executemany(
        "INSERT OR IGNORE INTO names (key, document) VALUES (?,?)", [(key, row) for key in sorted(keys)]
    )


def named(connection: sqlite3.Connection, key: str) -> list[int]:
    """The rows of the documents that others name by this key (`corpus.references`), the oldest first."""
    return _rows(connection, [key])


def bearing(connection: sqlite3.Connection, figures: Iterable[str]) -> list[int]:
    """The rows of the documents whose number holds one of these figures: "118" or "118a" of 118-CV/BDVHU."""
    return _rows(connection, sorted({key for written in figures for key in _figures(written)}))


def places(connection: sqlite3.Connection) -> Iterator[str]:
    """The places of all documents, each once: from one to the next by a leap, where DISTINCT goes through all."""
    query = "SELECT min(key) FROM names WHERE key > ? AND key < ?"
    key = _PLACE
    while (key := connection.execute(query, (key, _AFTER_PLACES)).fetchone()[0]) is not None:
        yield key.removeprefix(_PLACE)


def placed(connection: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """Every place with the row of every document about it."""
    query = "SELECT key, document FROM names WHERE key > ? AND key < ?"
    for key, row in connection.execute(query, (_PLACE, _AFTER_PLACES)):
        yield key.removeprefix(_PLACE), row


def use_names(database: Database) -> None:
    """Makes the names of documents that were stored before names were. The writer's lock is held."""
    with database.read() as connection:
        found = connection.execute("SELECT value FROM meta WHERE key = 'names'").fetchone()
    if found and found[0] == _VERSION:
        return
    last = 0
    while rows := _next(database, last):
        with database.write() as connection:
            for row in rows:
                connection.execute("DELETE FROM names WHERE document = ?", (row,))
                reading = read_reading(connection, row)
                insert_names(connection, row, applied(reading.header, reading.history))
        last = rows[-1]
    with database.write() as connection:
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('names', ?)", (_VERSION,))


def _next(database: Database, last: int) -> list[int]:
    with database.read() as connection:
        found = connection.execute("SELECT row FROM documents WHERE row > ? ORDER BY row LIMIT ?", (last, _BATCH))
        return [row for (row,) in found]


def _figures(written: str) -> list[str]:
    return [f"#{figures.lstrip('0') or '0'}" for figures in _FIGURES.findall(written)]


def _rows(connection: sqlite3.Connection, keys: Sequence[str]) -> list[int]:
    found = connection.execute(
        "SELECT DISTINCT document FROM names WHERE key IN (SELECT value FROM json_each(?)) ORDER BY document",
        (json.dumps(keys),),
    )
    return [row for (row,) in found]
