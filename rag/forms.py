"""One form for what is written in several: "héc ta" and "ha", "phần trăm" and "%", "quý 1" and "quý I"."""

from __future__ import annotations

import re
from functools import lru_cache

_MEASURES = {
    "ha": "héc ta|hecta|héc-ta|hec ta", "km2": "ki lô mét vuông|kilômét vuông|kilomet vuông|km vuông",
    "km": "ki lô mét|kilômét|kilomet|cây số", "m2": "mét vuông|m vuông", "m3": "mét khối|m khối",
    "cm": "xăng ti mét|xentimét|centimet",
    "mm": "mi li mét|milimét", "m": "mét", "kg": "ki lô gam|kilôgam|kilogam|ký",
    "USD": "đô la M[ỹĩ]|đô-la M[ỹĩ]|đôla M[ỹĩ]|đô la|đô-la",
}  # fmt: skip
_UNITS = tuple(
    (re.compile(rf"(?<=[\d²])(\s?(?:triệu|tỷ|tỉ|nghìn|ngàn)?\s?)(?:{written})(?!\w)", re.I), rf"\g<1>{unit}")
    for unit, written in _MEASURES.items()
)
_ROMAN = ("I", "II", "III", "IV")
_PER_CENT = re.compile(r"(?<=\d) ?phần trăm(?!\w)")
_PERIODS = (
    (re.compile(r"(?<!\w)nửa (?=(?:đầu|cuối) năm(?!\w))", re.I), "6 tháng "),
    (re.compile(r"(?<!\w)ba (?=tháng (?:đầu|cuối) năm(?!\w))", re.I), "3 "),
    (re.compile(r"(?<!\w)sáu (?=tháng (?:đầu|cuối) năm(?!\w))", re.I), "6 "),
    (re.compile(r"(?<!\w)chín (?=tháng (?:đầu|cuối) năm(?!\w))", re.I), "9 "),
    *((re.compile(rf"(?<!\w)(quý) {at}(?![\d.,]*\d)", re.I), rf"\1 {roman}") for at, roman in enumerate(_ROMAN, 1)),
    (re.compile(r"(?<=ngày )(?:mùng|mồng) (?=\d)", re.I), ""),
)  # fmt: skip


@lru_cache(maxsize=4096)
def in_one_form(text: str) -> str:
    """The text with its units and periods written as figures and signs."""
    for shape, written in (*_UNITS, *_PERIODS, (_PER_CENT, "%")):
        text = shape.sub(written, text)
    return text
