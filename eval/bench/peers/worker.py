"""One engine in a process of its own: commands come as JSON lines on stdin, replies go as JSON lines to stdout.

    python -m eval.bench.peers.worker MODULE

Whatever a library prints goes to stderr.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, TextIO

from eval.bench.peers.engine import Opened
from eval.timing import peak_rss_mb, rss_mb

Reply = dict[str, object]


class Worker:
    """An engine module, and the index it has open."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self._index: Opened[Any] | None = None

    def build(self, pool: str, folder: str) -> Reply:
        """Indexes a pool; its files are read before the clock runs."""
        content = self._engine.read(Path(pool))
        start = perf_counter()
        self._engine.build(content, Path(folder))
        return {"seconds": perf_counter() - start, "peak_rss_mb": peak_rss_mb()}

    def open(self, folder: str) -> Reply:
        start = perf_counter()
        self._index = self._engine.open_index(Path(folder))
        return {"seconds": perf_counter() - start}

    def ask(self, questions: Sequence[str]) -> Reply:
        """Asks one by one; the documents of the passages found, the best first, and what each question took.

        `cpu_milliseconds`: of all threads of the process.
        """
        search, prepared = self._prepared(questions)
        found: list[list[str]] = []
        milliseconds: list[float] = []
        cpu_milliseconds: list[float] = []
        for question in prepared:
            start, busy = perf_counter(), process_time()
            passages = search(question)
            cpu_milliseconds.append((process_time() - busy) * 1000)
            milliseconds.append((perf_counter() - start) * 1000)
            found.append([passage.document for passage in passages])
        return {"found": found, "milliseconds": milliseconds, "cpu_milliseconds": cpu_milliseconds}

    def load(self, questions: Sequence[str], clients: int, seconds: float) -> Reply:
        """`clients` threads, each asking at least once and again as soon as it has its answer, for `seconds`."""
        search, prepared = self._prepared(questions)
        answered = [0] * clients
        failed: list[str] = []
        start = perf_counter()

        def client(number: int) -> None:
            at = number * len(prepared) // clients
            try:
                while not answered[number] or perf_counter() - start < seconds:
                    search(prepared[(at + answered[number]) % len(prepared)])
                    answered[number] += 1
            except Exception as error:  # another library's, and part of what is measured
                failed.append(f"{type(error).__name__}: {error}")

        threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return {"answered": sum(answered), "seconds": perf_counter() - start, "failed": failed}

    def memory(self) -> Reply:
        return {"rss_mb": rss_mb()}

    def _prepared(self, questions: Sequence[str]) -> tuple[Callable[[Any], Sequence[Any]], list[Any]]:
        if self._index is None:
            raise ValueError("no index is open")
        return self._index.search, [self._index.prepare(question) for question in questions]


def serve(worker: Worker, commands: TextIO, replies: TextIO) -> None:
    """Runs each command, `{"do": name, …arguments}`, until there are no more."""
    for line in commands:
        command = json.loads(line)
        reply = getattr(worker, command.pop("do"))(**command)
        replies.write(json.dumps(reply, ensure_ascii=False) + "\n")
        replies.flush()


def main() -> None:
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serve(Worker(importlib.import_module(sys.argv[1])), sys.stdin, replies)


if __name__ == "__main__":
    main()
