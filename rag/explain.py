"""Why a passage was found: which of the question's words it has, what was read into the question, scores by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import takewhile

from corpus.text import Token, tokens
from rag.answer import Passage
from rag.retrieve import Hit
from rag.understand import Query

LABELS = {
    "lexical": "từ khóa (BM25)",
    "dense": "gần nghĩa (cosine)",
    "reranker": "mô hình xếp lại",
    "words": "từ ngữ",
    "phrases": "đúng cụm từ",
    "nearness": "từ đứng gần nhau",
    "place": "vị trí trong văn bản",
    "document": "cả văn bản nói về điều hỏi",
    "meaning": "ý nghĩa",
}
"""A part of a score in words; a part without any is shown by its name."""


@dataclass(frozen=True, slots=True)
class Change:
    """What was typed and how it was read: "huyen uy" → "huyện ủy", "UBND" → "Ủy ban nhân dân"."""

    typed: str
    read: str


@dataclass(frozen=True, slots=True)
class Match:
    """Words of the question that stand side by side in the passage; `exact`: with the same accents."""

    words: str
    exact: bool


@dataclass(frozen=True, slots=True)
class ScorePart:
    name: str
    label: str
    value: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Of one passage; `understood`, `changes` and `also` are the question's and the same for all its passages."""

    understood: str
    changes: tuple[Change, ...]
    also: tuple[str, ...]  # looked for beside the question's words: short forms, names before and after July 2025
    matched: tuple[Match, ...]
    missing: tuple[str, ...]
    parts: tuple[ScorePart, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    passage: Passage
    explanation: Explanation


def explain(query: Query, also: Sequence[str], hit: Hit) -> Explanation:
    """Why the hit came; `also` are the further names that were looked for."""
    there = tokens(hit.chunk.text)
    held = {token.folded for token in there}
    return Explanation(
        query.text,
        changes(query.asked, query.text),
        tuple(also),
        tuple(dict.fromkeys(_matched(query, there))),
        tuple(dict.fromkeys(term.key for term in query.terms if term.folded not in held)),
        tuple(ScorePart(name, LABELS.get(name, name.replace("_", " ")), value) for name, value in hit.parts.items()),
    )


@lru_cache(maxsize=64)
def changes(typed: str, read: str) -> tuple[Change, ...]:
    """Where a question was read otherwise than typed, other letter cases and signs left aside."""
    before, after = tokens(typed), tokens(read)
    matcher = SequenceMatcher(None, [token.key for token in before], [token.key for token in after], autojunk=False)
    return tuple(
        Change(_text(typed, before[start:end]), _text(read, after[first:last]))
        for kind, start, end, first, last in matcher.get_opcodes()
        if kind != "equal"
    )


def _matched(query: Query, there: Sequence[Token]) -> Iterator[Match]:
    """The longest stretches of the question that the passage has, each with a word that says something."""
    asked = tokens(query.text)
    content = {term.position for term in query.terms}
    at = 0
    while at < len(asked):
        length, exact = max(_stretch(asked[at:], there[start:]) for start in range(len(there))) if there else (0, False)
        if content & set(range(at, at + length)):
            yield Match(_text(query.text, asked[at : at + length]), exact)
        at += max(1, length)


def _stretch(asked: Sequence[Token], there: Sequence[Token]) -> tuple[int, bool]:
    """How many tokens both begin with, accents aside, and whether these have the same accents."""
    same = list(takewhile(lambda pair: pair[0].folded == pair[1].folded, zip(asked, there, strict=False)))
    return len(same), bool(same) and all(mine.key == other.key for mine, other in same)


def _text(text: str, found: Sequence[Token]) -> str:
    return text[found[0].start : found[-1].end] if found else ""
