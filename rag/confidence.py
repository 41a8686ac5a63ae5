"""How sure an answer is: what its best finding shows, weighed by a small logistic model.

The weights are learned by `eval.train_confidence` and kept in `rag/data/confidence.json`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from corpus.document import Span
from rag.accented import accents, as_asked
from rag.around import before
from rag.evidence import held_words
from rag.extract import Finding
from rag.language.document_numbers import find_document_numbers, matches
from rag.terms import words
from rag.understand import Query, typed_syllables
from rag.units import unit

_MODEL = Path(__file__).parent / "data" / "confidence.json"
_NEAR = 600  # characters of the paragraph before the unit


@dataclass(frozen=True, slots=True)
class Signals:
    """What the confidence model looks at, each 0–1."""

    unit: float  # idf share of the question's terms in the unit
    words: float  # weight share of its words that stand whole in the unit
    wide: float  # … in the unit, its neighbours, heading, and the document's header
    lacking: float  # the weight of the heaviest word missing from all of these
    cosine: float
    offered: float  # 1 the kind of thing asked for is offered, 0 it is not, 0.5 it has no shape
    numbered: float  # 1 the unit itself holds a document number that is asked about
    ahead: float  # how far it is ahead of the next unit that says something else: 1 for `_FAR` logits
    outdone: float  # how far the best unit that a constraint rules out is ahead of it: −1 to 1, for `_FARTHER` logits


_FAR, _FARTHER = 2.0, 3.0
ALONE = (0.5, 0.0)  # `ahead` and `outdone` where a unit is looked at by itself
_SAME = 0.6  # share of common syllables from which two units say the same


def signals(query: Query, best: Finding, findings: Sequence[Finding] = ()) -> Signals:
    """Read off the best finding, and how it stands among all."""
    typed = [term for term in query.terms if term.key in typed_syllables(query.asked)]
    sure = accents(typed, [one.unit for one in (best, *findings)])
    here = as_asked(best.unit, sure)
    around, lacking = wide(query, best, sure)
    kind = query.expected.kind
    shaped = kind in ("number", "percent", "date", "person", "place", "document", "reason")
    offered = min(1.0, best.feature("figure") + best.feature("name") + best.feature("cause")) if shaped else 0.5
    told = find_document_numbers(best.unit.quote) if query.numbers else []
    numbered = float(any(matches(asked, number) for asked in query.numbers for number in told))
    total = sum(term.weight for term in query.terms) or 1.0
    coverage = sum(term.weight for term in query.terms if term.folded in here) / total
    whole, _ = held_words(words(query.terms), here, best.unit.pairs)
    ahead, outdone = _among(best, findings) if findings else ALONE
    return Signals(coverage, whole, around, lacking, best.feature("cosine"), offered, numbered, ahead, outdone)


def _among(best: Finding, findings: Sequence[Finding]) -> tuple[float, float]:
    """`ahead` and `outdone` of a finding among the others."""
    standing = (one for one in findings if one.against is None and one is not best and not _says_same(one, best))
    second = next(standing, None)
    ahead = 1.0 if second is None else min(1.0, max(0.0, (best.score - second.score) / _FAR))
    ruled_out = (one.score - best.score for one in findings if one.against and one.against.kind != "title")
    return ahead, min(1.0, max(-1.0, max(ruled_out, default=-_FARTHER) / _FARTHER))


def _says_same(one: Finding, other: Finding) -> bool:
    mine, theirs = one.unit.found, other.unit.found
    return len(mine & theirs) >= _SAME * len(mine | theirs)


def wide(query: Query, best: Finding, sure: Mapping[str, str] = MappingProxyType({})) -> tuple[float, float]:
    """The words of the question in the unit, its paragraph up to it, its heading and its document's header; those with
    `sure` accents only as they are."""
    header = best.document.header
    above = before(best.document.text, best.unit.span.start)[-_NEAR:]
    around = [best.chunk.heading, best.chunk.context, header.title, header.place, header.issuer]
    near = unit(above, Span(0, len(above)))
    about = unit(". ".join(filter(None, around)), Span(0, 10_000))
    found = frozenset[str]().union(*(as_asked(each, sure) for each in (best.unit, near, about)))
    return held_words(words(query.terms), found, best.unit.pairs | near.pairs | about.pairs)


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model over `Signals`, and the confidence from which an answer is given."""

    bias: float
    weights: dict[str, float]
    threshold: float


@cache
def model() -> Model:
    return Model(**json.loads(_MODEL.read_text(encoding="utf-8"))["model"])


def confidence(given: Signals) -> float:
    logit = model().bias + sum(weight * getattr(given, name) for name, weight in model().weights.items())
    return 1 / (1 + math.exp(-logit))
