"""The process in which files are read: `python -m corpus.worker`, told its limits as arguments, serves requests from
its standard input until that ends. See `sandbox`, which starts it.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from typing import IO

from corpus import load
from corpus.document import Span
from corpus.formats import sheet
from corpus.formats.source import LoadError
from corpus.frames import (
    LENGTHS,
    Answer,
    Draw,
    End,
    Find,
    Found,
    Inside,
    Open,
    Picture,
    Refusal,
    Request,
    Whole,
    read_request,
    send,
)
from corpus.offline import go_offline
from corpus.parser_process import Limits
from corpus.wire import document_json

FAT = 300 << 20  # bytes that a worker may go on holding; with more it is replaced


def main() -> None:
    """Serves requests until the standard input ends."""
    limits = Limits(*map(int, sys.argv[1:]))
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a library prints must not be taken for an answer
    _confine(limits)
    go_offline()
    while lengths := sys.stdin.buffer.read(LENGTHS.size):
        head, raw = (sys.stdin.buffer.read(length) for length in LENGTHS.unpack(lengths))
        _allow_cpu(limits.cpu)
        _serve(answers, read_request(head), raw, limits)


def _confine(limits: Limits) -> None:
    with suppress(ValueError):  # macOS has no limit of this kind
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _allow_cpu(seconds: int) -> None:
    """So much more from now on; the kernel counts from the start of the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))


def _serve(answers: IO[bytes], request: Request, content: bytes, limits: Limits) -> None:
    try:
        for answer, raw in _done(request, content, limits):
            send(answers, answer, raw)
    except LoadError as error:
        send(answers, Refusal(error.code, str(error)))
    except MemoryError:
        message = f"Đọc tệp này cần quá {limits.memory >> 20} MB bộ nhớ nên đã dừng để bảo vệ máy."
        send(answers, Refusal("parse_memory", message))
    send(answers, End(_resident() > FAT))


def _done(request: Request, content: bytes, limits: Limits) -> Iterator[tuple[Answer, bytes]]:
    match request:
        case Draw(number, width):
            yield Picture(), sheet.draw(content, number, width)
        case Find(number, text, start, end):
            deadline = time.monotonic() + limits.ocr
            found = sheet.find(content, number, text, Span(start, end), deadline)
            yield Found([astuple(mark) for mark in found.marks], found.machine_read), b""
        case Open(file):
            opened = load.open_file(content, file, limits.ocr)
            for entry in opened.entries:
                yield Inside(entry.path), entry.content
            if opened.document:
                yield Whole(), document_json(opened.document).encode("utf-8", "surrogatepass")


def _resident() -> int:
    """Bytes of memory; 0 where the system does not tell. (`ru_maxrss` begins with the peak of the parent.)"""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except FileNotFoundError:
        return 0


if __name__ == "__main__":
    main()
