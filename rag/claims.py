"""Whether a piece of evidence says a claim: figures, dates, documents, names, what they belong to, and the sense.

The claim is laid over the evidence (`rag.alignment`); what was put in, put in the place of something else or left out
decides. Refuses rather than guesses: a refused sentence is quoted instead, a false one would be believed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.document import Span
from corpus.sentences import clauses
from corpus.text import tokens
from rag.acts import acts, levels
from rag.alignment import align
from rag.bounds import ends, levels_reached, neighbours, ordinals
from rag.called import posts, titles
from rag.conditions import conditions
from rag.counted import counted
from rag.introduction import without_introduction
from rag.language.numbers import find_numbers
from rag.linking import LINKING
from rag.measured import bases, columns, counts_nothing, held_to, noun_put_in, per
from rag.named import figures, named_offices, names, replaced
from rag.pieces import opened, pieces
from rag.sense import added, reworded, sense_left_out, sense_put_in
from rag.terms import content_terms
from rag.turned import causes, turned

MARKER = re.compile(r"(?:(?<!\s)\s+)?\[(\d{1,3})\]")
_ENOUGH = 0.8  # idf share of a claim's words that its evidence must hold
_LONGEST = 250  # pieces of a claim
_CHECKS = (
    figures, names, titles, posts, named_offices, replaced, bases, held_to, ends, neighbours, levels_reached, ordinals,
    counts_nothing, noun_put_in, levels, acts, sense_put_in, sense_left_out, conditions, causes, reworded, added,
    turned, counted,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """`problem` names the first thing that the evidence does not say; None: supported."""

    problem: str | None

    @property
    def supported(self) -> bool:
        return self.problem is None


def check(claim: str, evidence: str, context: str = "") -> Verdict:
    """Whether `evidence` (with `context`: its document's name, place and headings) says what `claim` says."""
    claim = without_introduction(" ".join(MARKER.sub("", claim).split()), context)
    for part in _clauses(claim) or [claim]:
        problems = [_problem(part, clause, context) for clause in _clauses(evidence) or [evidence]]
        if None not in problems:
            return Verdict(problems[0])
    return Verdict(None)


def _clauses(text: str) -> list[str]:
    """Between semicolons: what two clauses say of two things is not said of either together."""
    return [span.of(text) for span in clauses(text, Span(0, len(text)))]


def _problem(claim: str, evidence: str, context: str) -> str | None:
    claim, evidence = opened(claim, evidence)
    if problem := _words(claim, evidence, context) or columns(claim, evidence) or per(claim, evidence):
        return problem
    if len(pieces(claim)) > _LONGEST:
        return "câu quá dài"
    laid = align(pieces(claim), pieces(evidence))
    known = pieces(context)
    return next((problem for find in _CHECKS if (problem := find(laid, known))), None)


def _words(claim: str, evidence: str, context: str) -> str | None:
    """Most of the claim's words stand in the evidence, with their accents where both write them."""
    terms = content_terms(claim)
    total = sum(term.weight for term in terms)
    if not total:
        return "không có nội dung"
    there = tokens(f"{evidence} {context}")
    keys, folded = {token.key for token in there}, {token.folded for token in there}
    plain = {token.folded for token in there if token.key == token.folded}
    spelt = {token.folded for number in find_numbers(claim) for token in tokens(number.text)}
    lacking = [
        term
        for term in terms
        if not term.folded[0].isdigit()
        and term.folded not in spelt
        and term.key not in LINKING
        and term.key not in keys
        and term.folded not in (plain if term.accented else folded)
    ]
    if 1 - sum(term.weight for term in lacking) / total < _ENOUGH:
        return f"từ “{max(lacking, key=lambda term: term.weight).key}”"
    return None
