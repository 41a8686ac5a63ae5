"""The head of a document as pieces: its lines, parted where two columns ran together; numbers and dates
among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.boilerplate import STAMP
from corpus.document import Span

HEAD_LINES = 60
BODY_LINE = 350  # letters; no line of a head is longer

_PIECE = re.compile(r"[^\s|](?:[^\n|]*[^\s|])?")
_COLUMN = re.compile(r"\s+(?=CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập ?[-–] ?Tự do)|\s{4,}")
NATIONAL = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập ?[-–] ?Tự do|ĐẢNG CỘNG SẢN VIỆT NAM$|VĂN BẢN QUY PHẠM|CÔNG BÁO|"
    r"Mẫu số|MẪU SỐ|"
    r"(?:HỎA|HOẢ) TỐC|KHẨN$|MẬT$|DỰ THẢO|BẢN SAO"
)
_BODY = re.compile(
    r"(?:- *)?Kính gửi|Căn cứ|Xét |Theo đề nghị|Thực hiện |Điều 1\b|Chương |CHƯƠNG |Phần |PHẦN |"
    r"[IA1][.)] |Hôm nay|Ngày \d|Nơi nhận"
)

_PART = r"(?:\d{4}|[A-ZĐƯÂÔƠÊĂ&.]{1,15}[a-zđ]{0,3}\d{0,3})(?![^\W_])"
_NUMBER = re.compile(
    rf"(?:(?:Luật|Bộ luật|Nghị quyết|Pháp lệnh|LUẬT|NGHỊ QUYẾT)\s+)?(?:S[ốỐ]|s[ốỐ](?=\s*:))\s*[:.]?\s*"
    rf"(?P<number>\d{{1,6}}[a-zA-Z]?(?:,\d{{1,5}})?\s{{0,3}}[-–/]\s{{0,3}}{_PART}(?:[-–/]{_PART}){{0,5}})"
)
_DAY = (
    r"(?P<date>[Nn]gày\s{1,3}(?:(\d{1,2})\s{1,3}tháng\s{1,3}(\d{1,2})\s{1,3}năm\s{1,3}(\d{4})|"
    r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})))"
)
_DATELINE = re.compile(rf"(?:(?P<place>[A-ZĐÀ-Ỹ][^\d,;:|()]{{1,40}}?)\s*,\s*)?{_DAY}\s*\.?$")
_PASSED = re.compile(rf"(?:thông qua|ban hành)\s+{_DAY}")
_OPENED = re.compile(rf"Hôm nay,?(?:\s+(?:vào\s+)?(?:hồi|lúc)[^,\n]{{1,30}},?)?\s+{_DAY}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of the text, or one column's part of it; `after_blank` when an empty line stands above."""

    span: Span
    text: str
    after_blank: bool


@dataclass(frozen=True, slots=True)
class Dated:
    """A date where the document gives it, and the place that the dateline names before it."""

    day: date
    span: Span
    place: Span | None = None


def pieces(text: str, start: int = 0, end: int | None = None) -> Iterator[Piece]:
    """The non-empty pieces, in order."""
    last = start
    for match in _PIECE.finditer(text, start, len(text) if end is None else end):
        for piece in _columns(match.start(), match[0]):
            yield Piece(piece, piece.of(text), text.count("\n", last, piece.start) > 1)
            last = piece.end


def _columns(offset: int, line: str) -> Iterator[Span]:
    start = 0
    for gap in _COLUMN.finditer(line) if len(line) < BODY_LINE else ():
        yield Span(offset + start, offset + gap.start())
        start = gap.end()
    yield Span(offset + start, offset + len(line))


def head_pieces(text: str) -> list[Piece]:
    """The pieces above the body: before "Kính gửi", "Căn cứ", "Điều 1", the first heading or the first
    long line."""
    head: list[Piece] = []
    for piece in pieces(text, 0, 20_000):
        if len(head) == HEAD_LINES or len(piece.text) > BODY_LINE or _BODY.match(piece.text):
            break
        head.append(piece)
    return head


def find_number(head: list[Piece]) -> tuple[str, Span] | None:
    """ "Số 118 -CV/BDVHU" → "118-CV/BDVHU", with the place of "118 -CV/BDVHU"."""
    for piece in head:
        if match := _NUMBER.match(piece.text):
            number = re.sub(r"\s", "", match["number"]).replace("–", "-")
            return number.rstrip("."), _shifted(piece, match, "number")
    return None


def find_dateline(head: list[Piece]) -> Dated | None:
    """ "Đơn Dương, ngày 11 tháng 10 năm 2019" at the end of a head line; never a date within a sentence."""
    for piece in head:
        number = _NUMBER.match(piece.text)
        offset = max(number.end() if number else 0, len(piece.text) - 80)
        match = _DATELINE.search(piece.text, offset)
        if match is None or not (match["place"] or match.start() == 0):
            continue
        before = piece.text[offset : match.start()].strip()
        day = _day(match)
        if day and (not before or before.isupper()):
            place = _shifted(piece, match, "place") if match["place"] else None
            return Dated(day, _shifted(piece, match, "date"), place)
    return None


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
    """When a portal says it published an item: a time stamp that is a line of its own near the top or the
    end."""
    lines = list(pieces(text, 0, 4_000))[:8] + list(pieces(text, max(0, len(text) - 600)))[-4:]
    for piece in lines:
        match = STAMP.fullmatch(piece.text) if len(piece.text) < 90 else None
        if match and (day := _date(match[3], match[2], match[1])):
            start = piece.span.start
            return Dated(day, Span(start + match.start(1), start + match.end(3)))
    return None


def _shifted(piece: Piece, match: re.Match[str], group: str) -> Span:
    return Span(piece.span.start + match.start(group), piece.span.start + match.end(group))


def _day(match: re.Match[str]) -> date | None:
    numbers = [group for group in match.groups()[-6:] if group]
    return _date(numbers[2], numbers[1], numbers[0]) if len(numbers) == 3 else None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
