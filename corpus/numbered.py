"""The number of a document where its head gives it, also when spaces or a line's end tear it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Span
from corpus.head import Lines, Piece

_DASH = "-–−‐‑"
_YEAR = r"\d ?\d ?\d ?\d"
_PART = rf"(?:{_YEAR}|[A-ZĐƯÂÔƠÊĂ&.]{{1,15}}[a-zđ]{{0,3}}\d{{0,3}})(?![^\W_])"
_NUMBER = (
    rf"(?P<number>\d(?: ?\d){{0,5}}[a-zA-Z]?(?:,\d{{1,5}})?\s{{0,3}}[{_DASH}/]\s{{0,3}}{_PART}"
    rf"(?: {{0,3}}[{_DASH}/]\s{{0,3}}{_PART}){{0,5}})"
)
_MARK = r"S ?[ốỐôÔ]"  # OCR often loses a tone
_OWN = re.compile(
    rf"(?<![^\n])(?:[^\w\n]|_){{0,4}}(?:(?:Luật|Bộ luật|Nghị quyết|Pháp lệnh|LUẬT|NGHỊ QUYẾT)\s+)?"
    rf"(?:{_MARK}|s ?[ốỐ](?= ?:))\s*+(?:[:.;]\s*+)?{_NUMBER}"
)
_OF_OFFICE = re.compile(rf"(?<![^\n])CỦA [A-ZĐÀ-Ỹ ,–-]{{3,120}}? SỐ:? {{0,3}}{_NUMBER}")


def find_number(head: Sequence[Piece]) -> tuple[str, Span] | None:
    """ "Số 118 -CV/BDVHU" → "118-CV/BDVHU", with the place of "118 -CV/BDVHU"."""
    lines = Lines.of(head)
    match = _OWN.search(lines.text) or _OF_OFFICE.search(lines.text)
    if match is None:
        return None
    number = re.sub(rf"[{_DASH}]", "-", re.sub(r"\s", "", match["number"]))
    return number.rstrip("."), lines.span(match.start("number"), match.end("number"))
