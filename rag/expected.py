"""What kind of thing a question asks for, and where a sentence offers one: a number, a person, a date, a place, …"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from corpus.document import Span
from corpus.names import SURNAMES
from corpus.text import Token, fold, same_tones, tokens
from rag.terms import is_phrase

Kind = Literal["number", "percent", "person", "date", "place", "document", "reason", "other"]


@dataclass(frozen=True, slots=True)
class Expected:
    """`noun` is the counted or asked-for noun, accents kept as typed ("hồ sơ" of "bao nhiêu hồ sơ"); `many`: a list is asked."""

    kind: Kind
    noun: tuple[str, ...] = ()
    many: bool = False


_ASKS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("reason", ("vì sao", "tại sao", "do đâu", "vì lý do gì", "nguyên nhân nào", "lý do nào", "do nguyên nhân gì")),
    (
        "date",
        (
            "khi nào", "bao giờ", "lúc nào", "hồi nào", "ngày nào", "tháng nào", "năm nào", "thời gian nào", "hôm nào", "ngày mấy",
            "tháng mấy", "năm bao nhiêu", "ngày bao nhiêu", "thời điểm nào", "giai đoạn nào", "từ ngày nào", "mấy giờ", "thời hạn nào",
        ),
    ),
    ("percent", ("tỷ lệ", "bao nhiêu phần trăm", "mấy phần trăm", "đạt bao nhiêu %")),
    ("number", ("bao nhiêu", "mấy", "số lượng", "bao lâu", "bao xa")),
    (
        "person",
        (
            "ai", "người nào", "đồng chí nào", "ông nào", "bà nào", "những ai", "vị nào", "tên gì", "cá nhân nào", "lãnh đạo nào",
            "cán bộ nào", "họ tên",
        ),
    ),
    (
        "place",
        (
            "ở đâu", "tại đâu", "nơi nào", "chỗ nào", "địa điểm nào", "từ đâu", "xã nào", "huyện nào", "tỉnh nào", "thị trấn nào",
            "thôn nào", "phường nào", "thành phố nào", "địa phương nào", "nước nào", "quốc gia nào", "vùng nào", "khu vực nào", "bản nào",
        ),
    ),
    (
        "document",
        (
            "nghị quyết nào", "văn bản nào", "quyết định nào", "chỉ thị nào", "kế hoạch nào", "công văn nào", "kết luận nào", "quy định nào",
            "hướng dẫn nào", "thông báo nào", "quy chế nào", "đề án nào", "nghị định nào", "thông tư nào", "luật nào", "chương trình nào",
            "nghị quyết số mấy", "quyết định số mấy", "số mấy", "số hiệu", "nghị quyết số bao nhiêu", "văn bản số bao nhiêu", "số ký hiệu",
        ),
    ),
)
_PHRASES = sorted(  # the longest phrase decides: "văn bản nào" before "bản nào"
    ((kind, tuple(same_tones(phrase).split())) for kind, group in _ASKS for phrase in group), key=lambda ask: -len(ask[1])
)
_MANY = tuple(
    tuple(phrase.split()) for phrase in ("gồm những", "bao gồm", "gồm có", "liệt kê", "kể tên", "nêu các", "những ai", "gồm gì")
)
_PLURAL, _ASKED = ("những", "các"), ("nào", "gì", "ai", "đâu")
_PLURAL_REACH = 7  # tokens from "những" to its "nào"
_FIGURE = re.compile(r"\d+(?:[.,/]\d+)*(?:\s?%)?")
_PERCENT = re.compile(r"\d+(?:[.,]\d+)*\s?(?:%|phần trăm)")
_NUMBER_WORD = re.compile(
    r"(?<!\w)(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|trăm|nghìn|ngàn|triệu|tỷ|vài|nửa|đôi)(?!\w)", re.I
)
_DATE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|(?:ngày|tháng|quý|năm|thế kỷ|mùa|thập niên|thập kỷ)\s+(?:\d+|[IVX]+\b)(?:[/-]\d+)*|\b(?:1[0-9]|20)\d\d\b"
    r"|(?:ngày|tháng) (?:một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|(?:đầu|cuối|giữa) (?:năm|tháng|thế kỷ|tuần)",
    re.I,
)
_UPPER = "".join(chr(code) for code in (*range(0x41, 0x250), *range(0x1EA0, 0x1EFA)) if chr(code).isupper())
_NAME = re.compile(rf"(?<!\w)[{_UPPER}][^\W\d_]*(?:[ -][{_UPPER}][^\W\d_]*)*")
_ADDRESSED = re.compile(
    rf"(?<!\w)(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Tt]hầy|[Cc]ô|[Bb]ác sĩ|TS\.?|ThS\.?|GS\.?|PGS\.?) ([{_UPPER}][^\W\d_]*(?: [{_UPPER}][^\W\d_]*)*)"
)
_FULL_NAME = re.compile(rf"(?<!\w)[{_UPPER}][^\W\d_]+(?: [{_UPPER}][^\W\d_]+){{2,4}}")  # two syllables may be a place
_NO_PERSON = frozenset(
    "ban huyen uy thuong tinh dang bo hoi mat cong phong ngay nghi nha trung quoc chinh so doan chi ket quyet pho bi chu truong thang nam"
    " xa thi thanh phuong quan thon khoi dai ke thong bao to de chuong quy luat hdnd ubnd mttq hien".split()
)
_POST = re.compile(r"(?:Phó|Trung|Quân|Đại|Ban|Đoàn (?:Thanh|Thể|TN)|Hội|Sở|Tổng)\b")
_DOCUMENT = re.compile(r"\d{1,5}(?:/\d{4})?\s?[-/]\s?[^\W\d_]{1,6}(?:[-/][^\W\d_]{1,10})*", re.U)
_REASON = re.compile(r"(?<!\w)(?:vì|do|bởi|nhờ|nên|để|nhằm|nguyên nhân|lý do|khiến|dẫn đến|dẫn tới)(?!\w)", re.I)


def expected(question: str) -> Expected:
    """The kind of answer a question asks for, read off its asking words, with or without accents."""
    found = tokens(question)
    many = _is_many(found)
    for kind, phrase in _PHRASES:
        for at in range(len(found)):
            if is_phrase(found, at, phrase):
                return Expected(kind, _noun(found, at, phrase, kind), many)
    return Expected("other", (), many)


def _is_many(found: list[Token]) -> bool:
    """ "những xã nào", "các nhiệm vụ trọng tâm gì", "gồm những ai"."""
    if any(is_phrase(found, at, phrase) for at in range(len(found)) for phrase in _MANY):
        return True
    return any(
        is_phrase(found, at, (plural,)) and is_phrase(found, later, (asked,))
        for at in range(len(found))
        for plural in _PLURAL
        for later in range(at + 1, min(at + _PLURAL_REACH, len(found)))
        for asked in _ASKED
    )


def _noun(found: list[Token], at: int, phrase: tuple[str, ...], kind: Kind) -> tuple[str, ...]:
    if kind in ("number", "percent"):
        return tuple(token.key for token in found[at + len(phrase) : at + len(phrase) + 2])
    return phrase[:-1] if phrase[-1] == "nào" else ()


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
        Span(*match.span())
        for match in _FULL_NAME.finditer(text, unit.start, unit.end)
        if fold(match[0].split()[0]) in SURNAMES and not _POST.match(match[0])
    ]
    return [*addressed, *(span for span in surnamed if not any(span.overlaps(other) for other in addressed))]


_SHAPES: dict[Kind, tuple[re.Pattern[str], ...]] = {
    "number": (_FIGURE, _NUMBER_WORD),
    "percent": (_PERCENT, _FIGURE),
    "date": (_DATE,),
    "place": (_NAME,),
    "document": (_DOCUMENT,),
    "reason": (_REASON,),
}
