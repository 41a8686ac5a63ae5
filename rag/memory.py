"""Conversations: the turns that make a follow-up whole, kept for their owner only, and their ratings."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal

from pydantic import TypeAdapter

from corpus.document import Document
from corpus.text import fold
from index import audit
from index.database import Database
from rag.answer import Answer, Citation, Filters, Turn

HISTORY = 6  # turns that a follow-up may lean on
TITLE_LENGTH = 80
Rating = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Where an answer was looked for; everywhere, when nothing is set."""

    document_ids: tuple[str, ...] | None = None
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class Conversation:
    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    turns: int


@dataclass(frozen=True, slots=True)
class Remembered:
    """A past answer. `withdrawn`: markers whose quote is no longer found, their document being gone."""

    answer: Answer
    at: datetime
    rating: Rating | None = None
    withdrawn: tuple[int, ...] = ()
    narrowing: Narrowing = field(default_factory=Narrowing)


_ANSWER = TypeAdapter(Answer)
_NARROWING = TypeAdapter(Narrowing)


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer that somebody judged down, and why."""

    answer: Answer
    reason: str | None
    at: datetime


class Memory:
    """Conversations in the store's database. Ids are chosen by clients, so each owner has ids of his own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def history(self, owner: str, id: str, n: int = HISTORY) -> tuple[Turn, ...]:
        """The last `n` turns, oldest first; none where the owner has no such conversation."""
        query = "SELECT answer_json FROM turns WHERE conversation = ? ORDER BY ordinal DESC LIMIT ?"
        with self._database.read() as connection:
            rows = connection.execute(query, (_key(owner, id), n)).fetchall()
        return tuple(Turn.of(_ANSWER.validate_json(json)) for (json,) in reversed(rows))

    def remember(self, owner: str, id: str, answer: Answer, narrowing: Narrowing | None = None) -> None:
        """Add a turn; the first question is the title. Durable when it returns."""
        key, now = _key(owner, id), datetime.now(UTC).isoformat()
        json = (_ANSWER.dump_json(answer).decode(), _NARROWING.dump_json(narrowing or Narrowing()).decode())
        with self._database.write() as connection:
            connection.execute(
                "INSERT INTO conversations VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at",
                (key, owner, _title(answer.question), now, now),
            )
            connection.execute(
                "INSERT INTO turns (conversation, ordinal, answer_id, at, answer_json, narrowed)"
                " SELECT ?, coalesce(max(ordinal), 0) + 1, ?, ?, ?, ? FROM turns WHERE conversation = ?",
                (key, answer.id, now, *json, key),
            )

    def conversations(self, owner: str, n: int = 100, words: str = "") -> list[Conversation]:
        """The owner's conversations, the latest first; with `words`, those whose title or questions hold them all."""
        wanted = fold(words).split()
        with self._database.read() as connection:
            rows = connection.execute(
                f"{_SUMMARY} WHERE c.owner = ? {_LATEST}", (owner, -1 if wanted else n)
            ).fetchall()
            asked = dict(connection.execute(_ASKED, (owner,)).fetchall()) if wanted else {}
        told = [(fold(f"{row[1]} {asked.get(row[0], '')}"), row) for row in rows]
        return [_conversation(owner, row) for text, row in told if all(word in text for word in wanted)][:n]

    def conversation(
        self, owner: str, id: str, document: Callable[[str], Document | None]
    ) -> tuple[Conversation, list[Remembered]] | None:
        """A conversation, each citation checked anew in `document(id)`; None for all but its owner."""
        with self._database.read() as connection:
            row = connection.execute(f"{_SUMMARY} WHERE c.id = ?", (_key(owner, id),)).fetchone()
            turns = connection.execute(_TURNS, (owner, _key(owner, id))).fetchall()
        if row is None:
            return None
        return _conversation(owner, row), [_resolved(turn, document) for turn in map(_remembered, turns)]

    def rename(self, owner: str, id: str, title: str) -> bool:
        change = "UPDATE conversations SET title = ? WHERE id = ?"
        with self._database.write() as connection:
            return connection.execute(change, (title, _key(owner, id))).rowcount == 1

    def forget(self, owner: str, id: str) -> bool:
        """Remove a conversation with its turns; False where the owner has none of that id."""
        with self._database.write() as connection:
            return _removed(connection, "id = ?", _key(owner, id)) == 1

    def erase(self, owner: str, actor: str) -> int:
        """Remove all that an owner asked or judged, and every trace on the disk; returns how many conversations."""
        with self._database.write() as connection:
            found = _removed(connection, "owner = ?", owner)
            audit.append(connection, actor, "forget", owner, f"{found}")
        self._database.settle()
        return found

    def expire(self, before: datetime, actor: str) -> int:
        """Remove the conversations that nobody has gone on with since; returns how many."""
        with self._database.write() as connection:
            found = _removed(connection, "updated_at < ?", before.astimezone(UTC).isoformat())
            if found:
                audit.append(connection, actor, "forget", f"before {before:%Y-%m-%d}", f"{found}")
        self._database.settle()
        return found

    def judged_down(self, n: int = 200) -> list[Judged]:
        """The answers, of all owners, that were judged down, the latest first; whose they were is not told."""
        with self._database.read() as connection:
            rows = connection.execute(_JUDGED, (n,)).fetchall()
        return [Judged(_ANSWER.validate_json(json), reason, datetime.fromisoformat(at)) for json, reason, at in rows]

    def rate(self, owner: str, answer_id: str, rating: Rating, reason: str | None) -> bool:
        """Keep the owner's judgement of an answer, the last one standing; False where it is not his own."""
        turn = "SELECT 1 FROM turns JOIN conversations ON id = conversation WHERE answer_id = ? AND owner = ?"
        now = datetime.now(UTC).isoformat()
        with self._database.write() as connection:
            if connection.execute(turn, (answer_id, owner)).fetchone() is None:
                return False
            connection.execute(
                "INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?, ?)",
                (answer_id, owner, rating, reason, now),
            )
        return True


