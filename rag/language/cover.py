"""Which code points of a text some spans cover."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.document import Span


@dataclass(frozen=True, slots=True)
class Cover:
    """1 under each covered code point; asking takes the same time however many spans there are."""

    marks: bytearray

    @classmethod
    def of(cls, text: str, spans: Iterable[Span] = ()) -> Cover:
        cover = cls(bytearray(len(text)))
        for span in spans:
            cover.add(span)
        return cover

    def add(self, span: Span) -> None:
        self.marks[span.start : span.end] = b"\x01" * (span.end - span.start)

    def touches(self, start: int, end: int) -> bool:
        return self.marks.find(1, start, end) >= 0
