"""Two things set side by side: the figure of each with its quote, and their difference or sum with its working."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from corpus.document import Span
from corpus.places import PlaceMention
from corpus.text import Token, fold, tokens
from rag.belonging import figure_part
from rag.compose import Quote, quote_of
from rag.decide import Decision
from rag.extract import Finding
from rag.language.numbers import NumberMention, figures_of, find_numbers
from rag.terms import content_terms
from rag.understand import Query, put_as

_MORE = re.compile(
    r"(?:nào\s+)?(?:nhiều|ít|cao|thấp|lớn|nhỏ|dài|ngắn|nặng|nhẹ|rộng)?\s*hơn(?: kém)?(?: nhau)?(?: là)?"
    r"(?: bao nhiêu| mấy)?(?!\w)|chênh(?: lệch)?(?: nhau)?(?: là)?(?: bao nhiêu)?|so với nhau",
    re.I,
)
_SUM = re.compile(r"(?:tổng cộng|cộng lại|cộng cả|cả hai|gộp lại|tổng số|tổng)(?!\w)(?: là)?", re.I)
_ASKS = re.compile(r",?\s*(?:\S+ nào|bao nhiêu|mấy)(?!\w)|(?:là )?bao nhiêu|[?]", re.I)
_DEGREES = ("nhieu", "it", "cao", "thap", "lon", "nho", "dai", "ngan")
_JOINTS = (
    *((degree, "hon") for degree in _DEGREES),
    ("so", "voi"), ("hay", "la"), ("hay",), ("hoac",), ("va",), ("voi",),
)  # fmt: skip
_EXAMINED = 5  # findings of a side
_LONGEST_SIDE = 6  # syllables
_MOST = 2 / 3  # of what sets a side apart that its figure's part of the clause must say


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two questions after a figure, one of each side, and whether the figures are to be added."""

    names: tuple[str, str]
    sides: tuple[Query, Query]
    adds: bool


def comparison(query: Query, known: Sequence[PlaceMention] = ()) -> Comparison | None:
    """The two sides of "xã A hay xã B nhiều hơn"; None where nothing is compared or added."""
    more, adds = _MORE.search(query.text), _SUM.search(query.text)
    if not more and not adds:
        return None
    sides = _sides(query)
    if sides is None:
        return None
    first, second = sides
    names = first.of(query.text), second.of(query.text)
    before, after = query.text[: first.start], query.text[second.end :]
    asked = tuple(put_as(query, _asks_figure(f"{before}{name}{after}"), known) for name in names)
    return Comparison(names, (asked[0], asked[1]), adds=not more)


def _asks_figure(text: str) -> str:
    """A side's question: "xã A thu bao nhiêu"."""
    for pattern in (_MORE, _SUM, _ASKS):
        text = pattern.sub(" ", text)
    return " ".join(f"{text} bao nhiêu".split()).strip(" ,")


def _sides(query: Query) -> tuple[Span, Span] | None:
    """The stretches that "hay", "và", "so với" join: two places, or phrases that begin or end alike."""
    found = tokens(query.text)
    for joint in _JOINTS:
        for at in range(1, len(found) - len(joint)):
            if tuple(token.folded for token in found[at : at + len(joint)]) == joint:
                left = _within(query.text, found[:at][::-1])[::-1]
                right = _within(query.text, found[at + len(joint) :])
                if pair := _places(query.places, left, right) or _alike(left, right):
                    return pair
    return None


def _within(text: str, found: Sequence[Token]) -> Sequence[Token]:
    """The tokens up to the first comma between two of them."""
    for at, (one, other) in enumerate(pairwise(found), start=1):
        first, last = sorted((one, other), key=lambda token: token.start)
        if "," in text[first.end : last.start]:
            return found[:at]
    return found


def _places(places: Sequence[PlaceMention], left: Sequence[Token], right: Sequence[Token]) -> tuple[Span, Span] | None:
    one = next((place.span for place in places if place.span.end == left[-1].end), None)
    other = next((place.span for place in places if place.span.start == right[0].start), None)
    return (one, other) if one and other else None


