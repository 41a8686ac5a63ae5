"""The figure of each of two things set side by side: of its place, column and year, and no plan for a result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.text import fold, tokens
from rag.about import about_document
from rag.belonging import figure_part
from rag.compose import Quote, quote_of
from rag.extract import Finding
from rag.language.numbers import NumberMention, find_numbers
from rag.owned import owners_of
from rag.periods import part_of_year, years_of
from rag.planned import asks_result, is_planned
from rag.terms import content_terms
from rag.understand import Query

_EXAMINED = 5  # findings of a side
_MOST = 2 / 3  # of what sets a side apart that its figure's part of the clause must say


@dataclass(frozen=True, slots=True)
class Side:
    """What was found of one side: its figure, the quote that holds it, and the period it is of."""

    name: str
    figure: NumberMention
    quote: Quote
    years: frozenset[int]
    months: frozenset[tuple[int, int]]

    @property
    def period(self) -> str:
        return f"năm {', '.join(map(str, sorted(self.years)))}"

    def is_of_time_of(self, other: Side) -> bool:
        """Whether both figures are of one period, as far as is known."""
        return (not self.years or not other.years or self.years == other.years) and self.months == other.months


def sides(name: str, other: str, query: Query, findings: Sequence[Finding]) -> Iterator[Side]:
    """The figures that are said of what sets one side apart from the other, the best finding's first."""
    own, theirs = words_of(name) - words_of(other), words_of(other) - words_of(name)
    standing = [finding for finding in findings if finding.against is None]
    if asks_result(query):
        standing = [one for one in standing if not is_planned(one.unit, one.chunk.heading)]
    for finding in standing[:_EXAMINED]:
        if own and (figure := _figure(finding, own, theirs, query)):
            yield _side(name, figure, finding)


def _side(name: str, figure: NumberMention, finding: Finding) -> Side:
    this, heading = about_document(finding.document), finding.chunk.heading
    return Side(
        name,
        figure,
        quote_of(finding),
        years_of(finding.unit, heading, this),
        part_of_year(finding.unit, heading, finding.document.header.title),
    )


def _figure(finding: Finding, own: set[str], theirs: set[str], query: Query) -> NumberMention | None:
    """The figure of one finding that is tied to the side by its part of the clause, its row, its place or its year."""
    text = quote_of(finding).text
    row = {token.folded for token in tokens(text)} if " | " in text else set[str]()
    asked = {term.folded for term in query.terms} - own
    near = [
        (number, _near(text, number), {frozenset(place.key.split()) for place in group})
        for number, group in zip(find_numbers(text), owners_of(text), strict=True)
        if _fits(query, number)
    ]
    owned = [(number, part) for number, part, owners in near if own in owners and (asked & part or not asked)]
    said = [(number, part) for number, part, _ in near if _is_said(own, theirs, row or part)]
    of_all = [(number, part) for number, part, owners in near if not owners or own in owners]
    noun = {fold(syllable) for syllable in query.expected.noun[:2]}
    tied = owned or [pair for pair in said if not row or (asked & pair[1] and noun <= pair[1])]
    if not tied and _is_of(finding, own):
        tied = [pair for pair in of_all if asked & pair[1]]
    return max(tied, key=lambda pair: (len(asked & pair[1]), -pair[0].span.start))[0] if tied else None


def _is_said(own: set[str], theirs: set[str], there: set[str]) -> bool:
    return len(own & there) >= _MOST * len(own) and not theirs & there


def _fits(query: Query, number: NumberMention) -> bool:
    """A plain figure; a share where a share is asked for, and only there."""
    shares = query.expected.kind == "percent" or "tỷ lệ" in query.text.lower()
    return number.kind in ("figure", "words") and (number.unit == "%") == shares


def words_of(text: str) -> set[str]:
    return {term.folded for term in content_terms(text)}


def _near(text: str, number: NumberMention) -> set[str]:
    """The words in the figure's part of its clause."""
    return {token.folded for token in tokens(figure_part(text, number.span).of(text))}


def _is_of(finding: Finding, own: set[str]) -> bool:
    """Whether the side is the place that the whole document is about, or the year that the finding speaks of."""
    years = years_of(finding.unit, finding.chunk.heading, about_document(finding.document))
    around = {token.folded for token in tokens(finding.document.header.place or "")}
    return own <= around | {str(year) for year in years} | {"nam"}
