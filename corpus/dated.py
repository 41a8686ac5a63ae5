"""The day of a document: its dateline, the day that it says it was passed, or when a portal published it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.boilerplate import STAMP
from corpus.document import Span
from corpus.genre import named_kind
from corpus.head import Lines, Piece, pieces
from corpus.text import fold

_GAP = r"\s{0,3}"
_TORN = {word: _GAP.join(word) for word in ("ngay", "thang", "nam")}  # "n gày": fonts that part letters
_NUMBERS = rf"(\d{_GAP}\d?){_GAP}{_TORN['thang']}{_GAP}(\d ?\d?){_GAP}{_TORN['nam']}{_GAP}(\d ?\d ?\d ?\d)(?!\d)"
_DATELINE = re.compile(rf"{_TORN['ngay']}{_GAP}(?:{_NUMBERS}|(\d{{1,2}})[/.-](\d{{1,2}})[/.-](\d{{4}})(?!\d))")
_PLACE = re.compile(  # the look ahead is for speed
    r"(?P<place>[A-ZĐÀ-Ỹ](?=[^\d,;:|()\n]{1,43}+\s{0,3}+,)[^\d,;:|()\n]{1,40}?)\s{0,3},\s{0,3}$"
)
_CAPITALISED = re.compile(  # "Hà Nội ngày 5 …", where the comma was forgotten
    r"(?P<place>(?:(?:TP|TX|Tp)\. ?|(?:Thành phố|Thị xã|Tỉnh|Huyện|Quận|Xã|Phường) )?"
    r"[A-ZĐÀ-Ỹ][^\W\d_]{0,6}+(?: [A-ZĐÀ-Ỹ][^\W\d_]{0,6}+){0,3}+) $"
)
_DAY = (
    r"(?P<date>[Nn]gày\s{1,3}(?:(\d{1,2})\s{1,3}tháng\s{1,3}(\d{1,2})\s{1,3}năm\s{1,3}(\d{4})|"
    r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})))"
)
_PASSED = re.compile(rf"(?:thông qua|ban hành)\s+{_DAY}")
_OPENED = re.compile(rf"Hôm nay,?(?:\s+(?:vào\s+)?(?:hồi|lúc)[^,\n]{{1,30}},?)?\s+{_DAY}")
BEFORE = 80  # letters of a line that may stand before its date


@dataclass(frozen=True, slots=True)
class Dated:
    """A date where the document gives it, and the place that the dateline names before it."""

    day: date
    span: Span
    place: Span | None = None


def find_dateline(head: Sequence[Piece]) -> Dated | None:
    """ "Đơn Dương, ngày 11 tháng 10 năm 2019" at the end of a head line; never a date within a sentence."""
    lines = Lines.of(head)
    for match in _DATELINE.finditer(fold(lines.text)):
        line = lines.text.rfind("\n", 0, match.start()) + 1
        end = lines.text.find("\n", match.end())
        behind = lines.text[match.end() : end if end >= 0 else None].strip(" .,;`'’")
        day = _day(match)
        if day is None or (behind and not named_kind(behind, official=True)):
            continue
        start = max(line, match.start() - BEFORE)
        before = lines.text[start : match.start()]
        place = _PLACE.search(before) or _CAPITALISED.search(before)
        rest = before[: place.start()] if place else before
        if _stands_apart(rest, start > line):
            named = lines.span(start + place.start("place"), start + place.end("place")) if place else None
            return Dated(day, lines.span(match.start(), match.end()), named)
    return None


def _stands_apart(before: str, cut: bool) -> bool:
    """Whether nothing, an office in capitals or a number stands before the place and date."""
    rest = before.strip(" .,;`'’_-")
    return not cut and (not rest or rest.isupper() or _ENDS_IN_NUMBER.search(rest) is not None)


_ENDS_IN_NUMBER = re.compile(r"^(?:[^\s\d]{1,10} )?S ?[ốỐôÔ].{0,60}$")


def find_said_date(text: str, kind: str | None) -> Dated | None:
    """The day that a law or resolution says it was passed, or that minutes say they were taken."""
    if kind == "Biên bản":
        match = _OPENED.search(text, 0, 3_000)
    elif kind in ("Luật", "Bộ luật", "Nghị quyết", "Pháp lệnh"):
        match = _PASSED.search(text, max(0, len(text) - 1_500))
    else:
        return None
    day = _day(match) if match else None
    return Dated(day, Span(match.start("date"), match.end("date"))) if match and day else None


def find_stamp(text: str) -> Dated | None:
    """When a portal says it published an item: a time stamp that is a line of its own near the top or the end."""
    lines = list(pieces(text, 0, 4_000))[:8] + list(pieces(text, max(0, len(text) - 600)))[-4:]
    for piece in lines:
        match = STAMP.fullmatch(piece.text) if len(piece.text) < 90 else None
        if match and (day := _date(match[3], match[2], match[1])):
            start = piece.span.start
            return Dated(day, Span(start + match.start(1), start + match.end(3)))
    return None


def _day(match: re.Match[str]) -> date | None:
    day, month, year = [re.sub(r"\s", "", group) for group in match.groups()[-6:] if group]
    return _date(year, month, day)


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
