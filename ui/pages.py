"""The pages of PDFs and images as they look, drawn when they are asked for and kept for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.document import Document, Span
from corpus.formats.source import LoadError
from corpus.marks import Marks
from corpus.sandbox import Sandbox
from index.recent import Recent
from ui.problems import ProblemError

if TYPE_CHECKING:
    from index.store import Store

CACHE_BYTES = 32 << 20
CACHED_MARKS = 2_000


def is_drawn(document: Document) -> bool:
    """Whether the file has pages that can be looked at."""
    return document.media_type == "application/pdf" or document.media_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class Pages:
    """All methods block, parts of a second, or seconds where a scan is recognised: they belong into the pool."""

    store: Store
    sandbox: Sandbox
    pictures: Recent[tuple[str, int, int], bytes]
    found: Recent[tuple[str, int, Span], Marks]

    @classmethod
    def of(cls, store: Store, sandbox: Sandbox) -> Pages:
        return cls(store, sandbox, Recent(CACHE_BYTES, len), Recent(CACHED_MARKS))

    def picture(self, document: Document, number: int, width: int) -> bytes:
        """A page as a PNG. Raises a problem where there is none."""
        key = (document.id, number, width)
        kept = self.pictures.get(key)
        if kept is None:
            content = self._content(document, number)
            with _refused():
                kept = self.sandbox.draw(content, number, width)
            self.pictures.put(key, kept)
        return kept

    def marks(self, document: Document, number: int, cited: Span) -> Marks:
        """Where that part of `cited`, of the canonical text, stands that is on the page."""
        content, page = self._content(document, number), document.pages[number - 1].span
        inside = Span(max(cited.start, page.start) - page.start, min(cited.end, page.end) - page.start)
        if inside.start >= inside.end:
            inside = Span(0, 0)
        key = (document.id, number, inside)
        kept = self.found.get(key)
        if kept is None:
            with _refused():
                kept = self.sandbox.find(content, number, page.of(document.text), inside)
            self.found.put(key, kept)
        return kept

    def _content(self, document: Document, number: int) -> bytes:
        original = self.store.original(document.id) if is_drawn(document) else None
        if original is None or not 0 < number <= len(document.pages):
            raise ProblemError(404, "page_not_found", f"Văn bản này không có trang {number} để xem như bản gốc.")
        return original[0]


@contextmanager
def _refused() -> Iterator[None]:
    """What the parser cannot draw, though it has read it, as the problem it is."""
    try:
        yield
    except LoadError as error:
        raise ProblemError(422, error.code, str(error)) from error
