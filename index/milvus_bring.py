"""Documents from the store's database into a pair of Milvus collections, and the comparison of both.

Every step is: first the server, then the ledger. What broke off in between is done again, and changes nothing then.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np

from index import access
from index.dense import PARTS as WINDOWS
from index.dense import Ids
from index.embedding import model_number
from index.lexical import FIELDS, Field
from index.milvus import Collections, Entity, Marks
from index.milvus_ledger import Held, Ledger, Moment
from index.rows import gone_since, read_rows, read_vectors, read_words
from index.weights import Bag, Counted

_BATCH = 50  # documents brought at a time
_GONE_BATCH = 500
_SAMPLE = 2000  # chunks whose lengths stand for all
_COMPARED = 5000  # chunks at a time
_LAST = 2**62
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Truth:
    """The database at one moment, in an open read transaction."""

    connection: sqlite3.Connection
    moment: Moment
    model: int
    dimension: int

    @classmethod
    def read(cls, connection: sqlite3.Connection, model_id: str) -> Truth:
        number = model_number(connection, model_id)
        (dimension,) = connection.execute("SELECT dimension FROM models WHERE id = ?", (number,)).fetchone()
        (change,) = connection.execute("SELECT value FROM meta WHERE key = 'change'").fetchone()
        line = connection.execute("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1").fetchone()
        audit_number, audit_hash = line or (0, "")
        return cls(connection, Moment(int(change), audit_number, audit_hash, model_id), number, dimension)

    def continues(self, before: Moment) -> bool:
        """Whether the database once was as it was then: an older copy put in its place gives rows anew."""
        line = self.connection.execute("SELECT hash FROM audit WHERE number = ?", (before.audit_number,)).fetchone()
        return before.change <= self.moment.change and (line[0] if line else "") == before.audit_hash

    def since(self, before: Moment, last_row: int) -> tuple[list[int], list[int]]:
        """The rows of documents that came and went since, when `last_row` was the newest."""
        came = self.connection.execute("SELECT row FROM documents WHERE row > ? ORDER BY row", (last_row,))
        return [row for (row,) in came], gone_since(self.connection, before.change, last_row).tolist()

    def chunks(self) -> Ids:
        """Shape (n, 2): chunk id, ascending, and its document's row."""
        pairs = self.connection.execute("SELECT id, document FROM chunks ORDER BY id").fetchall()
        return np.array(pairs, dtype=np.int64).reshape(-1, 2)

    def count(self) -> int:
        return int(self.connection.execute("SELECT count(*) FROM chunks").fetchone()[0])

    def vectors(self) -> int:
        found = self.connection.execute("SELECT count(*) FROM vectors WHERE model = ?", (self.model,)).fetchone()
        return int(found[0])


def bring(truth: Truth, ledger: Ledger, collections: Collections, since: Moment | None) -> int:
    """Brings the collections up to the database, by what changed since, or by comparing all documents.

    Returns how many documents were brought.
    """
    new, gone = _changed(truth, ledger, since)
    take_away(gone, ledger, collections)
    for done, rows in enumerate(_batches(new, _BATCH)):
        if done:
            logger.info("%s: %d of %d documents", ledger.name, done * _BATCH, len(new))
        _put(truth, rows, ledger, collections)
    ledger.finish(truth.moment)
    return len(new)


def take_away(rows: Sequence[int], ledger: Ledger, collections: Collections) -> None:
    """Removes documents from the collections and the ledger."""
    for some in _batches(rows, _GONE_BATCH):
        collections.remove(ledger.name, some)
        ledger.let_go(some)


