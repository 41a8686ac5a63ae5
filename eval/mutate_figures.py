"""False figures: another number, unit, day, year, document or article."""

from __future__ import annotations

import re
from random import Random

from eval.shapes import NUMBER, UPPER, Source, one_of, put

_DATED = re.compile(r"(?:năm|tháng|ngày|quý|khóa|Điều|điều|Khoản|khoản|Số|số)\s+$", re.I)


def _numbers(claim: str) -> list[re.Match[str]]:
    """Figures that are no part of a date, a reference or a list mark."""
    return [
        match
        for match in NUMBER.finditer(claim)
        if match.start() and not _DATED.search(claim, 0, match.start()) and not claim.startswith(".", match.end())
    ]


def near_number(claim: str, source: Source, random: Random) -> str | None:
    """One more or one less in the last or the first digit."""
    options = []
    for match in _numbers(claim):
        digits = match[0]
        for at in sorted({len(digits) - 1, 0}):
            changed = str(int(digits[at]) + random.choice((-1, 1)))
            if len(changed) == 1 and not (at == 0 and changed == "0" and len(digits) > 1):
                options.append(put(claim, match, digits[:at] + changed + digits[at + 1 :]))
    return one_of(random, options)


def other_number(claim: str, source: Source, random: Random) -> str | None:
    """Another figure of the same passage."""
    there = {match[0] for match in _numbers(source.passage)}
    here = _numbers(claim)
    options = [
        put(claim, match, other) for match in here for other in sorted(there) if _value(other) != _value(match[0])
    ]
    return one_of(random, options)


def _value(digits: str) -> str:
    return re.sub(r"\D", "", digits).lstrip("0")


def swapped_digits(claim: str, source: Source, random: Random) -> str | None:
    """Two neighbouring digits change places."""
    options = []
    for match in _numbers(claim):
        digits = match[0]
        for at in range(len(digits) - 1):
            first, second = digits[at], digits[at + 1]
            if first.isdigit() and second.isdigit() and first != second and not (at == 0 and second == "0"):
                options.append(put(claim, match, digits[:at] + second + first + digits[at + 2 :]))
    return one_of(random, options)


def dropped_group(claim: str, source: Source, random: Random) -> str | None:
    """ "1.200" becomes "200" or "1", "80,73" becomes "80" or "8.073"."""
    options = []
    for match in _numbers(claim):
        groups = re.split(r"[.,]", match[0])
        if len(groups) > 1 and groups[-1].strip("0"):
            options += [put(claim, match, ".".join(part).lstrip("0") or "1") for part in (groups[1:], groups[:-1])]
    return one_of(random, options)


_UNITS = (
    ("nghìn", "triệu", "tỷ"), ("ha", "m2", "km2"), ("km", "m", "cm", "mm"), ("kg", "tấn", "tạ", "gam"),
    ("ngày", "tuần", "tháng", "năm", "giờ", "phút"), ("đồng", "USD"),
    ("người", "hộ", "xã", "huyện", "thôn", "hồ sơ", "đơn", "cuộc", "lượt", "đại biểu", "trường hợp", "tổ chức", "cây"),
)  # fmt: skip
_UNIT_OF = {unit: group for group in _UNITS for unit in group}
_ANY_UNIT = "|".join(sorted(_UNIT_OF, key=len, reverse=True))
_WITH_UNIT = re.compile(
    rf"(?<![\w.,/:-])(?<![Nn]ăm )(?<![Tt]háng )(?<![Nn]gày )(?<!số )\d+(?:[.,]\d+)*"
    rf"(?P<unit>\s?%| (?:{_ANY_UNIT})(?!\w))"
)


def other_unit(claim: str, source: Source, random: Random) -> str | None:
    """Billions for millions, hectares for square metres, people for per cent."""
    options = []
    for match in _WITH_UNIT.finditer(claim):
        unit = match["unit"].strip()
        others = ("người", "hộ", "lượt") if unit == "%" else _UNIT_OF[unit]
        options += [put(claim, match, f" {other}", "unit") for other in others if other != unit]
    return one_of(random, options)


_YEAR = re.compile(r"(?<![\d.,])(?<![-–]\d)(?:1[89]|20)\d\d(?![\d]|[.,]\d|/[A-ZĐ]|[-/][A-ZĐ])")
_DAY = re.compile(r"(?<!\d)(\d{1,2})([/.-]| tháng )(\d{1,2})(?=(?:[/.-]| năm )\d{4})")
_PERIOD = re.compile(r"(?<!\w)(\d{1,2}) tháng (?=đầu|cuối)|(?<!\w)[Qq]uý (I{1,3}|IV|[1-4])(?!\w)")


def other_time(claim: str, source: Source, random: Random) -> str | None:
    """Another year, day, month or period."""
    options = [put(claim, match, str(int(match[0]) + random.choice((-2, -1, 1)))) for match in _YEAR.finditer(claim)]
    for match in _DAY.finditer(claim):
        day, month = int(match[1]), int(match[3])
        options.append(put(claim, match, str(day - 1 if day > 2 else day + 3), 1))
        options.append(put(claim, match, str(month - 1 if month > 2 else month + 3), 3))
        if day <= 12 and day != month:
            options.append(put(claim, match, f"{match[3]}{match[2]}{match[1]}"))
    for match in _PERIOD.finditer(claim):
        group = 1 if match[1] else 2
        others = [each for each in (("3", "6", "9") if match[1] else ("I", "II", "III", "IV")) if each != match[group]]
        options.append(put(claim, match, random.choice(others), group))
    return one_of(random, options)


_DOCUMENT = re.compile(rf"(?<![\w/])(\d{{1,5}})((?:/\d{{4}})?\s?[-/]\s?)([{UPPER}]{{2,8}})((?:[-/][{UPPER}\d]+)*)")
_ARTICLE = re.compile(
    r"(?<!\w)(?:[Đđ]iều|[Kk]hoản|[Cc]hương|Nghị quyết|Quyết định|Chỉ thị|Thông tư) (?:số )?(\d{1,3})(?![\w.,]*\d)"
)
_SYMBOLS = ("NQ", "QĐ", "CT", "KH", "TB", "KL", "CV", "HD", "NĐ", "TT")


def other_document(claim: str, source: Source, random: Random) -> str | None:
    """Another number, symbol or article of a document."""
    options = []
    for match in _DOCUMENT.finditer(claim):
        options.append(put(claim, match, str(int(match[1]) + random.choice((1, 2, 10))), 1))
        symbol = random.choice([each for each in _SYMBOLS if each != match[3]])
        options.append(put(claim, match, symbol, 3))
    for match in _ARTICLE.finditer(claim):
        options.append(put(claim, match, str(int(match[1]) + random.choice((1, 2, 5))), 1))
    return one_of(random, options)
