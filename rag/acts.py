"""Who did what: an act that a claim tells of is one that its evidence tells of, and of the same rank of place or time.

Each check takes the claim laid over its evidence and the pieces of the context; it gives what is wrong, or None.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.text import same_tones
from rag.alignment import Alignment, exchanged
from rag.pieces import Piece

_ACTS = tuple(
    tuple(tuple(same_tones(act).split()) for act in line.split("|"))
    for line in (
        "chủ trì|điều hành", "kết luận", "khai mạc", "bế mạc", "vắng|vắng mặt|không dự", "phê duyệt|duyệt", "thay thế",
        "bãi bỏ|hủy bỏ", "sửa đổi|bổ sung", "khởi công", "khánh thành", "công nhận", "khen thưởng|tuyên dương",
        "kỷ luật", "bổ nhiệm", "miễn nhiệm", "thống nhất", "đề nghị|đề xuất|kiến nghị", "bác bỏ", "thu hồi", "giải thể",
    )
)  # fmt: skip
_LEVELS = tuple(
    frozenset(same_tones(word) for word in line.split("|"))
    for line in ("xã|huyện|tỉnh|thôn|phường|quận", "ngày|tuần|tháng|quý|năm", "sáng|trưa|chiều|tối")
)


def acts(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """ "A chủ trì cuộc họp" is not said by "A dự cuộc họp": each act stands in the evidence in one of its words."""
    claim, evidence = _keys(laid.claim), _keys(laid.evidence)
    for ways in _ACTS:
        told = next((way for way in ways if _stands(way, claim)), None)
        if told and not any(_stands(way, evidence) for way in ways):
            return f"việc “{' '.join(told)}”"
    return None


def _keys(found: tuple[Piece, ...]) -> tuple[str, ...]:
    """The words of a text, those of its figures aside."""
    return tuple(
        word for piece in found for word in (same_tones(piece.said.lower()).split() if not piece.mention else [])
    )


def _stands(way: tuple[str, ...], there: tuple[str, ...]) -> bool:
    return any(there[at : at + len(way)] == way for at in range(len(there) - len(way) + 1))


def levels(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """ "Cấp huyện" is not said by "cấp xã", "mỗi tháng" not by "mỗi năm"."""
    missing, left_out = {id(laid.claim[at]) for at in laid.missing()}, {id(laid.evidence[at]) for at in laid.left_out()}
    for _, mine, theirs in exchanged(laid):
        for ranks in _LEVELS:
            new, old = list(_of(mine, ranks, missing)), list(_of(theirs, ranks, left_out))
            if new and old and not {piece.key for piece in new} & {piece.key for piece in old}:
                return f"từ “{new[0].said}”"
    return None


def _of(found: list[Piece], ranks: frozenset[str], only: set[int]) -> Iterator[Piece]:
    return (piece for piece in found if piece.key in ranks and id(piece) in only)
