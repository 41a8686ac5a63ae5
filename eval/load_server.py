"""The server under load: a `hoi serve` process with a stub for its language model, and the requests sent to it."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from eval.stub_llm import Speed, serve


@dataclass(frozen=True, slots=True)
class Turn:
    """One request as its sender saw it: status (0: cut off) and milliseconds to sources, first words and the end."""

    status: int
    sources: float
    first: float
    end: float


@dataclass(frozen=True, slots=True)
class Server:
    """A `hoi serve` that was started for this run."""

    port: int
    pid: int

    async def send(self, method: str, path: str, body: bytes = b"", kind: str = "application/json") -> Turn:
        """One request on a connection of its own, read to its end. Small, to leave the CPU to the server."""
        began, sources, first = time.perf_counter(), 0.0, 0.0
        status = 0
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(self._request(method, path, body, kind))
            head = await reader.readuntil(b"\r\n\r\n")
            status = int(head.split(b" ", 2)[1])
            while piece := await reader.read(1 << 16):
                if not sources and b"event: sources" in piece:
                    sources = _since(began)
                if not first and b"event: token" in piece:
                    first = _since(began)
            writer.close()
        except (OSError, asyncio.IncompleteReadError):
            status = 0
        return Turn(status, sources, first, _since(began))

    async def text(self, path: str, sent: bytes = b"") -> str:
        """What `path` gives, or answers to the JSON that is posted there."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(self._request("POST" if sent else "GET", path, sent, "application/json"))
        content = await reader.read(-1)
        writer.close()
        return content.decode("utf-8", "replace").partition("\r\n\r\n")[2]

    async def leave(self, question: str, after: float) -> None:
        """Asks, and is gone after so many seconds."""
        _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(self._request("POST", "/v1/ask/stream", _asked(question), "application/json"))
        await asyncio.sleep(after)
        writer.transport.abort()

    def _request(self, method: str, path: str, body: bytes, kind: str) -> bytes:
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nConnection: close\r\n"
        return f"{head}Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body

    async def ask(self, question: str, conversation: str | None = None) -> Turn:
        return await self.send("POST", "/v1/ask/stream", _asked(question, conversation))

    def rss_mb(self) -> float:
        line = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.pid}/status").read_text())
        return int(line[1]) / 1024 if line else 0.0

    def threads_and_sockets(self) -> tuple[int, int]:
        process = Path(f"/proc/{self.pid}")
        sockets = sum(os.readlink(each).startswith("socket:") for each in (process / "fd").iterdir())
        return len(list((process / "task").iterdir())), sockets

    async def held(self) -> int:
        found = re.search(r"^hoi_pool_held (\S+)", await self.text("/metrics"), re.MULTILINE)
        return int(float(found[1])) if found else -1


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


def _asked(question: str, conversation: str | None = None) -> bytes:
    return json.dumps({"question": question, "conversation_id": conversation}).encode()


@asynccontextmanager
async def serving(chat: bool = True, **settings: str) -> AsyncIterator[Server]:
    """A server over a fresh folder, whose language model is the stub in this process; `settings` are variables."""
    llm = await serve(Speed())
    with tempfile.TemporaryDirectory() as folder:
        address = llm.sockets[0].getsockname()
        own = {"HOI_DATA": f"{folder}/data", "HOI_LLM": "openai:stub", "HOI_LLM_API_KEY": "stub"}
        own["HOI_LLM_BASE_URL"] = f"http://127.0.0.1:{address[1]}/v1"
        command = [sys.executable, "-m", "ui.cli", "serve", "--port", "0", *([] if chat else ["--no-ui"])]
        process = await asyncio.create_subprocess_exec(
            *command, env=os.environ | own | settings, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
        )
        assert process.stdout is not None
        port = 0
        async for line in process.stdout:
            if found := re.search(rb"API: http://\S+:(\d+)/v1", line):
                port = int(found[1])
                break
        try:
            server = Server(port, process.pid)
            while "ready" not in await server.text("/readyz"):
                await asyncio.sleep(0.5)
            yield server
        finally:
            process.terminate()
            await process.wait()
            llm.close()
