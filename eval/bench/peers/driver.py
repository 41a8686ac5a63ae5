"""Speaks to a worker: starts it, sends commands as JSON lines, reads the replies."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from eval.bench.peers.systems import System

if TYPE_CHECKING:
    from types import TracebackType

PROJECT = Path(__file__).resolve().parents[3]
_SAID = 2000  # characters of what a worker said before it broke


class BrokenError(RuntimeError):
    """A worker that ended, or took too long, instead of answering; the message is the last of what it said."""


@dataclass(frozen=True, slots=True)
class Built:
    seconds: float
    peak_rss_mb: float
    megabytes: float  # on the disk


@dataclass(frozen=True, slots=True)
class Answers:
    """For each question the documents of the passages found, the best first, and what it took."""

    found: list[list[str]]
    milliseconds: list[float]
    cpu_milliseconds: list[float]


class Driver:
    """A system in a process of its own, which is ended when it takes more than `step_seconds` over a command."""

    def __init__(self, system: System, python: Path, log: Path, step_seconds: float) -> None:
        self.system = system
        self._step_seconds = step_seconds
        self._log = log
        self._began = perf_counter()
        with log.open("wb") as file:
            self._process = subprocess.Popen(
                [python, "-m", "eval.bench.peers.worker", system.module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=file,
                text=True,
                cwd=PROJECT,
                env=os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(PROJECT), "TQDM_DISABLE": "1"},
            )

    def __enter__(self) -> Driver:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Lets the worker end, which it does when no more commands come."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe and not pipe.closed:
                with suppress(BrokenPipeError):  # of a worker that was killed with a command half written
                    pipe.close()
        self._process.wait()

    def build(self, pool: Path, folder: Path) -> Built:
        reply = self._do("build", pool=str(pool), folder=str(folder))
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        return Built(reply["seconds"], reply["peak_rss_mb"], size / 1e6)

    def start(self, folder: Path, question: str) -> float:
        """Seconds from before the process was started to its first answer."""
        self._do("open", folder=str(folder))
        self._do("ask", questions=[question])
        return perf_counter() - self._began

    def ask(self, questions: Sequence[str]) -> Answers:
        reply = self._do("ask", questions=list(questions))
        return Answers(**reply)

    def load(self, questions: Sequence[str], clients: int, seconds: float) -> float:
        """Questions answered a second by so many clients at once. Raises `BrokenError` when one of them failed."""
        reply = self._do("load", questions=list(questions), clients=clients, seconds=seconds)
        if reply["failed"]:
            raise BrokenError(reply["failed"][0])
        return float(reply["answered"] / reply["seconds"])

    def rss_mb(self) -> float:
        return float(self._do("memory")["rss_mb"])

    def _do(self, name: str, **arguments: object) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        patience = threading.Timer(self._step_seconds, self._process.kill)
        patience.start()
        try:
            self._process.stdin.write(json.dumps({"do": name, **arguments}, ensure_ascii=False) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        waited = patience.finished.is_set()
        patience.cancel()
        if not line and waited:
            raise BrokenError(f"quá {self._step_seconds / 60:.0f} phút")
        if not line:
            raise BrokenError(self._log.read_text(encoding="utf-8", errors="replace")[-_SAID:])
        reply: dict[str, Any] = json.loads(line)
        return reply
