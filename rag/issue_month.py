"""A month that only tells which document or meeting is meant: "theo báo cáo tháng 12/2023"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from corpus.text import fold
from rag.understand import Query

_REACH = 80  # characters before a month
_OF_DOCUMENT = re.compile(
    r"\b(?:theo|tai|trong|o) (?:\w+ ){0,2}?(?:bao cao|thong bao|cong van|ke hoach|nghi quyet|quyet dinh|bien ban|"
    r"ket luan|to trinh|hoi nghi|cuoc hop|buoi hop|ky hop|phien hop|buoi lam viec)(?: \w+){0,6} $"
)


def without_issue_month(query: Query, issued: date | None) -> Query:
    """The question without the month of a document or a meeting, where a document is of that very month: its figures
    may be of any period."""
    for asked in query.dates if issued else ():
        start, end = asked.span.start, asked.span.end
        of_document = _OF_DOCUMENT.search(fold(query.text[max(0, start - _REACH) : start]))
        if asked.precision == "month" and of_document and asked.start and issued and _same_month(asked.start, issued):
            return replace(query, text=query.text[:start] + query.text[end:])
    return query


def _same_month(one: date, other: date) -> bool:
    return (one.year, one.month) == (other.year, other.month)
