"""The writer without an LLM: finds the units of text that answer a question, each a verbatim quote with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from corpus.document import Document, Span
from corpus.text import Token, tokens
from index.embed import Embedder, Vectors
from index.records import StoredChunk
from rag.constraints import Mismatch, mismatch
from rag.evidence import FEATURES, Asked, Matrix, Weights, features
from rag.labelled import with_subject
from rag.language.numbers import find_numbers
from rag.leanings import Standing, leanings
from rag.other_words import OtherWords
from rag.persons import with_names
from rag.posts import POSTS
from rag.retrieve import Hit
from rag.shapes import candidates
from rag.singled_out import confirms
from rag.terms import Term
from rag.understand import Query
from rag.units import Unit, units_of

_LIGHT = 0.3  # of its weight that a date or a name keeps in the choice of the unit
_EXAMINED = 60  # units, the best first, that are held to the constraints …
_STANDING = 12  # … until so many have stood
_RETRIEVAL = 2.0  # logits that the best passage is ahead of one with score 0


@dataclass(frozen=True, slots=True)
class Finding:
    """A unit as an answer to a question. `score` orders findings; `row` are its features; `against` rules it out."""

    unit: Unit
    chunk: StoredChunk
    document: Document
    score: float
    row: Matrix
    against: Mismatch | None

    def feature(self, name: str) -> float:
        return float(self.row[FEATURES.index(name)])


class Reader:
    """Chooses units by the learned weights; holds no state of a question."""

    def __init__(self, embedder: Embedder, weights: Weights | None = None) -> None:
        self._embedder = embedder
        self._weights = weights or Weights.load()

    def find(self, query: Query, vector: Vectors, hits: Sequence[Hit], documents: dict[str, Document]) -> list[Finding]:
        """Every unit of the passages, the best evidence first; those ruled out by a constraint at the end."""
        asked = frozenset(query.words)
        others, why = OtherWords(query), query.expected.kind == "reason"
        places = [
            (others.read(with_subject(unit, documents[hit.chunk.document_id], asked, why, hit.chunk.heading)), hit)
            for hit in hits
            if hit.chunk.document_id in documents
            for unit in units_of(documents[hit.chunk.document_id].text, hit.chunk.span)
        ]
        if not places:
            return []
        query = with_names(query, [hit.chunk.text for hit in hits])
        table = features(_asked(query, vector), [unit for unit, _ in places], self._embedder)
        best = max(hit.score for hit in hits) or 1.0
        retrieved = np.array([hit.score / best for _, hit in places])
        counted = table[:, FEATURES.index("counted")] == 1.0
        standing_in = [Standing(unit, hit.chunk.heading, documents[hit.chunk.document_id]) for unit, hit in places]
        scores = self._weights.score(table) + _RETRIEVAL * retrieved + leanings(query, standing_in, counted)
        order = np.argsort(-scores, kind="stable")[:_EXAMINED]
        found: list[Finding] = []
        standing = 0
        for at in order:
            unit, hit = places[at]
            found.append(self._finding(query, unit, hit, documents, float(scores[at]), table[at]))
            standing += found[-1].against is None
            if standing == _STANDING:
                break
        return sorted(found, key=lambda finding: finding.against is not None)

    def _finding(
        self, query: Query, unit: Unit, hit: Hit, documents: dict[str, Document], score: float, row: Matrix
    ) -> Finding:
        document = documents[hit.chunk.document_id]
        against = mismatch(query, unit, document, hit.chunk.heading)
        return Finding(unit, hit.chunk, document, score, row, against)


def _asked(query: Query, vector: Vectors) -> Asked:
    held = [*_held(query), *(_with_post(query.text, name) for name in query.names)]
    within = enumerate(tokens(query.text))
    pinned = frozenset(at for at, token in within if any(span.start <= token.start < span.end for span in held))
    return Asked(unpinned(query).terms, query.words, query.expected, vector, pinned)


def _held(query: Query) -> list[Span]:
    """The places and document numbers of a question."""
    return [place.span for place in query.places] + [number.span for number in query.numbers]


def unpinned(query: Query, light: float = _LIGHT) -> Query:
    """The question without what `constraints` hold it to anyway: places, document numbers, most of names and dates.

    Otherwise a passage would win by repeating the district's name instead of by answering.
    """
    held = _held(query)
    lighter = [
        *(_with_post(query.text, name) for name in query.names),
        *(_with_part_of_day(query.text, date.span) for date in query.dates),
        *((number.span for number in find_numbers(query.text)) if light and confirms(query) else ()),  # it may be wrong
    ]
    within = tokens(query.text)

    def inside(term: Term, spans: Sequence[Span]) -> bool:
        return any(span.start <= within[term.position].start < span.end for span in spans)

    terms = tuple(
        replace(term, weight=term.weight * light) if inside(term, lighter) else term
        for term in query.terms
        if not inside(term, held)
    )
    return replace(query, terms=terms) if any(term.weight for term in terms) else query


_PART_OF_DAY = re.compile(r"\b(?:sáng|trưa|chiều|tối|hôm|vào)\s+$", re.I)


def _with_part_of_day(text: str, span: Span) -> Span:
    """ "chiều 5/7/2019" as one."""
    before = _PART_OF_DAY.search(text, max(0, span.start - 8), span.start)
    return Span(before.start() if before else span.start, span.end)


_POST_BEFORE = re.compile(
    r"(?<!\w)(?:(?:đồng chí|dong chi|đ/c|d/c|ông|ong|bà|ba|anh|chị|chi|cô|co|thầy|thay|bác sĩ)|"
    rf"(?:(?:nguyên|quyền|cựu|phó|cố) )?(?:{'|'.join(POSTS.values())})(?: (?!là|ai|tên|do)\w+){{0,3}})\s+$",
    re.I,
)


def _with_post(text: str, name: Span) -> Span:
    """ "nguyên Chủ tịch nước Trần Đức Lương" as one."""
    before = _POST_BEFORE.search(text, max(0, name.start - 60), name.start)
    return Span(before.start() if before else name.start, name.end)


def answer_span(query: Query, unit: Unit) -> Span | None:
    """What a unit offers of the kind that is asked for, the nearest to the question's words; None for nothing."""
    known = frozenset(query.words)
    offered = [
        span
        for span in candidates(unit.text, unit.span, query.expected.kind)
        if any(word.folded not in known for word in _inside(unit, span))
    ]
    matched = [word.start + unit.span.start for word in unit.words if word.folded in known]
    return min(offered, key=lambda span: min((abs(span.start - at) for at in matched), default=0), default=None)


def _inside(unit: Unit, span: Span) -> list[Token]:
    base = unit.span.start
    return [word for word in unit.words if span.start <= word.start + base < span.end]
