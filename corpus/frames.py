"""What is asked of the process that reads files, what it answers, and how both go through a pipe.

A frame is the lengths of two parts, a JSON value and raw bytes, and the parts.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import IO

LENGTHS = struct.Struct(">QQ")


@dataclass(frozen=True, slots=True)
class Open:
    """Read a file, whose bytes come with this: `Inside`s, then a `Whole`, of those that there are."""

    file: str


@dataclass(frozen=True, slots=True)
class Draw:
    """A page of a file, `width` pixels wide: a `Picture`."""

    number: int
    width: int


@dataclass(frozen=True, slots=True)
class Find:
    """Where the letters `start` to `end` of a page's canonical `text` stand on it: `Found`."""

    number: int
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Inside:
    """A file that an archive or a mail holds; its bytes come with this."""

    path: str


@dataclass(frozen=True, slots=True)
class Whole:
    """The document; it comes with this as JSON."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG comes with this."""


@dataclass(frozen=True, slots=True)
class Found:
    """The sides of each mark."""

    marks: Sequence[Sequence[float]]
    machine_read: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """What `LoadError` says."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class End:
    """Nothing more comes; `last`: nor will anything be answered after this."""

    last: bool


Request = Open | Draw | Find
Answer = Inside | Whole | Picture | Found | Refusal | End
_REQUESTS = {kind.__name__: kind for kind in (Open, Draw, Find)}
_ANSWERS = {kind.__name__: kind for kind in (Inside, Whole, Picture, Found, Refusal, End)}


def read_request(head: bytes) -> Request:
    """What the first part of a frame asks."""
    name, *values = json.loads(head)
    return _REQUESTS[name](*values)


def read_answer(head: bytes) -> Answer:
    """What the first part of a frame answers."""
    name, *values = json.loads(head)
    return _ANSWERS[name](*values)


def send(pipe: IO[bytes] | None, told: Request | Answer, raw: bytes = b"") -> None:
    """Writes a frame."""
    assert pipe is not None
    head = json.dumps([type(told).__name__, *astuple(told)]).encode()
    for part in (LENGTHS.pack(len(head), len(raw)) + head, raw):
        left = memoryview(part)
        while left:
            left = left[pipe.write(left) :]
    pipe.flush()
