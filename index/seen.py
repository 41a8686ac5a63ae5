"""BM25 as a reader sees it from whom documents are hidden: these move neither a score nor who is found.

An index counts all it holds. It finds somewhat more than is asked for, by what the reader's own statistics make of a
term's rarity; these chunks are then scored anew from their own words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from corpus.text import syllables
from index.lexical import FIELDS, Field, LexicalQuery, Term
from index.recent import Recent
from index.weights import K1, B, Lengths, idf, kept_length

Found = list[tuple[int, float]]
_MORE = 1.25  # of what is asked for
_TERMS = 50_000  # whose counts are remembered


@dataclass(frozen=True, slots=True)
class Tokens:
    """A chunk's tokens; the strings are shared with other chunks."""

    folded: list[str]
    accented: list[str]
    context: list[str]

    @classmethod
    def of(cls, text: str, context: str) -> Tokens:
        keys, folded = syllables(text)
        return cls(folded, keys, syllables(context)[1])

    def __len__(self) -> int:
        return len(self.folded) + len(self.accented) + len(self.context)

    def held(self, wanted: Wanted) -> dict[Field, list[str]]:
        """Those that are looked for, by field, as often as they stand there."""
        return {
            "folded": [token for token in self.folded if token in wanted.weights["folded"]],
            "bigrams": wanted.pairs("bigrams", self.folded),
            "accented": [token for token in self.accented if token in wanted.weights["accented"]],
            "context_folded": [token for token in self.context if token in wanted.weights["context_folded"]],
            "context_bigrams": wanted.pairs("context_bigrams", self.context),
        }

    @property
    def lengths(self) -> dict[Field, int]:
        text, context = len(self.folded), len(self.context)
        pairs, context_pairs = max(text - 1, 0), max(context - 1, 0)
        return {
            "folded": text,
            "bigrams": pairs,
            "accented": len(self.accented),
            "context_folded": context,
            "context_bigrams": context_pairs,
        }


@dataclass(frozen=True)
class Wanted:
    """What a question's tokens weigh, by field: boost times rarity."""

    weights: dict[Field, dict[str, float]]

    @classmethod
    def of(cls, terms: Sequence[tuple[Term, float]]) -> Wanted:
        weights: dict[Field, dict[str, float]] = {field: {} for field in FIELDS}
        for term, weight in terms:
            known = weights[term.field]
            known[term.text] = known.get(term.text, 0.0) + weight
        return cls(weights)

    @cached_property
    def _first(self) -> dict[Field, frozenset[str]]:
        """What a pair may begin with."""
        return {
            field: frozenset(text[: match.start()] for text in weights for match in re.finditer("_", text))
            for field, weights in self.weights.items()
        }

    def pairs(self, field: Field, tokens: Sequence[str]) -> list[str]:
        known, first = self.weights[field], self._first[field]
        return [pair for one, two in pairwise(tokens) if one in first and (pair := f"{one}_{two}") in known]


@dataclass(frozen=True, eq=False)
class Seen:
    """What BM25 counts of the documents that somebody sees. Safe to share between threads."""

    chunks: int
    averages: Lengths  # tokens of a chunk
    of_all: Lengths  # the same where nothing is hidden
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
        asked = LexicalQuery(tuple(replace(term, boost=weight / rarity(term)) for term, weight in terms))
        wanted, n = Wanted.of(terms), round(k * _MORE)
        while True:
            found = search(asked, n)
            best = self._scored(wanted, [id for id, _ in found])[:k]
            if len(found) < n or (len(best) == k and best[-1][1] >= found[-1][1] * self._more):
                return best
            n *= 4

    @property
    def _more(self) -> float:
        """How many times its score by all there is a chunk may have here, terms being as rare."""
        return max(1.0, *(mine / (self.of_all[field] or 1.0) for field, mine in self.averages.items()))

    def _rarity(self, term: Term) -> float:
        """0 for a term that no chunk holds which is seen."""
        count = self.frequency(term.field, term.text)
        return idf(count, self.chunks) if count else 0.0

    def _scored(self, wanted: Wanted, ids: Sequence[int]) -> Found:
        tokens = self.tokens(ids)
        found = [(id, self._score(wanted, tokens[id])) for id in ids if id in tokens]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

    def _score(self, wanted: Wanted, tokens: Tokens) -> float:
        score, lengths = 0.0, tokens.lengths
        for name, held in tokens.held(wanted).items():
            norm = K1 * (1 - B + B * kept_length(lengths[name]) / (self.averages[name] or 1.0))
            for text, count in Counter(held).items() if held else ():
                score += wanted.weights[name][text] * (1 + K1) * count / (count + norm)
        return score
