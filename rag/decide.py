"""Answer or abstain: which findings are quoted, how sure that is, and the reason when nothing is."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.document import Document
from corpus.text import fold, tokens
from rag.answer import Reason
from rag.compose import Quote, header_quote, quote_of
from rag.constraints import Mismatch
from rag.extract import Finding
from rag.gather import gather
from rag.language.syllables import is_folded
from rag.metadata import header_span
from rag.retrieve import Hit
from rag.understand import Query

_MODEL = Path(__file__).parent / "data" / "confidence.json"
_OUTSIDE = 0.35  # share of the question's weight found anywhere near, under which it is about something else
_WEAK = 0.6  # share of the threshold from which evidence is called weak rather than absent


@dataclass(frozen=True, slots=True)
class Decision:
    """Quotes to answer with, or a reason not to. `confidence` is the estimated probability that the answer is right."""

    quotes: tuple[Quote, ...]
    confidence: float
    reason: Reason | None = None
    against: Mismatch | None = None


def decide(query: Query, hits: Sequence[Hit], findings: Sequence[Finding], documents: dict[str, Document]) -> Decision:
    """The header answers questions about a document itself; the best finding the rest, when it is sure enough."""
    if not is_language(query):
        return Decision((), 0.0, "unclear")
    if quote := from_header(query, hits, findings, documents):
        return Decision((quote,), 0.95)
    standing = [finding for finding in findings if finding.against is None]
    if not standing:
        return Decision((), 0.0, "not_in_documents", findings[0].against if findings else None)
    best = standing[0]
    sure = confidence(signals(query, best, standing))
    if sure >= model().threshold:
        return Decision(tuple(quote_of(finding) for finding in gather(query, standing)), sure)
    return Decision((), sure, _reason(query, best, sure), _closer(findings, best))


def from_header(
    query: Query, hits: Sequence[Hit], findings: Sequence[Finding], documents: dict[str, Document]
) -> Quote | None:
    """The header field that is asked for, of the document that the question points at."""
    field = query.field or ("subject" if query.summary and query.numbers else None)
    if field is None:
        return None
    standing = [finding for finding in findings if finding.against is None]
    for id in dict.fromkeys(finding.document.id for finding in standing):
        document = documents[id]
        span = header_span(document, field)
        if span is not None and points_at(query, document):
            return header_quote(document, field, span)
    return None


def points_at(query: Query, document: Document) -> bool:
    """Whether the question's own words name this document: by its number, or by most of its title, kind and place."""
    header = document.header
    if query.numbers:
        return any(fold(number.digits) in fold(header.number or "") for number in query.numbers)
    named = " ".join(filter(None, (header.title, header.kind, header.place, header.issuer, header.number)))
    known = {token.folded for token in tokens(named)} | {"bai", "viet", "van", "ban", "tai", "lieu", "ngay", "hanh", "ky", "dang", "tac", "gia"}
    weight = sum(term.weight for term in query.terms) or 1.0
    return sum(term.weight for term in query.terms if term.folded in known) / weight >= 0.8


@dataclass(frozen=True, slots=True)
class Signals:
    """What the confidence model looks at, each 0–1 or a logit."""

    unit: float  # idf share of the question's terms in the unit
    wide: float  # … in the unit, its neighbours, heading, and the document's header
    pairs: float
    missing: float  # the heaviest term missing from all of these
    soft: float
    offered: float  # 1 the kind of thing asked for is offered, 0 it is not, 0.5 it has no shape
    ahead: float  # lead of the best unit's score


def signals(query: Query, best: Finding, standing: Sequence[Finding]) -> Signals:
    """Read off the best finding."""
    wide, missing = _wide(query, best)
    shaped = query.expected.kind in ("number", "percent", "date", "person", "place", "document")
    offered = best.feature("figure") + best.feature("name") if shaped else 0.5
    other = next((finding for finding in standing if finding.unit.span != best.unit.span), None)
    ahead = 1 / (1 + math.exp(-(best.score - other.score))) if other else 1.0
    return Signals(best.feature("coverage"), wide, best.feature("pairs"), missing, best.feature("soft"), offered, ahead)


def _wide(query: Query, best: Finding) -> tuple[float, float]:
    header = best.document.header
    around = " ".join(filter(None, (best.chunk.heading, best.chunk.context, header.title, header.place, header.issuer)))
    held = best.unit.found | {token.folded for token in tokens(around)}
    total = sum(term.weight for term in query.terms) or 1.0
    lacking = [term.weight for term in query.terms if term.folded not in held]
    near = best.feature("before") + best.feature("after")
    return min(1.0, 1 - sum(lacking) / total + 0.5 * near), max(lacking, default=0.0) / 9.0


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


def is_language(query: Query) -> bool:
    """Whether at least half of the words could be Vietnamese, numbers or names: "asdf qwer zxcv" is not a question."""
    words = [word for word in query.words if not word[0].isdigit()]
    return not words or sum(is_folded(word) for word in words) * 2 >= len(words) or bool(query.numbers)


def _reason(query: Query, best: Finding, sure: float) -> Reason:
    wide, _ = _wide(query, best)
    if wide < _OUTSIDE and not (query.places or query.numbers):
        return "out_of_scope"
    if len(query.terms) < 2 and not query.numbers:
        return "unclear"
    return "weak_evidence" if sure >= _WEAK * model().threshold else "not_in_documents"


def _closer(findings: Sequence[Finding], best: Finding) -> Mismatch | None:
    """What ruled out a finding that scored better than the best one that stands: the difference worth telling."""
    ruled_out = [finding for finding in findings if finding.against and finding.score > best.score]
    return max(ruled_out, key=lambda finding: finding.score).against if ruled_out else None
