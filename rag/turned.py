"""Who does it to whom, and what for: what stands before a word in the claim does not stand behind it in the evidence.

Each check takes the claim laid over its evidence and the pieces of the context; it gives what is wrong, or None.
"""

from __future__ import annotations

from corpus.text import same_tones
from rag.alignment import Alignment
from rag.pieces import FIGURES, Piece

_TELLING = 1.0  # idf from which a word may be what is done
_REACH = 8  # pieces on either side of it
_PARTS = (",", ";", ":", "|")  # what ends a part of a sentence
_PASSIVE = frozenset(same_tones(word) for word in ("được", "bị", "do", "bởi"))


def turned(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """ "Sở giao huyện" is not said by "huyện giao Sở": both sides of a word changed places, and no "được" says so."""
    for at, piece in enumerate(laid.claim):
        place = laid.place(at)
        if piece.sort not in ("word", "sense") or piece.weight < _TELLING or place is None:
            continue
        before, behind = _side(laid, _edge(laid, at, -1), -1), _side(laid, _edge(laid, at, 1), 1)
        common = {laid.claim[here].key for here in before} & {laid.claim[here].key for here in behind}
        one, other = _nearest(laid, common, before), _nearest(laid, common, behind)
        if one is not None and other is not None and one > place > other and not _passive(laid, at):
            return f"vế của từ “{piece.said}”"
    return None


def _nearest(laid: Alignment, common: set[str], side: list[int]) -> int | None:
    """Where the evidence has the nearest piece of a side, but for words that both sides have."""
    return next((laid.place(here) for here in side if laid.claim[here].key not in common), None)


def _edge(laid: Alignment, at: int, step: int) -> int:
    """The last piece on one side that the evidence has in a row with this one: the "cầu" of "yêu cầu"."""
    while 0 <= at + step < len(laid.claim) and (place := laid.place(at)) is not None:
        if laid.place(at + step) != place + step or laid.claim[max(at, at + step)].breaks:
            break
        at += step
    return at


def _side(laid: Alignment, at: int, step: int) -> list[int]:
    """The telling pieces on one side of a word that the evidence has, the nearest first, within its part."""
    found: list[int] = []
    for here in range(at + step, at + step * (_REACH + 1), step):
        if not 0 <= here < len(laid.claim) or laid.claim[max(here, here - step)].breaks in _PARTS:
            break
        told = laid.claim[here].weight >= _TELLING or laid.claim[here].sort in FIGURES
        if told and laid.place(here) is not None:
            found.append(here)
    return found


def _passive(laid: Alignment, at: int) -> bool:
    """Whether only one of the two has a "được" or "do" near the word: it is told the other way round."""
    mine = [laid.claim[here].key for here in laid.missing() if abs(here - at) <= _REACH]
    place = laid.place(at) or 0
    theirs = [laid.evidence[there].key for there in laid.left_out() if abs(there - place) <= _REACH]
    return not _PASSIVE.isdisjoint([*mine, *theirs])


_CAUSES = frozenset(same_tones(word) for word in ("vì", "do", "nhờ", "nên", "bởi", "khiến", "tại", "từ", "qua"))
_CAUSE_PUT_IN = frozenset(same_tones(word) for word in ("vì", "do", "nhờ", "nên", "khiến"))


def causes(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """ "Vì" and "nên" stand where the evidence gives a cause; "do" also before whoever does what was told first."""
    missing = {at for at in laid.missing() if laid.claim[at].key in _CAUSE_PUT_IN or laid.claim[at].key == "should"}
    for gap in laid.gaps:
        theirs = {laid.evidence[there].key for there in gap.evidence}
        for at in missing.intersection(gap.claim):
            if theirs.isdisjoint(_CAUSES) and not _names_the_doer(laid, at):
                return f"nguyên nhân “{laid.claim[at].said}”"
    return None


def _names_the_doer(laid: Alignment, at: int) -> bool:
    """Whether what stands behind "do" stands before what it does in the evidence, as in "do A ban hành"."""
    if laid.claim[at].key != "do":
        return False
    behind = [
        place for here in range(at + 1, at + 1 + _REACH) if here < len(laid.claim) and (place := laid.place(here))
    ]
    before = [place for here in range(max(0, at - _REACH), at) if (place := laid.place(here)) is not None]
    return not before or not behind or min(behind) < max(before)
