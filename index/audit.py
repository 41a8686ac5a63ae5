"""The log of what was done to the store: only ever appended to, each line sealed with the hash of the one before."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

Action = Literal[
    "upload",
    "replace",
    "remove",
    "correct",
    "backup",
    "key",
    "login",
    "logout",
    "deny",
    "forget",
    "setting",
    "abbreviation",
    "place",
]


@dataclass(frozen=True, slots=True)
class Entry:
    number: int  # from 1
    at: str  # ISO 8601, UTC
    actor: str
    action: str
    subject: str  # a document's or a key's id
    detail: str
    hash: str

    def seal(self, before: str) -> str:
        fields = [before, self.number, self.at, self.actor, self.action, self.subject, self.detail]
        return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()


_LINES = "SELECT number, at, actor, action, subject, detail, hash FROM audit"


def append(connection: sqlite3.Connection, actor: str, action: Action, subject: str, detail: str = "") -> None:
    """Adds a line inside the caller's transaction, so that it stands if and only if the deed does."""
    last = connection.execute("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1").fetchone()
    number, before = last or (0, "")
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    entry = Entry(number + 1, at, actor, action, subject, detail, "")
    connection.execute(
        "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)",
        (entry.number, at, actor, action, subject, detail, entry.seal(before)),
    )


def entries(connection: sqlite3.Connection) -> Iterator[Entry]:
    for row in connection.execute(f"{_LINES} ORDER BY number"):
        yield Entry(*row)


def latest(connection: sqlite3.Connection, before: int | None = None, action: str = "") -> Iterator[Entry]:
    """The last line first: of those before a number, and of one action, where they are given."""
    narrowed = "WHERE (?1 IS NULL OR number < ?1) AND (?2 = '' OR action = ?2)"
    for row in connection.execute(f"{_LINES} {narrowed} ORDER BY number DESC", (before, action)):
        yield Entry(*row)


def count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM audit").fetchone()[0])


def first_broken(connection: sqlite3.Connection) -> int | None:
    """The number of the first line that was changed, or follows one that was removed; None when all is sound."""
    before, expected = "", 1
    for entry in entries(connection):
        if entry.number != expected or entry.seal(before) != entry.hash:
            return expected
        before, expected = entry.hash, expected + 1
    return None
