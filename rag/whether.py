"""Questions that leave two things open, "đã duyệt chưa", "buổi sáng hay buổi tối": whether a unit settles which."""

from __future__ import annotations

import re

from corpus.text import fold
from rag.terms import words
from rag.understand import Query
from rag.units import Unit

_DONE_OR_NOT = re.compile(r"\b(?:da|duoc)\b.*\bchua$")
_SETTLED = frozenset("đã chưa xong đang vừa đạt đủ hết đều rồi dừng hoãn".split())
_PROPOSES = re.compile(r"(?<!\w)(?:kiến nghị|đề nghị|đề xuất)(?!\w)", re.I)  # to do it
_DONE = re.compile(r"(?<!\w)(?:đã|chưa|được|xong|đồng ý|chấp thuận)(?!\w)", re.I)
_COMPLETED = (("hoan", "thanh"), ("bat", "dau"), ("ket", "thuc"))
_EITHER = re.compile(r"\b(?P<head>\w+) (?P<one>\w+) hay (?P=head) (?P<other>\w+)$")
_HOUR = re.compile(r"(?<!\d)\d{1,2} ?(?:giờ(?!\w)|h(?![^\W\d_])|:)")


def leaves_open(query: Query, unit: Unit) -> bool:
    """Whether a unit tells neither that something is done nor that it is not, or neither of the two that are named."""
    asked = fold(query.text).rstrip(" ?.!")
    if query.expected.kind == "other" and _DONE_OR_NOT.search(asked):
        return not _tells_state(query, unit)
    either = _EITHER.search(asked)
    if either is None or either["one"] == either["other"]:
        return False
    of_day = either["head"] == "buoi" and _HOUR.search(unit.quote)
    return not (of_day or {either["one"], either["other"]} & unit.found)


def _tells_state(query: Query, unit: Unit) -> bool:
    """By a word of it, or by what may have been done, which stands last in the question: "Quyết định phê duyệt …"."""
    deed = [one.syllables for one in words(query.terms)[-1:]]
    if _PROPOSES.search(unit.quote) and not _DONE.search(unit.quote):
        return False
    done = any(one in unit.pairs if len(one) > 1 else one[0] in unit.found for one in deed)
    return done or not _SETTLED.isdisjoint(unit.keys) or not unit.pairs.isdisjoint(_COMPLETED)
