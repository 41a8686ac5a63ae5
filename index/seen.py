"""BM25 as a reader sees it from whom documents are hidden: these move neither a score nor who is found.

An index counts all it holds. It finds somewhat more than is asked for, by what the reader's own statistics make of a
term's rarity; these chunks are then scored anew from their own words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from index.lexical import Field, LexicalQuery, Term, Words
from index.recent import Recent
from index.weights import K1, B, Lengths, idf, kept_length, tokens_of

Found = list[tuple[int, float]]
_MORE = 1.25  # of what is asked for
_TERMS = 50_000  # whose counts are remembered


@dataclass(frozen=True, slots=True)
class Lines:
    """A chunk's tokens by field, each between two spaces: counted by searching."""

    tokens: dict[Field, str]
    lengths: dict[Field, int]

    @classmethod
    def of(cls, words: Words) -> Lines:
        found = tokens_of(words)
        lines = {field: f" {'  '.join(tokens)} " for field, tokens in found.items()}
        return cls(lines, {field: len(tokens) for field, tokens in found.items()})


@dataclass(frozen=True, eq=False)
class Seen:
    """What BM25 counts of the documents that somebody sees. Safe to share between threads."""

    chunks: int
    averages: Lengths  # tokens of a chunk
    of_all: Lengths  # the same where nothing is hidden
    count: Callable[[Field, str], int]  # chunks that hold a token
    lines: Callable[[Sequence[int]], dict[int, Lines]]
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
        n = round(k * _MORE)
        while True:
            found = search(asked, n)
            best = self._scored(terms, [id for id, _ in found])[:k]
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

    def _scored(self, terms: Sequence[tuple[Term, float]], ids: Sequence[int]) -> Found:
        lines = self.lines(ids)
        found = [(id, self._score(terms, lines[id])) for id in ids if id in lines]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

    def _score(self, terms: Sequence[tuple[Term, float]], lines: Lines) -> float:
        norms = {
            field: K1 * (1 - B + B * kept_length(length) / (self.averages[field] or 1.0))
            for field, length in lines.lengths.items()
        }
        score = 0.0
        for term, weight in terms:
            if count := lines.tokens[term.field].count(f" {term.text} "):
                score += weight * (1 + K1) * count / (count + norms[term.field])
        return score
