"""How well a unit of text (a sentence or clause) answers a question: named features, weighed by a small linear model.

The weights are learned by `eval.train_reader`, judged leave-one-set-out, and kept in `rag/data/reader.json`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.document import Span
from corpus.text import Token, clauses, fold, sentences, tokens
from index.embed import Embedder, Vectors
from rag.expected import Expected, candidates
from rag.language.abbreviations import shipped
from rag.language.syllables import is_syllable
from rag.terms import Term, Word, words

FEATURES = (
    "coverage",  # idf share of the question's terms that the unit holds, accents aside
    "exact",  # the same with accents, where the question has them
    "telling",  # the same, terms weighed by how few of the units hold them
    "pairs",  # idf share of the question's adjacent pairs that stand adjacent in the unit
    "before",  # idf share of terms found only in the unit before
    "after",  # … and only in the unit after
    "missing",  # the weight of the heaviest term that is not in the unit
    "figure",  # a number or date, not the question's own, where one is asked for
    "name",  # a person, place or document, not the question's own, where one is asked for
    "cause",  # a word of cause where a reason is asked for
    "near",  # how close the nearest candidate stands to a matched term
    "noun",  # the counted noun is there ("hồ sơ" of "bao nhiêu hồ sơ")
    "length",  # log of the syllables
    "short",  # fewer than six syllables: a heading, a caption
    "first",  # the first unit of its passage
    "run",  # longest run of the question's words, as a share of the question
    "cosine",  # of the two vectors
    "words",  # weight share of the question's words that stand whole in the unit
    "lacking",  # the weight of the heaviest word that does not
    "counted",  # how much of the counted noun stands behind a figure
    "head",  # idf share of the terms among the unit's first words: its subject is the question's
)
_HEAD = 12  # syllables
_MODEL = Path(__file__).parent / "data" / "reader.json"
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a document that can be quoted, with the tokens it is matched by (its abbreviations opened)."""

    text: str  # of the whole document; `span` counts in it
    span: Span
    words: tuple[Token, ...]
    found: frozenset[str]  # folded tokens, and those of opened abbreviations
    keys: frozenset[str]
    pairs: frozenset[tuple[str, ...]]  # adjacent folded tokens, also within opened abbreviations
    first: bool = False  # of its passage

    @property
    def quote(self) -> str:
        return self.span.of(self.text)


@lru_cache(maxsize=512)
def units_of(text: str, passage: Span) -> tuple[Unit, ...]:
    """The sentences of a passage, long ones cut into their clauses."""
    spans = [part for sentence in sentences(text, passage) for part in clauses(text, sentence)]
    return tuple(unit(text, span, at == 0) for at, span in enumerate(spans))


def unit(text: str, span: Span, first: bool = False) -> Unit:
    """Reads a unit's words once."""
    own = tuple(tokens(span.of(text)))
    found = {token.folded for token in own}
    keys = {token.key for token in own}
    pairs: set[tuple[str, ...]] = {(a.folded, b.folded) for a, b in pairwise(own)}
    for word in own:
        if full := opened_tokens(word.key):
            found |= {token.folded for token in full}
            keys |= {token.key for token in full}
            pairs |= {(a.folded, b.folded) for a, b in pairwise(full)}
    return Unit(text, span, own, frozenset(found), frozenset(keys), frozenset(pairs), first)


def before_in_paragraph(unit: Unit) -> str:
    """The unit's paragraph up to it."""
    return unit.text[unit.text.rfind("\n", 0, unit.span.start) + 1 : unit.span.start]


