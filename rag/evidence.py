"""How well a unit of text (a sentence or clause) answers a question: named features, weighed by a small linear model.

The weights are learned by `eval.train_reader`, judged leave-one-set-out, and kept in `rag/data/reader.json`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.text import Token, fold
from index.embed import Embedder, Vectors
from rag.accented import accents, as_asked
from rag.expected import Expected, Kind
from rag.shapes import candidates
from rag.terms import Term, Word, words
from rag.units import Unit

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
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a question the features look at."""

    terms: tuple[Term, ...]
    words: tuple[str, ...]  # all of its tokens, folded
    expected: Expected
    vector: Vectors  # unit vector of the question
    pinned: frozenset[int] = frozenset()  # positions of tokens that a name, a place or a number holds


def features(asked: Asked, units: Sequence[Unit], embedder: Embedder) -> Matrix:
    """One row a unit, one column a name of `FEATURES`; units are in reading order."""
    if not units:
        return np.zeros((0, len(FEATURES)))
    sure = accents(asked.terms, units)
    found = [as_asked(this, sure) for this in units]
    columns = _held(asked.terms, units, found) | _each(asked, units, found)
    cosines = embedder.encode_document([this.quote for this in units]) @ asked.vector
    columns["cosine"] = np.asarray(cosines, dtype=np.float64)
    return np.stack([columns[name] for name in FEATURES], axis=1)


def _held(terms: Sequence[Term], units: Sequence[Unit], found: Sequence[frozenset[str]]) -> dict[str, Matrix]:
    """What of the terms' weight each unit holds; `found` are its folded tokens."""
    weights = np.array([term.weight for term in terms])[:, None]
    total = sum(term.weight for term in terms) or 1.0
    held = _standing([[term.folded in there for there in found] for term in terms], units)
    exact = [[term.key in this.keys for this in units] if term.accented else held[at] for at, term in enumerate(terms)]
    openings = [{word.folded for word in this.words[:_HEAD]} for this in units]
    head = [[term.folded in opening for opening in openings] for term in terms]
    rare = np.array(_telling(terms, held))[:, None]
    edge = np.zeros((len(terms), 1), dtype=bool)
    before, after = np.hstack((edge, held[:, :-1])), np.hstack((held[:, 1:], edge))
    loose = weights * ~held
    return {
        "coverage": _sum(weights * held) / total,
        "exact": _sum(weights * _standing(exact, units)) / total,
        "telling": _sum(rare * held) / (sum(rare[:, 0].tolist()) or 1.0),
        "before": _sum(loose * before) / total,
        "after": _sum(loose * after) / total,
        "missing": loose.max(axis=0, initial=0.0) / 9.0,
        "head": _sum(weights * _standing(head, units)) / total,
    }


def _standing(rows: Sequence[Sequence[bool] | Mask], units: Sequence[Unit]) -> Mask:
    return np.array(rows, dtype=bool).reshape(len(rows), len(units))


def _sum(shares: Matrix) -> Matrix:
    """Over the terms, one after the other: the same units have the same sum, wherever they stand."""
    return np.asarray(shares.sum(axis=0))


def _each(asked: Asked, units: Sequence[Unit], found: Sequence[frozenset[str]]) -> dict[str, Matrix]:
    """What is found unit by unit."""
    whole, known = words(asked.terms), frozenset(asked.words)
    noun = asked.expected.noun
    candidates = [_candidate(asked.expected.kind, known, this) for this in units]
    shares = [held_words(whole, there, this.pairs) for there, this in zip(found, units, strict=True)]
    lengths = [len(this.words) for this in units]
    columns: dict[str, Sequence[float]] = {
        **dict(zip(("figure", "name", "cause", "near"), zip(*candidates, strict=True), strict=True)),
        **dict(zip(("words", "lacking"), zip(*shares, strict=True), strict=True)),
        "pairs": _pairs(asked.terms, units),
        "noun": [bool(noun) and noun[0] in this.keys for this in units],
        "length": [math.log1p(length) for length in lengths],
        "short": [length < 6 for length in lengths],
        "first": [this.first for this in units],
        "run": _runs(asked.words, asked.pinned, units),
        "counted": [_counted(asked.expected, this) for this in units],
    }
    return {name: np.array(column, dtype=np.float64) for name, column in columns.items()}


def held_words(asked: Sequence[Word], found: Container[str], pairs: Container[tuple[str, ...]]) -> tuple[float, float]:
    """The weight share of the words that stand in a text, and the weight (0–1) of the heaviest that does not.

    A word whose syllables stand there apart counts half of what stands.
    """
    total = sum(word.weight for word in asked) or 1.0
    share, heaviest = 0.0, 0.0
    for word in asked:
        held = [syllable for syllable in word.syllables if syllable in found]
        if len(held) == len(word.syllables) and (len(held) == 1 or word.syllables in pairs):
            share += word.weight
            continue
        share += word.weight * (len(held) / len(word.syllables) / (1 if len(word.syllables) == 1 else 2))
        heaviest = max(heaviest, word.weight)
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


def _telling(terms: Sequence[Term], held: Mask) -> list[float]:
    counts, units = held.sum(axis=1).tolist(), held.shape[1]
    return [
        term.weight * math.log((units + 1) / (count + 0.5)) if count else 0.0
        for term, count in zip(terms, counts, strict=True)
    ]


def _pairs(terms: Sequence[Term], units: Sequence[Unit]) -> list[float]:
    """Adjacent question terms that stand adjacent in the unit, or both inside one opened abbreviation."""
    asked = [((a.folded, b.folded), a.weight + b.weight) for a, b in pairwise(terms) if b.position == a.position + 1]
    total = sum(weight for _, weight in asked) or 1.0
    return [sum(weight for pair, weight in asked if pair in this.pairs) / total for this in units]


def _candidate(kind: Kind, known: frozenset[str], this: Unit) -> tuple[float, float, float, float]:
    """`(figure, name, cause, near)`: whether the unit offers the kind of thing asked for, and how near to a match."""
    base = this.span.start
    offered: list[int] = []
    for span in candidates(this.text, this.span, kind):
        inside = [at for at, word in enumerate(this.words) if span.start - base <= word.start < span.end - base]
        if inside and any(this.words[at].folded not in known for at in inside):
            offered.append(inside[0])
    has = float(bool(offered))
    matched = [at for at, word in enumerate(this.words) if word.folded in known] if offered else ()
    near = max((1 / (1 + abs(at - other)) for at in offered for other in matched), default=0.0)
    return (
        has if kind in ("number", "percent", "date") else 0.0,
        has if kind in ("person", "place", "document") else 0.0,
        has if kind == "reason" else 0.0,
        near,
    )


def _runs(asked: Sequence[str], pinned: Container[int], units: Sequence[Unit]) -> list[float]:
    """For each unit its longest run of tokens that stands in the question, names aside, as a share of it."""
    places: dict[str, list[int]] = {}
    for at, word in enumerate(asked):
        if at not in pinned:
            places.setdefault(word, []).append(at)
    return [_run(places, this.words) / (len(asked) or 1) for this in units]


def _run(places: dict[str, list[int]], words: Sequence[Token]) -> int:
    best, ending = 0, dict[int, int]()
    for token in words:
        here = places.get(token.folded)
        if here is None:
            ending = {}
        elif not ending:  # most runs are short
            ending = dict.fromkeys(here, 1)
            best = best or 1
        else:
            ending = {at: ending.get(at - 1, 0) + 1 for at in here}
            best = max(best, *ending.values())
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
