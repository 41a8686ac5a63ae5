"""Question → passages that may answer it: words and vectors at once, fused, ranked, perhaps by a cross-encoder.

The weights were measured; docs/retrieval.md has the table of what each part adds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from corpus.text import Token, tokens
from index import interaction
from index.embed import Reranker, Vectors, load_reranker
from index.lexical import Field, LexicalQuery, Term
from index.records import StoredChunk
from index.snapshot import Snapshot
from rag import telling
from rag.effort import FULL
from rag.rank import shipped
from rag.rank_documents import likeliest, read_on
from rag.rank_features import Candidates, features
from rag.rank_question import Matrix, Question, asks
from rag.rank_tokens import Packed
from rag.terms import content_terms

__all__ = ["Hit", "Reranker", "SearchQuery", "by_words", "load_reranker", "retrieve", "with_neighbours"]

Scores = dict[int, float]  # by chunk id

# Boosts of the BM25 fields; syllables that only ask ("bao nhiêu", "thế nào") count `ASKING` of the others.
BOOSTS: dict[Field, float] = {"folded": 0.8, "bigrams": 1.0, "accented": 1.1}
CONTEXT: dict[Field, float] = {"context_folded": 0.3, "context_bigrams": 0.1}
ASKING = 0.5
OPENED = 0.3  # of its weight that a word of an opened abbreviation has beside the abbreviation
COSINE = 0.6  # weight of the cosine beside BM25, which is scaled by its best
DEPTH = 100  # chunks that either search contributes
RANKED = FULL.ranked  # of them, in the ranker's order
RERANKED = 50
AT_ONCE = 5_000  # chunks; among fewer, handing a search to another thread takes longer than the search

_searches = ThreadPoolExecutor(max_workers=4, thread_name_prefix="lexical")  # starts a thread when one is needed


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is looked for: the understood question, its unit vector, and further terms such as synonyms.

    `unopened`: its words before abbreviations were opened, when they were; what was opened counts less.
    """

    text: str
    vector: Vectors
    extra: tuple[Term, ...] = ()
    unopened: str = ""

    @property
    def readings(self) -> list[str]:
        """With its abbreviations opened, and as it was asked; one where they are the same."""
        return list(dict.fromkeys((self.text, self.unopened or self.text)))


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. `score` orders a query's hits.

    `parts`: "lexical" (BM25) and "dense" (cosine) of the searches; of the ranker, by the parts of
    `rank_features.FEATURES`, what the passage has ahead of the average candidate; "reranker".
    """

    chunk: StoredChunk
    score: float
    parts: dict[str, float] = field(default_factory=dict)


def retrieve(
    snapshot: Snapshot,
    query: SearchQuery,
    k: int,
    documents: frozenset[str] | None = None,
    reranker: Reranker | None = None,
    most: int = RANKED,
) -> list[Hit]:
    """The `k` best passages, the best first; only of `documents` when given. `most`: how many are ranked."""
    found = search(snapshot, query, max(k, DEPTH), documents)
    hits = ranked(snapshot, query, found, k, most)
    return (reranked(reranker, query.text, hits) if reranker else hits)[:k]


def by_words(snapshot: Snapshot, text: str, k: int, documents: frozenset[str] | None = None) -> list[Hit]:
    """The `k` best passages by BM25 alone, each with its share of the best one's score."""
    found = snapshot.lexical(LexicalQuery(tuple(_terms(text))), k, documents)
    score = dict(found)
    best = max(score.values(), default=0.0) or 1.0
    chunks = snapshot.chunks([id for id, _ in found])
    return [Hit(chunk, score[chunk.id] / best, {"lexical": score[chunk.id]}) for chunk in chunks]


@dataclass(frozen=True, slots=True)
class Searched:
    """What the two searches returned, by chunk id: BM25, cosine, and both fused."""

    lexical: Scores
    dense: Scores
    fused: Scores

    def best(self, n: int) -> list[int]:
        ids = np.fromiter(self.fused, np.int64, len(self.fused))
        scores = np.fromiter(self.fused.values(), np.float64, len(self.fused))
        return [int(id) for id in ids[np.lexsort((ids, -scores))[:n]]]


def search(snapshot: Snapshot, query: SearchQuery, depth: int, documents: frozenset[str] | None = None) -> Searched:
    """Both searches, at once where each takes its time; the words' twice as deep, to know more of each document."""
    wanted = lexical_query(query)
    if snapshot.count <= AT_ONCE:
        lexical = dict(snapshot.lexical(wanted, 2 * depth, documents))
        dense = dict(snapshot.dense(query.vector, depth, documents))
    else:
        words = _searches.submit(snapshot.lexical, wanted, 2 * depth, documents)
        dense = dict(snapshot.dense(query.vector, depth, documents))
        lexical = dict(words.result())
    return Searched(lexical, dense, fused(lexical, dense))


def ranked(snapshot: Snapshot, query: SearchQuery, found: Searched, k: int, most: int = RANKED) -> list[Hit]:
    """The best `most` in the ranker's order, then the others as fused.

    The place decides the score: the n-th hit has the n-th fused score, whose scale the reader knows.
    """
    chunks = snapshot.chunks(found.best(max(k, most)))
    scores = [found.fused[chunk.id] for chunk in chunks]
    parts = [_parts(found, chunk.id) for chunk in chunks]
    if len(top := chunks[:most]) > 1:
        told = told_of(snapshot, query, top, measured(snapshot, query, found, top))
        order = np.argsort(-sum(told.values()), kind="stable").tolist()
        parts[: len(top)] = [parts[at] | {part: float(values[at]) for part, values in told.items()} for at in order]
        chunks[: len(top)] = [chunks[at] for at in order]
    return [Hit(*one) for one in zip(chunks, scores, parts, strict=True)]


