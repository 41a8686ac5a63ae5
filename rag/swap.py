"""One part of a question put in place of its like in another: a place, a period, a document, a person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Span
from corpus.names import SURNAMES
from corpus.places import PlaceMention, find_places
from corpus.text import fold, tokens
from rag.language.dates import DateMention, find_dates
from rag.language.document_numbers import KINDS, find_document_numbers
from rag.offices import office_spans
from rag.shapes import names
from rag.swap_noun import added, put, with_noun

_NUMBERED = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted((kind for kind in KINDS), key=len, reverse=True))}|cv|nq|qđ)(?: số)? ?$", re.I
)
_ADDRESS = re.compile(r"(?<!\w)(?:đồng chí|đ/c|ông|bà|anh|chị) $", re.I)
_BARE_YEAR = re.compile(r"(?<![\w/.,-])(?:19|20)\d\d(?![\w/.,-]*\d)")
_WHOLE = re.compile(r"(?:toàn|cả) (?:huyện|tỉnh|xã|thành phố|thị xã|quận|thị trấn)", re.I)
_CAPITALS = re.compile(r"(?<!\w)[^\W\d_a-zà-ỹ][^\W\d_]*(?: [^\W\d_a-zà-ỹ][^\W\d_]*)+")
_LEVEL_BEHIND = re.compile(r" (?:tỉnh|huyện|quận|thị xã|thành phố|xã|phường|thị trấn)(?= *(?:$|[,?.!]))", re.I)


def replaced(before: str, said: str) -> str:
    """The earlier question with everything that the new one names put in place of its like."""
    if is_whole(said):
        return _of_the_whole(before, said)
    rest = said
    for swap in (_with_office, _with_number, _with_date, _with_place, _with_person):
        before, rest = swap(before, rest)
    rest = rest.strip(" ,")
    return before if _is_said(before, rest) else with_noun(before, rest)


def is_whole(said: str) -> bool:
    """ "Toàn huyện", behind a question about one of its communes."""
    return bool(_WHOLE.fullmatch(said.strip(" ,?.")))


def _of_the_whole(before: str, said: str) -> str:
    """The earlier question of the whole district instead of the place, or else the name, that it was about."""
    spans = [place.span for place in find_places(before)] or [Span(*name.span()) for name in _CAPITALS.finditer(before)]
    return put(before, spans[-1], said.strip(" ,?.")) if spans else added(before, said)


def _is_said(before: str, rest: str) -> bool:
    """Whether the earlier question says what is left: "tổng kết" of "thế tổng kết năm 2023?"."""
    asked = {token.key for token in tokens(before)}
    return all(token.key in asked for token in tokens(rest))


def with_kind(text: str, number: Span) -> Span:
    """A document number with the words before it: "công văn số 118-CV/BDVHU"."""
    lead = _NUMBERED.search(text, 0, number.start)
    return Span(lead.start() if lead else number.start, number.end)


def _with_office(before: str, said: str) -> tuple[str, str]:
    """Another office of the same level, wherever the earlier question names the first one it names."""
    new, old = office_spans(said), office_spans(before)
    if not new or not old or new[0][0] in {office for office, _ in old}:
        return before, said
    office, first = old[0]
    level = _LEVEL_BEHIND.match(said, new[0][1].end)
    if level and fold(level[0]) in fold(before[first.end : first.end + len(level[0])]):
        level = None  # the earlier question has it, with the place behind it
    written = new[0][1].of(said) + (level[0] if level else "")
    for span in reversed([span for name, span in old if name == office]):
        before = put(before, span, written if span == first else new[0][1].of(said))
    behind = _LEVEL_BEHIND.match(said, new[0][1].end)
    return before, said[: new[0][1].start] + said[behind.end() if behind else new[0][1].end :]


def _with_number(before: str, said: str) -> tuple[str, str]:
    new, old = find_document_numbers(said), find_document_numbers(before)
    if not new or not old:
        return before, said
    span, there = with_kind(said, new[0].span), old[0].span
    if span != new[0].span:
        there = with_kind(before, there)
    return put(before, there, span.of(said)), said[: span.start] + said[span.end :]


def _with_date(before: str, said: str) -> tuple[str, str]:
    new = next(iter(find_dates(said)), None)
    bare = None if new else _BARE_YEAR.search(said)
    if new is None and bare is None:
        return before, said
    span = new.span if new else Span(*bare.span()) if bare else Span(0, 0)
    rest = said[: span.start] + said[span.end :]
    old = find_dates(before)
    if old:
        written = span.of(said) if new else f"năm {span.of(said)}"
        return put(before, old[0].span, written + (_year(new, old[0], written) if new else "")), rest
    year = _BARE_YEAR.search(before)
    if year:
        return put(before, Span(*year.span()), fold(span.of(said)).removeprefix("nam ")), rest
    return added(before, span.of(said) if new else f"năm {span.of(said)}"), rest


def _year(new: DateMention, old: DateMention, written: str) -> str:
    """The year that "tháng 8" leaves out, from "tháng 7 năm 2020"."""
    if new.start or not old.end:
        return ""
    return f" {old.end.year}" if fold(written).endswith(" nam") else f" năm {old.end.year}"


def _with_place(before: str, said: str) -> tuple[str, str]:
    old, new = find_places(before), find_places(said)
    if new:
        span = Span(new[0].span.start, new[-1].span.end)
        written, level = span.of(said), new[0].level
    elif old and _is_name(said):
        span = Span(0, len(said))
        level = old[0].level
        levelled = fold(old[0].span.of(before)).startswith(fold(level))  # "Sơn Hà còn mấy hộ": of no level that is told
        written = f"{level} {said}" if levelled else said
    elif _is_name(said) and len(named := [Span(*found.span()) for found in _CAPITALS.finditer(before)]) == 1:
        return put(before, named[0], said), ""
    else:
        return before, said
    rest = said[: span.start] + said[span.end :]
    if not old:
        return added(before, f"ở {written}"), rest
    same = _joined(before, _of_level(old, level) or old[:1])
    return put(before, Span(same[0].span.start, same[-1].span.end), written), rest


def _of_level(places: Sequence[PlaceMention], level: str) -> list[PlaceMention]:
    return [place for place in places if place.level == level]


def _joined(text: str, places: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The first place with those listed behind it: "xã A, B và xã C"."""
    joined = [places[0]]
    for place in places[1:]:
        if text[joined[-1].span.end : place.span.start].strip() not in ("và", "với", ",", "hay", "hoặc"):
            break
        joined.append(place)
    return joined


def _is_name(said: str) -> bool:
    """ "Quảng Lập", "Dran": up to four capitalised syllables that are no person's name."""
    found = tokens(said)
    capital = all(said[token.start].isupper() and not said[token.start : token.end].isupper() for token in found)
    return len(said) > 2 and len(found) <= 4 and capital and not (len(found) > 2 and found[0].folded in SURNAMES)


def _with_person(before: str, said: str) -> tuple[str, str]:
    new, old = names(said), names(before)
    if not new or not old:
        return before, said
    return put(before, _addressed(before, old[0]), _addressed(said, new[0]).of(said)), ""


def _addressed(text: str, name: Span) -> Span:
    """A name with its form of address: "bà Trần Thị Lan"."""
    address = _ADDRESS.search(text, 0, name.start)
    return Span(address.start() if address else name.start, name.end)
