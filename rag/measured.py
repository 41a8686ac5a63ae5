"""What goes with a figure in a claim: what it counts, per what, which end of a range, its column, what it is held to.

Each check takes the claim laid over its evidence and the pieces of the context; it gives what is wrong, or None.
"""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.text import fold, same_tones, tokens
from rag.alignment import Alignment
from rag.language.numbers import find_numbers
from rag.pieces import FIGURES, Piece

_BEHIND = 3  # pieces that name what a figure counts
_ENDS = ("tu", "den", "truoc", "sau", "toi")
_OPENS_MORE = frozenset(
    same_tones(word)
    for word in (
        "mỗi một hàng hằng từng ở tại trong trên của do được đã là thuộc với vào theo để khi từ cho bị cũng cùng"
        " đều này đó khác có và tổng đang sẽ phải cần gồm bao số như thì mà đến lên ra đi còn năm tháng ngày trở"
        " dưới dự tham"
    ).split()
)
_HELD_TO = 4  # pieces before a year, within which "so với" stands


def noun_put_in(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """ "412 hộ cận nghèo" is not said by "412 hộ nghèo", nor "12 hộ nghèo" by "12 hộ"."""
    context = {piece.folded for piece in known}
    for at, piece in enumerate(laid.claim):
        place = laid.place(at)
        if piece.sort != "number" or place is None:
            continue
        length = next((n for n in range(1, _BEHIND + 1) if laid.place(at + n) != place + n), _BEHIND + 1)
        new = laid.claim[at + length] if at + length < len(laid.claim) else None
        told = length > 1 and new is not None and laid.place(at + length) is None and _narrows(new)
        if told and new and new.folded not in context and _is_next(laid, at + length, place + length):
            return f"điều được đếm “{new.said}”"
    return None


def _narrows(piece: Piece) -> bool:
    """Whether a word behind what is counted makes it less: no "ở", "được" or "đều"."""
    return piece.sort == "word" and not piece.breaks and piece.key not in _OPENS_MORE


def _is_next(laid: Alignment, at: int, place: int) -> bool:
    """Whether nothing of the evidence stands where the claim has its new words."""
    behind = next((found for later in range(at, len(laid.claim)) if (found := laid.place(later)) is not None), None)
    return place >= len(laid.evidence) or laid.evidence[place].breaks or behind == place


def ends(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """ "Từ ngày 1" is not said by "đến ngày 1"."""
    for at, piece in enumerate(laid.claim):
        place = laid.place(at)
        if (piece.sort in FIGURES or piece.folded[:1].isdigit()) and place is not None:
            mine, theirs = _end(laid.claim, at), _end(laid.evidence, place)
            if mine and theirs and mine != theirs:
                return f"mốc “{piece.said}”"
    return None


def _end(found: tuple[Piece, ...], at: int) -> str:
    """The "từ" or "đến" before a figure."""
    near = [piece.folded for piece in found[max(0, at - 2) : at]]
    end = next((word for word in reversed(near) if word in _ENDS), "")
    return "den" if end == "toi" else end


def held_to(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """A year that the evidence only measures by ("so với năm 2022") is not the claim's own."""
    for at, piece in enumerate(laid.claim):
        place = laid.place(at)
        only_held_to = piece.sort == "date" and place is not None and is_held_to(laid.evidence, place)
        if only_held_to and not is_held_to(laid.claim, at):
            return f"thời gian “{piece.said}”"
    return None


def is_held_to(found: tuple[Piece, ...], at: int) -> bool:
    """Whether "so với" stands before a date."""
    near = [piece.folded for piece in found[max(0, at - _HELD_TO) : at]]
    return ("so", "voi") in pairwise(near)


_PER = re.compile(
    r"\s*(?:[^\W\d_]++\s?){0,3}?(?:/\s?|\s(?:một|mỗi|hằng|hàng)\s)(ngày|tuần|tháng|quý|năm|giờ|người|hộ|ha|km)(?!\w)"
)


def per(claim: str, evidence: str) -> str | None:
    """ "20 triệu đồng/tháng" is not said by "20 triệu đồng/năm"."""
    theirs = dict(_rates(evidence))
    wrong = (unit for value, unit in _rates(claim) if value in theirs and theirs[value] != unit)
    return next((f"đơn vị “{unit}”" for unit in wrong), None)


def _rates(text: str) -> list[tuple[object, str]]:
    found = ((number.value, _PER.match(text, number.span.end)) for number in find_numbers(text))
    return [(value, match[1]) for value, match in found if match]


_CELL = " | "
_GENERAL = frozenset("so tong stt tt gia tri cot".split())
_UNIT = re.compile(r"\(([^()]*+)\)")


def columns(claim: str, evidence: str) -> str | None:
    """A number out of a table's row is told with its column's name, and in its column's unit."""
    cells = [cell.split(": ", 1) for cell in evidence.split(_CELL) if ": " in cell] if _CELL in evidence else []
    if not cells:
        return None
    said = {token.folded for token in tokens(claim)}
    for number in find_numbers(claim):
        labels = [name for name, value in cells if any(each.value == number.value for each in find_numbers(value))]
        if labels and not any(_is_named(label, said) for label in labels):
            return f"cột của số “{number.text}”"
    return None


def _is_named(label: str, said: set[str]) -> bool:
    words = {token.folded for token in tokens(_UNIT.sub(" ", label))} - _GENERAL
    units = {fold(match[1]) for match in _UNIT.finditer(label)}
    other = {"km2", "ha", "m2", "nguoi", "ho", "%"} - units if units else set[str]()
    return words <= said and not (other & said - words and not units & said)
