"""Documents that say otherwise on the same thing: both are told, the newer first, or only it where today is meant.

What is told of several places, none of which the question names, is told place by place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from corpus.places import find_places
from corpus.text import fold
from rag.compose import quote_of
from rag.decide import Decision, is_sure
from rag.evidence import held_words
from rag.extract import Finding, answer_span
from rag.language.dates import find_dates
from rag.language.numbers import find_numbers
from rag.periods import part_of_year, stated_years
from rag.planned import is_planned
from rag.shapes import names
from rag.standing import asks_now
from rag.terms import words
from rag.understand import Query
from rag.wanted import spoken

DIFFER = "Các tài liệu nêu khác nhau về điều này; tài liệu mới hơn được nêu trước."
PERIODS = "Các tài liệu nêu số liệu của nhiều thời kỳ; tài liệu mới hơn được nêu trước."
PLACES = "Câu hỏi chưa nói nơi nào; dưới đây là điều tài liệu của từng nơi nêu."
_MOST_PLACES = 5  # besides the first
_VALUED = ("number", "percent", "date", "person")  # kinds of thing asked for whose values can be told apart
_BEHIND = 2.5  # logits that what says otherwise may be behind the best
_RULE_BEHIND = 8.0  # … where it rules the same in other words
_RULED = 0.5  # share of the question that rules in other words must both say
_RULES = frozenset(["Nghị quyết", "Quyết định", "Quy định", "Quy chế", "Nghị định", "Thông tư", "Luật", "Chỉ thị"])
_ALIKE = 0.5  # share of the shorter one's words that both statements have


def reconciled(query: Query, decision: Decision, findings: Sequence[Finding]) -> Decision:
    """The decision with what the best finding of another document says otherwise."""
    standing = [finding for finding in findings if finding.against is None]
    if decision.reason is not None or not standing or len({quote.document.id for quote in decision.quotes}) != 1:
        return decision
    if query.field or query.compares or query.expected.many or query.expected.kind not in _VALUED:
        return decision
    best = standing[0]
    if best.document.id != decision.quotes[0].document.id:
        return decision
    other = next((one for one in standing[1:] if _differs(query, best, one) and is_sure(query, one)), None)
    if other is None:
        elsewhere = _elsewhere(query, best, standing[1:])
        quotes = (*decision.quotes, *(quote_of(one) for one in elsewhere))
        return replace(decision, quotes=quotes, opening=PLACES) if elsewhere else decision
    opening = DIFFER if _times(best) == _times(other) else PERIODS
    rest = replace(decision, quotes=(quote_of(other),))
    newer, older = (rest, decision) if _day(other) > _day(best) else (decision, rest)
    return newer_first(query, newer, older, opening)


def newer_first(query: Query, newer: Decision, older: Decision, opening: str = DIFFER) -> Decision:
    """Both decisions as one."""
    if asks_now(query):
        return newer
    sure = min(newer.confidence, older.confidence)
    return replace(newer, quotes=(*newer.quotes, *older.quotes), confidence=sure, opening=opening)


def says_otherwise(query: Query, one: Finding, other: Finding) -> bool:
    """Whether the values that two findings offer have none in common."""
    mine, theirs = values(query, one), values(query, other)
    return bool(mine and theirs) and not mine & theirs


def values(query: Query, finding: Finding) -> frozenset[str]:
    """What a finding offers of the kind that is asked for, in one spelling."""
    quote, kind = finding.unit.quote, query.expected.kind
    if kind == "person":
        return frozenset(fold(span.of(quote)) for span in names(quote))
    if kind == "date":
        return frozenset(f"{day.start} {day.end}" for day in find_dates(quote) if day.start)
    numbers = [number for number in find_numbers(quote) if (number.unit == "%") == (kind == "percent")]
    span = answer_span(query, finding.unit)
    start = span.start - finding.unit.span.start if span else 0
    unit = next((number.unit for number in numbers if number.span.end > start), None)
    return frozenset(str(number.value) for number in numbers if number.unit == unit)


def _differs(query: Query, best: Finding, other: Finding) -> bool:
    """Whether another document of the same place and another day says the same thing with another value."""
    mine, theirs = _place(best), _place(other)
    return (
        other.document.id != best.document.id
        and _day(best) != _day(other)
        and date.min not in (_day(best), _day(other))
        and (not mine or not theirs or mine == theirs)
        and _tells_of_the_same(query, best, other)
        and not _is_of_other_time(query, best, other)
        and says_otherwise(query, best, other)
    )


def _elsewhere(query: Query, best: Finding, others: Sequence[Finding]) -> list[Finding]:
    """What other documents tell of other places in the same words, where the question names no place of its own."""
    found = {_place(best): best}
    if "" in found or query.places or query.numbers or query.names:
        return []
    for one in others:
        place = _place(one)
        same = place and place not in found and _alike(query, best, one) and not _is_of_other_time(query, best, one)
        if same and best.score - one.score <= _BEHIND and is_sure(query, one) and len(found) <= _MOST_PLACES:
            found[place] = one
    return list(found.values())[1:]


def _place(finding: Finding) -> str:
    """The smallest place that a finding's document is of, folded: a commune is not the district around it."""
    named = find_places(finding.document.header.place or "")
    return named[0].key if named else ""


