"""How the assistant is used: counted from the conversations that are kept, so that what is erased counts no more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from corpus.text import tokens
from index.database import Database
from rag.answer import Reason

MISSING = 20  # refused questions that are told
PERCENTILES = (50, 95, 99)


@dataclass(frozen=True, slots=True)
class Day:
    day: date  # of the server's own clock
    questions: int
    refused: int


@dataclass(frozen=True, slots=True)
class Missing:
    """A question that the documents did not answer, however it was typed."""

    question: str  # as understood the last time
    times: int
    last_at: datetime
    reason: Reason


@dataclass(frozen=True, slots=True)
class Share:
    """One key's part; `owner` is its id."""

    owner: str
    questions: int
    refused: int


@dataclass(frozen=True, slots=True)
class Usage:
    questions: int
    refused: int
    up: int
    down: int
    latency_ms: dict[int, float]  # by percentile
    days: tuple[Day, ...]  # every one of the period, the first one first
    missing: tuple[Missing, ...]  # the most frequent first
    owners: tuple[Share, ...]  # the busiest first


@dataclass(frozen=True, slots=True)
class _Turn:
    owner: str
    at: datetime
    understood: str
    reason: Reason | None
    milliseconds: float
    rating: str | None


_TURNS = """SELECT c.owner, t.at, json_extract(answer_json, '$.understood'), json_extract(answer_json, '$.reason'),
  (SELECT sum(value) FROM json_each(answer_json, '$.timings_ms')), f.rating
  FROM turns t JOIN conversations c ON c.id = t.conversation
  LEFT JOIN feedback f ON f.answer_id = t.answer_id AND f.owner = c.owner WHERE t.at >= ? ORDER BY t.at"""
_LATEST = "SELECT json_extract(answer_json, '$.question') FROM turns ORDER BY at DESC LIMIT ?"


def usage(database: Database, days: int, now: datetime | None = None) -> Usage:
    """The last `days` days, today included."""
    last = (now or datetime.now(UTC)).astimezone().date()
    first = last - timedelta(days=days - 1)
    since = datetime(first.year, first.month, first.day).astimezone().astimezone(UTC)
    with database.read() as connection:
        rows = connection.execute(_TURNS, (since.isoformat(),)).fetchall()
    turns = [_Turn(owner, datetime.fromisoformat(at), *rest) for owner, at, *rest in rows]
    refused = [turn for turn in turns if turn.reason]
    rated = Counter(turn.rating for turn in turns)
    return Usage(
        questions=len(turns),
        refused=len(refused),
        up=rated["up"],
        down=rated["down"],
        latency_ms=_percentiles([turn.milliseconds or 0.0 for turn in turns]),
        days=_by_day(turns, [first + timedelta(days=n) for n in range(days)]),
        missing=_missing(refused),
        owners=_by_owner(turns),
    )


def recent_questions(database: Database, n: int, looked_at: int = 50) -> list[str]:
    """The last `n` different questions that were asked, the latest first."""
    with database.read() as connection:
        rows = connection.execute(_LATEST, (looked_at,)).fetchall()
    return list({_key(question): question for (question,) in reversed(rows)}.values())[::-1][:n]


def _by_day(turns: Sequence[_Turn], days: Sequence[date]) -> tuple[Day, ...]:
    asked = Counter(turn.at.astimezone().date() for turn in turns)
    refused = Counter(turn.at.astimezone().date() for turn in turns if turn.reason)
    return tuple(Day(day, asked[day], refused[day]) for day in days)


def _missing(refused: Sequence[_Turn]) -> tuple[Missing, ...]:
    groups: defaultdict[str, list[_Turn]] = defaultdict(list)
    for turn in refused:
        groups[_key(turn.understood)].append(turn)
    found = [Missing(group[-1].understood, len(group), group[-1].at, group[-1].reason) for group in groups.values()]  # type: ignore[arg-type]
    return tuple(sorted(found, key=lambda one: (one.times, one.last_at), reverse=True)[:MISSING])


def _by_owner(turns: Sequence[_Turn]) -> tuple[Share, ...]:
    asked = Counter(turn.owner for turn in turns)
    refused = Counter(turn.owner for turn in turns if turn.reason)
    return tuple(Share(owner, n, refused[owner]) for owner, n in asked.most_common())


def _percentiles(values: Sequence[float]) -> dict[int, float]:
    """The nearest-rank percentiles; none of nothing."""
    ordered = sorted(values)
    return {p: round(ordered[-(-p * len(ordered) // 100) - 1], 1) for p in PERCENTILES} if ordered else {}


def _key(question: str) -> str:
    return " ".join(token.folded for token in tokens(question))
