"""A list over several passages and documents: the further findings that answer as the best one does, one quote each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.text import fold
from rag.evidence import held_words
from rag.extract import Finding, unpinned
from rag.shapes import candidates
from rag.terms import words
from rag.understand import Query

_MOST = 12  # quotes of one answer
_AS_MUCH = 0.95  # of what the best finding says of the question that a further one must say


def whole_list(
    query: Query, gathered: Sequence[Finding], standing: Sequence[Finding], sure: Callable[[Finding], bool]
) -> list[Finding]:
    """What is gathered around the best finding, with those that say of other things what is asked; in reading order.

    `standing` are all findings, the best first; `sure` tells whether one would be answered with if it stood alone.
    """
    if not query.expected.many:
        return list(gathered)
    enough = _said(query, standing[0]) * _AS_MUCH
    named, chosen = _named(query, standing[0]), list(gathered)
    for finding in standing[1:]:
        new = _named(query, finding) - named
        fits = new and len(chosen) < _MOST and not _within(finding, chosen)
        if fits and _said(query, finding) >= enough and sure(finding):
            chosen.append(finding)
            named |= new
    order = list(dict.fromkeys(finding.document.id for finding in chosen))
    return sorted(chosen, key=lambda finding: (order.index(finding.document.id), finding.unit.span.start))


def _said(query: Query, finding: Finding) -> float:
    """The share of the question's words that a finding's unit says, places and numbers aside."""
    share, _ = held_words(words(unpinned(query, light=0.0).terms), finding.unit.found, finding.unit.pairs)
    return share


def _named(query: Query, finding: Finding) -> frozenset[str]:
    """The things of the kind asked for that a finding names; of a kind without shape, the quote itself."""
    spans = candidates(finding.unit.text, finding.unit.span, query.expected.kind)
    return frozenset(fold(span.of(finding.unit.text)) for span in spans) or frozenset([fold(finding.unit.quote)])


def _within(finding: Finding, chosen: Sequence[Finding]) -> bool:
    return any(
        finding.document.id == other.document.id and finding.unit.span.overlaps(other.unit.span) for other in chosen
    )
