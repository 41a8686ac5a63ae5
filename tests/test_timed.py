"""Streams read by a thread end from the inside outwards, whoever ends them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator

import pytest

from rag.timed import Limits, loop, read


class Layers:
    """A stream within a stream, as chat models are made; `ended` says which layer ended first."""

    def __init__(self, endless: bool = False) -> None:
        self.ended: list[str] = []
        self._endless = endless

    async def inner(self) -> AsyncGenerator[str, None]:
        try:
            yield "a"
            while self._endless:
                yield "b"
            await asyncio.sleep(60)
        finally:
            self.ended.append("inner")

    async def outer(self) -> AsyncGenerator[str, None]:
        try:
            async for piece in self.inner():
                yield piece
        finally:
            self.ended.append("outer")


def never(error: Exception) -> bool:
    return False


def test_at_the_limit() -> None:
    layers = Layers()
    assert list(read(layers.outer, never, Limits(characters=1))) == ["a"]
    assert layers.ended == ["inner", "outer"]


def test_when_time_is_up() -> None:
    layers = Layers()
    with pytest.raises(TimeoutError):
        list(read(layers.outer, never, Limits(gap=0.05)))
    assert layers.ended == ["inner", "outer"]


def test_when_the_reader_leaves() -> None:
    layers = Layers()
    pieces = read(layers.outer, never, Limits())
    assert next(pieces) == "a"
    pieces.close()  # type: ignore[attr-defined]
    until = time.monotonic() + 5
    while asyncio.all_tasks(loop()) and time.monotonic() < until:
        time.sleep(0.01)
    assert layers.ended == ["inner", "outer"]


def test_a_stream_that_never_waits_is_ended_too() -> None:
    layers = Layers(endless=True)
    assert list(read(layers.outer, never, Limits(characters=5))) == ["a", "b", "b", "b", "b"]
    assert layers.ended[0] == "outer"  # closed from outside
