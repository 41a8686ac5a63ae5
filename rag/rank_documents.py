"""The documents of the likeliest passages, read on: what tells one title from another is said all over a document.

Only for what states something; where something is asked, the passage that answers is enough (docs/retrieval.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from index import interaction
from index.records import StoredChunk
from index.snapshot import Snapshot
from rag import telling
from rag.rank_features import FEATURES, Candidates, features
from rag.rank_question import Matrix, Places, Question
from rag.rank_tokens import Packed

_SHARED = ("alike", "alike_stretch", "cover", "cover_plain", "cover_rare", "bm25_exact", "bm25_plain", "bm25_pairs")
WHOLE = (*_SHARED, *telling.TOLD)
"""What is measured of a document: some of `FEATURES`, and how well it tells what is stated."""
READ = 20  # documents
_CHUNKS = 8  # … of each
_COLUMNS = [list(FEATURES).index(name) for name in _SHARED]


def likeliest(documents: Sequence[object], scores: Matrix) -> Places:
    """For each candidate the number of its document among the best `READ`, -1 for another."""
    order = dict.fromkeys(documents[at] for at in np.argsort(-scores, kind="stable").tolist())
    place = {document: at for at, document in enumerate(order) if at < READ}
    return np.array([place.get(document, -1) for document in documents], dtype=np.int64)


def read_on(snapshot: Snapshot, readings: Sequence[str], chunks: Sequence[StoredChunk], owners: Places) -> Matrix:
    """The features `WHOLE` of each document that `owners` numbers; of several readings of the question the best."""
    read = [chunks[int(np.argmax(owners == at))] for at in range(int(owners.max()) + 1)]
    _, sizes = snapshot.owners([chunk.id for chunk in read])
    around = [_around(chunk, int(size)) for chunk, size in zip(read, sizes, strict=True)]
    found = snapshot.chunks([id for ids in around for id in ids])
    packed = Packed.of([chunk.text for chunk in found])
    whole = replace(packed, starts=packed.starts[np.cumsum([0, *map(len, around)])])
    return np.asarray(np.maximum.reduce([_measured(snapshot, question, whole) for question in readings]))


def _around(chunk: StoredChunk, size: int) -> range:
    """The ids of the document's first chunks, or where the chunk stands behind these, of those that lead to it."""
    first = chunk.id - chunk.ordinal  # a document's chunks have consecutive ids
    begin = first + max(0, chunk.ordinal - _CHUNKS + 1)
    return range(begin, min(begin + _CHUNKS, first + size))


def _measured(snapshot: Snapshot, question: str, texts: Packed) -> Matrix:
    count = len(texts.starts) - 1
    nothing, apart = np.zeros(count), np.arange(count)
    alike = interaction.shipped().parts_of(question, texts.alike, texts.lengths)
    told = telling.shipped().told(telling.STATING, question, texts.alike, texts.lengths)
    candidates = Candidates(
        texts, nothing, nothing, alike, told, np.zeros(count, np.int64), apart, nothing, np.ones(count, np.int64)
    )
    shared = features(Question.of(question, snapshot.frequency, snapshot.count), candidates)[:, _COLUMNS]
    return np.hstack([shared, told])