@lru_cache(maxsize=65536)
def opened_tokens(key: str) -> tuple[Token, ...]:
    """The tokens of an abbreviation's full forms; none for an ordinary syllable."""
    if is_syllable(key):
        return ()
    return tuple(token for expansion in shipped().folded.get(fold(key), ()) for token in tokens(expansion.full))


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a question the features look at."""

    terms: tuple[Term, ...]
    words: tuple[str, ...]  # all of its tokens, folded
    expected: Expected
    vector: Vectors  # unit vector of the question


def features(asked: Asked, units: Sequence[Unit], embedder: Embedder) -> Matrix:
    """One row a unit, one column a name of `FEATURES`; units are in reading order."""
    total = sum(term.weight for term in asked.terms) or 1.0
    whole = words(asked.terms)
    rare = _telling(asked.terms, units)
    rare_total = sum(rare) or 1.0
    table = np.zeros((len(units), len(FEATURES)))
    for row, this in enumerate(units):
        held = [term.folded in this.found for term in asked.terms]
        before = units[row - 1].found if row else frozenset()
        after = units[row + 1].found if row + 1 < len(units) else frozenset()
        loose = [(term, held) for term, held in zip(asked.terms, held, strict=True) if not held]
        figure, name, cause, near = _candidate(asked, this)
        table[row, :16] = (
            _share(asked.terms, held, total),
            sum(t.weight for t in asked.terms if (t.key in this.keys if t.accented else t.folded in this.found))
            / total,
            sum(weight for weight, held in zip(rare, held, strict=True) if held) / rare_total,
            _pairs(asked.terms, this),
            sum(term.weight for term, _ in loose if term.folded in before) / total,
            sum(term.weight for term, _ in loose if term.folded in after) / total,
            max((term.weight for term, _ in loose), default=0.0) / 9.0,
            figure,
            name,
            cause,
            near,
            float(bool(asked.expected.noun) and asked.expected.noun[0] in this.keys),
            math.log1p(len(this.words)),
            float(len(this.words) < 6),
            float(this.first),
            _run(asked.words, this.words) / (len(asked.words) or 1),
        )
        opening = {word.folded for word in this.words[:_HEAD]}
        head = sum(term.weight for term in asked.terms if term.folded in opening) / total
        table[row, 17:] = (*held_words(whole, this.found, this.pairs), _counted(asked.expected, this), head)
    if units:
        table[:, 16] = embedder.encode_document([this.quote for this in units]) @ asked.vector
    return table


def held_words(asked: Sequence[Word], found: Container[str], pairs: Container[tuple[str, ...]]) -> tuple[float, float]:
    """The weight share of the words that stand in a text, and the weight (0–1) of the heaviest that does not.

    A word whose syllables stand there apart counts half of what stands.
    """
    total = sum(word.weight for word in asked) or 1.0
    share, heaviest = 0.0, 0.0
    for word in asked:
        single = sum(syllable in found for syllable in word.syllables) / len(word.syllables)
        there = single if len(word.syllables) == 1 or word.syllables in pairs else single / 2
        share += word.weight * there
        heaviest = max(heaviest, word.weight if there < 1 else 0.0)
    return share / total, min(1.0, heaviest / 9.0)


def _counted(expected: Expected, this: Unit) -> float:
    """How much of the counted noun stands behind a figure: "05 chức danh chủ tịch" for "bao nhiêu chủ tịch xã"."""
    if expected.kind != "number" or not expected.noun:
        return 0.0
    return max(_behind_a_figure(noun, this) for noun in (expected.noun, expected.short) if noun)


def _behind_a_figure(counted: Sequence[str], this: Unit) -> float:
    noun = [fold(syllable) for syllable in counted]
    folded = [word.folded for word in this.words]
    best = 0
    for at, word in enumerate(this.words):
        if word.is_number:
            for start in range(at + 1, min(at + 5, len(folded))):
                same = [a == b for a, b in zip(noun, folded[start:], strict=False)]
                best = max(best, same.index(False) if False in same else len(same))
    return best / len(noun)


def _share(terms: Sequence[Term], held: Sequence[bool], total: float) -> float:
    return sum(term.weight for term, hit in zip(terms, held, strict=True) if hit) / total


def _telling(terms: Sequence[Term], units: Sequence[Unit]) -> list[float]:
    counts = [sum(term.folded in this.found for this in units) for term in terms]
    return [
        term.weight * math.log((len(units) + 1) / (count + 0.5)) if count else 0.0
        for term, count in zip(terms, counts, strict=True)
    ]


def _pairs(terms: Sequence[Term], this: Unit) -> float:
    """Adjacent question terms that stand adjacent in the unit, or both inside one opened abbreviation."""
    asked = [(a, b) for a, b in pairwise(terms) if b.position == a.position + 1]
    if not asked:
        return 0.0
    hits = sum(a.weight + b.weight for a, b in asked if (a.folded, b.folded) in this.pairs)
    return hits / sum(a.weight + b.weight for a, b in asked)


def _candidate(asked: Asked, this: Unit) -> tuple[float, float, float, float]:
    """`(figure, name, cause, near)`: whether the unit offers the kind of thing asked for, and how near to a match."""
    kind = asked.expected.kind
    known = frozenset(asked.words)
    base = this.span.start
    offered: list[int] = []
    for span in candidates(this.text, this.span, kind):
        inside = [at for at, word in enumerate(this.words) if span.start - base <= word.start < span.end - base]
        if inside and any(this.words[at].folded not in known for at in inside):
            offered.append(inside[0])
    has = float(bool(offered))
    matched = [at for at, word in enumerate(this.words) if word.folded in known]
    near = max((1 / (1 + abs(at - other)) for at in offered for other in matched), default=0.0)
    return (
        has if kind in ("number", "percent", "date") else 0.0,
        has if kind in ("person", "place", "document") else 0.0,
        has if kind == "reason" else 0.0,
        near,
    )


def _run(asked: Sequence[str], words: Sequence[Token]) -> int:
    """Length of the longest run of tokens that question and unit share."""
    places: dict[str, list[int]] = {}
    for at, word in enumerate(asked):
        places.setdefault(word, []).append(at)
    best, ending = 0, dict[int, int]()
    for token in words:
        ending = {at: ending.get(at - 1, 0) + 1 for at in places.get(token.folded, ())}
        best = max(best, max(ending.values(), default=0))
    return best


@dataclass(frozen=True, slots=True)
class Weights:
    """The reader's linear model: one weight a feature, in the order of `FEATURES`."""

    values: Matrix

    @classmethod
    def load(cls, path: Path = _MODEL) -> Weights:
        table = json.loads(path.read_text(encoding="utf-8"))["weights"]
        if sorted(table) != sorted(FEATURES):
            raise ValueError(f"{path.name} weighs {sorted(table)}, the reader has {sorted(FEATURES)}")
        return cls(np.array([table[name] for name in FEATURES]))

    def score(self, table: Matrix) -> Matrix:
        return np.asarray(table @ self.values)
