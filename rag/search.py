"""What is searched for a question, and the passages that a search finds, each with why it came."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.text import tokens
from index.embed import Embedder
from index.lexical import Term
from index.snapshot import Snapshot
from rag.answer import Filters, Request
from rag.choices import ChoiceBook
from rag.explain import Explained, explain
from rag.former_places import other_names, sought
from rag.hits import limit, passage
from rag.language.abbreviations import contract_forms
from rag.retrieve import RANKED, Hit, Reranker, SearchQuery, by_words, retrieve
from rag.scope import places_of, scope
from rag.understand import Query, read_question

_SHORT_FORM = 0.5  # boost of "ubnd" when "Ủy ban nhân dân" is asked for


class Search:
    """Finds passages in a snapshot. Safe to share between threads; holds no question."""

    def __init__(self, embedder: Embedder, reranker: Reranker | None, choices: ChoiceBook) -> None:
        self._embedder = embedder
        self._reranker = reranker
        self._choices = choices

    def best(
        self,
        snapshot: Snapshot,
        query: Query,
        k: int,
        document_ids: Sequence[str] | None,
        filters: Filters | None,
        most: int = RANKED,
    ) -> list[Hit]:
        """The best hits: the documents of a number that is asked for before those that mention it."""
        ids = None if document_ids is None else tuple(document_ids)
        request = Request(query.asked, document_ids=ids, filters=filters or Filters())
        searched = self.query_for(snapshot, query)
        found: dict[int, Hit] = {}
        for allowed in scope(snapshot, query, request).searches():
            for hit in self.hits(snapshot, query, searched, limit(k), allowed, most):
                found.setdefault(hit.chunk.id, hit)
        return list(found.values())[: limit(k)]

    def quick(
        self, snapshot: Snapshot, asked: str, k: int, document_ids: Sequence[str] | None, filters: Filters | None
    ) -> list[Hit]:
        """The best hits by the words as they are typed, and nothing more. Raises `QuestionError`."""
        return by_words(snapshot, read_question(asked), limit(k), snapshot.select(filters, document_ids))

    def explained(self, snapshot: Snapshot, query: Query, hits: Sequence[Hit]) -> list[Explained]:
        """The hits as passages, each with why it came."""
        also = (*self._short_forms(query), *other_names(query.places, places_of(snapshot)))
        documents = snapshot.owning([hit.chunk.id for hit in hits])
        standing = [hit for hit in hits if hit.chunk.document_id in documents]
        return [Explained(passage(hit, documents), explain(query, also, hit)) for hit in standing]

    def hits(
        self,
        snapshot: Snapshot,
        query: Query,
        searched: SearchQuery,
        k: int,
        allowed: frozenset[str] | None,
        most: int = RANKED,
    ) -> list[Hit]:
        return retrieve(snapshot, searched, k, allowed, self._reranker if query.tuning.reranker else None, most)

    def query_for(self, snapshot: Snapshot, query: Query) -> SearchQuery:
        """What is looked for: the understood words, their vector, short forms of names, and what places were called."""
        vector = self._embedder.encode_query([query.text])[0]
        short = {token.folded for form in self._short_forms(query) for token in tokens(form)}
        extra = [Term("folded", word, _SHORT_FORM) for word in sorted(short)]
        extra += sought(query.places, places_of(snapshot)) + self._choices.current().aliases.sought(query.places)
        return SearchQuery(query.text, vector, tuple(extra), query.unopened)

    def _short_forms(self, query: Query) -> tuple[str, ...]:
        forms = contract_forms(query.text, self._choices.current().abbreviations)
        return tuple(dict.fromkeys(form.abbreviation for form in forms))
