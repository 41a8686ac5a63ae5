"""Numbers in figures, words and Roman numerals, with units: "134 tỷ 869 triệu đồng", "khóa XV"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from corpus.document import Span
from corpus.text import fold
from rag.language.cover import Cover
from rag.language.dates import find_dates
from rag.language.document_numbers import find_document_numbers
from rag.language.number_words import SCALES, read_roman, read_words
from rag.language.units import MEASURES, unit_after

Kind = Literal["figure", "words", "roman", "ratio", "range", "ordinal"]


@dataclass(frozen=True, slots=True)
class NumberMention:
    """One number. `unit` is the noun that follows, in lower case; `span` covers number, scale and %.

    `other` is the upper end of a range ("30% đến 40%") or the denominator of a ratio ("19/19").
    """

    span: Span
    value: Decimal
    unit: str | None
    text: str
    kind: Kind
    other: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number while it is read: `scaled` says that a word such as "triệu" multiplied it."""

    start: int
    end: int
    value: Decimal
    kind: Kind
    percent: bool = False
    scaled: bool = False
    scale: int = 1


_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_SCALE = re.compile(r" ?(ty|ti|trieu|nghin|ngan|van|tram)(?![^\W_])")
_SCALE_ACCENTS = frozenset(
    ["ty", "ti", "tỷ", "tỉ", "trieu", "triệu", "nghin", "nghìn", "ngan", "ngàn", "van", "vạn", "tram", "trăm"]
)
_PERCENT = re.compile(r" ?(?:%|‰|phan tram(?![^\W_]))")
_HALF = re.compile(r" ruoi(?![^\W_])")
_GLUED = re.compile(r"[^\W\d_]+\d?")
_CLOCK = re.compile(r":\d\d(?!\d)|(?<=\d:\d\d)(?!\d)")  # 02:59, from either number
_LIST_MARK = re.compile(r"(?:^|\n)[ ]*\(?$")
_ROMAN = re.compile(
    r"(?<![^\W_])(?:phan|chuong|muc|lan thu|thu|khoa|ky|quy|dai hoi|hoi nghi|the ky|loai|hang|cap|khu vuc"
    r"|vung|nhom|giai doan|phu luc|bieu)[ ](?P<roman>[ivxlc]{1,8})(?![^\W_])"
)
_SEPARATORS = str.maketrans(",.", ".,")
_MILLION = Decimal(1_000_000)
_BETWEEN = re.compile(r" ?- ?| (?:den|toi) ")


def find_numbers(text: str) -> list[NumberMention]:
    """All numbers of a text (NFC) in order, without dates, document numbers and list marks."""
    folded = fold(text)
    taken = _not_numbers(text)
    figures = sorted(_figures(text, folded, taken), key=lambda figure: figure.start)
    return list(_mentions(text, folded, figures))


def parse_figure(digits: str) -> Decimal:
    """The value of Vietnamese figures: "1.200" → 1200, "80,73" → 80.73, "27.1" → 27.1, "1.234,5" → 1234.5."""
    marks = [mark for mark in digits if mark in ".,"]
    groups = re.split(r"[.,]", digits)
    if not marks:
        return Decimal(digits)
    if len(set(marks)) == 2 and marks.count(marks[-1]) == 1:
        return Decimal("".join(groups[:-1]) + "." + groups[-1])
    if all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3 and not groups[0].startswith("0"):
        return Decimal("".join(groups))
    return Decimal(groups[0] + "." + "".join(groups[1:]))


