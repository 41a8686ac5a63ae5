"""An OpenAI-compatible server on loopback that says what a test tells it to, faults included."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Step = str | bytes | float  # a piece of the reply, raw bytes on the wire, or seconds of silence


@dataclass(frozen=True)
class Reply:
    """What one request gets: `raw` sends the steps as they are, `whole` ends a stream by the protocol."""

    steps: Iterable[Step] = ()
    status: int = 200
    type: str = "text/event-stream"
    before: float = 0.0  # seconds until the status line
    raw: bool = False
    whole: bool = True


@dataclass
class ScriptedLLM:
    """`replies` are used in order, the last for good; a function makes one from the request's JSON."""

    replies: list[Reply | Callable[[dict[str, Any]], Reply]]
    base_url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    left: Event = field(default_factory=Event)  # a client closed its connection before the end
    stopped: Event = field(default_factory=Event)

    def reply(self, body: dict[str, Any]) -> Reply:
        self.requests.append(body)
        chosen = self.replies[min(len(self.requests), len(self.replies)) - 1]
        return chosen if isinstance(chosen, Reply) else chosen(body)


@contextmanager
def scripted_llm(*replies: Reply | Callable[[dict[str, Any]], Reply] | str) -> Iterator[ScriptedLLM]:
    """A running server; a string is a reply of those words, streamed word by word or given whole as asked."""
    llm = ScriptedLLM([Reply(words(reply)) if isinstance(reply, str) else reply for reply in replies])
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"llm": llm}))
    server.daemon_threads = True
    llm.base_url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield llm
    finally:
        llm.stopped.set()
        server.shutdown()
        thread.join()
        server.server_close()


def words(text: str) -> list[str]:
    """The pieces of a text, each with the space behind it."""
    return [part + " " for part in text.split(" ")[:-1]] + [text.split(" ")[-1]]


def chunk(delta: dict[str, Any], finish: str | None = None) -> bytes:
    """One server-sent event of a streamed reply."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    event = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]}
    return b"data: " + json.dumps(event).encode() + b"\n\n"


class _Handler(BaseHTTPRequestHandler):
    llm: ScriptedLLM

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        reply = self.llm.reply(body)
        try:
            self._send(body, reply)
        except (BrokenPipeError, ConnectionResetError):
            self.llm.left.set()
        self.close_connection = True

    def _send(self, body: dict[str, Any], reply: Reply) -> None:
        self.llm.stopped.wait(reply.before)
        streamed = bool(body.get("stream")) or reply.raw
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.type if streamed else "application/json")
        self.end_headers()
        if not streamed:
            self.wfile.write(_completion("".join(step for step in reply.steps if isinstance(step, str))))
            return
        for step in reply.steps:
            if self.llm.stopped.is_set():
                return
            self._step(step, reply.raw)
        if reply.whole and not reply.raw:
            self.wfile.write(chunk({}, "stop") + b"data: [DONE]\n\n")

    def _step(self, step: Step, raw: bool) -> None:
        if isinstance(step, float):
            self.llm.stopped.wait(step)
        elif isinstance(step, bytes):
            self.wfile.write(step)
        else:
            self.wfile.write(step.encode() if raw else chunk({"content": step}))
        self.wfile.flush()

    def log_message(self, *_: Any) -> None:
        """Nothing: a test's output is its own."""


def _completion(text: str) -> bytes:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return json.dumps(
        {
            "id": "1",
            "object": "chat.completion",
            "created": int(time.time()),
            "model": "m",
            "choices": [choice],
        }
    ).encode()
