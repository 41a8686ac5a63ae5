"""What leads to a figure: the words before it in the claim are the words before it in the evidence."""

from __future__ import annotations

from rag.alignment import Alignment
from rag.pieces import FIGURES, Piece

_BACK = 4  # pieces before a figure, within which what leads to it stands
_TELLING = 1.2  # idf from which a word says something of its own
_LEADS = 1.0  # idf from which a word leads to a figure


def counted(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """What leads to a figure in the claim leads to it in the evidence, and to no other."""
    for at, piece in enumerate(laid.claim):
        place = laid.place(at)
        if piece.sort not in ("number", "date") or place is None:
            continue
        before = _lead(laid, at)
        elsewhere = before is not None and _leads_elsewhere(laid, before, place)
        another = before is not None and _is_led_by_another(laid, at, before, place)
        if elsewhere or another or (piece.sort == "number" and _has_its_own(laid, at)):
            return f"điều đi với số “{piece.said}”"
    return None


def _lead(laid: Alignment, at: int) -> int | None:
    """Where the evidence has the word that leads to a figure: the nearest telling one, else the nearest."""
    places: list[tuple[int, float]] = []
    for here in range(at - 1, max(-1, at - 1 - _BACK), -1):
        if laid.claim[here].sort not in ("word", "name", "sense") or laid.claim[here + 1].breaks not in ("", "("):
            break
        if (place := laid.place(here)) is not None and laid.claim[here].sort != "sense":
            places.append((place, laid.claim[here].weight))
    return next((place for place, weight in places if weight >= _TELLING), places[0][0] if places else None)


def _leads_elsewhere(laid: Alignment, before: int, place: int) -> bool:
    """Whether a word leads to a figure that the claim leaves out; one behind a comma may share its subject."""
    if any(piece.breaks == "|" for piece in laid.evidence[before + 1 : place + 1]):
        return False  # what leads a row leads to each of its figures
    if before > place:
        between = _up_to_break(laid.evidence, before + 1, before + 1 + _BACK)
    else:
        between = range(before + 1, before if laid.evidence[place].breaks == "," else place)
    left_out = laid.left_out()
    sort = laid.evidence[place].sort
    within = laid.evidence[place].breaks == "("
    found = (at for at in between if at in left_out and _is_count(laid.evidence[at], sort))
    return any(within or laid.evidence[at].breaks != "(" for at in found)  # one in brackets explains the word before


def _up_to_break(found: tuple[Piece, ...], start: int, stop: int) -> range:
    end = next((at for at in range(start + 1, min(stop, len(found))) if found[at].breaks), min(stop, len(found)))
    return range(start, end)


def _is_led_by_another(laid: Alignment, at: int, before: int, place: int) -> bool:
    """Whether a word that the claim leaves out leads to the figure, and the claim's own stands in another part."""
    figure = laid.evidence[place]
    if figure.sort == "date" or figure.breaks or laid.place(at - 1) == place - 1:
        return False
    near = [there for there in (place - 1, place - 2) if there >= 0 and laid.evidence[there].weight >= _LEADS]
    if not near or near[0] not in laid.left_out() or laid.evidence[near[0]].sort not in ("word", "name"):
        return False
    said = {piece.key for piece in laid.claim[max(0, at - _BACK) : at]}
    apart = any(laid.evidence[there].breaks for there in range(min(before, place) + 1, max(before, place) + 1))
    return apart and laid.evidence[near[0]].key not in said


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
