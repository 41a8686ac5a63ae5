"""Whether a unit of text offers the figure a question asks for: of what is counted, measured or paid."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.document import Span
from corpus.text import fold, same_tones, tokens
from rag.asked_units import counted_alike, counts_persons, unit_asked
from rag.figure_words import sounds_alike
from rag.language.dates import find_dates
from rag.language.document_numbers import find_document_numbers
from rag.language.numbers import NumberMention, find_numbers
from rag.money_asked import of_money
from rag.tables import BAR, lines_above
from rag.understand import Query
from rag.units import Unit, opened_tokens

_SHARES = re.compile(r"%|tỷ lệ|tỉ lệ|ty le|ti le|phần trăm|phan tram", re.I)
_COUNTED = re.compile(r"\b(?:bao nhieu|may) (\w+)")  # each of "cao mấy tầng, chứa bao nhiêu khách"
_CLAUSE = re.compile(  # "khoản 2 Điều 4", "số 13" count nothing; "dân số 13 triệu" does
    r"\b(?:khoản|điều|điểm|mục|chương|phần|phụ lục|bước|mẫu|biểu|"
    r"(?<!dân )(?<!tổng )(?<!sĩ )(?<!quân )(?<!chỉ )(?<!hệ )(?<!doanh )(?<!điểm )(?<!con )(?<!trong )số)\s+$",
    re.I,
)
_ORDER = re.compile(  # "tầng 3", "đợt 1", "lớp 6" count nothing, either
    r"(?<!\w)(tầng|phòng|quầy|tổ|thôn|ấp|khóm|lớp|khối|quý|đợt|kỳ|cấp|hạng|loại|lần thứ|khóa|tiểu khu)\s+$", re.I
)
_TERM = re.compile(r"(?<!\d)\d{4} ?[-–] ?\d{4}(?!\d)")
_CHANGE = re.compile(r"(?<!\w)(?:tăng|giảm)(?: thêm| gần| hơn| khoảng)?\s+$", re.I)
_ASKS_CHANGE = re.compile(r"\b(?:tang|giam|them|bot|chenh|hon|kem|so voi)\b")
_GAUGES = tuple(  # what is measured, and what a figure of it is told in
    (re.compile(rf"(?<!\w)(?:{asked})(?!\w)", re.I), re.compile(rf"(?<=\d)\s?(?:{told})", re.I))
    for asked, told in (
        ("độ mặn|nồng độ", r"‰|%|phần|m?g/|µg|ml|ppm"),
        ("độ ẩm", "%|phần trăm"),
        ("nhiệt độ", "độ|°|º"),
        ("mực nước", r"m(?!\w)|cm|mét"),
        ("lượng mưa", r"mm|mi-?li"),
    )
)
_MEASURES = (
    "đàn trâu", "đàn bò", "đàn lợn", "đàn gia súc", "đàn gia cầm",
    "dân số", "diện tích", "thu nhập", "mật độ", "sản lượng", "năng suất", "doanh thu", "lượng mưa", "chiều dài",
    "chiều rộng", "chiều cao", "biên chế", "tuổi thọ", "công suất", "trọng lượng", "nhiệt độ", "tiền lương",
)  # fmt: skip
_MEASURE = re.compile(rf"(?<!\w)(?:{'|'.join(map(same_tones, _MEASURES))})(?!\w)")
_NUMBER_COLUMN = re.compile(r"(?:^|\| )(?P<label>(?:Số|Tổng số|Chỉ tiêu|Nhu cầu|Sĩ số)[^|:]*): ?\d", re.I)
_COUNTS_ANY = frozenset("luong nguoi tong chi nhu si em".split())  # "Số lượng", "Số người", "Tổng số", "Chỉ tiêu"
_SIZE = re.compile(
    rf"(?<!\w)(?P<size>{'|'.join(map(same_tones, ('dài', 'rộng', 'sâu', 'nặng')))}) (?:bao nhiêu|mấy)(?! \w)"
)
_HOW_LONG = re.compile(r"\bbao (?:nhieu )?lau\b")
_LASTS = re.compile(
    r"(?:\d|(?<!\w)(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|nửa|vài)) ?"
    r"(?:(?:đến|-|–) ?\d+ ?)?(?:(?:giây|phút|giờ|tiếng|h|ngày|đêm|buổi|tuần|tháng|quý|năm|nhiệm kỳ|kỳ|vụ)(?!\w)|"
    r"\(?[^\W\d_]{2,5}\) ?(?:ngày|tháng|năm)(?!\w))"
    r"|(?<!\w)(?:từ (?=[^;\n]{1,80}? đến )|trong ngày|suốt|vô thời hạn|không thời hạn|lâu dài|đến (?:khi|hết|ngày))",
    re.I,
)
_LENGTH = r"(?<=\d)\s?(?:km|m|mét|ki-?lô-?mét|cây số|hải lý|cm|mm)(?!\w)"
_PRICE = re.compile(  # what "giá" is of: "giá bán lúa", not "giá trị"
    r"(?<!\w)giá (?:(?:bán|mua|thu mua|bình quân|trung bình|của|một|mỗi|1) )*+(?!trị|cả|là|bao)(?P<what>\w+)", re.I
)
_QUORUM = re.compile(r"(?<!\w)(?:từ|ít nhất|tối thiểu|quá|trên) \d/\d(?!\d)", re.I)
_ASKS_LEAST = re.compile(r"\b(?:can|phai|it nhat|toi thieu|moi duoc|tro len)\b")
_IN = {  # what a size is told in
    same_tones("dài"): re.compile(_LENGTH, re.I),
    same_tones("rộng"): re.compile(rf"{_LENGTH}|(?<=\d)\s?(?:ha|héc-?ta|mẫu|sào|k?m[2²])(?!\w)", re.I),
    same_tones("sâu"): re.compile(_LENGTH, re.I),
    same_tones("nặng"): re.compile(r"(?<=\d)\s?(?:kg|g|gam|tấn|tạ|yến)(?!\w)", re.I),
}
_CLASSIFIERS = frozenset(map(same_tones, ("lượt", "cây", "chiếc", "cái", "con", "vị", "tên", "suất", "bộ", "tấm")))
_BARE = (("cái",), ("chiếc",))  # of what, the question says before: "12 dự thảo thì huyện mấy cái"
_ALL = re.compile(r"\b(?:tong (?:cong|so|kinh phi|so tien|gia tri)|tat ca|ca thay|toan bo|gop lai|cong lai)\b")
_EACH = re.compile(r"\b(?:moi (?!nam|thang|tuan|ngay|quy)|binh quan|trung binh)")
_MARK = re.compile(r"\W*\d{1,2}[.)]")  # of a list's item
_RATE = re.compile(r"(?<=[^\W\d_])/")  # "150.000 đồng/bài" counts no "bài"
_LABEL = re.compile(  # of a count: "Giáo viên mầm non: 15 chỉ tiêu", not "Chiến sĩ thi đua: 1.800.000 đồng"
    r"([^:;\n]{3,120}): ?\d[\d.,]*+(?! ?(?:%|(?:đồng|triệu|tỷ|nghìn|lần|ha|kg|tấn|tạ|điểm)(?!\w)))"
)
_PEOPLE = "người"
_HEAD = 400  # characters in which a document says what it is
_ORDERED = 16  # characters before a figure
_BEHIND = 4  # syllables from a figure to what it counts
_MEASURED = frozenset(
    same_tones(word)
    for word in (
        "tiền kinh phí lâu xa cao dài rộng nặng phần tỷ triệu nghìn đồng tuổi trong ở tại trên dưới của và với so để"
        " cho là thì đã được"
    ).split()
)


def offers_figure(query: Query, unit: Unit, before: int) -> bool:
    """A figure that is not the question's own, beside what is counted, and of money where money is asked for."""
    known = {number.value for number in _numbers_of(query.text)}
    counts = bool(query.expected.noun) and query.expected.noun[0] not in _MEASURED and not _SHARES.search(query.text)
    figures = (
        number
        for number in _numbers_of(unit.quote)
        if not _CLAUSE.search(unit.quote, 0, number.span.start)
        and not _is_aside(query, unit.quote, number.span)
        and not (counts and number.unit == "%")
        and not (number.kind == "ordinal" and "thứ" not in query.text)  # "thứ Sáu" counts nothing
    )
    new = any(number.value not in known for number in figures)
    return (
        new
        and of_money(query, unit)
        and not _is_for_each(query, unit)
        and _counts(query, unit)
        and _measures(query, unit, before)
    )


