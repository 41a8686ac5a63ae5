"""The bounded pool for the CPU's work: the event loop never waits, and overload is refused at once."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from typing import Any, TypeVar

T = TypeVar("T")
WAITING = 8  # requests that may wait; the next one gets 503
RETRY_SECONDS = 2
GRACE_SECONDS = 5.0


class BusyError(RuntimeError):
    """All workers have work and the queue is full."""


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Pool:
    """Threads for synchronous work. A slot is held until the work ends, even when whoever asked has left."""

    def __init__(self, workers: int, waiting: int = WAITING) -> None:
        self._executor = ThreadPoolExecutor(workers, thread_name_prefix="hoi")
        self._size = workers + waiting
        self._held, self._lock = set[Future[Any]](), threading.Lock()

    @property
    def held(self) -> int:
        """Slots taken, by running and by waiting work."""
        return len(self._held)

    @property
    def full(self) -> bool:
        return len(self._held) >= self._size

    async def run(self, work: Callable[[], T]) -> T:
        """What `work()` returns. Raises `BusyError`."""
        return await asyncio.wrap_future(self._submit(work))

    def stream(self, work: Callable[[], Iterator[T]]) -> AsyncIterator[T]:
        """The items of `work()`, begun now; closing stops the work at its next item. Raises `BusyError`."""
        loop, items, left = asyncio.get_running_loop(), asyncio.Queue[T | None](), threading.Event()

        def pump() -> None:
            try:
                for item in work():
                    if left.is_set():
                        return
                    loop.call_soon_threadsafe(items.put_nowait, item)
            finally:
                if not left.is_set():
                    loop.call_soon_threadsafe(items.put_nowait, None)

        return _drain(self._submit(pump), items, left)

    def close(self, seconds: float = GRACE_SECONDS) -> None:
        """Starts nothing any more, and gives what runs so long to end."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        wait(set(self._held), seconds)

    def _submit(self, work: Callable[[], T]) -> Future[T]:
        with self._lock:
            if self.full:
                raise BusyError
            future = self._executor.submit(copy_context().run, work)
            self._held.add(future)
        future.add_done_callback(self._free)
        return future

    def _free(self, future: Future[T]) -> None:
        with self._lock:
            self._held.discard(future)


async def _drain(work: Future[None], items: asyncio.Queue[T | None], left: threading.Event) -> AsyncIterator[T]:
    try:
        while (item := await items.get()) is not None:
            yield item
        await asyncio.wrap_future(work)  # raises what the work raised
    finally:
        left.set()
        work.cancel()
