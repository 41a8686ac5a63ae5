"""Parsers in a process of their own, with limits on its memory, time and files: what a hostile file can break is
only that.

`worker` is that process, `parser_process` its other side, and `frames` what goes between them.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

from corpus import load
from corpus.document import Document, Span
from corpus.formats.source import MAX_BYTES, LoadError
from corpus.frames import Answer, Draw, Find, Found, Inside, Open, Request
from corpus.load import Entry
from corpus.marks import Mark, Marks
from corpus.parser_process import Limits, ParserProcess
from corpus.wire import document_from_json

SMALL = 256 * 1024  # bytes of plain text that need no sandbox


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
        self._idle: list[ParserProcess] = []
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
        return next(raw for _, raw in self._ask(Draw(number, width), content))

    def find(self, content: bytes, number: int, text: str, cited: Span) -> Marks:
        """Where `cited` of a page's canonical `text` stands on that page of a file. Raises LoadError."""
        answer, _ = next(iter(self._ask(Find(number, text, cited.start, cited.end), content)))
        assert isinstance(answer, Found)
        return Marks(tuple(Mark(*sides) for sides in answer.marks), answer.machine_read)

    def _open(self, content: bytes, file: str) -> tuple[Document | None, list[Entry]]:
        if len(content) > MAX_BYTES:
            raise load.too_large()
        if len(content) <= SMALL and load.is_plain(content):
            return load.parse(content, file), []
        document, entries = None, list[Entry]()
        for answer, raw in self._ask(Open(file), content):
            if isinstance(answer, Inside):
                entries.append(Entry(answer.path, raw))
            else:
                document = document_from_json(raw.decode("utf-8", "surrogatepass"))
        return document, entries

    def _ask(self, request: Request, content: bytes) -> list[tuple[Answer, bytes]]:
        with self._lock:
            worker = self._idle.pop() if self._idle else None
        worker = worker or ParserProcess(self._limits)
        try:
            return worker.ask(request, content)
        finally:
            if worker.alive:
                with self._lock:
                    self._idle.append(worker)
