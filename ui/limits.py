"""How often a key may call: a token bucket for each, and for the audit log's lines about those turned away."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from index import audit
from index.database import Database

Now = Callable[[], float]
TOLD = 64  # different refusals that are told apart while they wait to be written
LINES_A_MINUTE, LINES_AT_ONCE = 10, 30
NOBODY = "—"


@dataclass(frozen=True, slots=True)
class Rate:
    """`each_minute` calls in the long run, `at_once` in a burst; 0 a minute: no limit."""

    each_minute: int
    at_once: int

    def __post_init__(self) -> None:
        if self.each_minute < 0 or self.at_once < 1:
            raise ValueError(f"a rate of {self.each_minute} a minute, {self.at_once} at once")


class Bucket:
    """Tokens that come back with time: `rate.at_once` at most. Safe to share between threads."""

    def __init__(self, rate: Rate, now: Now = time.monotonic) -> None:
        self._rate, self._now, self._lock = rate, now, threading.Lock()
        self._tokens, self._at = float(rate.at_once), now()

    def take(self) -> float:
        """Seconds to wait; 0 when there was a token, which is then gone."""
        if not self._rate.each_minute:
            return 0.0
        a_second = self._rate.each_minute / 60
        with self._lock:
            now = self._now()
            self._tokens = min(self._rate.at_once, self._tokens + (now - self._at) * a_second)
            self._at = now
            if self._tokens >= 1:
                self._tokens -= 1
                return 0.0
            return (1 - self._tokens) / a_second


class Limits:
    """A bucket for each key. Only keys that exist are asked about, so there are never many."""

    def __init__(self, rate: Rate, now: Now = time.monotonic) -> None:
        self._rate, self._now, self._buckets = rate, now, dict[str, Bucket]()

    def take(self, key: str) -> float:
        """Seconds until the key may call again; 0 when it may now."""
        return self._buckets.setdefault(key, Bucket(self._rate, self._now)).take()


@dataclass(frozen=True, slots=True, order=True)
class Denial:
    """Whom (a key's id, or an address) was refused what (a route), and how (a status)."""

    actor: str
    route: str
    status: int


class Denials:
    """Refusals on their way into the audit log: counted at once, written together, a flood in few lines."""

    def __init__(self, database: Database, now: Now = time.monotonic) -> None:
        self._database, self._lock = database, threading.Lock()
        self._waiting: Counter[Denial] = Counter()
        self._lines = Bucket(Rate(LINES_A_MINUTE, LINES_AT_ONCE), now)

    def note(self, denial: Denial) -> None:
        """Costs no more than a count, whoever asks however often."""
        with self._lock:
            if denial not in self._waiting and len(self._waiting) >= TOLD:
                denial = Denial(NOBODY, NOBODY, denial.status)
            self._waiting[denial] += 1

    def write(self, last: bool = False) -> None:
        """Writes what waits, as far as the log's own limit allows; `last`: all of it. Raises `StoreError`."""
        with self._lock:
            chosen = {each: n for each, n in sorted(self._waiting.items()) if last or not self._lines.take()}
            for each in chosen:
                del self._waiting[each]
        if not chosen:
            return
        with self._database.write() as connection:
            for each, n in chosen.items():
                audit.append(connection, each.actor, "deny", each.route, f"{each.status} × {n}")
