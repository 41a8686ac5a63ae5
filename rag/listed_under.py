"""A list that a heading opens: "nguồn kinh phí gồm những gì" is told by the clauses of "Điều 2. Nguồn kinh phí"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from corpus.document import Document, Span
from corpus.structure import headings
from rag.compose import Quote, trimmed
from rag.constraints import mismatch
from rag.evidence import held_words
from rag.meant_headings import Meant, meant, read
from rag.terms import content_terms, words
from rag.understand import Query
from rag.units import unit

_SAYS = 0.8  # share of the heading that the question says
_FEWEST, _MOST, _LONGEST = 2, 15, 5_000  # items of a list, those that are told, and the characters of these
_MARK = re.compile(r"\A\s*+(?:(?:Điều|Chương|Mục|Phần|ĐIỀU|CHƯƠNG|MỤC|PHẦN) )?(?:[\dIVXLC.]{1,8}|[A-Za-zđ])[.):/]\s*")


@dataclass(frozen=True, slots=True)
class Listed:
    """The items, and what is said of those that are left out."""

    quotes: tuple[Quote, ...]
    note: str = ""


def listed_under(query: Query, documents: Sequence[Document]) -> Listed | None:
    """The items under the heading that the question repeats, where it asks for a list; None where there is none."""
    if not query.expected.many or (found := meant(query, documents)) is None or not _is_repeated(query, found):
        return None
    items = _items(found)
    told = items[: _fitting(items)]
    quotes = tuple(Quote(found.document, trimmed(found.document.text, span), found.heading.label) for span in told)
    if len(items) < _FEWEST or not quotes or not all(_fits(query, found.document, quote) for quote in quotes):
        return None
    return Listed(quotes, _left_out(found, len(items) - len(told)))


def _is_repeated(query: Query, found: Meant) -> bool:
    """Whether the question says what the heading says, no part of it alone; what the title says is understood."""
    question, title = read(query.text), read(found.document.header.title)
    named = words(content_terms(_MARK.sub("", found.title, count=1)))
    return held_words(named, question.found | title.found, question.pairs | title.pairs)[0] >= _SAYS


def _items(found: Meant) -> list[Span]:
    """What stands right below the heading, each item with those that belong to it."""
    text = found.document.text
    behind = [one for one in headings(text) if one.span.start > found.heading.span.start]
    below = list(takewhile(lambda one: one.level > found.heading.level, behind))
    if not below:
        return []
    own = [one for one in below if one.level == min(each.level for each in below)]
    end = behind[len(below)].span.start if len(below) < len(behind) else below[-1].span.end
    ends = [*(one.span.start for one in own[1:]), end]
    return [Span(one.span.start, len(text[:to].rstrip())) for one, to in zip(own, ends, strict=True)]


def _fitting(items: Sequence[Span]) -> int:
    """How many of the items are told."""
    lengths = accumulate(item.end - item.start for item in items[:_MOST])
    return sum(length <= _LONGEST for length in lengths)


def _left_out(found: Meant, left: int) -> str:
    """Where the rest stands, when it is too long to be told."""
    return f"Mục “{found.heading.label}” còn {left} ý nữa, xem tiếp trong văn bản." if left else ""


def _fits(query: Query, document: Document, quote: Quote) -> bool:
    """Whether the item is of the place, year and office that are asked for."""
    against = mismatch(query, unit(document.text, quote.span), document, quote.section)
    return against is None or against.kind in ("kind", "title", "denied")
