"""Two things set side by side: the figure of each with its quote, and their difference or sum with its working."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, product

from corpus.document import Span
from corpus.places import PlaceMention
from corpus.text import Token, fold, tokens
from rag.decide import Decision
from rag.extract import Finding
from rag.language.numbers import figures_of
from rag.tied import Side, sides
from rag.understand import Query, put_as

_MORE = re.compile(
    r"(?:nào\s++)?(?:(?:nhiều|ít|cao|thấp|lớn|nhỏ|dài|ngắn|nặng|nhẹ|rộng)\s*+|(?<!\s)\s++)?"
    r"hơn(?: kém)?(?: nhau)?(?: là)?(?: bao nhiêu| mấy)?(?!\w)|"
    r"chênh(?: lệch)?(?: nhau)?(?: là)?(?: bao nhiêu)?|so với nhau",
    re.I,
)
_SUM = re.compile(r"(?:tổng cộng|cộng lại|cộng cả|cả hai|gộp lại|tổng số|tổng)(?!\w)(?: là)?", re.I)
_CHANGE = re.compile(
    r"(?:tăng|giảm)(?: thêm)?(?: hay (?:tăng|giảm))?(?!\w)|so (?:với|sánh)(?!\w)|chênh(?: lệch)?", re.I
)
_YEAR = re.compile(r"(?:năm )?(?<![\w/.,-])(?:19|20)\d\d(?![\w/.,-]*\d)", re.I)
_ASKS = re.compile(r"(?:,\s*+|(?<!\s)\s++)?(?:\S{1,40}+ nào|bao nhiêu|mấy)(?!\w)|(?:là )?bao nhiêu|[?]", re.I)
_COUNTS = re.compile(
    r"(?<!\w)(?:bao nhiêu|mấy)\s+(?!(?:và|hay|hoặc|năm|so|với|ở|tại|trong|của|cho|thì)(?!\w))[^\W\d_]", re.I
)
_DEGREES = ("nhieu", "it", "cao", "thap", "lon", "nho", "dai", "ngan")
_JOINTS = (
    *((degree, "hon") for degree in _DEGREES),
    ("so", "voi"), ("hay", "la"), ("hay",), ("hoac",), ("va",), ("voi",),
)  # fmt: skip
_LONGEST_SIDE = 6  # syllables


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two questions after a figure, one of each side, and whether the figures are to be added."""

    names: tuple[str, str]
    sides: tuple[Query, Query]
    adds: bool
    by_year: bool = False  # the sides are two years of one thing


def comparison(query: Query, known: Sequence[PlaceMention] = ()) -> Comparison | None:
    """The two sides of "xã A hay xã B nhiều hơn", "năm 2023 tăng so với năm 2022"; None where nothing is compared."""
    more, adds = _MORE.search(query.text), _SUM.search(query.text)
    years = _years(query) if more or adds or _CHANGE.search(query.text) else None
    found = years or (_sides(query) if more or adds else None)
    if found is None:
        return None
    first, second = found
    names = first.of(query.text), second.of(query.text)
    if years:
        kept = tuple(_without(query.text, other) for other in names[::-1])
        names = _as_year(names[0]), _as_year(names[1])
    else:
        kept = tuple(f"{query.text[: first.start]}{name}{query.text[second.end :]}" for name in names)
    one, other = (put_as(query, _asks_figure(text), known) for text in kept)
    differs = more or _CHANGE.search(query.text)  # "tổng thu năm 2024 tăng bao nhiêu so với năm 2023" adds nothing
    return Comparison(names, (one, other), adds=bool(adds) and not differs, by_year=bool(years))


def _years(query: Query) -> tuple[Span, Span] | None:
    """The two years of a question, where they are two."""
    found = [Span(*match.span()) for match in _YEAR.finditer(query.text)]
    years = [span for span in found if not any(span.overlaps(number.span) for number in query.numbers)]
    return (years[0], years[1]) if len(years) == 2 and years[0].of(query.text) != years[1].of(query.text) else None


def _as_year(name: str) -> str:
    return name if " " in name else f"năm {name}"


def _without(text: str, name: str) -> str:
    """A question without one of its years and what joins it to the other: "so với năm 2022"."""
    return _CHANGE.sub(
        " ", re.sub(rf"(?:so với|và|với|hay|hoặc)?\s*{re.escape(name)}(?:\s*(?:và|với)(?!\w))?", " ", text)
    )


def _asks_figure(text: str) -> str:
    """A side's question: "xã A thu bao nhiêu", "xã A có bao nhiêu hộ nghèo"."""
    for pattern in (_MORE, _SUM):
        text = pattern.sub(" ", text)
    if not _COUNTS.search(text):
        text = f"{_ASKS.sub(' ', text)} bao nhiêu"
    return " ".join(text.split()).strip(" ,?")


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


def compared(asked: Comparison, found: Sequence[tuple[Decision, Sequence[Finding]]]) -> Decision | None:
    """The quotes of both sides and the working; None when a side is not answered or the units differ."""
    if any(decision.reason is not None for decision, _ in found):
        return None
    (one, other), (_, findings), (_, others) = asked.names, *found
    pairs = product(sides(one, other, asked.sides[0], findings), sides(other, one, asked.sides[1], others))
    pair = _chosen(list(pairs), asked.by_year)
    if pair is None:
        return None
    first, second = pair
    same = first.quote.document.id == second.quote.document.id and first.quote.span == second.quote.span
    told = None if same and first.figure == second.figure else _told(first, second, asked)
    if told is None:
        return None
    quotes = (first.quote,) if same else (first.quote, second.quote)
    return Decision(quotes, min(decision.confidence for decision, _ in found), notes=(told,), settled=True)


def _chosen(pairs: Sequence[tuple[Side, Side]], by_year: bool) -> tuple[Side, Side] | None:
    """The first pair of one period; without such a pair, or where years are compared, the first."""
    same = [] if by_year else [pair for pair in pairs if pair[0].is_of_time_of(pair[1])]
    return next(iter(same or pairs), None)


def _told(first: Side, second: Side, asked: Comparison) -> str | None:
    """The working; of figures of different periods, that they are not compared."""
    told = working(first, second, asked.adds)
    if told and not asked.by_year and not first.is_of_time_of(second):
        return f"Hai số liệu thuộc hai thời kỳ ({first.period}; {second.period}) nên không đem tính với nhau."
    return told


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