def figures_of(value: Decimal) -> str:
    """A value in Vietnamese figures: 1200 → "1.200", 2.5 → "2,5", 57309000000 → "57 tỷ 309 triệu"."""
    if value >= _MILLION and value % _MILLION == 0:
        billions, millions = divmod(value // _MILLION, 1000)
        parts = (f"{amount:,} {scale}" for amount, scale in ((billions, "tỷ"), (millions, "triệu")) if amount)
        return " ".join(parts).replace(",", ".")
    return f"{value:,f}".translate(_SEPARATORS)


def _not_numbers(text: str) -> Cover:
    """The code points of dates and document numbers; a bare "2019-2025" may be figures."""
    spans = [number.span for number in find_document_numbers(text)]
    for mention in find_dates(text):
        if mention.precision != "range" or not text[mention.span.start].isdigit():
            spans.append(mention.span)
    return Cover.of(text, spans)


def _figures(text: str, folded: str, taken: Cover) -> Iterator[_Figure]:
    for match in _FIGURE.finditer(folded):
        start, end = match.span()
        if taken.marks[start] or (start and (folded[start - 1].isalnum() or folded[start - 1] == "_")):
            continue
        if (
            _CLOCK.match(folded, end)
            or _starts_word(folded, end)
            or (end - start <= 2 and _is_list_mark(folded, start, end))
        ):
            continue
        yield _scaled(text, folded, _Figure(start, end, parse_figure(match[0]), "figure"))
    for start, end, value, ordinal in read_words(text, folded):
        if not taken.marks[start]:
            kind: Kind = "ordinal" if ordinal else "words"
            yield _scaled(text, folded, _Figure(start, end, Decimal(value), kind, scaled=value >= 1000))
    for match in _ROMAN.finditer(folded):
        start, end = match.span("roman")
        typed_small = end - start >= 2 and match[0].startswith(("lan thu", "khoa"))  # "khoa xv"
        if taken.marks[start] or not (text[start:end].isupper() or typed_small):
            continue
        if (number := read_roman(text[start:end].upper())) is not None:
            yield _Figure(start, end, Decimal(number), "roman")


def _starts_word(folded: str, end: int) -> bool:
    """Letters glued to the digits ("30a", "2G") make a name, unless they are a unit ("5km", "3m2")."""
    glued = _GLUED.match(folded, end)
    return glued is not None and glued[0] not in MEASURES


def _is_list_mark(folded: str, start: int, end: int) -> bool:
    """A number that opens a line as "1." or "2)"."""
    following = folded[end : end + 2]
    if not following or following[0] not in ".)" or (len(following) == 2 and not following[1].isspace()):
        return False
    return _LIST_MARK.search(folded, max(0, start - 12), start) is not None or start == 0


def _scaled(text: str, folded: str, figure: _Figure) -> _Figure:
    """The figure with the scale words, "rưỡi" and per cent sign that follow it."""
    end, value, scale = figure.end, figure.value, 1
    while (match := _SCALE.match(folded, end)) and text[match.start(1) : match.end(1)].lower() in _SCALE_ACCENTS:
        scale *= SCALES[match[1]]
        end = match.end()
    if scale > 1 and (half := _HALF.match(folded, end)):
        value, end = value + Decimal("0.5"), half.end()
    percent = _PERCENT.match(folded, end)
    return _Figure(
        figure.start,
        percent.end() if percent else end,
        value * scale if scale > 1 else value,  # a product would round a long id to the context's 28 digits
        figure.kind,
        percent is not None,
        scale > 1 or figure.scaled,
        scale,
    )


def _mentions(text: str, folded: str, figures: list[_Figure]) -> Iterator[NumberMention]:
    index = 0
    while index < len(figures):
        figure = figures[index]
        index += 1
        while index < len(figures) and _continues(folded, figure, figures[index]):
            figure, index = _sum(figure, figures[index]), index + 1
        other = figures[index] if index < len(figures) else None
        if other and (joined := _pair(text, folded, figure, other)):
            yield joined
            index += 1
        else:
            yield _mention(text, figure)


def _continues(folded: str, figure: _Figure, following: _Figure) -> bool:
    """A smaller scale right after a larger one: "134 tỷ" before "869 triệu"."""
    return (
        figure.scaled
        and following.scaled
        and figure.kind == following.kind
        and not figure.percent
        and folded[figure.end : following.start] == " "
        and following.value < figure.scale
    )


def _sum(first: _Figure, second: _Figure) -> _Figure:
    return _Figure(first.start, second.end, first.value + second.value, first.kind, False, True, second.scale)


def _pair(text: str, folded: str, low: _Figure, high: _Figure) -> NumberMention | None:
    """A ratio "19/19" or a range "30% đến 40%", "100 - 200 triệu"; None when they only stand side by side."""
    between = folded[low.end : high.start]
    if between.strip() == "/" and low.kind == high.kind == "figure" and not (low.scaled or low.percent):
        span = Span(low.start, high.end)
        return NumberMention(span, low.value, unit_after(text, high.end), span.of(text), "ratio", high.value)
    if not _BETWEEN.fullmatch(between) or high.kind not in ("figure", "words") or low.kind != high.kind:
        return None
    value = low.value if low.scaled or low.percent else low.value * high.scale
    if value >= high.value or (low.percent and not high.percent):
        return None
    return _mention(text, _Figure(low.start, high.end, value, "range", high.percent), high.value)


def _mention(text: str, figure: _Figure, other: Decimal | None = None) -> NumberMention:
    span = Span(figure.start, figure.end)
    unit = "%" if figure.percent else unit_after(text, figure.end)
    return NumberMention(span, figure.value, unit, span.of(text), figure.kind, other)
