"""What tells passages of one document apart: what it says everywhere, its subject above all, weighs little there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.text import tokens
from rag.retrieve import Hit
from rag.terms import Term
from rag.understand import Query

_FEWEST = 4  # passages from which it shows what a document says everywhere
_EVERYWHERE = 0.2  # of its weight that a word of every passage keeps


def within_named(query: Query, hits: Sequence[Hit]) -> Query:
    """The question with its terms weighed for the documents that it names by their number, which the hits are of."""
    if not query.numbers or len(hits) < _FEWEST:
        return query
    said = [frozenset(token.folded for token in tokens(hit.chunk.text)) for hit in hits]

    def weighed(term: Term) -> Term:
        kept = 1 - (1 - _EVERYWHERE) * sum(term.folded in words for words in said) / len(said)
        return replace(term, weight=term.weight * kept, kept=kept)

    return replace(query, terms=tuple(map(weighed, query.terms)))
