"""What a question singles out and a unit has otherwise: a term of years, a route, an office by its name, a figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.document import Span
from corpus.text import fold, tokens
from rag.around import before
from rag.language.numbers import NumberMention, find_numbers
from rag.measured_by import is_compared
from rag.offices import office_spans
from rag.understand import Query
from rag.units import Unit, opened_words

Differ = tuple[str, str | None]  # what was asked for, and what stands there instead

_TERM = re.compile(
    r"\b(?P<row>nhiem ky|giai doan|nien do|nam hoc|dong xuan|he thu)(?: nam)? "
    r"(?P<from>\d{4}) ?[-–] ?(?P<to>\d{4}|\d\d)\b|\b(?P<season>he thu|thu dong|vu mua)(?: nam)? (?P<in>\d{4})\b"
)
_UPPER = "".join(chr(code) for code in (*range(0x41, 0x250), *range(0x1EA0, 0x1EFA)) if chr(code).isupper())
_CAPITAL = rf"[{_UPPER}][^\W\d_]*(?:[ .][{_UPPER}][^\W\d_]*)*"
_ROUTE = re.compile(
    r"(?i:tuyến|cao tốc|đường|quốc lộ|cầu|chuyến|xe buýt|hành lang|liên kết)[^,;.?\n]{0,40}? "
    rf"(?P<ends>{_CAPITAL}(?: ?[-–] ?{_CAPITAL})+)"
)
_PROJECT = re.compile(rf"(?<!\w)(?i:dự án|công trình)(?: số \d+)?[ :]+(?P<name>[{_UPPER}]\w*(?: [^\W\d_]+){{1,5}})")
_HEADED = re.compile(
    r"(?<!\w)(?P<head>Cục|Tổng cục|Chi cục|Sở|Bộ|Vụ|Viện|Tập đoàn|Tổng công ty|Công ty|Ngân hàng|Trung tâm|Hạt|Kho bạc"
    rf"|Quỹ|Hiệp hội|Liên hiệp|Trường) (?P<name>{_CAPITAL})"
)
_NO_NAME = re.compile(r"(?:bo|so|vien|vu|cuc) (?:nao|gi|chinh tri|truong)\b")  # "Bộ Chính trị" is of the table
_CONFIRMS = re.compile(
    r"^(?:co (?:dung|phai|that)|phai chang|dung la)\b"
    r"|\b(?:dung|phai) (?:khong|ko|k)(?: (?:a|em|anh|chi|vay))?$|\b(?:a|ha)$"
)
_YES_NO = re.compile(r"\b(?:khong|chua|dung khong|phai khong|ha)$")


def other_term(query: Query, unit: Unit, above: tuple[str, ...]) -> Differ | None:
    """ "Nhiệm kỳ 2020-2025" where the unit, or what is over it, names such terms and none of them is this one."""
    return of_other_term(query, (unit.quote, *above))


def of_other_term(query: Query, said: Sequence[str]) -> Differ | None:
    """The same of any texts: a document's title."""
    for row, asked in _terms(query.text).items():
        there = [terms[row] for text in said if row in (terms := _terms(text))]
        if there and not any(asked.keys() & terms.keys() for terms in there):
            return next(iter(asked.values())), next(iter(there[0].values()))
    return None


@lru_cache(maxsize=8192)
def _terms(text: str) -> dict[str, dict[tuple[int, int], str]]:
    """For each kind of term those that a text names, as first and last year, with their words."""
    found: dict[str, dict[tuple[int, int], str]] = {}
    for match in _TERM.finditer(fold(text)):
        if is_compared(text, match.start()):
            continue
        first, last = int(match["from"] or match["in"]), int(match["to"] or match["in"])
        years = first, last if last > 99 else first // 100 * 100 + last
        found.setdefault(match["row"] or match["season"], {})[years] = text[match.start() : match.end()]
    return found


def other_route(query: Query, unit: Unit, above: tuple[str, ...]) -> Differ | None:
    """ "Tuyến Hà Nội - Vinh" where neither the unit nor what is over it names both ends."""
    asked = _route(query.text)
    if asked is None:
        return None
    near = {token.folded for text in (unit.quote, *above) for token in tokens(text)} | set(
        opened_words(unit.words).split()
    )
    if all(token.folded in near for token in tokens(asked)):
        return None
    return asked, _route(unit.quote)


