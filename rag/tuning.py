"""Settings that an administrator changes while the program runs: kept in the store with their history, each audited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime

from pydantic import TypeAdapter

from index import audit
from index.database import Database


@dataclass(frozen=True, slots=True)
class Tuning:
    """What was chosen; None: as the program or its environment has it."""

    threshold: float | None = None  # confidence from which a question is answered
    k: int | None = None  # passages returned where the request does not say how many
    llm: bool = True  # False: quotes alone, though a language model is set
    reranker: bool = True  # False: without the cross-encoder that is set
    retention_days: int | None = None  # 0: conversations are kept for good


@dataclass(frozen=True, slots=True)
class Step:
    """One change; `before` is what taking it back restores."""

    number: int
    at: datetime
    actor: str
    name: str
    before: float | bool | None
    after: float | bool | None


UNCHANGED = Tuning()
NAMES = tuple(field.name for field in fields(Tuning))
_TUNING = TypeAdapter(Tuning)
_VALUE: TypeAdapter[float | bool | None] = TypeAdapter(int | float | bool | None)
_HISTORY = "SELECT number, at, actor, name, value FROM settings ORDER BY number"


class Tunings:
    """The settings in the store's database: the last value of each stands."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def current(self) -> Tuning:
        return _TUNING.validate_python({step.name: step.after for step in self.history() if step.name in NAMES})

    def history(self) -> list[Step]:
        """Every change, the first one first."""
        with self._database.read() as connection:
            return list(_steps(connection.execute(_HISTORY).fetchall()))

    def change(self, wanted: Tuning, actor: str) -> int:
        """Keeps what differs from what stands; returns how many settings did."""
        now, standing = datetime.now(UTC).isoformat(), self.current()
        changed = [name for name in NAMES if getattr(wanted, name) != getattr(standing, name)]
        with self._database.write() as connection:
            for name in changed:
                before, after = (_VALUE.dump_json(getattr(each, name)).decode() for each in (standing, wanted))
                connection.execute(
                    "INSERT INTO settings (at, actor, name, value) VALUES (?, ?, ?, ?)", (now, actor, name, after)
                )
                audit.append(connection, actor, "setting", name, f"{before} → {after}")
            if changed:
                Database.touch(connection)
        return len(changed)


def _steps(rows: list[tuple[int, str, str, str, str]]) -> Iterator[Step]:
    standing: dict[str, float | bool | None] = {name: getattr(UNCHANGED, name) for name in NAMES}
    for number, at, actor, name, json in rows:
        value = _VALUE.validate_json(json)
        yield Step(number, datetime.fromisoformat(at), actor, name, standing.get(name), value)
        standing[name] = value
