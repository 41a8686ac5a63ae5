"""What a store keeps, as values: documents for lists, readings, chunks with their text, and what is to be written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from corpus.document import Document, Header
from corpus.likeness import Sketch
from corpus.links import Link, find_links
from corpus.text import tokens
from index.access import Groups
from index.chunk import Chunk, about
from index.corrections import History
from index.embed import Vectors


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document without its text, for lists."""

    id: str
    sha256: str
    file: str
    media_type: str
    header: Header
    pages: int
    passages: int
    added_at: datetime
    groups: Groups = frozenset()
    corrected: tuple[str, ...] = ()  # fields whose value a person put in place of what was read


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a document's header, what people made of it since, and when the document came."""

    header: Header
    history: History = ()
    added_at: str | None = None  # None: now


@dataclass(frozen=True, slots=True)
class StoredChunk(Chunk):
    """A chunk with its text."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A document's text with its id."""

    document_id: str
    text: str


Texts = Callable[[Collection[int]], Mapping[int, Text]]  # by row: from the database, or from what was read lately


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready to be written: `vectors[i]` are those of `chunks[i]`, shape (parts, dimension)."""

    document: Document
    chunks: tuple[Chunk, ...]
    vectors: tuple[Vectors, ...]
    links: tuple[Link, ...]
    sketch: Sketch

    def under(self, header: Header) -> Prepared:
        """The same under another header: its chunks are found by what that says, their vectors stay."""
        made = replace(self.document, header=header)
        before, after = about(self.document), about(made)
        chunks = tuple(replace(chunk, context=after + chunk.context.removeprefix(before)) for chunk in self.chunks)
        return Prepared(made, chunks, self.vectors, tuple(find_links(made)), self.sketch)


def key(text: str | None) -> str:
    """A header field as filters compare it: " xa lac lam huyen don duong "; empty when unknown."""
    found = [token.folded for token in tokens(text or "")]
    return f" {' '.join(found)} " if found else ""
