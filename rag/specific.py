"""Of clauses in one paragraph, the one that itself names what is asked for: "13/18 đơn khiếu nại", not the total."""

from __future__ import annotations

from collections.abc import Sequence

from rag.extract import Finding, unpinned
from rag.terms import Word, words
from rag.understand import Query

_CLOSE = 2.5  # logits behind the best
_HEAVY = 4.0  # weight of a word that tells one thing from another …
_KEPT = 4.0  # … and of one that must not be lost for it
_SHAPED = ("number", "percent", "date", "person", "place")


def specific(query: Query, standing: Sequence[Finding]) -> Finding:
    """The best finding, or one close to it in its paragraph that holds a telling word which the best lacks."""
    best = standing[0]
    if query.expected.kind not in _SHAPED:
        return best
    asked = [word for word in words(unpinned(query).terms) if not word.syllables[0].isdigit()]
    missed = [word for word in asked if word.weight >= _HEAVY and not _holds(best, word)]
    kept = [word for word in asked if word.weight >= _KEPT and _holds(best, word)]
    rivals = [one for one in standing[1:] if best.score - one.score < _CLOSE and _same_paragraph(best, one)]
    rivals.sort(key=lambda one: abs(one.unit.span.start - best.unit.span.start))
    telling = (one for one in rivals if any(_holds(one, word) for word in missed))
    return next((one for one in telling if all(_holds(one, word) for word in kept)), best)


def _holds(finding: Finding, word: Word) -> bool:
    pair = len(word.syllables) == 2
    return word.syllables in finding.unit.pairs if pair else word.syllables[0] in finding.unit.found


def _same_paragraph(one: Finding, other: Finding) -> bool:
    first, last = sorted((one.unit.span, other.unit.span), key=lambda span: span.start)
    return one.document.id == other.document.id and "\n" not in one.unit.text[first.end : last.start]
