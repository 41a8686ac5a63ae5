"""An async stream of text, read by a thread: in time, bounded, and stopped when the reader leaves."""

from __future__ import annotations

import asyncio
import random
import sys
from collections import deque
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any


@dataclass(frozen=True, slots=True)
class Limits:
    """How long one reply may take, in seconds, and how much of it is read."""

    connect: float = 3.0
    first: float = 15.0  # until the first piece, a second try included
    gap: float = 10.0  # between two pieces
    whole: float = 60.0
    pause: float = 0.5  # the longest wait before the second try
    tokens: int = 1000  # that the server is asked for, and pieces that are read
    characters: int = 8000


Stream = AsyncGenerator[str, None]
USUAL = Limits()
_LAST_PIECES = 100  # that may be at hand already when a stream is ended
_LEFT: deque[AsyncGenerator[Any, Any]] = deque()  # that a package dropped unfinished, mostly where a reply breaks
_TEND = 1.0  # seconds between looks at those
_TASKS: set[asyncio.Task[None]] = set()


def read(open: Callable[[], Stream], passing: Callable[[Exception], bool], limits: Limits) -> Iterator[str]:
    """The pieces of `open()` as they come; opened again when it fails before the first and `passing(error)`.

    Raises `TimeoutError`, or what the stream raised. Closing the iterator cancels the stream.
    """
    return _drained(lambda put: _tried(open, passing, limits, put))


async def _tried(
    open: Callable[[], Stream],
    passing: Callable[[Exception], bool],
    limits: Limits,
    put: Callable[[str], None],
) -> None:
    reading = _Reading(limits, put, asyncio.get_running_loop().time())
    try:
        return await reading.all(open())
    except Exception as error:
        if reading.characters or not passing(error):
            raise
    await asyncio.sleep(random.uniform(limits.pause / 5, limits.pause))
    await reading.all(open())


class _Reading:
    """What was read so far, by when the next piece is due, and when enough was read."""

    def __init__(self, limits: Limits, put: Callable[[str], None], begun: float) -> None:
        self._limits, self._put = limits, put
        self._end = begun + limits.whole
        self._due = begun + limits.first
        self._pieces = 0
        self.characters = 0

    async def all(self, pieces: Stream) -> None:
        try:
            while self.characters < self._limits.characters and self._pieces < self._limits.tokens:
                async with asyncio.timeout_at(min(self._due, self._end)):
                    piece = await pieces.__anext__()  # bare: the wrapper of `anext(pieces, None)` can outlive a timeout
                if piece:
                    self._took(piece)
        except StopAsyncIteration:
            return
        finally:
            await asyncio.shield(_task(_close(pieces)))  # one who leaves may cancel this in the midst of closing

    def _took(self, piece: str) -> None:
        piece = piece[: self._limits.characters - self.characters]
        self._pieces += 1
        self.characters += len(piece)
        self._due = asyncio.get_running_loop().time() + self._limits.gap
        self._put(piece)


async def _close(pieces: Stream) -> None:
    """Ends a stream from its innermost generator outwards, so that none is left for the garbage collector to close.

    A stream that waits is cancelled where it waits; closed from outside, the generators that it is made of would be
    dropped one by one and closed at once, in any order, by tasks of the collector's making.
    """
    for _ in range(_LAST_PIECES):
        waiting = asyncio.ensure_future(pieces.__anext__())
        done, _pending = await asyncio.wait([waiting], timeout=0)
        if not done:
            waiting.cancel()
            await asyncio.wait([waiting])
        if waiting.cancelled() or waiting.exception() is not None:
            break
    await pieces.aclose()


def _drained(pump: Callable[[Callable[[str], None]], Coroutine[Any, Any, None]]) -> Iterator[str]:
    """What `pump` puts until it returns; its error is raised here, and it is cancelled when nobody reads."""
    pieces: SimpleQueue[str | Exception | None] = SimpleQueue()
    left = Event()

    def put(piece: str) -> None:
        if left.is_set():  # wait_for of Python 3.11 may swallow a cancellation
            raise asyncio.CancelledError
        pieces.put(piece)

    async def pumped() -> None:
        try:
            await pump(put)
        except Exception as error:
            pieces.put(error)
        finally:
            pieces.put(None)

    future = asyncio.run_coroutine_threadsafe(pumped(), loop())
    try:
        while (piece := pieces.get()) is not None:
            if isinstance(piece, Exception):
                raise piece
            yield piece
    finally:
        left.set()
        future.cancel()


@cache
def loop() -> asyncio.AbstractEventLoop:
    """The process's one loop for waiting on servers, in its own thread; connections outlive a call."""
    waiting = asyncio.new_event_loop()
    waiting.call_soon(_tend)
    Thread(target=waiting.run_forever, name="hoi-llm", daemon=True).start()
    return waiting


def _tend() -> None:
    """From here on, generators that nobody ended are ended by this loop, one after another.

    The collector may find them in any thread. The loop's own hook starts closing the first while the collector is still
    at the others of its chain, which then fail: "already executing". A deque's `append` lets no other thread in.
    """
    sys.set_asyncgen_hooks(finalizer=_LEFT.append)
    if _LEFT:
        _task(_end_left())
    else:
        asyncio.get_running_loop().call_later(_TEND, _tend)


async def _end_left() -> None:
    while _LEFT:
        with suppress(Exception):
            await asyncio.wait_for(_LEFT.popleft().aclose(), _TEND)
    asyncio.get_running_loop().call_later(_TEND, _tend)


def _task(work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """A task of the running loop that lasts until it is done; a loop by itself holds its tasks weakly."""
    task = asyncio.ensure_future(work)
    _TASKS.add(task)
    task.add_done_callback(_TASKS.discard)
    return task
