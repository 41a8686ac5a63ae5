"""What of a question each sentence of one text tells: near the word that asks, beside its names, by what earlier ones
named, and in other words.

A question about a paragraph names its subject, which stands all over it; what tells its sentences apart is the part
near the asking word ("bị ép phải *làm gì*"), and the answer is often in a sentence that goes on about the subject
without naming it ("Họ bị ép buộc …").
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corpus.text import Token, fold, tokens
from index import interaction
from index.embed import Vectors
from rag.evidence import Mask, Matrix
from rag.phrases import phrases
from rag.slot import asking
from rag.terms import Term
from rag.understand import Query
from rag.units import Unit

FEATURES = (
    "asking",  # weight share of the question's terms that the unit holds, the nearer to the asking word the heavier
    "asking telling",  # the same, weighed further by how few of the units hold them
    "asking before",  # the same of terms that only the unit before holds
    "predicate",  # the share of the terms that belong to no name
    "predicate telling",
    "predicate pairs",  # the share of their adjacent pairs that stand adjacent
    "names",  # the share of the terms that belong to a name
    "goes on",  # the unit opens with a word that points back: "Ông …", "… này …", "Họ …"
    "goes on, before",  # … and how much of the question only the unit before it holds
    "goes on, names before",  # … of its names
    "goes on, predicate",  # … and how much of the predicate the unit itself holds
    "named earlier",  # names that only earlier units hold
    "said earlier",  # other terms that only earlier units hold
    "named first",  # names that only the first unit holds
    "new",  # log of how many syllables are not the question's
    "place",  # of the unit in its text, 0 the first
    "year",  # a year that is not the question's
    "year asked",  # … where a time is asked for
    "like",  # how like the unit's words are to the question's, held ones counting whole
    "like, asking",
    "like, predicate",
    "likeness",  # the same of the words that are not held, squared
    "likeness, predicate",
)
_REACH = 4.0  # tokens from the asking word at which a term counts 1/e
_OPENING = 8  # tokens of a unit among which it points back
_BACK = frozenset(("này", "đó", "ấy", "chúng", "họ", "nó"))
_BACK_FIRST = frozenset(("ông", "bà", "cô", "anh", "ngài"))
_YEAR = re.compile(r"(?:1\d|20)\d\d")
_TIME = re.compile(r"\b(?:(?:nam|khi|thoi gian|luc) nao|bao gio)\b")
_LIKEST = 0.95  # of a word that is not held
Weights = NDArray[np.float64]


def features(query: Query, units: Sequence[Unit]) -> Matrix:
    """One row a unit, one column a name of `FEATURES`; units are all those of one text, in reading order."""
    if not units or not query.terms:
        return np.zeros((len(units), len(FEATURES)))
    asked = tokens(query.text)
    weights = np.array([term.weight for term in query.terms])
    near = weights * _nearness([term.position for term in query.terms], query.words)
    named = np.array([_is_named(query.text, asked[term.position], term.position) for term in query.terms])
    held = np.array([[term.folded in unit.found for unit in units] for term in query.terms], dtype=bool)
    columns = _told(weights, near, named, held) | _unit_by_unit(query, units)
    columns["predicate pairs"] = _pairs(query.terms, named, units)
    for name, told in (("before", "before"), ("names before", "names before"), ("predicate", "predicate")):
        columns[f"goes on, {name}"] = columns["goes on"] * columns[told]
    columns |= _likenesses(query, asked, units)
    return np.stack([columns[name] for name in FEATURES], axis=1)


def _nearness(positions: Sequence[int], words: Sequence[str]) -> Weights:
    """By how near a token of the question stands to the word that asks."""
    start, end = asking(tuple(words))
    far = [min(abs(at - start), abs(at - (end - 1))) for at in positions]
    return np.exp(-np.array(far) / _REACH)


def _is_named(question: str, token: Token, position: int) -> bool:
    return position > 0 and question[token.start].isupper()


def _told(weights: Weights, near: Weights, named: Mask, held: Mask) -> dict[str, Matrix]:
    """Shares of the terms that each unit holds, or only those before it."""
    edge = np.zeros((len(held), 1), dtype=bool)
    before = np.hstack((edge, held[:, :-1])) & ~held
    earlier = np.hstack((edge, np.logical_or.accumulate(held, axis=1)[:, :-1])) & ~held
    first = held[:, :1] & ~held
    counts, units = held.sum(axis=1), held.shape[1]
    telling = np.where(counts > 0, np.log((units + 1) / (counts + 0.5)), 0.0)
    names, predicate = weights * named, weights * ~named
    return {
        "asking": _share(near, held),
        "asking telling": _share(near * telling, held),
        "asking before": _share(near, before),
        "predicate": _share(predicate, held),
        "predicate telling": _share(predicate * telling, held),
        "names": _share(names, held),
        "before": _share(weights, before),
        "names before": _share(names, before),
        "named earlier": _share(names, earlier),
        "said earlier": _share(predicate, earlier),
        "named first": _share(names, first),
    }


def _share(weights: Weights, there: Mask | Matrix) -> Matrix:
    """Of the weights, the share that each column of `there` holds."""
    total = float(weights.sum())
    return np.asarray(weights @ there / total) if total > 0 else np.zeros(there.shape[1])


def _pairs(terms: Sequence[Term], named: Mask, units: Sequence[Unit]) -> Matrix:
    plain = [(a, b) for (a, one), (b, two) in pairwise(zip(terms, named, strict=True)) if not one and not two]
    pairs = [((a.folded, b.folded), a.weight + b.weight) for a, b in plain if b.position == a.position + 1]
    total = sum(weight for _, weight in pairs) or 1.0
    return np.array([sum(weight for pair, weight in pairs if pair in unit.pairs) / total for unit in units])


def _unit_by_unit(query: Query, units: Sequence[Unit]) -> dict[str, Matrix]:
    known = frozenset(query.words)
    years = np.array([any(_YEAR.fullmatch(w.folded) and w.folded not in known for w in u.words) for u in units], float)
    return {
        "goes on": np.array([_points_back(unit) for unit in units], float),
        "new": np.array([math.log1p(sum(word.folded not in known for word in unit.words)) for unit in units]),
        "place": np.arange(len(units)) / len(units),
        "year": years,
        "year asked": years * bool(_TIME.search(fold(query.text))),
    }


def _points_back(unit: Unit) -> bool:
    """Whether a unit speaks of what was named before it."""
    opening = [word.key for word in unit.words[:_OPENING]]
    return not _BACK.isdisjoint(opening) or (bool(opening) and opening[0] in _BACK_FIRST)


def _likenesses(query: Query, asked: Sequence[Token], units: Sequence[Unit]) -> dict[str, Matrix]:
    """How like the words of the question are to those of each unit, by the vectors of `index.interaction`."""
    kept = {term.position: term.weight for term in query.terms}
    wanted = [places for places in phrases(asked) if any(at in kept for at in places)]
    weights = np.array([sum(kept.get(at, 0.0) for at in places) for places in wanted])
    near = weights * np.array([_nearness(places, query.words).max() for places in wanted])
    plain = weights * [not _is_named(query.text, asked[places[0]], places[0]) for places in wanted]
    vectors = _vectors([[asked[at] for at in places] for places in wanted])
    alike = np.zeros((len(wanted), len(units)))
    for column, unit in enumerate(units):
        words = [[unit.words[at] for at in places] for places in phrases(unit.words)]
        best = (vectors @ _vectors(words).T).max(axis=1, initial=0.0)
        held = [all(asked[at].folded in unit.found for at in places) for places in wanted]
        alike[:, column] = np.where(held, 1.0, np.minimum(best, _LIKEST))
    loose = np.where(alike < 1, alike, 0.0) ** 2
    return {
        "like": _share(weights, alike),
        "like, asking": _share(near, alike),
        "like, predicate": _share(plain, alike),
        "likeness": _share(weights, loose),
        "likeness, predicate": _share(plain, loose),
    }


def _vectors(words: Sequence[Sequence[Token]]) -> Vectors:
    """A unit vector a word, the sum of its syllables'."""
    scorer = interaction.shipped()
    rows = [scorer.vocabulary.rows_of([t.key for t in word], [t.folded for t in word]) for word in words]
    sums = [scorer.vectors(each).sum(axis=0) for each in rows]
    table = np.array(sums).reshape(len(words), scorer.width)
    return np.asarray(table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9))
