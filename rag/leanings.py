"""What speaks for or against a unit besides the learned features: where it stands, and of what it tells.

Each is a fixed number of logits, chosen on the tuning questions; together they order units that share as many words.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from corpus.document import Document
from corpus.text import fold, tokens
from rag.defined import defined, defines
from rag.evidence import Mask, Matrix
from rag.language.document_numbers import KINDS, matches
from rag.offers import names_post
from rag.periods import months_named, part_of_year
from rag.planned import asks_result, is_planned
from rag.scope import numbers_of
from rag.shapes import names
from rag.singled_out import confirms, repeats
from rag.superlatives import states, superlative
from rag.title_lines import is_title_line
from rag.understand import Query
from rag.units import Unit
from rag.whereabouts import asks_where, tells_where
from rag.whose_act import is_elsewhere

_COUNTED = 3.0  # the whole counted noun behind a figure is ahead of its first syllable there
_HEADED = 1.5  # of a question that the headings hold and the unit does not
_LED = 2.0  # of a question that the opening of the list holds and the unit does not
_NAMED = 2.0  # a unit with a person's full name or post, where a person is asked for
_ACTED = 2.0  # what the person asked for does: "ai chủ trì" is who presides, not who concludes
_DEFINED = 3.0  # "X là …", where it is asked what X is
_REPEATED = 2.0  # the figure that is to be confirmed, of the same things
_PLACED = 2.0  # a unit with a place of its own, where a place is asked for
_STATED = 3.0  # "nhiều nhất là xã A", where it is asked who has the most
_PARTLY = -2.0  # what is left, or the highest and the lowest of them, where neither is asked for
_TIMED = 1.0  # "Thời gian: …", where a day is asked for
_OWN = 2.0  # "Thông tư này" in the document whose number is asked for
_TITLED = -2.0  # a line above a paragraph, or a picture's caption
_PLANNED = -3.0  # a plan, where a result is asked for
_PART = -2.0  # what is told of a part of a year, where the year is asked for
_ELSEWHERE = -2.0  # a unit which names other offices only


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit with the heading and the document it stands in."""

    unit: Unit
    heading: str | None
    document: Document


def leanings(query: Query, found: Sequence[Standing], counted: Mask) -> Matrix:
    """The logits by which each unit is ahead; `counted` are those with the whole counted noun behind a figure."""
    units = [each.unit for each in found]
    headings = _folded({each.heading for each in found})
    sum = _COUNTED * counted * (len(query.expected.noun) > 1)
    sum = sum + _HEADED * left_to(query, units, [headings[each.heading] for each in found])
    sum += _LED * left_to(query, units, [unit.lead for unit in units])
    sum += _TITLED * _each(is_title_line(unit) for unit in units)
    if query.expected.kind == "person":
        sum += _NAMED * _each(bool(names(unit.text, unit.span)) or names_post(query, unit) for unit in units)
        acts = _ACTS & set(pairwise(query.words))
        sum += _ACTED * _each(bool(acts & unit.pairs) for unit in units)
    if query.numbers:
        sum += _OWN * _each(_is_of_itself(query, each) for each in found)
    if query.expected.kind in ("number", "percent") and not query.places and not query.names:
        sum += _PARTLY * _each(_is_partly(query, unit) for unit in units)
    if query.expected.kind == "date":
        sum += _TIMED * _each(bool(_TIME.match(unit.quote)) for unit in units)
    if asks_where(query):
        sum += _PLACED * _each(tells_where(query, each.unit, each.document.header.place or "") for each in found)
    if asks_result(query):
        sum += _PLANNED * _each(is_planned(each.unit, each.heading) for each in found)
    if query.years and query.expected.kind in ("number", "percent") and not months_named(query.text):
        titles = [each.document.header.title for each in found]
        parts = zip(found, titles, strict=True)
        sum += _PART * _each(bool(part_of_year(each.unit, each.heading, title)) for each, title in parts)
    if named := defined(query):
        sum += _DEFINED * _each(defines(named, unit) for unit in units)
    if end := superlative(query):
        sum += _STATED * _each(states(end, unit.quote) for unit in units)
    if confirms(query):
        sum += _REPEATED * _each(repeats(query, unit) for unit in units)
    if query.offices:
        sum += _ELSEWHERE * _each(is_elsewhere(query, unit) for unit in units)
    return sum


_TIME = re.compile(
    r"\W*(?:(?:\d{1,2}|[a-zđ])[.)]\s*)?(?:ngày(?! \d)|thời gian|thời hạn|hạn|lịch)[^:\n]{0,60}:(?!\d)", re.I
)
_ACTS = frozenset(
    tuple(act.split())
    for act in (
        "chu tri", "ket luan", "phat bieu", "khai mac", "be mac", "dieu hanh", "trinh bay", "tham luan", "dai dien",
        "chi dao", "cong bo", "bao cao", "tiep nhan", "trao tang", "ky ket",
    )
)  # fmt: skip


def _is_partly(query: Query, unit: Unit) -> bool:
    """ "Các khoản chi khác: 21 tỷ đồng", "Xã có tỷ lệ cao nhất là …"."""
    part = _REST.search(unit.quote) or _EXTREME.search(unit.quote)
    return part is not None and fold(part["word"]) not in query.words


_REST = re.compile(r"(?<!\w)(?P<word>khác)\W{0,2} \d")
_EXTREME = re.compile(r"(?<!\w)(?:cao|thấp|nhiều|ít|lớn|nhỏ|đông) (?P<word>nhất) (?:là|thuộc|ở|tại)(?!\w)")


def _each(holds: Iterable[bool]) -> Mask:
    return np.fromiter(holds, dtype=bool)


def _is_of_itself(query: Query, found: Standing) -> bool:
    """Whether a document whose number is asked for speaks of itself: "Thông tư này có hiệu lực từ …"."""
    if not _ITSELF.search(found.unit.quote):
        return False
    own = numbers_of(found.document.header.number or "")
    return any(matches(asked, each) for asked in query.numbers for each in own)


_ITSELF = re.compile(rf"(?<!\w)(?:{'|'.join(KINDS)}) này(?!\w)", re.I)


def left_to(query: Query, units: Sequence[Unit], there: Sequence[Container[str]]) -> Matrix:
    """The share of the question that each unit lacks and that stands around it: in a heading, in its list's opening."""
    total = sum(term.weight for term in query.terms) or 1.0
    shares = [
        sum(t.weight for t in query.terms if t.folded in around and t.folded not in unit.found)
        for unit, around in zip(units, there, strict=True)
    ]
    return np.array(shares) / total


def _folded(texts: Iterable[str | None]) -> dict[str | None, frozenset[str]]:
    """The folded syllables of each text."""
    return {text: frozenset(token.folded for token in tokens(text or "")) for text in texts}
