"""What was read from the database lately, kept up to a weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Document
from index.database import Database
from index.recent import Recent
from index.records import StoredChunk, StoredDocument, Text
from index.rows import read_documents
from index.seen import Tokens


@dataclass(frozen=True)
class Caches:
    """What was read from the database lately. Rows and ids are never given twice, so nothing in here grows stale."""

    texts: Recent[int, Text]  # by document row
    chunks: Recent[int, tuple[int, StoredChunk]]  # by chunk id: its document's row and itself
    documents: Recent[int, Document]  # by row
    stored: Recent[int, StoredDocument]  # by row
    tokens: Recent[int, Tokens]  # by chunk id

    @classmethod
    def new(cls) -> Caches:
        letters = 8_000_000
        return cls(
            Recent(letters, lambda known: len(known.text)),
            Recent(4096),
            Recent(letters, lambda document: 500 + len(document.text)),
            Recent(100_000),
            Recent(6_000_000, len),
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
