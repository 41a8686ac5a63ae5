"""What was read from the database lately, kept up to a weight."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from corpus.document import Document
from index.database import Database
from index.records import StoredChunk, StoredDocument, Text, read_documents

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """The values used last, up to a total weight. Safe to share between threads."""

    def __init__(self, limit: int, weight: Callable[[V], int] = lambda value: 1) -> None:
        self._limit, self._weight = limit, weight
        self._values: OrderedDict[K, V] = OrderedDict()
        self._total = 0
        self._lock = threading.Lock()

    def get(self, key: K) -> V | None:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def put(self, key: K, value: V) -> None:
        with self._lock:
            if key not in self._values:
                self._values[key] = value
                self._total += self._weight(value)
            while self._total > self._limit and len(self._values) > 1:
                self._total -= self._weight(self._values.popitem(last=False)[1])


@dataclass(frozen=True)
class Caches:
    """What was read from the database lately. Rows and ids are never given twice, so nothing in here grows stale."""

    texts: Recent[int, Text]  # by document row
    chunks: Recent[int, tuple[int, StoredChunk]]  # by chunk id: its document's row and itself
    documents: Recent[int, Document]  # by row
    stored: Recent[int, StoredDocument]  # by row

    @classmethod
    def new(cls) -> Caches:
        letters = 8_000_000
        return cls(
            Recent(letters, lambda known: len(known.text)),
            Recent(4096),
            Recent(letters, lambda document: 500 + len(document.text)),
            Recent(100_000),
        )

    def stored_documents(self, database: Database, rows: Sequence[int]) -> list[StoredDocument]:
        """Documents without text, in the order of the rows; those that are gone are left out."""
        found = {row: self.stored.get(row) for row in rows}
        if missing := [row for row, known in found.items() if known is None]:
            with database.read() as connection:
                read = read_documents(connection, missing)
            for row, document in read.items():
                self.stored.put(row, document)
            found |= read
        return [document for document in found.values() if document is not None]
