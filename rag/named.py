"""What a claim names — figures, dates, documents, persons, places, offices — and whether its evidence names it there.

Each check takes the claim laid over its evidence and the pieces of the context; it gives what is wrong, or None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.alignment import Alignment, exchanged, is_exchange
from rag.language.dates import DateMention
from rag.measured import is_held_to
from rag.offices import offices
from rag.pieces import FIGURES, Piece, alike

_SHORT = 4  # pieces of a name that stands for another
_TITLES = ("ong", "ba", "anh", "chi", "co", "thay", "dong")


def figures(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """Each figure, date and document stands in the evidence; a date or document that it lacks, in the context."""
    for at in laid.missing():
        piece = laid.claim[at]
        if piece.sort not in FIGURES:
            continue
        own = [each for there, each in enumerate(laid.evidence) if not is_held_to(laid.evidence, there)]
        if piece.sort == "number" or any(each.sort == piece.sort for each in own):
            return f"{_NAMED[piece.sort]} “{piece.said}”"
        if not any(alike(piece, each) for each in known) or (_is_whole(piece) and any(map(_is_part, known))):
            return f"{_NAMED[piece.sort]} “{piece.said}”"
    return None


def _is_whole(piece: Piece) -> bool:
    return isinstance(piece.mention, DateMention) and piece.mention.precision == "year"


def _is_part(piece: Piece) -> bool:
    """A part of a year: what is told of it is not told of the year."""
    return isinstance(piece.mention, DateMention) and piece.mention.precision in ("half", "months", "quarter")


_NAMED = {"number": "số", "date": "thời gian", "document": "số văn bản", "name": "tên"}


def names(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """A name stands in the evidence or the context word for word, a place under its own level."""
    there = _folded(laid.evidence) + _folded(known)
    at = 0
    while at < len(laid.claim):
        start = at
        while at < len(laid.claim) and laid.claim[at].sort == "name" and (at == start or not laid.claim[at].breaks):
            at += 1
        name = laid.claim[start:at]
        if name and not (_folded(name) in there or _is_addressed(name, there)):
            return f"tên “{' '.join(piece.said for piece in name)}”"
        if name and start and _is_elsewhere(laid.claim[start - 1].folded, _folded(name), there):
            return f"nơi “{laid.claim[start - 1].said} {' '.join(piece.said for piece in name)}”"
        at = max(at, start + 1)
    return None


def _folded(found: Sequence[Piece]) -> str:
    return f" {' '.join(piece.folded for piece in found)} "


def _is_addressed(name: Sequence[Piece], there: str) -> bool:
    """ "Ông Vũ Đình Minh" for "Đồng chí Vũ Đình Minh"."""
    return len(name) > 2 and name[0].folded in _TITLES and _folded(name[1:]) in there


_LEVELS = ("xa", "phuong", "tran", "huyen", "quan", "pho", "tinh", "thon", "lang", "ban", "buon", "ap")


def _is_elsewhere(level: str, name: str, there: str) -> bool:
    """ "tỉnh Long Hưng" is not said by "xã Long Hưng"."""
    if level not in _LEVELS or f" {level}{name}" in there:
        return False
    return any(f" {other}{name}" in there for other in _LEVELS if other != level)


def named_offices(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """An office is named in the evidence; or in the context, where the evidence names none."""
    own = _offices(laid.claim)
    there = _offices(laid.evidence)
    if wrong := own - (there or _offices(known)):
        return f"cơ quan “{min(wrong)}”"
    return None


_COMMITTEE = re.compile(r" (?:tinh|huyen|thanh|thi|quan|dang|chi) uy(?= )")


def _offices(found: tuple[Piece, ...]) -> frozenset[str]:
    words = _folded(found)
    return offices(words) | {match.strip() for match in _COMMITTEE.findall(words)}


def replaced(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """A figure or a name in the place of another."""
    for gap, mine, theirs in exchanged(laid):
        for piece in mine:
            if piece.sort not in FIGURES or not is_exchange(gap):
                continue
            if any(other.sort == piece.sort and not alike(piece, other) for other in theirs):
                return f"{_NAMED[piece.sort]} “{piece.said}”"
        if any(p.sort == "name" for p in mine) and any(p.sort == "name" for p in theirs) and _is_short(mine, theirs):
            return f"tên “{' '.join(piece.said for piece in mine)}”"
    return None


def _is_short(mine: Sequence[Piece], theirs: Sequence[Piece]) -> bool:
    """Whether one can only stand for the other."""
    return len(mine) <= _SHORT and len(theirs) <= _SHORT
