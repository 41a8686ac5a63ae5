"""How often the searchable form grows while very much comes in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from index.database import StoreBusyError
from index.durable import locked

if TYPE_CHECKING:
    from types import TracebackType

_RARELY = 8.0  # times as long as a step took passes before the next …
_AT_MOST = 60.0  # … but no more seconds


class Pace:
    """Of one `add`: its first batch is searchable at once, later ones after a while; growing stays a small part of it.

    Whoever puts growing off holds a lock by which readers, also of other processes, know that it will be done.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held = ExitStack()
        self._alone = False  # whether the lock is ours
        self._batches = 0
        self._due = 0.0
        self.behind = False

    def __enter__(self) -> Pace:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._held.close()

    def is_due(self) -> bool:
        """Whether the batch just stored is to be searchable now."""
        self._batches += 1
        if self._batches > 1 and not self._alone:
            with suppress(StoreBusyError):
                self._held.enter_context(growing(self._folder))
                self._alone = True
        self.behind = self._alone and time.monotonic() < self._due
        return not self.behind

    @contextmanager
    def step(self) -> Iterator[None]:
        """Around a step of growing."""
        started = time.monotonic()
        yield
        ended = time.monotonic()
        self._due = ended + min(_RARELY * (ended - started), _AT_MOST)
        self.behind = False


@contextmanager
def growing(folder: Path) -> Iterator[None]:
    """Raises `StoreBusyError` while somebody else sees to it that the searchable form grows."""
    with locked(folder / "LOCK.growth", wait=0):
        yield
