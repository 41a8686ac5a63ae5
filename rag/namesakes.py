"""Whether a unit speaks of another of the same kind: "Điện lực Tân Lập" where "Điện lực Hòa Sơn" is asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from corpus.document import Span
from corpus.gazetteer import load_gazetteer
from corpus.text import Token, tokens
from rag.around import before
from rag.peoples import lacks_people
from rag.shapes import names
from rag.understand import Query
from rag.units import Unit

_HAS_NAME = re.compile(
    r"(?<!\w)(?:trường(?: (?:tiểu học|trung học cơ sở|trung học phổ thông|mầm non|mẫu giáo|TH|THCS|THPT|MN))?|công ty|"
    r"cơ sở|hợp tác xã|doanh nghiệp|nhà máy|xưởng|cửa hàng|quán|nhà hàng|khách sạn|phòng khám|nhà thuốc|trang trại) $",
    re.I,
)
_SPOKEN_OF = 1_500  # characters for which what was named stays the one spoken of
_BEARERS = frozenset(
    "cống cầu chợ hồ đập trạm kênh sông suối thác làng thôn ấp bản khóm buôn đình chùa đền bến cảng đảo núi đèo".split()
)


@dataclass(frozen=True, slots=True)
class Named:
    """Two syllables of a name behind the two that say what bears it, folded; `span` in its text.

    The second syllable is empty where a name has only one, as "chợ Quế" has.
    """

    head: tuple[str, str]
    name: tuple[str, str]
    span: Span
    bearer: str = ""  # the last of `head` with its accents


def other_namesake(query: Query, unit: Unit, about: str) -> tuple[str, str] | None:
    """A name of the question, and the one that the unit has behind the same words, when nothing near has the first.

    `about` is what else the unit may be of: its heading, its document's title and issuer. Persons and places that the
    question names are held to elsewhere.
    """
    asked = [each for each in _named(query.text) if not _is_held(query, each.span)]
    for one in asked:
        there = [other for other in _in_capitals(unit.quote, unit.words) if _alike(one, other)]
        if not there or any(other.name[0] == one.name[0] for other in there):
            continue
        over = {token.folded for token in tokens(about)}
        over -= set(one.name) if there[0].name[0] in over else set()  # of both: the unit's own word decides
        near = over | {token.folded for token in tokens(before(unit.text, unit.span.start))} | unit.found
        if not near & set(one.name):
            return one.span.of(query.text), there[0].span.of(unit.quote)
    return None


def unnamed(query: Query, unit: Unit, about: str) -> str | None:
    """A people, a school, a firm or the like that the question calls by its name, and nothing up to the unit does."""
    if people := lacks_people(query, unit, about):
        return people
    for one in _named(query.text) if query.text != query.text.lower() else ():
        if not one.name[1] or _is_held(query, one.span) or not _HAS_NAME.search(query.text, 0, one.span.start):
            continue
        above = unit.text[max(0, unit.span.start - _SPOKEN_OF) : unit.span.start]
        near = " ".join(token.folded for token in tokens(f"{about} {above} {unit.quote}"))
        if " ".join(one.name) not in near:
            return one.span.of(query.text)
    return None


def _alike(one: Named, other: Named) -> bool:
    """Whether the same words stand before both names: two, or one that alone says what bears it ("cống", "chợ")."""
    return one.head == other.head or (one.bearer == other.bearer and one.bearer in _BEARERS)


@lru_cache(maxsize=512)
def _named(question: str) -> tuple[Named, ...]:
    """Names written with capitals; in a question of small letters the names of communes and districts."""
    found = tokens(question)
    if question != question.lower():
        return _in_capitals(question, found)
    known = load_gazetteer().units
    return tuple(each for at in range(2, len(found) - 1) if " ".join((each := _at(found, at)).name) in known)


def _in_capitals(text: str, found: Sequence[Token]) -> tuple[Named, ...]:
    capital = [text[token.start].isupper() for token in found]
    short = [text[token.start : token.end].isupper() for token in found]  # "Trường THCS Hòa Sơn"
    gaps = [text[one.end : other.start] for one, other in pairwise(found)]
    followed = [*(other and gap in (" ", "-") for other, gap in zip(capital[1:], gaps, strict=True)), False]
    return tuple(
        _at(found, at, followed[at])
        for at in range(1, len(found))
        if capital[at]
        and ((followed[at] and at > 1) or found[at - 1].key in _BEARERS)
        and not short[at]
        and (short[at - 1] or not capital[at - 1] or found[at - 1].key in _BEARERS)
    )


def _at(found: Sequence[Token], at: int, whole: bool = True) -> Named:
    name = found[at : at + (2 if whole else 1)]
    return Named(
        (found[at - 2].folded if at > 1 else "", found[at - 1].folded),
        (name[0].folded, name[1].folded if whole else ""),
        Span(name[0].start, name[-1].end),
        found[at - 1].key,
    )


def _is_held(query: Query, span: Span) -> bool:
    return any(span.overlaps(other) for other in (*query.names, *(place.span for place in query.places)))


def only_in_a_name(query: Query, unit: Unit) -> bool:
    """Whether all that a unit has of the question is a syllable of a person's name: bà Mai is not "mai mưa không"."""
    if query.names or query.numbers or query.expected.kind == "person":
        return False
    held = {term.folded for term in query.terms} & unit.found
    places = {token.folded for place in query.places for token in tokens(place.span.of(query.text))}
    persons = {token.folded for span in names(unit.text, unit.span) for token in tokens(span.of(unit.text))}
    told = held - places
    return len(told) == 1 and told <= persons
