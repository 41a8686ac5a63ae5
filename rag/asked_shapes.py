"""What has a shape of its own: telephone numbers, addresses of mail and pages, the numbers of counters and teams."""

from __future__ import annotations

import re

from corpus.text import fold
from rag.expected import numbered_thing
from rag.understand import Query
from rag.units import Unit


def has_shape(query: Query, unit: Unit) -> bool:
    """Whether what is asked for stands in the unit in its shape, where it has one."""
    if any(phrase.search(query.text) and not shape.search(unit.quote) for phrase, shape in _SHAPED):
        return False
    thing = numbered_thing(query.text)
    return not thing or re.search(rf"\b{thing} (?:so )?0?\d", fold(unit.quote)) is not None


_CALLS = r"(?:gọi|liên hệ|liên lạc|điện thoại|đt|sđt)(?: [^ ]+){0,8}? số (?:mấy|nào|bao nhiêu|gì)"
_PLACES = "nhất|nhì|hai|ba|tư|năm|sáu|bảy|tám|chín|mười"
_SHAPED = tuple(
    (re.compile(rf"\b(?:{asked}|{fold(asked)})\b", re.I), re.compile(shape, re.I))
    for asked, shape in (
        (
            rf"số điện thoại|số máy|số fax|đường dây nóng|hotline|số nóng|sđt|{_CALLS}",
            r"(?<!\d)(?:\+?84|0)(?:[ .]?\d){8,10}(?!\d)|(?<!\d)1[89]00",
        ),
        ("email|e-mail|thư điện tử|hộp thư", r"\S@\S"),
        ("website|địa chỉ web|địa chỉ trang", r"https?:|www\.|\w\.(?:vn|com|org|net)(?!\w)"),
        ("buổi nào", r"(?<!\w)(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|sáng|chiều|tối|buổi)(?!\w)"),
        (
            r"(?:xếp|đứng)(?: hạng| vị trí)*(?: thứ)? (?:mấy|bao nhiêu)|(?:thứ hạng|hạng|vị trí thứ|thứ bậc) mấy",
            rf"thứ \d|thứ (?:{_PLACES})|hạng \d|vị trí \d|\d/\d",
        ),
        (
            r"(?:nào|ai)(?!\w)[^,;]{0,30}? (?:(?:đứng|xếp|giải|hạng)(?: thứ| hạng)?) nhất",
            r"nhất(?! định| trí)|dẫn đầu|đầu bảng|(?:thứ|hạng|vị trí|giải) 1(?!\d)|(?<!\d)1/\d",
        ),
        ("số tài khoản|mã số thuế|số căn cước|số chứng minh", r"\d(?:[ .-]?\d){7,}"),
    )
)
