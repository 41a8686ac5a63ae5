"""What leads to a figure: the words before it in the claim are the words before it in the evidence."""

from __future__ import annotations

from rag.alignment import Alignment
from rag.pieces import FIGURES, Piece


def counted(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """What leads to a figure in the claim leads to it in the evidence, and to no other."""
    for at, piece in enumerate(laid.claim):
        place = laid.place(at)
        if piece.sort not in ("number", "date") or place is None:
            continue
        before = next((found for back in (1, 2) if (found := _place_of_word(laid, at - back)) is not None), None)
        if (before is not None and _leads_elsewhere(laid, before, place)) or (
            piece.sort == "number" and _has_its_own(laid, at)
        ):
            return f"điều đi với số “{piece.said}”"
    return None


def _place_of_word(laid: Alignment, at: int) -> int | None:
    return laid.place(at) if at >= 0 and laid.claim[at].sort in ("word", "name") else None


def _leads_elsewhere(laid: Alignment, before: int, place: int) -> bool:
    """Whether a word leads to a figure that the claim leaves out; one behind a comma may share its subject."""
    if before > place:
        between = range(before + 1, min(before + 3, len(laid.evidence)))
    else:
        between = range(before + 1, place if not laid.evidence[place].breaks else before)
    left_out = laid.left_out()
    sort = laid.evidence[place].sort
    return any(at in left_out and _is_count(laid.evidence[at], sort) for at in between)


def _is_count(piece: Piece, sort: str) -> bool:
    """A figure of the same sort, or the "9" of "9 tháng đầu năm" that no year makes a date."""
    return piece.sort == sort or (piece.sort == "word" and piece.folded[0].isdigit())


def _has_its_own(laid: Alignment, at: int) -> bool:
    """ "35 đại biểu vắng" of "35 đại biểu, vắng 4 đại biểu": a word behind the figure opens a part with its own."""
    left_out = laid.left_out()
    for behind in range(at + 1, min(at + 4, len(laid.claim))):
        place = laid.place(behind)
        if laid.claim[behind].breaks or laid.claim[behind].sort in FIGURES:
            return False
        if place is not None and laid.evidence[place].breaks and place + 1 in left_out:
            return laid.evidence[place + 1].sort == "number"
    return False
