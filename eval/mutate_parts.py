"""False parts: another act, another rank of place, another end of a stretch of time, a narrower thing counted."""

from __future__ import annotations

import re
from random import Random

from eval.shapes import Source, one_of, put

_ACTS = (
    ("chủ trì", "khai mạc", "vắng"), ("phê duyệt", "bãi bỏ", "thu hồi"), ("thay thế", "sửa đổi", "bãi bỏ"),
    ("khởi công", "khánh thành"), ("bổ nhiệm", "miễn nhiệm", "kỷ luật"), ("công nhận", "thu hồi"),
    ("đề nghị", "thống nhất", "bác bỏ"), ("kiến nghị", "thống nhất"), ("đề xuất", "phê duyệt"),
    ("thành lập", "giải thể"), ("khen thưởng", "kỷ luật"),
)  # fmt: skip


def other_act(claim: str, source: Source, random: Random) -> str | None:
    """One that was proposed is approved, what was opened is closed."""
    options = [
        put(claim, match, other)
        for group in _ACTS
        for one in group
        for match in re.finditer(rf"(?<!\w){one}(?!\w)", claim)
        for other in group
        if other != one and other not in source.passage
    ]
    return one_of(random, options)


_RANK = re.compile(r"(?<!\w)(cấp|ở|toàn|của) (xã|huyện|tỉnh)(?!\w)(?! [A-ZĐ])")


def other_level(claim: str, source: Source, random: Random) -> str | None:
    """What holds for the commune is said of the district."""
    options = [
        put(claim, match, other, 2)
        for match in _RANK.finditer(claim)
        for other in ("xã", "huyện", "tỉnh")
        if other != match[2] and other not in claim
    ]
    return one_of(random, options)


_END = re.compile(r"(?<!\w)(trước|sau|từ|đến) (?=(?:ngày|tháng|năm) \d)")
_OTHER_END = {"trước": ("sau", "từ"), "sau": ("trước", "đến"), "từ": ("đến", "trước"), "đến": ("từ", "sau")}


def other_end(claim: str, source: Source, random: Random) -> str | None:
    """ "Trước ngày" for "sau ngày"."""
    options = [
        put(claim, match, other, 1)
        for match in _END.finditer(claim)
        for other in _OTHER_END[match[1]]
        if f"{other} {claim[match.end() :][:8]}" not in claim
    ]
    return one_of(random, options)


_BOUND = re.compile(
    r"(?<!\w)(trước|sau|từ|đến) (?=ngày \d)(?!ngày \d+\s?[-–]\s?\d+/)(?![^,;]* (?:đến|tới|-|–) (?:hết )?(?:ngày )?\d)"
)


def exact_day(claim: str, source: Source, random: Random) -> str | None:
    """On the day for before, since or until it."""
    options = [put(claim, match, random.choice(("vào", "đúng")), 1) for match in _BOUND.finditer(claim)]
    return one_of(random, options)


_PART_OF_YEAR = re.compile(
    r"(?<!\w)(?:(?:\d|sáu|chín|ba) tháng (?:đầu|cuối) năm|quý [IV1-4]+(?: năm|/)?|nửa (?:đầu|cuối) năm) ?"
    r"(?=(?:năm )?\d{4})",
    re.I,
)


def whole_year(claim: str, source: Source, random: Random) -> str | None:
    """What holds for a part of a year is said of the year."""
    options = [
        put(claim, match, random.choice(("cả năm ", "năm ", "trong năm "))) for match in _PART_OF_YEAR.finditer(claim)
    ]
    return one_of(random, [re.sub(r"năm (?:năm )?", "năm ", option) for option in options])


_COUNTED = re.compile(
    r"(?<![\w.,/:-])(?<![Nn]ăm )(?<![Tt]háng )(?<![Nn]gày )\d+(?:[.,]\d+)* "
    r"(?:người|hộ|xã|thôn|cán bộ|đại biểu|hồ sơ|trường hợp|học sinh|công trình|tổ chức|vụ)(?=[ ,.;]|$)"
    r"(?! (?:[A-ZĐ(]|gồm))"
)
_NARROWER = ("nghèo", "mới", "nữ", "cũ", "trẻ", "nước ngoài", "cận nghèo")


def narrower(claim: str, source: Source, random: Random) -> str | None:
    """ "12 hộ nghèo" for "12 hộ"."""
    options = [
        f"{claim[: match.end()]} {word}{claim[match.end() :]}"
        for match in _COUNTED.finditer(claim)
        for word in _NARROWER
        if word.split()[-1] not in source.passage
    ]
    return one_of(random, options)
