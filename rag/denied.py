"""Whether a unit denies what a question asks for: a commune that has not reached a standard is none that has."""

from __future__ import annotations

import re

from corpus.text import fold
from rag.around import before
from rag.pieces import Piece, pieces
from rag.understand import Query
from rag.units import Unit

_KINDS = ("place", "person", "number", "document")
_OPEN = re.compile(  # the question itself denies, asks for what is lacking, or whether something is so
    r"\b(?:khong|chua|chang|thieu|han che|ton tai|kho khan|vuong mac|yeu kem|tre|vi sao|tai sao|nguyen nhan|ly do)\b"
)
_ASKS_DENIED = re.compile(r"\b(?:truong hop|doi tuong|nguoi|ho|ai|nhung gi)(?: nao)? (?:thi )?(?:bi |se )?khong (?=\w)")
_DENIES = re.compile(
    r"(?<!\w)(?:không|chưa|chẳng|trừ|cấm|hoãn|chống chỉ định|miễn|từ chối|loại|ngừng|dừng|thôi|mất|bị|ngoài)(?!\w)",
    re.I,
)
_NOT = ("không", "chưa", "chẳng")  # with which the "not" of `rag.pieces` begins
_GOVERNED = 6  # pieces behind a "không"
_LEAST = 2  # of the question's words that must be denied


def denies(query: Query, unit: Unit) -> str | None:
    """The "chưa" that stands before the question's own words, which the unit says nowhere else."""
    if query.expected.kind not in _KINDS or unit.keys.isdisjoint(_NOT) or _OPEN.search(fold(query.text)):
        return None
    asked = {term.key for term in query.terms}  # "đủ mũi" is not "dự kiến"
    found = pieces(" ".join(unit.quote.split()))
    for at, piece in enumerate(found):
        if piece.key != "not" or piece.sort != "sense":
            continue
        behind = _governed(found, at)
        denied = [one.key for one in behind if one.key in asked]
        elsewhere = {one.key for place, one in enumerate(found) if place <= at or place > at + len(behind)}
        if len(denied) >= _LEAST and behind[0].folded in query.words and not set(denied) <= elsewhere:
            return piece.said
    return None


def lacks_denial(query: Query, unit: Unit, section: str | None) -> bool:
    """Whether it is asked when or to whom something is not done, and nothing in the unit or over it denies."""
    if not _ASKS_DENIED.search(fold(query.text).rstrip(" ?.!")):
        return False
    return not any(_DENIES.search(text) for text in (unit.quote, before(unit.text, unit.span.start), section or ""))


def _governed(found: tuple[Piece, ...], at: int) -> list[Piece]:
    """What stands behind a "không" up to the next comma."""
    behind: list[Piece] = []
    for piece in found[at + 1 : at + 1 + _GOVERNED]:
        if piece.breaks:
            break
        behind.append(piece)
    return behind
