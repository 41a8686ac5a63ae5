"""BM25 as a reader sees it from whom documents are hidden: these move neither a score nor who is found.

An index counts all it holds, and may weigh by other lengths than the reader's chunks have. It finds somewhat more than
is asked for, by what the reader's own statistics make of a term's rarity; these chunks are then scored anew from their
own words, all at once, as rows of numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from corpus.text import syllables
from index.lexical import FIELDS, Field, LexicalQuery, Term
from index.recent import Recent
from index.weights import K1, B, Lengths, idf, kept_length

Found = list[tuple[int, float]]
Numbers = NDArray[np.int64]  # of tokens: the same for the same token as long as the process lives
_MORE = 1.25  # of what is asked for
_TERMS = 50_000  # whose counts are remembered
_STEP = -0x61C8864680B583EB  # 2⁶⁴ by the golden ratio: of a pair's first token, so that few pairs are the same number
_PAIRED: dict[Field, Field] = {"bigrams": "folded", "context_bigrams": "context_folded"}


@dataclass(frozen=True, slots=True)
class Tokens:
    """A chunk's tokens as numbers."""

    folded: Numbers
    accented: Numbers
    context: Numbers

    @classmethod
    def of(cls, text: str, context: str) -> Tokens:
        keys, folded = syllables(text)
        return cls(_numbers(folded), _numbers(keys), _numbers(syllables(context)[1]))

    def __len__(self) -> int:
        return len(self.folded) + len(self.accented) + len(self.context)


@dataclass(frozen=True, slots=True)
class Column:
    """One field of several chunks: the tokens of all in a row, whose each is, and how many tokens each has."""

    tokens: Numbers
    owners: Numbers
    lengths: Numbers

    @classmethod
    def of(cls, chunks: Sequence[Numbers]) -> Column:
        lengths = np.array([len(tokens) for tokens in chunks], np.int64)
        return cls(np.concatenate(chunks), np.repeat(np.arange(len(chunks)), lengths), lengths)

    @property
    def pairs(self) -> Column:
        """Every two neighbours as one token."""
        together = self.owners[1:] == self.owners[:-1]
        paired = _pair(self.tokens[:-1], self.tokens[1:])
        return Column(paired[together], self.owners[1:][together], np.maximum(self.lengths - 1, 0))


@dataclass(frozen=True, slots=True)
class Wanted:
    """The tokens of a field that are looked for, ascending, whose n-th term each is, and the terms' boost × rarity."""

    tokens: Numbers
    terms: Numbers
    weights: NDArray[np.float64]

    @classmethod
    def of(cls, field: Field, terms: Iterable[tuple[Term, float]]) -> Wanted:
        weights: dict[str, float] = {}
        for term, weight in terms:
            if term.field == field:
                weights[term.text] = weights.get(term.text, 0.0) + weight
        parts = [text.partition("_")[::2] for text in weights]
        tokens = _numbers([first for first, _ in parts])
        if field in _PAIRED:
            tokens = _pair(tokens, _numbers([second for _, second in parts]))
        order = np.argsort(tokens)
        return cls(tokens[order], order, np.array(list(weights.values())))

    def scores(self, column: Column, average: float) -> NDArray[np.float64]:
        """Each chunk's BM25 by this field, where chunks have so many tokens on average."""
        at = np.minimum(np.searchsorted(self.tokens, column.tokens), len(self.tokens) - 1)
        held = self.tokens[at] == column.tokens
        found = column.owners[held] * len(self.terms) + self.terms[at[held]]
        places, counts = np.unique(found, return_counts=True)
        owners, terms = np.divmod(places, len(self.terms))
        norms = K1 * (1 - B + B * np.array([kept_length(length) for length in column.lengths.tolist()]) / average)
        told = self.weights[terms] * (1 + K1) * counts / (counts + norms[owners])
        return np.bincount(owners, told, minlength=len(column.lengths)).astype(np.float64)


@dataclass(frozen=True, eq=False)
class Seen:
    """What BM25 counts of the documents that somebody sees. Safe to share between threads."""

    chunks: int
    averages: Lengths  # tokens of a chunk
    weighed_by: Lengths  # the same as the index takes it
    count: Callable[[Field, str], int]  # chunks that hold a token
    tokens: Callable[[Sequence[int]], dict[int, Tokens]]
    _counts: Recent[tuple[Field, str], int] = field(default_factory=lambda: Recent(_TERMS))

    def frequency(self, field: Field, text: str) -> int:
        if (known := self._counts.get((field, text))) is None:
            known = self.count(field, text)
            self._counts.put((field, text), known)
        return known

    def best(
        self,
        query: LexicalQuery,
        k: int,
        search: Callable[[LexicalQuery, int], Found],
        rarity: Callable[[Term], float],
    ) -> Found:
        """The `k` best chunks; `search` finds by all there is, with `rarity` as a term's idf there."""
        rare = {(term.field, term.text): self._rarity(term) for term in query.terms}
        weighed = [(term, term.boost * rare[term.field, term.text]) for term in query.terms]
        terms = [(term, weight) for term, weight in weighed if weight]
        asked, n = LexicalQuery(tuple(term._replace(boost=weight / rarity(term)) for term, weight in terms)), k
        while True:
            n = round(n * _MORE)
            found = search(asked, n)
            best = self._scored(terms, [id for id, _ in found])[:k]
            if len(found) < n or (len(best) == k and best[-1][1] >= found[-1][1] * self._more):
                return best
            n *= 2

    @property
    def _more(self) -> float:
        """How many times its score by the index a chunk may have here, terms being as rare."""
        return max(1.0, *(mine / (self.weighed_by[field] or 1.0) for field, mine in self.averages.items()))

    def _rarity(self, term: Term) -> float:
        """0 for a term that no chunk holds which is seen."""
        count = self.frequency(term.field, term.text)
        return idf(count, self.chunks) if count else 0.0

    def _scored(self, terms: Sequence[tuple[Term, float]], ids: Sequence[int]) -> Found:
        tokens = self.tokens(ids)
        ids = [id for id in ids if id in tokens]
        if not ids:
            return []
        columns: dict[Field, Column] = {
            "folded": Column.of([tokens[id].folded for id in ids]),
            "accented": Column.of([tokens[id].accented for id in ids]),
            "context_folded": Column.of([tokens[id].context for id in ids]),
        }
        columns |= {pairs: columns[single].pairs for pairs, single in _PAIRED.items()}
        scores = np.zeros(len(ids))
        for name in FIELDS:
            wanted = Wanted.of(name, terms)
            if len(wanted.tokens):
                scores += wanted.scores(columns[name], self.averages[name] or 1.0)
        return sorted(zip(ids, scores.tolist(), strict=True), key=lambda hit: (-hit[1], hit[0]))


def _numbers(tokens: Sequence[str]) -> Numbers:
    return np.fromiter(map(hash, tokens), np.int64, len(tokens))


def _pair(first: Numbers, second: Numbers) -> Numbers:
    return first * np.int64(_STEP) + second