def other_project(query: Query, unit: Unit, above: tuple[str, ...]) -> Differ | None:
    """ "Dự án Kè Cái Tắc" where the unit, or what is over it, names another and nothing near has half of this name."""
    asked = _project(query.text)
    if asked is None:
        return None
    near = (unit.quote, *above)
    there = next((found for text in near if (found := _project(text))), None)
    name = {token.key for token in tokens(asked["name"]) if asked["name"][token.start].isupper()}
    held = name & {token.key for text in near for token in tokens(text)}
    return (asked[0], there[0]) if there and len(held) * 2 < len(name) else None


@lru_cache(maxsize=4096)
def _project(text: str) -> re.Match[str] | None:
    return _PROJECT.search(text)


@lru_cache(maxsize=4096)
def _route(text: str) -> str | None:
    found = _ROUTE.search(text)
    return found["ends"] if found else None


def other_headed(query: Query, unit: Unit) -> Differ | None:
    """An office that the question names and the whole document does not, not even by an abbreviation."""
    for office in _headed(query.text):
        if not _names(unit.text, office):
            at = query.text.index(office) + len(office)
            return (f"{office}…" if query.text[at : at + 1] == " " else office), None  # the rest is in small letters
    return None


@lru_cache(maxsize=512)
def _headed(question: str) -> tuple[str, ...]:
    known = [span for _, span in office_spans(question)]
    return tuple(
        match[0]
        for match in _HEADED.finditer(question)
        if not _NO_NAME.match(fold(match[0])) and not any(span.overlaps(Span(*match.span())) for span in known)
    )


@lru_cache(maxsize=1024)
def _names(text: str, office: str) -> bool:
    """Whether a text has the name's first words, or its head before capitals that begin with the same letter."""
    head, name = next((match["head"], match["name"]) for match in (_HEADED.match(office),) if match)
    short = re.compile(rf"(?<!\w){head} {name[0]}[{_UPPER}&-]+(?!\w)|(?<!\w){head[0]}{name[0]}[{_UPPER}]+(?!\w)")
    words = " ".join(token.folded for token in tokens(office))
    return f" {words} " in _spoken(text) or bool(short.search(text)) or (name.isupper() and _spells(text, head, name))


def _spells(text: str, head: str, letters: str) -> bool:
    """Whether words behind the head begin with the letters: "Trung tâm Phục vụ hành chính công" for "PVHCC"."""
    spelt = r"\w* ".join(map(re.escape, fold(letters)))
    return re.search(rf"\b{fold(head)} {spelt}", _spoken(text)) is not None


@lru_cache(maxsize=256)
def _spoken(text: str) -> str:
    return opened_words(tokens(text))


def other_figure(query: Query, unit: Unit) -> Differ | None:
    """ "Người từ đủ 75 tuổi có được … không" where the unit counts the same and names another figure only."""
    if not _YES_NO.search(fold(query.text).rstrip(" ?.!")) or confirms(query):
        return None
    return contradicted(query, unit)


def confirms(query: Query) -> bool:
    """Whether the question names what it holds to be so: "có đúng là 200 hộ không", "200 hộ phải không"."""
    return bool(_CONFIRMS.search(fold(query.text).rstrip(" ?.!")))


def repeats(query: Query, unit: Unit) -> bool:
    """Whether a unit has one of the figures that the question wants confirmed, of the same things."""
    there = _counted(unit.quote)
    return any(
        same.value == asked.value and same.unit == asked.unit for asked in _counted(query.text) for same in there
    )


def contradicted(query: Query, unit: Unit) -> Differ | None:
    """A figure of the question, and the one that the unit has of the same instead."""
    for asked in _counted(query.text):
        there = [number for number in _counted(unit.quote) if number.unit == asked.unit]
        if there and all(asked.value not in (number.value, number.other) for number in there):
            return _said(query.text, asked), _said(unit.quote, there[0])
    return None


@lru_cache(maxsize=8192)
def _counted(text: str) -> tuple[NumberMention, ...]:
    return tuple(number for number in find_numbers(text) if number.kind == "figure" and number.unit)


def _said(text: str, number: NumberMention) -> str:
    return f"{number.text} {number.unit}" if number.unit != "%" else number.text


def above_of(unit: Unit, section: str | None, title: str) -> tuple[str, ...]:
    """What stands over a unit, the nearest first."""
    return before(unit.text, unit.span.start), section or "", title
