"""What holds after a change: "sau khi gia hạn" asks for what the document says that tells of the extension."""

from __future__ import annotations

import re

from corpus.text import fold
from rag.around import before
from rag.understand import Query
from rag.units import Unit

_CHANGES = "dinh chinh|gia han|dieu chinh|sua doi"
_AFTER = re.compile(rf"\bsau (?:khi )?(?:(?:duoc|co|bi|da|lan) )?(?P<change>{_CHANGES})\b")
_WRITTEN = re.compile(r"(?<!\w)(?:Đã|đã) (?:ghi|in|viết|nêu|đăng)(?: là)?:")
_LEAD = 40  # characters of a unit in which it says so
_NOW = re.compile(
    r"(?<!\w)(?:(?:nay|xin) )?(?:được )?(?:sửa|đính chính|đọc|điều chỉnh|ghi)(?: lại)?(?: là| thành| như sau)(?!\w)",
    re.I,
)
_BEFORE_DAY = re.compile(r"(?<!\w)trước (?:ngày )?0?(?P<day>\d{1,2}/\d{1,2}/\d{4})(?!\d)", re.I)
_NEXT = 300  # characters behind what was written in which the correction stands
_MISTAKE = re.compile(r"\b(?:truoc (?:khi|dinh chinh|day)|da ghi|ghi (?:sai|nham)|sai|nham|ban dau|luc dau)\b")
_HEAD = 1_000  # characters in which a document says that it changes another


def was_corrected(query: Query, unit: Unit) -> bool:
    """Whether a unit quotes what a correction ends, "Đã ghi: …", and it is not the mistake that is asked for."""
    line = unit.text.rfind("\n", 0, unit.span.start) + 1
    quoted = _WRITTEN.search(unit.text, line, min(unit.span.start + _LEAD, unit.span.end)) is not None
    new = _NOW.search(unit.text, unit.span.start, unit.span.end + _NEXT) if quoted else None
    corrected = new is not None and new.start() >= unit.span.end
    return corrected and not _MISTAKE.search(fold(query.text))


def _holds_from_then(query: Query, unit: Unit) -> bool:
    """Whether it is asked what held before a day, and the document says what holds from it on."""
    day = _BEFORE_DAY.search(query.text) if query.expected.kind in ("number", "percent", "other") else None
    return day is not None and re.search(rf"(?<!\w)từ ngày 0?{day['day']}(?!\d)", unit.text, re.I) is not None


def is_before_change(query: Query, unit: Unit, section: str | None) -> bool:
    """Whether the question asks what holds after a change of which neither the unit, what is over it nor the head of
    its document tells."""
    if was_corrected(query, unit) or _holds_from_then(query, unit):
        return True
    asked = _AFTER.search(fold(query.text))
    told = (unit.quote, before(unit.text, unit.span.start), section or "", unit.text[:_HEAD])
    return asked is not None and not any(asked["change"] in fold(text) for text in told)
