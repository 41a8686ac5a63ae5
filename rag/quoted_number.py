"""The document whose words a text goes on to give: "Theo Điều 3 Nghị định 73/2024/NĐ-CP quy định như sau: …"."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.text import fold
from rag.language.document_numbers import DocumentNumber, find_document_numbers
from rag.units import Unit

_REACH = 1_500  # characters of the paragraph before the unit
_OPENING = 400  # characters of the text that may say whose words all of it gives
_BEFORE, _BEHIND = 160, 240  # characters around the number that say so
_CITES = re.compile(r"\b(?:can cu|theo|tai|chieu)\b[^.;\n]*$")
_GIVES = re.compile(r"^[^;\n]*?\b(?:quy dinh|huong dan|nhu sau|neu ro|co noi dung)\b")


def quoted_number(unit: Unit) -> tuple[DocumentNumber, ...]:
    """The last document that the paragraph before the unit quotes from; else the one that the text opens with."""
    start = unit.span.start
    line = max(unit.text.rfind("\n", 0, start) + 1, start - _REACH)
    return _last(unit.text[line:start]) or _last(unit.text[: min(_OPENING, start)])


@lru_cache(maxsize=8192)
def _last(text: str) -> tuple[DocumentNumber, ...]:
    folded = fold(text)
    found = [
        number
        for number in find_document_numbers(text)
        if _CITES.search(folded[max(0, number.span.start - _BEFORE) : number.span.start])
        and _GIVES.match(folded[number.span.end : number.span.end + _BEHIND])
    ]
    return tuple(found[-1:])
