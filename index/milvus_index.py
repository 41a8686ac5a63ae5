"""Collections on a Milvus server as an index: searched there, with what the ledger says of the terms."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from index.dense import Ids, best_of_each_chunk
from index.embed import Vectors
from index.follow import Found, IndexUnreachableError, Within
from index.lexical import Field, LexicalQuery, Term
from index.milvus import MOST, Collections, Part
from index.milvus_ledger import Ledger, Moment
from index.weights import Lengths, Sparse, dimension, idf

_FRESH = 10.0  # seconds after a change in which a search waits for all that was written: twice Milvus's own bound
_PATIENCE = 5.0  # seconds before a server that did not answer is asked again


class Doubt:
    """Whether the server failed to answer, so that what it holds must be looked at before it is trusted again."""

    def __init__(self) -> None:
        self.cast = True
        self.until = 0.0  # asked no earlier again

    @property
    def due(self) -> bool:
        return self.cast and time.monotonic() > self.until

    def failed(self) -> None:
        self.cast, self.until = True, time.monotonic() + _PATIENCE


@dataclass(frozen=True)
class Served:
    """A moment of the collections as an `index.follow.Index`."""

    collections: Collections
    ledger: Ledger
    moment: Moment
    chunks: Ids
    last_row: int
    totals: dict[str, int]
    lengths: Lengths  # that chunks were weighed against
    since: float  # the moment's time of day
    doubt: Doubt
    current: Callable[[], str | None]  # the name of the pair that is searched now

    @property
    def change(self) -> int:
        return self.moment.change

    @property
    def worn(self) -> bool:
        return False

    @property
    def reference(self) -> Lengths:
        return self.lengths

    @property
    def doubtful(self) -> bool:
        return self.doubt.due or self.current() != self.ledger.name

    def by_words(self, query: LexicalQuery, k: int, within: Within | None) -> Found:
        if within is None or within.seen is None:
            return self._by_words(query.telling(self._held_by, self.totals["chunks"]), k, within)
        telling = query.telling(within.seen.frequency, within.seen.chunks)
        return within.seen.best(telling, k, lambda asked, n: self._by_words(asked, n, within), self._rarity)

    def _by_words(self, query: LexicalQuery, k: int, within: Within | None) -> Found:
        asked = self._weighed(query)
        if not asked:
            return []
        return self._enough(k, within, lambda n: self._search("words", asked, n, within))

    def by_vector(self, vector: Vectors, k: int, within: Within | None) -> Found:
        value = np.ascontiguousarray(vector, dtype=np.float32)

        def search(n: int) -> tuple[Found, bool]:
            found, more = self._search("vectors", value, 3 * n, within)  # most chunks have one to three vectors
            ids, scores = np.array([id for id, _ in found], np.int64), np.array([score for _, score in found])
            return best_of_each_chunk([(ids, scores)], n), more

        return self._enough(k, within, search)

    def frequency(self, field: Field, text: str, within: Within | None) -> int:
        return self.ledger.count(dimension(field, text), within.groups if within else None)

    def _rarity(self, term: Term) -> float:
        return idf(self._held_by(term.field, term.text), self.totals["chunks"])

    def _held_by(self, field: Field, text: str) -> int:
        return self.frequency(field, text, None)

    def _weighed(self, query: LexicalQuery) -> Sparse:
        boosts: Sparse = {}
        for term in query.terms:
            place = dimension(term.field, term.text)
            boosts[place] = boosts.get(place, 0.0) + term.boost
        counts = self.ledger.counts(list(boosts))
        return {place: boosts[place] * idf(count, self.totals["chunks"]) for place, count in counts.items()}

    def _search(self, part: Part, value: Sparse | Vectors, n: int, within: Within | None) -> tuple[Found, bool]:
        """What was found, the best first, and whether there may be more."""
        fresh = time.time() < self.since + _FRESH
        try:
            found = self.collections.search(self.ledger.name, part, value, n, within, fresh)
        except IndexUnreachableError:
            self.doubt.failed()
            raise
        return sorted(found, key=lambda hit: (-hit[1], hit[0])), len(found) >= n < MOST

    def _enough(self, k: int, within: Within | None, search: Callable[[int], tuple[Found, bool]]) -> Found:
        """The `k` best that stand here: the server may hold what came or went since."""
        asked = k
        while True:
            found, more = search(asked)
            standing = self._standing(found, within)
            if len(standing) >= k or not more:
                return standing[:k]
            asked *= 4

    def _standing(self, found: Found, within: Within | None) -> Found:
        if not found or not len(self.chunks):
            return []
        ids, rows = self.chunks.T
        wanted = np.array([id for id, _ in found], np.int64)
        at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
        stands = ids[at] == wanted
        if within is not None:
            stands &= ~np.isin(rows[at], within.gone)
            stands &= within.rows is None or np.isin(rows[at], within.rows)
        return [hit for hit, standing in zip(found, stands.tolist(), strict=True) if standing]
