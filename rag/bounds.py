"""Ends and levels: "từ" and "đến" a day, "tăng" and "tăng lên", the second and the third time.

Each check takes the claim laid over its evidence and the pieces of the context; it gives what is wrong, or None.
"""

from __future__ import annotations

from corpus.text import same_tones
from rag.alignment import Alignment
from rag.language.dates import DateMention
from rag.pieces import FIGURES, Piece, alike

_ENDS = ("từ", "đến", "trước", "sau", "tới", "tu", "den", "truoc", "sau", "toi")  # also without accents
_COMING = ("gian", "sắp", "thời")  # "trong thời gian tới"
_CHANGES = frozenset(same_tones(word) for word in ("tăng", "giảm", "hạ", "nâng"))
_TO = frozenset(same_tones(word) for word in ("lên", "xuống", "còn", "đến", "tới"))
_NEAR = 4  # pieces before a figure, within which what changes stands
_ORDINALS = {"nhất": "1", "nhì": "2", "tư": "4"}


def ends(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """ "Từ ngày 1" is not said by "đến ngày 1", nor "ngày 1" by "trước ngày 1"."""
    for at, piece in enumerate(laid.claim):
        place = laid.place(at)
        if not (piece.sort in FIGURES or piece.folded[:1].isdigit()) or place is None:
            continue
        mine, theirs = _end(laid.claim, at), _end(laid.evidence, place)
        if _is_day(laid.claim, at):
            others = [place] if _keeps_its_place(laid, at, place) else range(len(laid.evidence))
            also = any(alike(piece, laid.evidence[there]) and mine == _end(laid.evidence, there) for there in others)
            if not also and (mine or not _is_wider(piece, laid.evidence[place])):
                return f"mốc “{piece.said}”"
        elif mine and theirs and mine != theirs:
            return f"mốc “{piece.said}”"
    return None


def _keeps_its_place(laid: Alignment, at: int, place: int) -> bool:
    """Whether the words before a day's "từ" are the same: no other mention of the day is meant."""
    mark = next((place - back for back in (1, 2) if place >= back and laid.evidence[place - back].key in _ENDS), place)
    before = at - (place - mark) - 1
    return mark != place and before >= 0 and mark > 0 and laid.place(before) == mark - 1


def _is_day(found: tuple[Piece, ...], at: int) -> bool:
    """A date, or the "5" of a "ngày 5/7" that has no year."""
    return found[at].sort == "date" or (at > 0 and found[at].sort == "word" and found[at - 1].key == "ngày")


def _is_wider(mine: Piece, theirs: Piece) -> bool:
    """A year or a month for a day in it: "từ ngày 1/7/2022" is in 2022."""
    one, other = mine.mention, theirs.mention
    return isinstance(one, DateMention) and isinstance(other, DateMention) and one.precision != other.precision


def _end(found: tuple[Piece, ...], at: int) -> str:
    """The "từ" or "đến" before a figure; a stretch of time has both in itself."""
    mention = found[at].mention
    near = found[max(0, at - 2) : at]
    near = near[1:] if len(near) == 2 and near[1].sort == "date" else near
    end = next((piece.folded for piece in reversed(near) if piece.key in _ENDS), "")
    if end == "toi" and any(piece.key in _COMING for piece in near):
        return ""
    if isinstance(mention, DateMention) and mention.precision == "range" and end == "tu":
        return ""
    return "den" if end == "toi" else end


def neighbours(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """Two dates or figures side by side, or with one word between, stand in the evidence's order."""
    for step in (1, 2):
        for at in range(len(laid.claim) - step):
            first, second = laid.place(at), laid.place(at + step)
            of_a_sort = laid.claim[at].sort in FIGURES and laid.claim[at].sort == laid.claim[at + step].sort
            if of_a_sort and first is not None and second == first - step:
                return f"thứ tự “{laid.claim[at].said}”"
    return None


def levels_reached(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """ "Tăng lên 5%" is not said by "tăng 5%"."""
    for at, piece in enumerate(laid.claim):
        place = laid.place(at)
        if piece.sort != "number" or place is None:
            continue
        mine, theirs = _change(laid.claim, at), _change(laid.evidence, place)
        if mine and theirs and mine != theirs:
            return f"mức “{piece.said}”"
    return None


def _change(found: tuple[Piece, ...], at: int) -> str:
    """Whether something changes "by" a figure or "to" it; "" where nothing changes."""
    words = [piece.key for piece in found[max(0, at - _NEAR) : at]]
    last = max((place for place, word in enumerate(words) if word in _CHANGES), default=None)
    if last is None or any(piece.breaks for piece in found[at - len(words) + last + 1 : at]):
        return ""
    return "to" if _TO & set(words[last + 1 :]) else "by"


def ordinals(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """ "Lần thứ nhất" is not said by "lần thứ hai"."""
    for at, piece in enumerate(laid.claim[:-1]):
        place = laid.place(at)
        if piece.key != "thứ" or place is None or place + 1 >= len(laid.evidence):
            continue
        mine, theirs = laid.claim[at + 1], laid.evidence[place + 1]
        if not alike(mine, theirs) and _ordinal(mine) != _ordinal(theirs):
            return f"thứ “{mine.said}”"
    return None


def _ordinal(piece: Piece) -> str:
    return _ORDINALS.get(piece.key, piece.key)
