"""What the clause beside a unit tells of it: whether it rose or fell, and in whose charge it is."""

from __future__ import annotations

import re

from corpus.document import Span
from corpus.sentences import clauses, sentences
from corpus.text import fold
from rag.language.numbers import find_numbers
from rag.offices import offices_among
from rag.posts import ranked
from rag.shapes import names
from rag.understand import Query
from rag.units import Unit, unit

_AGAINST = re.compile(r"\bso voi (?:nam )?(?P<year>\d{4})\b.*\b(?:the nao|ra sao)\b")
_ASKS_DIRECTION = re.compile(r"\b(?:tang hay (?:la )?giam|giam hay (?:la )?tang|tang giam (?:the nao|ra sao))\b")
_DIRECTION = re.compile(r"(?<!\w)(?:tăng|giảm|không đổi|giữ nguyên|bằng|ngang)(?!\w)", re.I)
_COMPARES = re.compile(r"\W*(?:so với|tăng|giảm)(?!\w)", re.I)
_ASKS_CHARGE = re.compile(r"\b(?:giao (?:cho )?ai|ai (?:phu trach|dam nhiem|thuc hien|chiu trach nhiem))\b")
_CHARGE = re.compile(r"(?<!\w)(?:giao|phụ trách|chủ trì|đảm nhiệm|thực hiện|đầu mối|chịu trách nhiệm)(?!\w)", re.I)
_BODY = re.compile(
    r"(?<!\w)(?:Phòng|Ban|Sở|Đoàn|Hội|Công an|UBND|Ủy ban|Trung tâm|Chi cục|Văn phòng|Trạm|Tổ(?! chức)|Bộ phận|"
    r"Mặt trận|Công ty|Liên danh|HTX|Hợp tác xã|Trường|Hạt|Đội|Thôn|Tổ dân phố)(?!\w)"
)
_HANDED = re.compile(r"\.[ ]+(?=(?:Giao|Phân công) )")  # the next sentence says to whom
_LONGEST = 400  # characters of a sentence behind a unit


def asks_direction(query: Query) -> bool:
    """Whether it is asked if something rose or fell."""
    return bool(_ASKS_DIRECTION.search(fold(query.text)))


def tells_direction(text: str) -> bool:
    """Whether a text says that something rose, fell or stayed the same."""
    return bool(_DIRECTION.search(text))


def asks_charge(query: Query) -> bool:
    """Whether it is asked in whose charge something is."""
    return bool(_ASKS_CHARGE.search(fold(query.text)))


def _tells_charge(query: Query, this: Unit) -> bool:
    """A person, a post or an office that the question does not name itself."""
    bodies = (match[0] for match in _BODY.finditer(this.quote))
    asked = fold(query.text)
    new = any(fold(body) not in asked for body in bodies) or bool(offices_among(this.words) - query.offices)
    return new or bool(names(this.text, this.span)) or bool(ranked(" ".join(word.folded for word in this.words)))


def with_beside(query: Query, this: Unit) -> Unit:
    """The unit with the clause of its sentence that tells what is asked and it does not; else the unit."""
    if asks_direction(query):
        return _with_direction(this)
    if (against := _AGAINST.search(fold(query.text))) and against["year"] not in this.quote:
        behind = _behind(this)
        told = behind is not None and against["year"] in behind.quote and bool(find_numbers(behind.quote))
        return unit(this.text, Span(this.span.start, behind.span.end)) if behind and told else this
    if asks_charge(query) and not _tells_charge(query, this):
        behind = _behind(this)
        told = behind is not None and bool(_CHARGE.search(behind.quote)) and _tells_charge(query, behind)
        return unit(this.text, Span(this.span.start, behind.span.end)) if behind and told else this
    return this


def lacks_beside(query: Query, this: Unit) -> bool:
    """Whether neither the unit nor the clause beside it tells if it rose or fell, or in whose charge it is."""
    if asks_direction(query):
        return not tells_direction(with_beside(query, this).quote)
    return asks_charge(query) and not _tells_charge(query, with_beside(query, this))


def _with_direction(this: Unit) -> Unit:
    """ "13 vụ; so với năm 2022 giảm 3 vụ" as one, whichever of its clauses is the unit."""
    if _COMPARES.match(this.quote) and (before := _before(this)):
        return unit(this.text, Span(before.start, this.span.end))
    behind = None if tells_direction(this.quote) else _behind(this)
    compares = behind is not None and bool(_COMPARES.match(behind.quote)) and tells_direction(behind.quote)
    return unit(this.text, Span(this.span.start, behind.span.end)) if behind and compares else this


def _behind(this: Unit) -> Unit | None:
    """The next clause of the unit's sentence, or the sentence that says who is told to do it."""
    text, end = this.text, this.span.end
    if handed := _HANDED.match(text, this.span.start + len(this.quote.rstrip(" .;"))):
        following = sentences(text, Span(handed.end(), min(len(text), end + _LONGEST)))
        return unit(text, following[0]) if following else None
    if text[end : end + 1] != ";":
        return None
    whole = sentences(text, Span(this.span.start, min(len(text), end + _LONGEST)))
    parts = clauses(text, whole[0]) if whole else []
    return next((unit(text, part) for part in parts if part.start >= end), None)


def _before(this: Unit) -> Span | None:
    """The clause before the unit in its sentence."""
    text, start = this.text, this.span.start
    line = Span(text.rfind("\n", 0, start) + 1, this.span.end)
    whole = next((one for one in sentences(text, line) if one.start < start < one.end), None)
    parts = clauses(text, whole) if whole else []
    return next((part for part in reversed(parts) if part.end <= start), None)
