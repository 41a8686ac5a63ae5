"""Streams read by a thread end from the inside outwards, whoever ends them."""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
import time
from collections.abc import AsyncGenerator
from typing import cast

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


def test_what_a_package_dropped_is_ended_by_the_loop_whichever_thread_collects_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    failed: list[object] = []
    ended: list[str] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda unraisable: failed.append(unraisable.exc_value))

    async def layer(depth: int) -> AsyncGenerator[str, None]:
        inner = layer(depth - 1) if depth else None
        try:
            yield "a" if inner is None else await inner.__anext__()
        finally:
            if inner is not None:
                await inner.aclose()
            time.sleep(0.002)  # where another thread gets its turn
            ended.append(threading.current_thread().name)

    async def broken() -> AsyncGenerator[str, None]:
        kept: list[object] = [layer(8)]
        kept.append(kept)  # so that only the collector finds it
        yield await cast("AsyncGenerator[str, None]", kept[0]).__anext__()
        raise ValueError("broken")

    gc.disable()
    try:
        for _ in range(60):
            with pytest.raises(ValueError, match="broken"):
                list(read(broken, never, Limits()))
        gc.collect()
    finally:
        gc.enable()
    until = time.monotonic() + 20
    while len(ended) < 60 * 9 and time.monotonic() < until:
        time.sleep(0.05)
    assert (failed, ended) == ([], ["hoi-llm"] * 60 * 9)