def _is_of_other_time(query: Query, best: Finding, other: Finding) -> bool:
    """Whether one tells a plan and the other a result, or a year was asked for and one tells of a part of it."""
    planned = [is_planned(one.unit, one.chunk.heading) for one in (best, other)]
    return planned[0] != planned[1] or (bool(query.years) and _times(best)[1] != _times(other)[1])


def _times(finding: Finding) -> tuple[frozenset[int], frozenset[tuple[int, int]]]:
    """The years and the part of a year that a finding, its heading or its document's title names."""
    title = finding.document.header.title
    return stated_years(finding.unit, finding.chunk.heading, title), part_of_year(
        finding.unit, finding.chunk.heading, title
    )


def _alike(query: Query, best: Finding, other: Finding) -> bool:
    """Whether two units speak of the same thing: the question's words that one has, and much of the rest."""
    asked = {term.folded for term in query.terms}
    if (asked & best.unit.found) - other.unit.found:
        return False
    mine, theirs = ({word for word in one.unit.found if not word[0].isdigit()} for one in (best, other))
    return len(mine & theirs) >= _ALIKE * min(len(mine), len(theirs))


def _tells_of_the_same(query: Query, best: Finding, other: Finding) -> bool:
    behind = best.score - other.score
    return (behind <= _BEHIND and _alike(query, best, other)) or (
        behind <= _RULE_BEHIND and _rules_the_same(query, best, other)
    )


def _rules_the_same(query: Query, best: Finding, other: Finding) -> bool:
    """Whether two rules of one office, in other words, give a figure of the unit that is asked for: "bao nhiêu lít"."""
    mine, theirs = best.document.header, other.document.header
    noun = query.expected.noun[:1]
    figures = {term.folded for term in query.terms if term.folded[0].isdigit()}
    return (
        {mine.kind, theirs.kind} <= _RULES
        and bool(mine.issuer and spoken(mine.issuer) == spoken(theirs.issuer))
        and query.expected.kind == "number"
        and all(figures <= one.unit.found and _is_counted(one, noun) for one in (best, other))
        and all(held_words(words(query.terms), one.unit.found, one.unit.pairs)[0] >= _RULED for one in (best, other))
    )


def _is_counted(finding: Finding, noun: tuple[str, ...]) -> bool:
    units = (fold(number.unit).split()[0] for number in find_numbers(finding.unit.quote) if number.unit)
    return bool(noun) and fold(noun[0]) in units


def _day(finding: Finding) -> date:
    return finding.document.header.issued_on or date.min
