"""Which of the meetings that are held month after month a document tells of."""

from __future__ import annotations

import re
from collections.abc import Collection

from corpus.text import fold
from rag.around import before
from rag.periods import Differ, months_named
from rag.understand import Query
from rag.units import Unit

_MEETING = re.compile(r"\b(?:phien hop|cuoc hop|ky hop|hoi nghi|buoi hop|hop|giao ban)\b")


def of_other_month(query: Query, unit: Unit, title: str) -> Differ | None:
    """The minutes of October's meeting, where December's is asked about: their title names a month, and neither it nor
    the unit nor what stands before it is of the one that is asked for."""
    asked = months_named(query.text)
    if not asked or not (_MEETING.search(fold(query.text)) and _MEETING.search(fold(title))):
        return None
    there = months_named(title)
    single = all(first == last for first, last in (*asked, *there))
    said = {*there, *months_named(before(unit.text, unit.span.start)), *months_named(unit.quote)}
    if not there or not single or said & set(asked):
        return None
    return _written(asked), _written(there)


def _written(months: Collection[tuple[int, int]]) -> str:
    return f"tháng {next(iter(months))[0]}"
