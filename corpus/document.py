"""The values that a file becomes: `Document` with its canonical text, header fields and pages."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date

from corpus import official

ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of Unicode code points in a document's canonical text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Header:
    """What the document says of itself. Unknown is None; `spans` says where in the canonical text a field
    was read."""

    title: str
    kind: str | None = None  # "Công văn", "Nghị quyết", "Tin bài", …
    number: str | None = None  # "118-CV/BDVHU"
    issued_on: date | None = None
    issuer: str | None = None
    subject: str | None = None  # trích yếu
    signer: str | None = None
    author: str | None = None  # of a news item
    place: str | None = None  # "xã …, huyện …, tỉnh …", the smallest first
    spans: dict[str, Span] = field(default_factory=dict)
    entered: tuple[str, ...] = ()  # fields whose value a person entered and the text says nowhere


@dataclass(frozen=True, slots=True)
class Page:
    number: int  # from 1
    span: Span


@dataclass(frozen=True, slots=True)
class Stripped:
    """A piece of the source that is not the document: a view counter, a menu, a portal's footer."""

    text: str
    reason: str
    at: int  # the place in the canonical text where it stood


@dataclass(frozen=True, slots=True)
class Document:
    """One file as everything above sees it.

    `text` is canonical: cleaned once by the loader, then never changed; every offset anywhere counts its
    code points.
    `notes` are Vietnamese remarks for whoever added the file.
    """

    id: str
    sha256: str
    file: str
    media_type: str
    text: str
    header: Header
    pages: tuple[Page, ...] = ()
    stripped: tuple[Stripped, ...] = ()
    notes: tuple[str, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The page number that holds a code point, or None where the format has no pages."""
        index = bisect_right(self.pages, offset, key=lambda page: page.span.start) - 1
        return self.pages[index].number if index >= 0 else None

    @property
    def citation(self) -> str:
        """How an office names the document: "Công văn số 118-CV/BDVHU ngày 11/10/2019 của Ban Dân vận …"."""
        return official.name(self.header, self.header.kind)


def content_id(content: bytes) -> tuple[str, str]:
    """`(id, sha256)` of the original bytes; the id is the hash's first 16 hex digits."""
    sha256 = hashlib.sha256(content).hexdigest()
    return sha256[:ID_LENGTH], sha256
