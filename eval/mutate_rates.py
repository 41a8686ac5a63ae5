"""False rates: points for per cent, "up to" for "up by", another base, rounded the wrong way, a plan for its result."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from random import Random

from eval.shapes import NUMBER, Source, one_of, put

_PER_CENT = re.compile(r"(?<=\d)\s?(?:%|phần trăm)(?! điểm| \()")
_POINTS = re.compile(r"(?<=\d)\s?(?:điểm phần trăm|điểm %|% điểm)")


def other_share(claim: str, source: Source, random: Random) -> str | None:
    """Points for per cent, times for per cent."""
    options = [put(claim, match, "%") for match in _POINTS.finditer(claim)]
    if not options:
        for match in _PER_CENT.finditer(claim):
            options.append(put(claim, match, random.choice((" điểm phần trăm", " lần", "‰"))))
    return one_of(random, options)


_CHANGE = re.compile(r"(?<!\w)(tăng|giảm) (lên |xuống |còn |thêm |đến |tới )?(?=(?:hơn |gần |khoảng |trên )?\d)")
_LEVEL = {"tăng": "tăng lên ", "giảm": "giảm còn "}


def level_for_change(claim: str, source: Source, random: Random) -> str | None:
    """ "Tăng lên 5%" for "tăng 5%", "giảm 12" for "giảm còn 12"."""
    options = []
    for match in _CHANGE.finditer(claim):
        by = (match[2] or "").strip() in ("", "thêm")
        options.append(put(claim, match, _LEVEL[match[1]] if by else f"{match[1]} "))
    return one_of(random, options)


_BASES = ("cùng kỳ", "kế hoạch", "năm trước", "dự toán", "tháng trước", "chỉ tiêu", "đầu năm")
_BASE = re.compile(rf"(?<!\w)(so (?:với )?)({'|'.join(_BASES)})(?!\w)")


def other_base(claim: str, source: Source, random: Random) -> str | None:
    """ "So với kế hoạch" for "so với cùng kỳ"."""
    options = [
        put(claim, match, base, 2)
        for match in _BASE.finditer(claim)
        for base in _BASES
        if base != match[2] and base not in claim
    ]
    return one_of(random, options)


_WHOLE = re.compile(
    r"(?<![\w.,/:\[-])(?<![Nn]ăm )(?<![Tt]háng )(?<![Nn]gày )(?<!số )(?<!iều )(?<!khoản )(\d{1,3}(?:\.\d{3})+|\d{2,4})"
    r"(?= [^\W\d_]{2})(?! (?:tháng|năm|giờ|phút)(?!\w))"
)
_HEDGED = re.compile(r"(?:hơn|gần|khoảng|trên|dưới|chừng|đến|từ|tới|quá|đa|thiểu|nhất|thứ|lần|kỳ) $")


def rounded(claim: str, source: Source, random: Random) -> str | None:
    """ "Hơn 1.200" or "gần 1.100" for 1.187, "gần 1.187" for it."""
    options = []
    for match in _WHOLE.finditer(claim):
        if not match.start() or _HEDGED.search(claim, 0, match.start()):
            continue
        value = Decimal(match[1].replace(".", ""))
        step = Decimal(10) ** (len(str(value)) - 2) if value >= 100 else Decimal(10)
        up, down = (((value / step).to_integral_value(way) * step) for way in (ROUND_CEILING, ROUND_FLOOR))
        options.append(put(claim, match, f"{random.choice(('hơn', 'gần', 'dưới'))} {match[1]}"))
        if up != down and down:
            options += [put(claim, match, f"hơn {_shown(up)}"), put(claim, match, f"gần {_shown(down)}")]
    return one_of(random, options)


def _shown(value: Decimal) -> str:
    return f"{value:,.0f}".replace(",", ".")


_PLANS = (
    ("kế hoạch", "kết quả"), ("chỉ tiêu", "kết quả"), ("mục tiêu", "kết quả"), ("dự toán", "quyết toán"),
    ("dự kiến", "thực tế"), ("đang", "đã"), ("đề xuất", "quyết định"),
    ("sắp", "đã"), ("chuẩn bị", "đã"), ("xem xét", "quyết định"),
)  # fmt: skip


def result_for_plan(claim: str, source: Source, random: Random) -> str | None:
    """ "Kết quả" for "chỉ tiêu", "đã" for "đang"."""
    options = [
        put(claim, match, f"{result} ")
        for plan, result in _PLANS
        for match in re.finditer(
            rf"(?<!\w)(?<!hiện ){plan} (?=\w)(?!vốn|xếp|tra|kinh|ký|đầu tư|tới|đặt|đến|lại)", claim
        )
        if match.start()
    ]
    return one_of(random, options)


_ORDINAL = re.compile(
    r"(?<!\w)((?:lần|kỳ họp|hội nghị|hạng|vị trí|đợt|phiên họp|loại|cấp|giai đoạn|thế kỷ|khóa|khoá|nhóm|quý) (?:thứ )?)"
    r"([1-9]\d?|[IVX]{1,5}|nhất|hai|ba|tư|năm|sáu)(?!\w|[.,]\w)(?! (?:năm|ngày|tháng))"
)
_ROMAN = tuple("I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI".split())
_WORDS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy")


def other_ordinal(claim: str, source: Source, random: Random) -> str | None:
    """ "Kỳ họp thứ 6" for the fifth, "khóa XIV" for XV."""
    options = []
    for match in _ORDINAL.finditer(claim):
        row = _ROMAN if match[2] in _ROMAN else _WORDS
        if match[2].isdigit():
            options.append(put(claim, match, str(int(match[2]) + random.choice((1, 2))), 2))
        elif match[2] in row and (row is _ROMAN or "thứ" in match[1]):
            options.append(put(claim, match, row[(row.index(match[2]) + random.choice((1, -1))) % len(row)], 2))
    return one_of(random, options)


_TERM = re.compile(
    rf"(?P<n>{NUMBER.pattern}) "
    r"(?P<noun>người|hộ|xã|thôn|hồ sơ|trường hợp|dự án|vụ|đồng|tỷ đồng|triệu đồng|ha|đại biểu|học sinh)(?!\w)"
)


def wrong_sum(claim: str, source: Source, random: Random) -> str | None:
    """A total of figures that the text does not add up so."""
    by_noun: dict[str, list[int]] = {}
    for match in _TERM.finditer(claim):
        digits = match["n"].replace(".", "")
        if digits.isdigit():
            by_noun.setdefault(match["noun"], []).append(int(digits))
    options = [
        f"{claim.rstrip(' .')}, tổng cộng {_shown(Decimal(sum(values) + random.choice((1, 2, 10))))} {noun}"
        for noun, values in by_noun.items()
        if len(values) > 1
    ]
    return one_of(random, options)
