"""An OpenAI-compatible server of adjustable speed, which replies what a function makes of a prompt.

By default these are the first words of the first passage it is given.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_PASSAGE = re.compile(r"===== \S+ đoạn \[1\][^\n]*\n(.*?)\n=====", re.DOTALL)
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
WORDS = 60  # of an answer

Reply = Callable[[str], Iterator[str]]  # the pieces of what is said to a prompt


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds until the first token, and between two."""

    first: float = 0.3
    gap: float = 0.015


async def serve(speed: Speed, reply: Reply | None = None) -> asyncio.Server:
    """A server on a free port of loopback."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await _answer(await _body(reader), writer, speed, reply or pieces)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the caller has left
        finally:
            writer.close()

    return await asyncio.start_server(handle, "127.0.0.1", 0, backlog=1024)


async def _body(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    found = re.search(rb"content-length: (\d+)", head.lower())
    return await reader.readexactly(int(found[1]) if found else 0)


async def _answer(body: bytes, writer: asyncio.StreamWriter, speed: Speed, reply: Reply) -> None:
    await asyncio.sleep(speed.first)
    writer.write(_HEAD)
    for piece in reply(json.loads(body)["messages"][-1]["content"]):
        writer.write(_event({"content": piece}))
        await writer.drain()
        await asyncio.sleep(speed.gap)
    writer.write(_event({}, "stop") + b"data: [DONE]\n\n")
    await writer.drain()


def pieces(prompt: str) -> Iterator[str]:
    """The words of the reply to a prompt, each with the space behind it."""
    found = _PASSAGE.search(prompt)
    words = (found[1] if found else prompt).split()[:WORDS]
    yield from (f"{word} " for word in words)
    yield "[1]."


def _event(delta: dict[str, str], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "stub", "choices": [choice]}
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"
