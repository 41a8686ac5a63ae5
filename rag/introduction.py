"""The words that lead into a statement and name its source: "Theo Công văn số 118-CV/BDVHU ngày 11/10/2019, …"."""

from __future__ import annotations

import re
from datetime import date

from corpus.text import tokens
from rag.language.dates import find_dates

_OPENS = re.compile(
    r"(?:theo|tại|trong|căn cứ|dựa (?:trên|vào)|như vậy|cụ thể|tóm lại|tài liệu|văn bản|nội dung)(?!\w)", re.I
)
_ENDS = re.compile(r"[:,] |(?<!\w)(?:nêu rõ|cho biết|quy định|nêu|ghi)(?:[:,]| rằng| là)?(?= )")
_LONGEST = 400  # characters of an introduction
_LEADS = frozenset(
    "theo tai trong can cu dua tren vao nhu vay cu the tom lai do thi la cua so ngay thang nam tai lieu van ban noi"
    " dung doan duoc trich neu ro ro rang quy dinh cho biet ghi nhan bai viet ve viec va do nay thong tin phan".split()
)


def without_introduction(claim: str, context: str) -> str:
    """The claim from behind the longest opening that only names the source, as `context` knows it."""
    if not _OPENS.match(claim):
        return claim
    known = {token.folded for token in tokens(context)} | _LEADS
    days = {(day.start, day.end) for day in find_dates(context)}
    body = claim
    for match in _ENDS.finditer(claim, 0, _LONGEST):
        opening = claim[: match.end()]
        if not all(token.folded in known or token.is_number for token in tokens(opening)):
            break
        if _figures_known(opening, known, days) and claim[match.end() :].strip():
            body = claim[match.end() :].lstrip()
    return body


def _figures_known(opening: str, known: set[str], days: set[tuple[date | None, date | None]]) -> bool:
    dates = find_dates(opening)
    if any((day.start, day.end) not in days for day in dates):
        return False
    rest = [token for token in tokens(opening) if not any(d.span.start <= token.start < d.span.end for d in dates)]
    return all(token.folded in known for token in rest)
