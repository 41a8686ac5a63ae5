"""What a Milvus collection holds of the store, and the statistics of its terms: a SQLite file that can be made anew.

HOI_DATA/milvus/<collection>.db, and CURRENT, which names the collection that is searched
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index import access
from index.access import Groups
from index.database import Database
from index.lexical import FIELDS, Field
from index.weights import Bag

_SCHEMA = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE held(
  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, access TEXT NOT NULL, chunks INTEGER NOT NULL,
  vectors INTEGER NOT NULL, lengths TEXT NOT NULL, bag BLOB NOT NULL) STRICT;
CREATE TABLE terms(
  dimension INTEGER NOT NULL, access TEXT NOT NULL, chunks INTEGER NOT NULL,
  PRIMARY KEY (dimension, access)) STRICT, WITHOUT ROWID;
CREATE TABLE totals(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Moment:
    """How far the collection has followed the database: its changes, the last line of its audit log, its model."""

    change: int
    audit_number: int
    audit_hash: str
    model: str


@dataclass(frozen=True, slots=True)
class Held:
    """A document as the collection holds it."""

    row: int
    id: str
    access: str
    chunks: int
    vectors: int
    bag: Bag


class Ledger:
    """The file of one collection. Safe to share between threads; one process writes, under the store's lock."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.path = folder / f"{name}.db"
        self._database = Database(self.path, (_SCHEMA,))

    def close(self) -> None:
        self._database.close()

    def delete(self) -> None:
        self.close()
        for path in self.path.parent.glob(f"{self.path.name}*"):
            path.unlink()

    @property
    def moment(self) -> Moment | None:
        """None until the first time that it was whole."""
        return self._moment("moment")

    @property
    def reference(self) -> dict[Field, float]:
        """The lengths that chunks were weighed against."""
        found: dict[Field, float] = json.loads(self._meta("reference") or "{}")
        return found

    @property
    def begun(self) -> Moment | None:
        """What the database was when the first document was brought; None when nothing may go on from here."""
        return self._moment("begun")

    @property
    def since(self) -> float:
        """When the collection last followed a change, in seconds since 1970."""
        return float(self._meta("since") or 0)

    def begin(self, moment: Moment, reference: Mapping[Field, float], chunks: int) -> None:
        """Says how the chunks will be weighed; `chunks`: how many there were then."""
        self._note(begun=_encoded(moment), reference=json.dumps(reference), reference_chunks=str(chunks))

    def finish(self, moment: Moment) -> None:
        """Says that the collection holds what the database held at that moment."""
        self._note(moment=_encoded(moment), since=str(time.time()))

    def spoil(self) -> None:
        """Says that nothing may go on from here."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM meta WHERE key IN ('begun', 'moment')")

    def hold(self, documents: Sequence[Held]) -> None:
        """Adds documents and their share of the statistics."""
        with self._database.write() as connection:
            for each in documents:
                connection.execute(
                    "INSERT INTO held VALUES (?,?,?,?,?,?,?)",
                    (
                        *(each.row, each.id, each.access, each.chunks, each.vectors),
                        *(json.dumps(each.bag.lengths), each.bag.packed()),
                    ),
                )
                _count(connection, each, 1)

    def let_go(self, rows: Sequence[int]) -> None:
        """Takes documents and their share away; those it does not hold change nothing."""
        with self._database.write() as connection:
            found = connection.execute(
                "SELECT row, id, access, chunks, vectors, lengths, bag FROM held"
                " WHERE row IN (SELECT value FROM json_each(?))",
                (json.dumps(list(rows)),),
            ).fetchall()
            for row, id, groups, chunks, vectors, lengths, bag in found:
                held = Held(row, id, groups, chunks, vectors, Bag.unpacked(bag, json.loads(lengths)))
                _count(connection, held, -1)
                connection.execute("DELETE FROM held WHERE row = ?", (row,))

    def rows(self) -> list[int]:
        with self._database.read() as connection:
            return [row for (row,) in connection.execute("SELECT row FROM held ORDER BY row")]

    def last_row(self) -> int:
        """Of the newest document that it holds; 0 when it holds none."""
        with self._database.read() as connection:
            return int(connection.execute("SELECT coalesce(max(row), 0) FROM held").fetchone()[0])

    def totals(self) -> dict[str, int]:
        """Of "chunks", of "vectors", and of each field's tokens."""
        with self._database.read() as connection:
            return dict.fromkeys(("chunks", "vectors", *FIELDS), 0) | dict(
                connection.execute("SELECT name, value FROM totals")
            )

    def averages(self) -> dict[Field, float]:
        """Tokens of a chunk, by field."""
        totals = self.totals()
        return {field: totals[field] / max(totals["chunks"], 1) for field in FIELDS}

    def drifted(self, share: float) -> bool:
        """Whether the chunks are no more as long as the reference, by more than `share`, since it was taken anew.

        Never twice before they are twice or half as many: so all the rewriting together costs what the adding did.
        """
        before, now = int(self._meta("reference_chunks") or 0), self.totals()["chunks"]
        if now == 0 or before / 2 < now < 2 * before:
            return False
        reference, averages = self.reference, self.averages()
        return any(abs(averages[field] - reference[field]) > share * max(reference[field], 1.0) for field in FIELDS)

    def counts(self, dimensions: Sequence[int]) -> dict[int, int]:
        """In how many chunks each is; those in none are left out."""
        with self._database.read() as connection:
            return dict(
                connection.execute(
                    "SELECT dimension, sum(chunks) FROM terms WHERE dimension IN (SELECT value FROM json_each(?))"
                    " GROUP BY dimension",
                    (json.dumps(list(dimensions)),),
                )
            )

    def count(self, dimension: int, groups: Groups | None) -> int:
        """In how many chunks of documents that somebody of these groups may see; None: of all."""
        with self._database.read() as connection:
            found = connection.execute("SELECT access, chunks FROM terms WHERE dimension = ?", (dimension,)).fetchall()
        return sum(chunks for to, chunks in found if groups is None or to == "[]" or access.read(to) & groups)

    def _note(self, **values: str) -> None:
        with self._database.write() as connection:
            connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    def _moment(self, key: str) -> Moment | None:
        found = self._meta(key)
        return Moment(*json.loads(found)) if found else None

    def _meta(self, key: str) -> str | None:
        with self._database.read() as connection:
            found = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return found and str(found[0])


def _encoded(moment: Moment) -> str:
    return json.dumps([moment.change, moment.audit_number, moment.audit_hash, moment.model])


def _count(connection: sqlite3.Connection, held: Held, sign: int) -> None:
    """Adds a document to the statistics, or takes it away."""
    counts = zip(held.bag.dimensions.tolist(), held.bag.chunks.tolist(), strict=True)
    connection.executemany(
        "INSERT INTO terms VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET chunks = chunks + excluded.chunks",
        [(dimension, held.access, sign * chunks) for dimension, chunks in counts],
    )
    totals = [("chunks", held.chunks), ("vectors", held.vectors), *held.bag.lengths.items()]
    connection.executemany(
        "INSERT INTO totals VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = value + excluded.value",
        [(name, sign * value) for name, value in totals],
    )
    if sign < 0:
        connection.executemany(
            "DELETE FROM terms WHERE dimension = ? AND access = ? AND chunks = 0",
            [(dimension, held.access) for dimension in held.bag.dimensions.tolist()],
        )
