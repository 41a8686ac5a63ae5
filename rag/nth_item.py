"""One item of a list, asked for by its place: "nhiệm vụ trọng tâm thứ hai", "điều đầu tiên trong các việc"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.text import fold
from rag.extract import Finding
from rag.gather import list_items
from rag.understand import Query

_WORDS = ("nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi")
_ASKED = re.compile(
    r"\b(?:(?:nhiem vu|cong viec|viec|noi dung|giai phap|bien phap|diem|y|muc tieu|yeu cau|dieu|ket qua|han che|"
    r"nguyen nhan|bai hoc|tieu chi|buoc|van de|kien nghi|de xuat|muc|chi tieu|dieu kien)"
    r"(?: (?:trong tam|chu yeu|chinh|cu the|can lam|phai lam|quan trong|duoc giao|duoc neu|lon))?) "
    rf"(?:thu (?P<place>{'|'.join(_WORDS)}|\d{{1,2}})|(?P<first>dau tien)|(?P<last>cuoi cung|sau cung))"
    r"\b(?! (?:nam|thang|quy|tuan|nay|tuoi|ky)\b)"
)


def asked_place(question: str) -> int | None:
    """The place that is asked for, from 1 on; -1 for the last."""
    match = _ASKED.search(fold(question))
    if match is None:
        return None
    if place := match["place"]:
        return int(place) if place.isdigit() else _WORDS.index(place) + 1
    return 1 if match["first"] else -1


def only_asked(query: Query, found: Sequence[Finding]) -> list[Finding]:
    """Of a list the sentence that opens it and the item in the place asked for, nothing where it has no such item.

    What is no list, or not asked for by a place, stays as it is.
    """
    place = asked_place(query.text)
    if place is None:
        return list(found)
    for lead in found:
        spans = {item.span for item in list_items(lead.unit)}
        items = [finding for finding in found if finding.document.id == lead.document.id and finding.unit.span in spans]
        if len(items) > 1:
            return [lead, items[place - 1 if place > 0 else -1]] if 0 != place <= len(items) else []
    return list(found)
