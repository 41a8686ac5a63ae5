"""Documents that are nearly the same as one just stored, and other versions of it: the same number and issuer."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import numpy as np

from corpus.document import Document
from corpus.likeness import Sketch, likeness, sketch
from index.access import Groups, written
from index.records import key

ENOUGH = 0.8  # of the shingles in common: nearly the same
PROBES = 8  # smallest hashes by which candidates are found …
SHARED = 3  # … of which so many are shared; at `ENOUGH` fewer are in one case of 800
FORMULA = 200  # documents from which on a hash in common is of a formula that all letters have
_MOST = 20  # candidates compared


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


def insert_sketch(connection: sqlite3.Connection, row: int, document: Document) -> None:
    made = sketch(document.text)
    connection.execute(
        "INSERT INTO sketches (document, version, hashes) VALUES (?,?,?)",
        (row, _version(document), made.astype("<u4").tobytes()),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO probes (hash, document) VALUES (?,?)", [(int(hash), row) for hash in made[:PROBES]]
    )


def find_similar(connection: sqlite3.Connection, row: int, without: int | None, groups: Groups) -> Similar | None:
    """The most alike of the other documents, among those that everybody or the same groups may see."""
    version, own = connection.execute("SELECT version, hashes FROM sketches WHERE document = ?", (row,)).fetchone()
    rows = connection.execute(
        "SELECT d.id, d.file, s.hashes, s.version FROM sketches s JOIN documents d ON d.row = s.document"
        " WHERE s.document IN (SELECT document FROM (SELECT other.document, count(*) AS shared FROM probes own"
        " JOIN probes other ON other.hash = own.hash WHERE own.document = ?1"
        " AND NOT EXISTS (SELECT 1 FROM probes WHERE hash = own.hash LIMIT 1 OFFSET ?5)"
        " GROUP BY other.document HAVING shared >= min(?6, (SELECT count(*) FROM probes WHERE document = ?1))"
        " ORDER BY shared DESC LIMIT ?7)"
        " UNION SELECT document FROM sketches WHERE version = ?2 AND version != '')"
        " AND s.document NOT IN (?1, ?3) AND d.access IN ('[]', ?4)",
        (row, version, without or row, written(groups), FORMULA, SHARED, _MOST),
    )
    found = [
        Similar(id, file, likeness(_read(own), _read(hashes)), bool(version) and other == version)
        for id, file, hashes, other in rows
    ]
    near = [each for each in found if each.share >= ENOUGH or each.version]
    return max(near, key=lambda each: (each.share, each.version), default=None)


def _version(document: Document) -> str:
    """Number and issuer, written any way; empty when either is unknown."""
    number, issuer = key(document.header.number), key(document.header.issuer)
    return f"{number}|{issuer}" if number and issuer else ""


def _read(hashes: bytes) -> Sketch:
    return np.frombuffer(hashes, "<u4").astype(np.uint32)
