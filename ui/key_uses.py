"""When each key was last used: noted at every call, written now and then."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from ui.auth import Keys

FRESH = timedelta(minutes=1)  # what is on the disk may be this old


class Uses:
    """Safe to share between threads."""

    def __init__(self, keys: Keys) -> None:
        self._keys, self._lock = keys, threading.Lock()
        self._seen, self._written = dict[str, datetime](), dict[str, datetime]()

    def note(self, key: str) -> None:
        """Costs no more than an entry in a table."""
        with self._lock:
            self._seen[key] = datetime.now(UTC)

    def write(self, last: bool = False) -> None:
        """Writes what is no longer fresh enough on the disk; `last`: all of it. Raises `StoreError`."""
        never = datetime.min.replace(tzinfo=UTC)
        with self._lock:
            old = {id: at for id, at in self._seen.items() if last or at - self._written.get(id, never) >= FRESH}
            for id in old:
                self._written[id] = self._seen.pop(id)
        if old:
            self._keys.used(old)