def differing(truth: Truth, ledger: Ledger, collections: Collections) -> set[int]:
    """The rows of documents of which the collections hold less, or more, than the database and the ledger say.

    Those that the ledger holds and the database has no more are left to `bring`.
    """
    held, standing = set(ledger.rows()), set(read_rows(truth.connection))
    wrong: set[int] = set()
    chunks = truth.chunks()
    chunks = chunks[np.isin(chunks[:, 1], np.array(sorted(held), np.int64))]
    edges = [0, *chunks[_COMPARED::_COMPARED, 0].tolist(), _LAST // WINDOWS]
    for first, end in pairwise(edges):
        inside = chunks[slice(*np.searchsorted(chunks[:, 0], (first, end)))]
        ids, _ = read_vectors(truth.connection, truth.model, first, end - 1)
        owners = dict(inside.tolist())
        windows = {id: owners[id // WINDOWS] for id in ids.tolist() if id // WINDOWS in owners}
        words_there = collections.ids(ledger.name, "words", first, end - 1)
        windows_there = collections.ids(ledger.name, "vectors", first * WINDOWS, end * WINDOWS - 1)
        wrong |= {row for _, row in owners.items() ^ words_there.items()}
        wrong |= {row for _, row in windows.items() ^ windows_there.items()}
    return wrong - (held - standing)


def lengths_of_a_sample(truth: Truth) -> dict[Field, float]:
    """Tokens of a chunk by field, on average."""
    ids = truth.chunks()[:, 0]
    some = ids[:: -(-len(ids) // _SAMPLE)] if len(ids) else ids
    totals = dict.fromkeys(FIELDS, 0)
    for words in read_words(truth.connection, some.tolist()):
        for field, length in Counted.of(words).lengths.items():
            totals[field] += length
    return {field: total / max(len(some), 1) for field, total in totals.items()}


def _changed(truth: Truth, ledger: Ledger, since: Moment | None) -> tuple[list[int], list[int]]:
    """The rows of documents to bring and to take away."""
    if since is None:
        held, standing = set(ledger.rows()), set(read_rows(truth.connection))
        return sorted(standing - held), sorted(held - standing)
    return truth.since(since, ledger.last_row())


def _put(truth: Truth, rows: Sequence[int], ledger: Ledger, collections: Collections) -> None:
    documents = {marks.row: (id, marks) for id, marks in _documents(truth.connection, rows)}
    counted: dict[int, dict[int, Counted]] = {row: {} for row in documents}
    for words in read_words(truth.connection, _chunks(truth.connection, rows)):
        counted[words.document][words.chunk] = Counted.of(words)
    owners = {chunk: documents[row][1] for row, own in counted.items() for chunk in own}
    reference = ledger.reference
    weights = [
        Entity(chunk, each.weights(reference), owners[chunk]) for own in counted.values() for chunk, each in own.items()
    ]
    windows = _windows(truth, owners)
    collections.put(ledger.name, "words", weights)
    collections.put(ledger.name, "vectors", windows)
    parts = Counter(each.marks.row for each in windows)
    ledger.hold(
        [
            Held(row, id, access.written(marks.groups), len(counted[row]), parts[row], Bag.of(counted[row].values()))
            for row, (id, marks) in documents.items()
        ]
    )


def _windows(truth: Truth, owners: Mapping[int, Marks]) -> list[Entity]:
    """The vectors of the chunks."""
    if not owners:
        return []
    ids, vectors = read_vectors(truth.connection, truth.model, min(owners), max(owners))
    return [
        Entity(id, vector, owners[id // WINDOWS])
        for id, vector in zip(ids.tolist(), vectors, strict=True)
        if id // WINDOWS in owners
    ]


def _chunks(connection: sqlite3.Connection, rows: Sequence[int]) -> list[int]:
    found = connection.execute(
        "SELECT id FROM chunks WHERE document IN (SELECT value FROM json_each(?)) ORDER BY id", (json.dumps(rows),)
    )
    return [id for (id,) in found]


def _documents(connection: sqlite3.Connection, rows: Sequence[int]) -> list[tuple[str, Marks]]:
    found = connection.execute(
        "SELECT id, row, issued_on, kind_key, issuer_key, place_key, access FROM documents"
        " WHERE row IN (SELECT value FROM json_each(?)) ORDER BY row",
        (json.dumps(rows),),
    )
    return [
        (id, Marks(row, issued_on, kind, issuer, place, access.read(to)))
        for id, row, issued_on, kind, issuer, place, to in found
    ]


def _batches(rows: Iterable[int], size: int) -> Iterator[list[int]]:
    source = iter(rows)
    while some := list(islice(source, size)):
        yield some
