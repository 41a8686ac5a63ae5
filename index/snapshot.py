"""One moment of the store as searches see it: never changes, however much is added or removed meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

import numpy as np

from corpus.document import Document
from index import names
from index.access import Groups, hidden
from index.caches import Caches
from index.database import Database
from index.dense import Ids
from index.embed import Vectors
from index.follow import Index, Restrictions, Within
from index.lengths import are_kept, averages
from index.lexical import Field, LexicalQuery
from index.recent import Recent
from index.records import StoredChunk, StoredDocument, Text, key
from index.rows import read_chunks, read_rows, read_rows_of, read_texts, read_whole
from index.seen import Seen, Tokens


class Selection(frozenset[str]):
    """The documents that satisfy a request's restrictions, and these, for an index that filters by itself."""

    filters: Restrictions | None
    named: frozenset[str] | None

    @classmethod
    def of(cls, ids: Collection[str], filters: Restrictions | None, named: Collection[str] | None) -> Selection:
        selection = cls(ids)
        selection.filters, selection.named = filters, None if named is None else frozenset(named)
        return selection


@dataclass(frozen=True)
class Snapshot:
    """An index, less the documents that were removed after it was made."""

    index: Index
    database: Database
    caches: Caches
    change: int  # the database's, when this was taken
    gone: Ids = field(default_factory=lambda: np.zeros(0, dtype=np.int64))  # rows of documents removed or hidden
    groups: Groups | None = None

    def seen_by(self, groups: Groups | None) -> Snapshot:
        """What somebody of these groups may see of it: all else is as gone. None: the operator, who sees everything."""
        if groups is None:
            return self
        if (known := self._views.get(groups)) is None:
            with self.database.read() as connection:
                unseen = hidden(connection, groups)
                was_hidden = self.index.worn and are_kept(connection)  # perhaps: of what was removed, nobody knows
            gone = np.union1d(self.gone, unseen).astype(np.int64)
            known = replace(self, gone=gone, groups=groups) if unseen or was_hidden else self
            self._views.put(groups, known)
        return known

    def lexical(self, query: LexicalQuery, k: int, documents: frozenset[str] | None = None) -> list[tuple[int, float]]:
        """The `k` best `(chunk id, BM25)`, only of `documents` when given."""
        within = self._within(documents)
        return [] if k < 1 or (within and within.nothing) else self.index.by_words(query, k, within)

    def dense(self, vector: Vectors, k: int, documents: frozenset[str] | None = None) -> list[tuple[int, float]]:
        """The `k` best `(chunk id, cosine of its best window)` for a unit vector, only of `documents` when given."""
        within = self._within(documents)
        return [] if k < 1 or (within and within.nothing) else self.index.by_vector(vector, k, within)

    def frequency(self, field: Field, text: str) -> int:
        """How many chunks hold a token: of a part of the documents only those, or all less the few that are gone."""
        if self._statistics is not None:
            return self._statistics.frequency(field, text)
        return self.index.frequency(field, text, self._seen)

    def owners(self, ids: Sequence[int]) -> tuple[Ids, Ids]:
        """The document's row of each chunk, and how many chunks that document has."""
        chunks, rows = self.index.chunks.T  # both ascend: a document's chunks are given their ids together
        found = rows[np.searchsorted(chunks, np.asarray(ids, dtype=np.int64))]
        return found, np.searchsorted(rows, found, "right") - np.searchsorted(rows, found, "left")

    @property
    def count(self) -> int:
        """How many chunks there are."""
        return len(self.index.chunks) if self._statistics is None else self._statistics.chunks

    def chunks(self, ids: Sequence[int]) -> list[StoredChunk]:
        """The chunks in the order asked for; those that are gone are left out."""
        found = {id: self.caches.chunks.get(id) for id in ids}
        missing = [id for id, known in found.items() if known is None]
        if missing:
            found |= self._read(missing)
        return [known[1] for id in ids if (known := found[id]) and self._stands(known[0])]

    def neighbours(self, id: int, n: int = 1) -> list[StoredChunk]:
        """The chunk with up to `n` before and after it in its document, in order; empty when it is gone."""
        near = self.chunks(range(id - n, id + n + 1))  # a document's chunks have consecutive ids
        document = next((chunk.document_id for chunk in near if chunk.id == id), None)
        return [chunk for chunk in near if chunk.document_id == document]

    def documents(self) -> list[StoredDocument]:
        """All documents, the oldest first."""
        return self.stored_in(self.rows)

    def stored_in(self, rows: Sequence[int]) -> list[StoredDocument]:
        """The documents of these rows, without their texts; those that do not stand are left out."""
        return self.caches.stored_documents(self.database, [row for row in rows if self._stands(row)])

    def stored(self, id: str) -> StoredDocument | None:
        """A document without its text."""
        return next(iter(self.stored_in(list(self._rows_of([id]).values()))), None)

    def owning(self, chunks: Sequence[int]) -> dict[str, StoredDocument]:
        """The documents that these chunks are of, without their texts."""
        rows, _ = self.owners(chunks)
        return {document.id: document for document in self.stored_in(np.unique(rows).tolist())}

    def known(self, ids: Collection[str]) -> frozenset[str]:
        """Those of the ids that are a document's."""
        return frozenset(self._rows_of(list(ids)))

    def document(self, id: str) -> Document | None:
        """A document with its text."""
        return self.with_texts([id]).get(id)

    def with_texts(self, ids: Iterable[str]) -> dict[str, Document]:
        """Those of the documents that stand, with their texts, in the order of the ids."""
        ids = list(dict.fromkeys(ids))
        with self.database.read() as connection:
            rows = {id: row for id, row in read_rows_of(connection, ids).items() if self._stands(row)}
            found = {row: known for row in rows.values() if (known := self.caches.documents.get(row)) is not None}
            missing = [row for row in rows.values() if row not in found]
            read = read_whole(connection, missing, partial(self._texts, connection)) if missing else {}
        for row, document in read.items():
            self.caches.documents.put(row, document)
        found |= read
        return {id: found[rows[id]] for id in ids if rows.get(id) in found}

    def named(self, key: str) -> list[StoredDocument]:
        """The documents that a reference of this key may mean (`corpus.references`)."""
        with self.database.read() as connection:
            rows = names.named(connection, key)
        return self.stored_in(rows)

    def bearing(self, figures: Collection[str]) -> list[StoredDocument]:
        """The documents in whose numbers one of these figures stands."""
        with self.database.read() as connection:
            rows = names.bearing(connection, figures)
        return self.stored_in(rows)

    def select(
        self, filters: Restrictions | None = None, document_ids: Collection[str] | None = None
    ) -> frozenset[str] | None:
        """The documents that satisfy both; None when nothing is restricted. Issuer and place match as whole words."""
        wanted = None if document_ids is None else self.known(document_ids)
        if filters is None or not any(
            (filters.issued_from, filters.issued_to, filters.issuer, filters.kind, filters.place)
        ):
            return wanted if wanted is None else Selection.of(wanted, None, wanted)
        with self.database.read() as connection:
            found = connection.execute(
                "SELECT id, row FROM documents WHERE (?1 IS NULL OR issued_on >= ?1)"
                " AND (?2 IS NULL OR issued_on <= ?2) AND instr(issuer_key, ?3)"
                " AND (?4 = '' OR kind_key = ?4) AND instr(place_key, ?5)",
                (
                    filters.issued_from and filters.issued_from.isoformat(),
                    filters.issued_to and filters.issued_to.isoformat(),
                    *(key(filters.issuer), key(filters.kind), key(filters.place)),
                ),
            ).fetchall()
        matching = frozenset(id for id, row in found if self._stands(row))
        return Selection.of(matching if wanted is None else matching & wanted, filters, wanted)

    @cached_property
    def places(self) -> frozenset[str]:
        """The places that the documents are about, as their headers write them."""
        with self.database.read() as connection:
            if not len(self.gone):
                return frozenset(names.places(connection))
            return frozenset(place for place, row in names.placed(connection) if self._stands(row))

    @cached_property
    def rows(self) -> list[int]:
        """The rows of the documents that stand, ascending."""
        with self.database.read() as connection:
            return [row for row in read_rows(connection) if self._stands(row)]

    @cached_property
    def _views(self) -> Recent[Groups, Snapshot]:
        return Recent(64)

    @cached_property
    def _seen(self) -> Within | None:
        """What searches of all documents are restricted to: by naming those that stand, or those that do not."""
        if self._statistics is None:
            return self._part
        return replace(self._part or Within(None), seen=self._statistics)

    @cached_property
    def _part(self) -> Within | None:
        if not len(self.gone) and self.groups is None:
            return None
        rows = np.unique(self.index.chunks[:, 1])
        standing = rows[~np.isin(rows, self.gone)]
        return Within(standing if len(standing) < len(self.gone) else None, self.gone, self.groups)

    @cached_property
    def _statistics(self) -> Seen | None:
        """What words are counted by where documents are hidden, or the index has other lengths; else it counts them."""
        weighed_by = self.index.reference
        if self.groups is None and weighed_by is None:
            return None
        with self.database.read() as connection:
            weighed_by = weighed_by or averages(connection, self.index.last_row, [])
            own = averages(connection, self.index.last_row, self.gone.tolist())
        chunks = int(np.count_nonzero(~np.isin(self.index.chunks[:, 1], self.gone)))
        return Seen(chunks, own, weighed_by, partial(self.index.frequency, within=self._part), self._tokens)

    def _tokens(self, ids: Sequence[int]) -> dict[int, Tokens]:
        found = {id: known for id in ids if (known := self.caches.tokens.get(id)) is not None}
        for chunk in self.chunks([id for id in ids if id not in found]):
            found[chunk.id] = Tokens.of(chunk.text, chunk.context)
            self.caches.tokens.put(chunk.id, found[chunk.id])
        return found

    @cached_property
    def _gone_rows(self) -> frozenset[int]:
        return frozenset(self.gone.tolist())

    def _stands(self, row: int) -> bool:
        return row <= self.index.last_row and row not in self._gone_rows

    def _within(self, documents: frozenset[str] | None) -> Within | None:
        """What a search is restricted to; None when it is not."""
        if documents is None:
            return self._seen
        rows = self._rows(documents)
        if not isinstance(documents, Selection):
            return Within(rows, groups=self.groups, named=rows, seen=self._statistics)
        named = None if documents.named is None else self._rows(documents.named)
        return Within(rows, groups=self.groups, filters=documents.filters, named=named, seen=self._statistics)

    def _rows_of(self, ids: Sequence[str]) -> dict[str, int]:
        """Id → row, of those documents that stand."""
        with self.database.read() as connection:
            found = read_rows_of(connection, ids)
        return {id: row for id, row in found.items() if self._stands(row)}

    def _rows(self, documents: Collection[str]) -> Ids:
        """The rows a search is restricted to, ascending."""
        return np.array(sorted(self._rows_of(list(documents)).values()), dtype=np.int64)

    def _read(self, ids: Sequence[int]) -> dict[int, tuple[int, StoredChunk]]:
        with self.database.read() as connection:
            read = read_chunks(connection, ids, partial(self._texts, connection))
        found = {chunk.id: (row, chunk) for row, chunk in read}
        for id, known in found.items():
            self.caches.chunks.put(id, known)
        return found

    def _texts(self, connection: sqlite3.Connection, rows: Collection[int]) -> dict[int, Text]:
        known = {row: text for row in rows if (text := self.caches.texts.get(row)) is not None}
        missing = [row for row in rows if row not in known]
        read = read_texts(connection, missing) if missing else {}
        for row, text in read.items():
            self.caches.texts.put(row, text)
        return known | read
