"""Whether a year or a season in a text is only what others are measured by: "tăng 18% so với năm 2022"."""

from __future__ import annotations

import re

from corpus.text import fold

_COMPARED = re.compile(
    r"\bso\s(?:voi|cung ky)(?:\s(?:cung ky|thuc hien|ket qua|so lieu|cuoi|dau|nam|thoi diem))*+\s*+(?:cua\s)?$"
    r"|\bso\svoi(?:\s(?!nam\b)[a-z]{1,7}){1,4}+(?:\snam)?\s$"  # "so với vụ mùa năm 2024"
)
_REACH = 40  # characters


def is_compared(part: str, at: int) -> bool:
    """Whether what stands at a place in a text is only what others are measured by."""
    return bool(_COMPARED.search(fold(part[max(0, at - _REACH) : at])))