def _is_aside(query: Query, quote: str, figure: Span) -> bool:
    """A figure that says which one, from when to when or how many there must be, or by how many something rose where
    it is asked how many there are."""
    place = _ORDER.search(quote, max(0, figure.start - _ORDERED), figure.start)
    counted = fold(query.expected.noun[0]) if query.expected.noun else ""
    if place and (fold(place[1]) == counted or fold(place[1]) not in " ".join(query.words)):
        return True  # "lớp 5" is none of "mấy lớp"
    shapes = (_TERM,) if _ASKS_LEAST.search(fold(query.text)) else (_TERM, _QUORUM)
    spans = (found.span() for shape in shapes for found in shape.finditer(quote))
    if any(start <= figure.start < end for start, end in spans):
        return True
    if not query.expected.noun or query.expected.noun[0] in _MEASURED:
        return False
    rose = _CHANGE.search(quote, max(0, figure.start - _ORDERED), figure.start)
    return rose is not None and not _ASKS_CHANGE.search(fold(query.text))


def _is_for_each(query: Query, unit: Unit) -> bool:
    """ "Mỗi hộ đóng 4 triệu" where it is asked how much it was altogether."""
    return bool(_ALL.search(fold(query.text)) and _EACH.search(fold(unit.quote)) and not _ALL.search(fold(unit.quote)))


