"""Documents that are nearly the same as one just stored, and other versions of it: the same number and issuer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from corpus.document import Document
from corpus.likeness import Sketch, likeness
from index.access import Groups, written
from index.database import Database
from index.records import key

ENOUGH = 0.8  # of the shingles in common: nearly the same
PROBES = 8  # smallest hashes by which candidates are found …
SHARED = 3  # … of which so many are shared; at `ENOUGH` fewer are in one case of 800
FORMULA = 200  # documents from which on a hash in common is of a formula that all letters have
_MOST = 20  # candidates compared
_BATCH = 200  # documents compared and committed at a time


@dataclass(frozen=True, slots=True)
class Similar:
    """Another document; `version` when it bears the same number of the same issuer."""

    document_id: str
    file: str
    share: float
    version: bool

    @property
    def remark(self) -> str:
        """For whoever added the document, in Vietnamese."""
        other = f"“{self.file}” (mã {self.document_id})"
        if self.version:
            return f"Cùng số, ký hiệu và cơ quan với {other}, giống {self.share:.0%}: có thể là một phiên bản khác."
        return f"Gần giống {other}: {self.share:.0%}."


@dataclass(frozen=True, slots=True)
class Pair:
    """A document and one that it is like."""

    document_id: str
    other_id: str
    share: float
    version: bool


def use_pairs(database: Database) -> None:
    """Compares the documents of a store that was filled before pairs were kept. The writer's lock is held."""
    with database.read() as connection:
        if connection.execute("SELECT 1 FROM meta WHERE key = 'pairs'").fetchone():
            return
        rows = [row for (row,) in connection.execute("SELECT document FROM sketches ORDER BY document")]
    for at in range(0, len(rows), _BATCH):
        with database.write() as connection:
            for row in rows[at : at + _BATCH]:
                _insert_pairs(connection, row, _near(connection, row))
    with database.write() as connection:
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('pairs', '1')")


def read_pairs(connection: sqlite3.Connection) -> list[Pair]:
    """Every pair both ways round, the most alike first."""
    found = connection.execute(
        "SELECT a.id, b.id, share, version FROM pairs p JOIN documents a ON a.row = p.one"
        " JOIN documents b ON b.row = p.other ORDER BY share DESC, a.row, b.row"
    ).fetchall()
    return [
        Pair(*ends, share, bool(version))
        for one, other, share, version in found
        for ends in ((one, other), (other, one))
    ]


def insert_sketch(connection: sqlite3.Connection, row: int, document: Document, made: Sketch) -> None:
    """Keeps what a stored document is compared by, and its pairs with those that are stored already."""
    connection.execute(
        "INSERT INTO sketches (document, version, hashes) VALUES (?,?,?)",
        (row, _version(document), made.astype("<u4").tobytes()),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO probes (hash, document) VALUES (?,?)", [(int(hash), row) for hash in made[:PROBES]]
    )
    _insert_pairs(connection, row, _near(connection, row))


def find_similar(connection: sqlite3.Connection, row: int, without: int | None, groups: Groups) -> Similar | None:
    """The most alike of the other documents, among those that everybody or the same groups may see."""
    found = connection.execute(
        "SELECT d.id, d.file, share, version FROM (SELECT other AS document, share, version FROM pairs WHERE one = ?1"
        " UNION ALL SELECT one, share, version FROM pairs WHERE other = ?1) JOIN documents d ON d.row = document"
        " WHERE document != ?2 AND d.access IN ('[]', ?3) ORDER BY share DESC, version DESC LIMIT 1",
        (row, without or row, written(groups)),
    ).fetchone()
    if found is None:
        return None
    id, file, share, version = found
    return Similar(id, file, share, bool(version))


def _near(connection: sqlite3.Connection, row: int) -> list[tuple[int, float, bool]]:
    """`(row, share, whether it bears the same number of the same issuer)` of all documents like one."""
    version, own = connection.execute("SELECT version, hashes FROM sketches WHERE document = ?", (row,)).fetchone()
    rows = connection.execute(  # what others alone may see makes no formula of a hash, and takes no place, for the rest
        "WITH mine AS (SELECT access FROM documents WHERE row = ?1),"
        " telling AS (SELECT hash, NOT EXISTS (SELECT 1 FROM probes WHERE hash = own.hash LIMIT 1 OFFSET ?3) AS of_all"
        " FROM probes own WHERE document = ?1),"
        " known AS MATERIALIZED (SELECT hash, of_all, CASE WHEN of_all THEN 1 ELSE NOT EXISTS"
        " (SELECT 1 FROM probes JOIN documents d ON d.row = document WHERE hash = telling.hash"
        " AND d.access IN ('[]', (SELECT access FROM mine)) LIMIT 1 OFFSET ?3) END AS of_own FROM telling),"
        " sharing AS (SELECT other.document, d.access IN ('[]', (SELECT access FROM mine)) AS own, count(*) AS shared"
        " FROM known JOIN probes other ON other.hash = known.hash JOIN documents d ON d.row = other.document"
        " WHERE of_own AND (of_all OR own)"
        " GROUP BY other.document HAVING shared >= min(?4, (SELECT count(*) FROM probes WHERE document = ?1))),"
        " best AS (SELECT document, row_number() OVER (PARTITION BY own ORDER BY shared DESC) AS place FROM sharing)"
        " SELECT s.document, s.hashes, s.version FROM sketches s"
        " WHERE s.document IN (SELECT document FROM best WHERE place <= ?5"
        " UNION SELECT document FROM sketches WHERE version = ?2 AND version != '') AND s.document != ?1",
        (row, version, FORMULA, SHARED, _MOST),
    )
    found = [
        (other, likeness(_read(own), _read(hashes)), bool(version) and named == version)
        for other, hashes, named in rows
    ]
    return [each for each in found if each[1] >= ENOUGH or each[2]]


def _insert_pairs(connection: sqlite3.Connection, row: int, near: Iterable[tuple[int, float, bool]]) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO pairs (one, other, share, version) VALUES (?,?,?,?)",
        [(min(row, other), max(row, other), share, int(version)) for other, share, version in near],
    )


def _version(document: Document) -> str:
    """Number and issuer, written any way; empty when either is unknown."""
    number, issuer = key(document.header.number), key(document.header.issuer)
    return f"{number}|{issuer}" if number and issuer else ""


def _read(hashes: bytes) -> Sketch:
    return np.frombuffer(hashes, "<u4").astype(np.uint32)