def told_of(snapshot: Snapshot, query: SearchQuery, chunks: Sequence[StoredChunk], table: Matrix) -> dict[str, Matrix]:
    """By part of the score what each chunk has ahead of the average one, of what states also by its whole document."""
    asking = asks(query.text)
    told = shipped().parts(table, asking)
    if not asking:
        owners = likeliest([chunk.document_id for chunk in chunks], np.asarray(sum(told.values())))
        rows = read_on(snapshot, query.readings, chunks, owners)
        told["document"] = told["document"] + shipped().of_documents(rows, owners)
    return told


def _parts(found: Searched, id: int) -> dict[str, float]:
    return {"lexical": found.lexical.get(id, 0.0), "dense": found.dense.get(id, 0.0)}


def measured(snapshot: Snapshot, query: SearchQuery, found: Searched, chunks: Sequence[StoredChunk]) -> Matrix:
    """The chunks' features, a row each; of a question with opened abbreviations, the better of both readings."""
    ids = [chunk.id for chunk in chunks]
    rows, sizes = snapshot.owners(ids)
    told = np.fromiter(found.lexical.values(), np.float64, len(found.lexical))
    told_of, _ = snapshot.owners(list(found.lexical))
    of_document = np.bincount(told_of, weights=told, minlength=int(rows.max(initial=0)) + 1).astype(np.float64)
    last = max(min(found.dense.values(), default=0.0), 0.0)
    texts = Packed.of([chunk.text for chunk in chunks])
    head = telling.ASKING if asks(query.text) else telling.STATING

    def read(question: str) -> Matrix:
        candidates = Candidates(
            texts=texts,
            lexical=np.array([found.lexical.get(id, 0.0) for id in ids]),
            cosine=np.array([found.dense.get(id, last) for id in ids]),
            alike=interaction.shipped().parts_of(question, texts.alike, texts.lengths),
            told=telling.shipped().told(head, question, texts.alike, texts.lengths),
            ordinals=np.array([chunk.ordinal for chunk in chunks], dtype=np.int64),
            documents=rows,
            document_lexical=of_document[rows],
            document_sizes=sizes,
        )
        return features(Question.of(question, snapshot.frequency, snapshot.count), candidates)

    return np.asarray(np.maximum.reduce([read(question) for question in query.readings]))


def lexical_query(query: SearchQuery) -> LexicalQuery:
    """The question's syllables and pairs of neighbours in every field; with accents if it has some."""
    asked = _terms(query.unopened or query.text)
    opened = {(term.field, term.text): term for term in _terms(query.text)} if len(query.readings) > 1 else {}
    for term in asked:
        opened.pop((term.field, term.text), None)
    less = (term._replace(boost=term.boost * OPENED) for term in opened.values())
    return LexicalQuery((*asked, *less, *query.extra))


def _terms(text: str) -> list[Term]:
    found = tokens(text)
    asked = {term.position for term in content_terms(text)}
    boost = [1.0 if position in asked else ASKING for position in range(len(found))]
    accented = any(token.key != token.folded for token in found)
    terms = [term for position, token in enumerate(found) for term in _syllable(token, boost[position], accented)]
    for (first, left), (second, right) in pairwise(zip(found, boost, strict=True)):
        pair, weight = f"{first.folded}_{second.folded}", (left + right) / 2
        terms += [Term("bigrams", pair, weight * BOOSTS["bigrams"])]
        terms += [Term("context_bigrams", pair, weight * CONTEXT["context_bigrams"])]
    return terms


def _syllable(token: Token, boost: float, accented: bool) -> Iterator[Term]:
    yield Term("folded", token.folded, boost * BOOSTS["folded"])
    yield Term("context_folded", token.folded, boost * CONTEXT["context_folded"])
    if accented:
        yield Term("accented", token.key, boost * BOOSTS["accented"])


def fused(lexical: Scores, dense: Scores) -> Scores:
    """BM25 as a share of its best, plus the weighted cosine.

    What the vectors' search did not return has at most its last cosine; what the words' did not, no BM25.
    """
    best = max(lexical.values(), default=0.0) or 1.0
    last = max(min(dense.values(), default=0.0), 0.0)
    return {id: lexical.get(id, 0.0) / best + COSINE * dense.get(id, last) for id in lexical.keys() | dense.keys()}


def reranked(reranker: Reranker, question: str, hits: Sequence[Hit]) -> list[Hit]:
    """The first `RERANKED` hits in the reranker's order, with scores above those of the rest."""
    top, rest = hits[:RERANKED], hits[RERANKED:]
    scores = reranker(question, [hit.chunk.text for hit in top])
    above = 1 + COSINE
    found = [
        replace(hit, score=above + 1 + score / (1 + abs(score)), parts=hit.parts | {"reranker": float(score)})
        for hit, score in zip(top, scores, strict=True)
    ]
    return sorted(found, key=lambda hit: (-hit.score, hit.chunk.id)) + list(rest)


def with_neighbours(snapshot: Snapshot, hit: Hit, n: int = 1) -> list[StoredChunk]:
    """The hit's chunk with up to `n` chunks before and after it that stand under the same heading."""
    near = snapshot.neighbours(hit.chunk.id, n)
    return [chunk for chunk in near if chunk.heading == hit.chunk.heading]