@lru_cache(maxsize=2048)
def _numbers_of(text: str) -> tuple[NumberMention, ...]:
    return tuple(find_numbers(text))


def _counts(query: Query, unit: Unit) -> bool:
    """ "bao nhiêu xã" is answered by a figure before "xã"; what is measured and not counted needs none."""
    noun = query.expected.noun
    if not noun or noun[0] in _MEASURED or noun in _BARE:
        return True
    days = [date.span for date in find_dates(unit.quote)]
    days += [number.span for number in find_document_numbers(unit.quote)]
    figures = [number.span for number in _numbers_of(unit.quote)]
    figures += [
        Span(word.start, word.end)
        for word in unit.words
        if word.is_number and not _MARK.fullmatch(unit.quote, 0, word.end + 1)
    ]
    ends = [figure.end for figure in figures if not _is_aside(query, unit.quote, figure)]
    ends = [end for end in ends if not any(day.start < end <= day.end for day in days)]
    if measured := unit_asked(noun):
        in_table = BAR in unit.quote and bool(measured.search(unit.quote))
        return in_table or any(measured.match(unit.quote, end) for end in ends)
    counted = {fold(noun[0]), *_COUNTED.findall(" ".join(query.words))}
    counted |= {full.folded for full in opened_tokens(noun[0])[:1]} | counted_alike(noun)
    if len(noun) > 1 and noun[0] in _CLASSIFIERS:
        counted.add(fold(noun[1]))
    if BAR in unit.quote and counted & unit.found and _has_count(query, unit, counted):
        return True
    if _labels(unit, noun[0]):
        return True
    told = any(
        (counted & set(behind) and not sounds_alike(noun, unit, end)) or counts_persons(noun, behind)
        for end in ends
        for behind in (_behind(unit, end),)
    )
    return told or not (noun[0] == _PEOPLE or any(term.key == noun[0] for term in query.terms))


def _has_count(query: Query, unit: Unit, counted: set[str]) -> bool:
    """A column that counts; a row that is found only by what is over its table must count what is asked for, or not
    say what: "Số sáng kiến: 2" tells of no chiến sĩ thi đua."""
    here = not counted.isdisjoint(word.folded for word in unit.words)
    labels = (fold(found["label"]).split() for found in _NUMBER_COLUMN.finditer(unit.quote))
    return any(here or _COUNTS_ANY & {*label} or {*label} & {*query.words} - {"so"} for label in labels)


def _labels(unit: Unit, noun: str) -> bool:
    """ "Giáo viên mầm non: 15 chỉ tiêu": the noun is the label of a figure."""
    label = _LABEL.match(unit.quote) if BAR not in unit.quote else None  # a row's first figure is its number
    return label is not None and noun in [token.key for token in tokens(label[1])]


def _measures(query: Query, unit: Unit, before: int) -> bool:
    """What is measured ("dân số", "diện tích") is named with its figure, before it in the paragraph, or above its
    table."""
    said = " ".join(token.key for token in tokens(query.text))
    if _HOW_LONG.search(fold(query.text)) and BAR not in unit.quote and not _LASTS.search(unit.quote):
        return False
    if (size := _SIZE.search(said)) and BAR not in unit.quote and not _IN[size["size"]].search(unit.quote):
        return False
    gauges = (told for gauge, told in _GAUGES if gauge.search(query.text))
    if not query.expected.noun and not all(told.search(unit.quote) or BAR in unit.quote for told in gauges):
        return False
    asked, priced = _MEASURE.search(said), _PRICE.search(query.text)
    if asked is None and priced is None:
        return True
    there = Span(unit.span.start - before, unit.span.end).of(unit.text)
    if BAR in unit.quote:
        there = f"{lines_above(unit.text, unit.span.start)}\n{there}"
    told = " ".join(token.key for token in tokens(there))
    if priced and fold(priced["what"]) not in fold(f"{unit.text[:_HEAD]} {told} {' '.join(unit.found)}"):
        return False
    return asked is None or asked[0] in told


def _behind(unit: Unit, end: int) -> list[str]:
    """The syllables behind a place in the quote, then those of the abbreviations among them."""
    rate = _RATE.search(unit.quote, end)
    last = rate.start() if rate else len(unit.quote)
    near = [word for word in unit.words if end <= word.start < last][:_BEHIND]
    return [word.folded.rstrip("²³") for word in near] + [
        full.folded for word in near for full in opened_tokens(word.key)
    ]