def _alike(left: Sequence[Token], right: Sequence[Token]) -> tuple[Span, Span] | None:
    for length in range(1, min(_LONGEST_SIDE, len(left), len(right)) + 1):
        one, other = left[-length:], right[:length]
        same_head = length > 1 and one[0].key == other[0].key
        same_end = length > 1 and one[-1].key == other[-1].key
        if same_head or same_end:
            return Span(one[0].start, one[-1].end), Span(other[0].start, other[-1].end)
    return None


@dataclass(frozen=True, slots=True)
class Side:
    """What was found of one side: its figure and the quote that holds it."""

    name: str
    figure: NumberMention
    quote: Quote


def side(name: str, other: str, query: Query, findings: Sequence[Finding]) -> Side | None:
    """The figure that is said of what sets one side apart from the other; None when no finding ties one to it."""
    own, theirs = _words(name) - _words(other), _words(other) - _words(name)
    asked = {term.folded for term in query.terms} - own
    for finding in [finding for finding in findings if finding.against is None][:_EXAMINED]:
        quote = quote_of(finding)
        near = [(number, _near(quote.text, number)) for number in find_numbers(quote.text) if _fits(query, number)]
        tied = [pair for pair in near if len(own & pair[1]) >= _MOST * len(own) and not theirs & pair[1]]
        if not tied and _is_of(finding, own):
            tied = [pair for pair in near if asked & pair[1]]
        if tied and own:
            return Side(name, max(tied, key=lambda pair: (len(asked & pair[1]), -pair[0].span.start))[0], quote)
    return None


def _fits(query: Query, number: NumberMention) -> bool:
    """A plain figure; a share where a share is asked for, and only there."""
    shares = query.expected.kind == "percent" or "tỷ lệ" in query.text.lower()
    return number.kind in ("figure", "words") and (number.unit == "%") == shares


def _words(text: str) -> set[str]:
    return {term.folded for term in content_terms(text)}


def _near(text: str, number: NumberMention) -> set[str]:
    """The words in the figure's part of its clause."""
    return {token.folded for token in tokens(figure_part(text, number.span).of(text))}


def _is_of(finding: Finding, own: set[str]) -> bool:
    """Whether the side is the place that the whole document is about."""
    return own <= {token.folded for token in tokens(finding.document.header.place or "")}


def compared(asked: Comparison, found: Sequence[tuple[Decision, Sequence[Finding]]]) -> Decision | None:
    """The quotes of both sides and the working; None when a side is not answered or the units differ."""
    if any(decision.reason is not None for decision, _ in found):
        return None
    (one, other), (_, findings), (_, others) = asked.names, *found
    first, second = side(one, other, asked.sides[0], findings), side(other, one, asked.sides[1], others)
    if first is None or second is None:
        return None
    same = first.quote.document.id == second.quote.document.id and first.quote.span == second.quote.span
    told = None if same and first.figure == second.figure else working(first, second, asked.adds)
    if told is None:
        return None
    quotes = (first.quote,) if same else (first.quote, second.quote)
    return Decision(quotes, min(decision.confidence for decision, _ in found), notes=(told,))


def working(first: Side, second: Side, adds: bool) -> str | None:
    """ "20 đơn + 23 đơn = 43 đơn", or which side is ahead and by how much; None when the units differ."""
    one, other = first.figure, second.figure
    unit = one.unit or ""
    if fold(unit).split()[:1] != fold(other.unit or "").split()[:1] or (unit == "%" and adds):
        return None
    if adds:
        return f"Cộng lại: {one.text} + {other.text} = {_amount(one.value + other.value, unit)}."
    if one.value == other.value:
        return f"So sánh: {first.name} và {second.name} bằng nhau ({one.text})."
    more, less = (first, second) if one.value > other.value else (second, first)
    gap = _amount(more.figure.value - less.figure.value, "điểm phần trăm" if unit == "%" else unit)
    return f"So sánh: {more.name} hơn {less.name} {gap} ({more.figure.text} − {less.figure.text})."


def _amount(value: Decimal, unit: str) -> str:
    return f"{figures_of(value)} {unit}".strip()
