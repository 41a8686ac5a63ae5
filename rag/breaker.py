"""Leaves a failing server alone for a while: after some failures nobody calls it, then one caller tries."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock


class BreakerOpenError(RuntimeError):
    """The server failed too often just now and is not called."""


class Breaker:
    """`failures` within `within` seconds open it for `rest` seconds; then one probe decides. Thread-safe."""

    def __init__(
        self,
        failures: int = 5,
        within: float = 60.0,
        rest: float = 30.0,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most, self._within, self._rest, self._now = failures, within, rest, now
        self._failed_at: deque[float] = deque(maxlen=failures)
        self._opened_at: float | None = None
        self._probing = False
        self._lock = Lock()

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Surrounds one call. Raises `BreakerOpenError`. An `Exception` from inside counts as a failure.

        A caller that leaves (`GeneratorExit`) says nothing of the server: it counts neither way.
        """
        probe = self._enter()
        try:
            yield
        except Exception:
            self._failed(probe)
            raise
        except BaseException:
            self._left(probe)
            raise
        self._succeeded(probe)

    def _enter(self) -> bool:
        with self._lock:
            if self._opened_at is None:
                return False
            if self._probing or self._now() < self._opened_at + self._rest:
                raise BreakerOpenError
            self._probing = True
            return True

    def _failed(self, probe: bool) -> None:
        with self._lock:
            now = self._now()
            if probe:
                self._opened_at, self._probing = now, False
            elif self._opened_at is None:
                self._failed_at.append(now)
                if len(self._failed_at) == self._most and now - self._failed_at[0] <= self._within:
                    self._opened_at = now
                    self._failed_at.clear()

    def _left(self, probe: bool) -> None:
        with self._lock:
            self._probing = self._probing and not probe

    def _succeeded(self, probe: bool) -> None:
        with self._lock:
            if probe:
                self._opened_at, self._probing = None, False
