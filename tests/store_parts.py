"""A small real embedder and documents made by hand, for the tests of the store."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np

from corpus.document import Document, Header, content_id
from corpus.text import tokens
from index.embed import Vectors
from index.embedded import Generations
from index.follow import Follow
from index.lexical import LexicalQuery, Term
from index.store import Store, Upload

MODEL = "hashed-syllables"


class HashedSyllables:
    """A text's vector: how often a syllable falls on each of `dimension` places, made a unit vector."""

    def __init__(self, dimension: int = 64) -> None:
        self.dimension = dimension

    def encode_document(self, inputs: list[str], /) -> Vectors:
        vectors = np.zeros((len(inputs), self.dimension), dtype=np.float32)
        for row, text in enumerate(inputs):
            for token in tokens(text):
                vectors[row, zlib.crc32(token.folded.encode()) % self.dimension] += 1
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)

    encode_query = encode_document


def make(text: str, file: str = "a.txt", **header: object) -> Document:
    id, sha256 = content_id(text.encode())
    fields = {"title": text[:40], **header}
    return Document(id, sha256, file, "text/plain", text, Header(**fields))  # type: ignore[arg-type]


def upload(text: str, source: str | None = None, **header: object) -> Upload:
    return Upload(make(text, **header), text.encode(), source)


def opened(folder: Path, dimension: int = 64, follow: Follow = Generations) -> Store:
    return Store.open(folder, HashedSyllables(dimension), MODEL, follow=follow)


def words(text: str) -> LexicalQuery:
    return LexicalQuery(tuple(Term("folded", token.folded) for token in tokens(text)))


def found_by_words(store: Store, text: str, k: int = 10) -> list[str]:
    """The ids of the documents whose chunks hold any of the words, the best first."""
    snapshot = store.snapshot()
    return [chunk.document_id for chunk in snapshot.chunks([id for id, _ in snapshot.lexical(words(text), k)])]


def found_by_vector(store: Store, text: str, k: int = 10) -> list[str]:
    snapshot = store.snapshot()
    vector = HashedSyllables().encode_query([text])[0]
    return [chunk.document_id for chunk in snapshot.chunks([id for id, _ in snapshot.dense(vector, k)])]
