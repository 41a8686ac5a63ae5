"""The header of a document."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Header, Span, Stripped


def read_header(text: str, file: str, stripped: Sequence[Stripped]) -> Header:
    line = text.split("\n", 1)[0].strip()
    start = text.index(line)
    return Header(line[:300] or file, spans={"title": Span(start, start + len(line[:300]))})