_JUDGED = """SELECT answer_json, reason, f.at FROM feedback f JOIN turns t ON t.answer_id = f.answer_id
  WHERE rating = 'down' ORDER BY f.at DESC, f.answer_id LIMIT ?"""
_SUMMARY = """SELECT c.id, c.title, c.created_at, c.updated_at,
  (SELECT count(*) FROM turns WHERE conversation = c.id) FROM conversations c"""
_LATEST = "ORDER BY c.updated_at DESC, c.id LIMIT ?"
_ASKED = """SELECT conversation, group_concat(json_extract(answer_json, '$.question'), ' ')
  FROM turns JOIN conversations ON id = conversation WHERE owner = ? GROUP BY conversation"""
_TURNS = """SELECT answer_json, t.at, rating, narrowed FROM turns t
  LEFT JOIN feedback f ON f.answer_id = t.answer_id AND f.owner = ? WHERE conversation = ? ORDER BY ordinal"""


def _removed(connection: sqlite3.Connection, which: str, value: str) -> int:
    """Removes conversations with their turns and what was thought of their answers; returns how many."""
    found = connection.execute(f"DELETE FROM conversations WHERE {which}", (value,)).rowcount
    connection.execute("DELETE FROM feedback WHERE answer_id NOT IN (SELECT answer_id FROM turns)")
    return found


def _key(owner: str, id: str) -> str:
    return f"{owner}/{id}"


def _title(question: str) -> str:
    line = " ".join(question.split())
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def _conversation(owner: str, row: sqlite3.Row | tuple[str, str, str, str, int]) -> Conversation:
    key, title, created, updated, turns = row
    id = key.removeprefix(f"{owner}/")
    return Conversation(id, title, datetime.fromisoformat(created), datetime.fromisoformat(updated), turns)


def _remembered(row: tuple[str, str, Rating | None, str]) -> Remembered:
    json, at, rating, narrowed = row
    narrowing = _NARROWING.validate_json(narrowed)
    return Remembered(_ANSWER.validate_json(json), datetime.fromisoformat(at), rating, narrowing=narrowing)


def _resolved(turn: Remembered, document: Callable[[str], Document | None]) -> Remembered:
    """The turn with only what the documents still say, letter for letter."""
    answer = turn.answer
    held = tuple(each for each in answer.citations if _holds(each, document(each.document_id)))
    passages = tuple(each for each in answer.passages if document(each.document_id) is not None)
    gone = tuple(each.marker for each in answer.citations if each not in held)
    return replace(turn, answer=replace(answer, citations=held, passages=passages), withdrawn=gone)


def _holds(citation: Citation, document: Document | None) -> bool:
    return document is not None and document.text[citation.start : citation.end] == citation.quote
