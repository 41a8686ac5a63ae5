"""What goes with a figure in a claim: what it counts, per what, its column, what it is held to.

Each check takes the claim laid over its evidence and the pieces of the context; it gives what is wrong, or None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.text import fold, same_tones, tokens
from rag.alignment import Alignment
from rag.language.numbers import NumberMention, find_numbers
from rag.linking import LINKING
from rag.pieces import Piece, alike

_LABELLED = frozenset(
    "lớp bậc hạng cấp loại nhóm mục bảng lục số vực đoạn quý tổ kỳ đợt vòng tập khu bước điểm".split()
)
_LIST = 20  # marks of a list are below
_BEHIND = 3  # pieces that name what a figure counts
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
        if any(behind.breaks for behind in laid.claim[at + 1 : at + length]):
            continue
        told = length > 1 and new is not None and laid.place(at + length) is None and _narrows(new)
        if told and new and new.folded not in context and _is_next(laid, at + length, place + length):
            return f"điều được đếm “{new.said}”"
    return None


def counts_nothing(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """The "1" of "lớp 1" or of a list ("… như sau: 1.") is no "1 tuần"."""
    for at, piece in enumerate(laid.claim):
        place = laid.place(at)
        if place is None or not isinstance(piece.mention, NumberMention) or not piece.mention.unit:
            continue
        if _is_label(laid.evidence, place) and (not at or laid.claim[at - 1].key != laid.evidence[place - 1].key):
            return f"số “{piece.said}”"
    return None


def _is_label(found: tuple[Piece, ...], at: int) -> bool:
    """A small figure that counts nothing, behind "lớp" or "giai đoạn" or as the mark of a list at the end."""
    number = found[at].mention
    if not isinstance(number, NumberMention) or number.unit or number.kind != "figure" or number.value >= _LIST:
        return False
    return not found[at].breaks and (at + 1 == len(found) or (at > 0 and found[at - 1].key in _LABELLED))


def _narrows(piece: Piece) -> bool:
    """Whether a word behind what is counted makes it less: no "ở", "được" or "đều"."""
    return piece.sort == "word" and not piece.breaks and piece.key not in _OPENS_MORE | LINKING


def _is_next(laid: Alignment, at: int, place: int) -> bool:
    """Whether nothing of the evidence stands where the claim has its new words."""
    behind = next((found for later in range(at, len(laid.claim)) if (found := laid.place(later)) is not None), None)
    return place >= len(laid.evidence) or bool(laid.evidence[place].breaks) or behind == place


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


def bases(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """ "So với kế hoạch" is not said by "so với cùng kỳ"."""
    theirs = [laid.evidence[at] for at in _held_up_to(laid.evidence)]
    for at in _held_up_to(laid.claim):
        if theirs and not any(alike(laid.claim[at], other) for other in theirs):
            return f"mốc so sánh “{laid.claim[at].said}”"
    return None


def _held_up_to(found: tuple[Piece, ...]) -> Iterator[int]:
    """What stands behind each "so với"."""
    for at in range(len(found) - 2):
        if found[at].key == "so":
            yield at + 1 + (found[at + 1].key == "với")


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
