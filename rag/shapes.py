"""Where a text offers the kind of thing that a question asks for: a figure, a day, a person, a document, a cause."""

from __future__ import annotations

import re

from corpus.document import Span
from corpus.gazetteer import load_gazetteer
from corpus.names import SURNAMES
from corpus.text import fold
from rag.expected import Kind

_FIGURE = re.compile(r"\d+(?:[.,/]\d+)*(?:\s?%)?")
_PERCENT = re.compile(r"(?<!\d)(?<!\d[.,])\d++(?:[.,]\d++)*+\s?(?:%|phần trăm)")
_NUMBER_WORD = re.compile(
    r"(?<!\w)(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|trăm|nghìn|ngàn|triệu|tỷ|vài|nửa|đôi)(?!\w)", re.I
)
_DATE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\b(?:1[0-9]|20)\d\d\b"
    r"|(?:ngày|tháng|quý|năm|thế kỷ|mùa|thập niên|thập kỷ)\s+(?:\d+|[IVX]+\b)(?:[/-]\d+)*"
    r"|(?:ngày|tháng) (?:một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|(?:đầu|cuối|giữa) (?:năm|tháng|thế kỷ|tuần)",
    re.I,
)
_UPPER = "".join(chr(code) for code in (*range(0x41, 0x250), *range(0x1EA0, 0x1EFA)) if chr(code).isupper())
_NAME = re.compile(rf"(?<!\w)[{_UPPER}][^\W\d_]*(?:[ -][{_UPPER}][^\W\d_]*)*")
_ADDRESSED = re.compile(
    r"(?<!\w)(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Tt]hầy|[Cc]ô|[Bb]ác sĩ|TS\.?|ThS\.?|GS\.?|PGS\.?) "
    r"(?!Bí thư|Chủ (?:tịch|nhiệm)|Phó |Trưởng |Giám đốc|Chánh |Chi cục|Tổng )"  # a post, no name
    rf"([{_UPPER}][^\W\d_]*(?: [{_UPPER}][^\W\d_]*)*)"
)
_FULL_NAME = re.compile(
    rf"(?<!\w)[{_UPPER}][^\W\d_]+(?: [{_UPPER}][^\W\d_]+){{2,4}}"
)  # of two syllables it may be a place
_WITH_PLACE = 4  # blanks between a place of two syllables and a name of three
_NO_PERSON = frozenset(
    "ban huyen uy thuong tinh dang bo hoi mat cong phong ngay nghi nha trung quoc chinh so doan chi ket quyet pho bi"
    " chu truong thang nam xa thi thanh phuong quan thon khoi dai ke thong bao to de chuong quy luat hdnd ubnd mttq"
    " hien".split()
)
_POST = re.compile(
    r"(?:Phó|Trung|Quân|Đại|Ban|Đoàn (?:Thanh|Thể|TN)|Hội|Sở|Tổng|"
    r"Xã|Thị|Huyện|Tỉnh|Thôn|Phường|Quận|Thành phố|Bản|Khối)\b"
)
_PLACED = re.compile(  # "TP. Hồ Chí Minh", "đường Trần Phú"
    r"(?:TP\.?|thành phố|tỉnh|huyện|quận|thị xã|thị trấn|phường|xã|thôn|đặc khu|đường|phố|trường|THPT|THCS) ?$", re.I
)
_HEADED = re.compile(
    r"(?:Chủ tịch|Bí thư)(?: (?:UBND|HĐND|UBMTTQ|MTTQ|Ủy ban nhân dân|Hội đồng nhân dân))? \w+ $", re.I
)
_DOCUMENT = re.compile(r"\d{1,5}(?:/\d{4})?\s?[-/]\s?[^\W\d_]{1,6}(?:[-/][^\W\d_]{1,10})*", re.U)
_REASON = re.compile(
    r"(?<!\w)(?:vì|do|bởi|nhờ|nên|để|nhằm|nguyên nhân|lý do|khiến|dẫn đến|dẫn tới|góp phần)(?!\w)", re.I
)


def candidates(text: str, unit: Span, kind: Kind) -> list[Span]:
    """The places in a unit of text that could be the thing asked for; empty for kinds that have no shape."""
    if kind == "person":
        return _persons(text, unit)
    pattern = _SHAPES.get(kind)
    if pattern is None:
        return []
    return [Span(*match.span()) for shape in pattern for match in shape.finditer(text, unit.start, unit.end)]


def _persons(text: str, unit: Span) -> list[Span]:
    """Names of persons; without any, other capitalised words inside the unit that open no office's or place's name."""
    return names(text, unit) or [
        Span(*match.span())
        for match in _NAME.finditer(text, unit.start + 1, unit.end)
        if fold(match[0].split()[0]) not in _NO_PERSON
    ]


def names(text: str, unit: Span | None = None) -> list[Span]:
    """Full names of persons: behind a form of address, or beginning with a surname."""
    unit = unit or Span(0, len(text))
    addressed = [Span(*match.span(1)) for match in _ADDRESSED.finditer(text, unit.start, unit.end)]
    surnamed = [
        span
        for match in _FULL_NAME.finditer(text, unit.start, unit.end)
        if (span := _from_surname(match, _opens_with_place(text, match))) and not _POST.match(match[0])
    ]
    return [*addressed, *(span for span in surnamed if not any(span.overlaps(other) for other in addressed))]


def _opens_with_place(text: str, found: re.Match[str]) -> bool:
    """Whether capitals behind a level begin with the place's name; of five the first two do, whoever heads it."""
    behind = _PLACED.search(text, max(0, found.start() - 12), found.start())
    return behind is not None and not (found[0].count(" ") < _WITH_PLACE and _heads_it(text, found))


def _heads_it(text: str, found: re.Match[str]) -> bool:
    """Whether a name behind a level is whoever heads it: "Chủ tịch UBND huyện Đinh Công Thạch"."""
    headed = _HEADED.search(text, max(0, found.start() - 40), found.start())
    return headed is not None and " ".join(fold(found[0]).split()) not in load_gazetteer().units


def _from_surname(found: re.Match[str], placed: bool) -> Span | None:
    """A name within capitalised words: also behind the place of "Bí thư Huyện ủy Nho Quan Lã Trường Sinh", and only
    there where they begin with one: "xã Tân Lộc Dương Thế Vinh"."""
    words = found[0].split(" ")
    at = next((at for at in (0, 2)[placed:] if len(words) - at > 2 and fold(words[at]) in SURNAMES), None)
    return None if at is None else Span(found.start() + sum(len(word) + 1 for word in words[:at]), found.end())


_SHAPES: dict[Kind, tuple[re.Pattern[str], ...]] = {
    "number": (_FIGURE, _NUMBER_WORD),
    "percent": (_PERCENT, _FIGURE),
    "date": (_DATE,),
    "place": (_NAME,),
    "document": (_DOCUMENT,),
    "reason": (_REASON,),
}
