"""Conditions and exceptions: what holds only if something else is so, or but for some, is not told without it.

Takes the claim laid over its evidence and the pieces of the context; gives what is wrong, or None.
"""

from __future__ import annotations

from rag.alignment import Alignment
from rag.pieces import Piece

_TELLING = 1.2  # idf from which a word says something of its own
_OPENING = 6  # pieces of words that lead into a sentence


def conditions(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """ "Được hỗ trợ, trừ hộ khá" does not say "được hỗ trợ"; nor does "nếu mưa, họp ở nhà văn hóa" say where it is."""
    left_out, told = laid.left_out(), _told(laid)
    for at in sorted(left_out):
        if (condition := _condition(laid.evidence, at)) and told & set(_governed(laid.evidence, at)):
            return f"điều kiện “{condition}”"
    return None


def _told(laid: Alignment) -> set[int]:
    """The places of the evidence's telling words that the claim takes up."""
    return {place for place in (laid.moved | laid.kept).values() if laid.evidence[place].weight >= _TELLING}


def _condition(evidence: tuple[Piece, ...], at: int) -> str | None:
    """The word that opens a condition or an exception here."""
    piece = evidence[at]
    if piece.sort == "sense" and piece.key in ("if", "except"):
        return None if _is_if_any(evidence, at) else piece.said
    if piece.key == "trường" and at + 1 < len(evidence) and evidence[at + 1].key == "hợp":
        opens = not at or bool(piece.breaks)
        return "trường hợp" if opens and _then(evidence, at) is not None else None
    return None


def _is_if_any(evidence: tuple[Piece, ...], at: int) -> bool:
    """ "(nếu có)" is no condition."""
    behind = evidence[at + 1 : at + 3]
    return bool(behind) and behind[0].key == "có" and (len(behind) == 1 or bool(behind[1].breaks))


def _then(evidence: tuple[Piece, ...], at: int) -> int | None:
    return next((place for place in range(at + 1, len(evidence)) if evidence[place].key == "thì"), None)


def _governed(evidence: tuple[Piece, ...], at: int) -> range:
    """What a condition bears on: behind "…, nếu A thì B" only its own part, else the whole sentence."""
    if at > _OPENING and evidence[at].breaks and evidence[at].key != "except" and _then(evidence, at) is not None:
        return range(at, len(evidence))
    return range(len(evidence))
