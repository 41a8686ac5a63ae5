"""Parsers in a process of their own, with limits on its memory, time and files: what a hostile file can break is
only that.

`worker` is that process. A frame on the pipe to it or from it is the lengths of two parts, a JSON value and raw bytes,
and the parts.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from corpus import load
from corpus.document import Document, Span
from corpus.formats.source import MAX_BYTES, LoadError
from corpus.load import Entry
from corpus.marks import Mark, Marks
from corpus.wire import LENGTHS, Frame, document_from_json, send

_PASSED_ON = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")  # keys are not
SMALL = 256 * 1024  # bytes of plain text that need no sandbox
MEMORY = 1 << 30


@dataclass(frozen=True, slots=True)
class Limits:
    """For one file: bytes of address space, seconds of processor and of the clock, seconds for OCR within those."""

    memory: int = MEMORY
    cpu: int = 45
    wall: int = 60
    ocr: int = 45


PATIENT = Limits(wall=3660, ocr=3600)  # for whoever adds files on the command line and can wait for a long scan


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that became a document; `inside` is its path within the archive or mail that held it."""

    document: Document
    content: bytes
    inside: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    error: LoadError
    inside: str | None = None


class Sandbox:
    """Warm workers for a process; safe to share between threads, each of which gets a worker of its own."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._idle: list[_Worker] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            while self._idle:
                self._idle.pop().end()

    def read(self, content: bytes, file: str) -> Iterator[Loaded | Refused]:
        """The document of a file; of an archive or a mail, every document inside."""
        try:
            document, entries = self._open(content, file)
        except LoadError as error:
            yield Refused(error)
            return
        if document:
            yield Loaded(document, content)
        for entry in entries:
            try:
                yield Loaded(self.parse(entry.content, entry.file), entry.content, entry.path)
            except LoadError as error:
                yield Refused(error, entry.path)

    def parse(self, content: bytes, file: str) -> Document:
        """The document of a file that holds no others. Raises LoadError."""
        document, entries = self._open(content, file)
        if document is None or entries:
            raise load.nested()
        return document

    def draw(self, content: bytes, number: int, width: int) -> bytes:
        """A page of a file as a PNG, `width` pixels wide. Raises LoadError."""
        return next(raw for _, raw in self._ask({"what": "draw", "number": number, "width": width}, content))

    def find(self, content: bytes, number: int, text: str, cited: Span) -> Marks:
        """Where `cited` of a page's canonical `text` stands on that page of a file. Raises LoadError."""
        request = {"what": "find", "number": number, "text": text, "cited": astuple(cited)}
        value, _ = next(iter(self._ask(request, content)))
        return Marks(tuple(Mark(*sides) for sides in value["marks"]), value["machine_read"])

    def _open(self, content: bytes, file: str) -> tuple[Document | None, list[Entry]]:
        if len(content) > MAX_BYTES:
            raise load.too_large()
        if len(content) <= SMALL and load.is_plain(content):
            return load.parse(content, file), []
        document, entries = None, list[Entry]()
        for value, raw in self._ask({"what": "open", "file": file}, content):
            if value["what"] == "entry":
                entries.append(Entry(value["path"], raw))
            else:
                document = document_from_json(raw.decode("utf-8", "surrogatepass"))
        return document, entries

    def _ask(self, request: dict[str, Any], content: bytes) -> list[Frame]:
        with self._lock:
            worker = self._idle.pop() if self._idle else None
        worker = worker or _Worker(self._limits)
        try:
            return worker.ask(request, content)
        finally:
            if worker.alive:
                with self._lock:
                    self._idle.append(worker)


class _Worker:
    def __init__(self, limits: Limits) -> None:
        self.alive = True
        self._limits = limits
        project = str(Path(__file__).resolve().parent.parent)
        known = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        path = os.pathsep.join(filter(None, [project, os.environ.get("PYTHONPATH", "")]))
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "corpus.worker", *map(str, astuple(limits))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=known | {"PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            bufsize=0,
            start_new_session=True,  # so that what it starts, tesseract, ends with it
        )
        self.end = weakref.finalize(self, _end, self._process)

    def ask(self, request: dict[str, Any], content: bytes) -> list[Frame]:
        """Raises LoadError, also for a worker that died or was stopped."""
        deadline = time.monotonic() + self._limits.wall
        try:
            send(self._process.stdin, request, content)
            return self._answer(deadline)
        except LoadError:
            raise
        except (EOFError, OSError) as error:
            raise self._died(error) from error
        except BaseException:  # left half-way, by Ctrl+C
            self._stop()
            raise

    def _answer(self, deadline: float) -> list[Frame]:
        found, refusal = list[Frame](), None
        while True:
            value, raw = self._receive(deadline)
            match value["what"]:
                case "refusal":
                    refusal = LoadError(value["code"], value["message"])
                case "end":
                    if value["last"]:
                        self._stop()
                    if refusal:
                        raise refusal
                    return found
                case _:
                    found.append((value, raw))

    def _receive(self, deadline: float) -> Frame:
        lengths = LENGTHS.unpack(self._exactly(LENGTHS.size, deadline))
        value, raw = (self._exactly(length, deadline) for length in lengths)
        return json.loads(value), raw

    def _exactly(self, length: int, deadline: float) -> bytes:
        assert self._process.stdout is not None
        pipe, pieces = self._process.stdout.fileno(), []
        ready = select.poll()
        ready.register(pipe, select.POLLIN)
        while length:
            if not ready.poll(max(0.0, deadline - time.monotonic()) * 1000):
                raise TimeoutError
            piece = os.read(pipe, min(length, 1 << 20))
            if not piece:
                raise EOFError
            pieces.append(piece)
            length -= len(piece)
        return b"".join(pieces)

    def _died(self, error: EOFError | OSError) -> LoadError:
        late = isinstance(error, TimeoutError)
        code = None if late else self._process.wait()
        self._stop()
        if late or code in (-signal.SIGXCPU, -signal.SIGKILL):
            return LoadError("parse_timeout", "Đọc tệp này mất quá nhiều thời gian nên đã dừng để bảo vệ máy.")
        return LoadError("parser_stopped", "Bộ đọc phải dừng giữa chừng: tệp hỏng, hoặc cần quá nhiều bộ nhớ.")

    def _stop(self) -> None:
        self.alive = False
        self.end()


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
