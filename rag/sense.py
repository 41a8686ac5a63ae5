"""What a claim says of what it names: denied, ordered, planned; reworded, turned into its opposite, added.

Each check takes the claim laid over its evidence and the pieces of the context; it gives what is wrong, or None.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.text import same_tones
from rag.alignment import Alignment, exchanged, is_exchange
from rag.pieces import Piece
from rag.synonyms import same_meaning

_TELLING = 1.2  # idf from which a word says something of its own
_NEAR = 6  # pieces behind a "không" that it may govern
_PHRASE = 3  # telling words that make a statement of their own
_OPPOSITE_SENSES = ("plan", "must", "should", "may", "not", "ban")


def sense_put_in(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """A "không", "phải" or "trên" of the claim stands in the evidence before the same words."""
    for at, piece in enumerate(laid.claim):
        if piece.sort != "sense" or at in laid.kept:
            continue
        if (place := laid.moved.get(at)) is not None and _governs_alike(laid, at, place):
            continue
        if any(other.key == piece.key for other in laid.claim[max(0, at - 1) : at + 2] if other is not piece):
            continue  # "dự kiến sẽ" for "dự kiến"
        if piece.key != "done":
            return f"mức độ “{piece.said}”"
        gap = next(gap for gap in laid.gaps if at in gap.claim)
        if any(laid.evidence[other].key in _OPPOSITE_SENSES for other in gap.evidence):
            return f"mức độ “{piece.said}”"
    return None


def _governs_alike(laid: Alignment, at: int, place: int) -> bool:
    """Whether a moved "không" stands before the same words; a plan that opens the evidence is one for all of it."""
    return laid.place(at + 1) in (place + 1, place + 2) or (laid.evidence[place].key == "plan" and place == 0)


def sense_left_out(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """What the evidence denies, orders or only plans, the claim denies, orders or plans when it says it."""
    back = {place: at for at, place in (laid.moved | laid.kept).items()}
    for at in sorted(laid.left_out()):
        piece = laid.evidence[at]
        if piece.sort != "sense" or piece.key == "done":
            continue
        follows = next((back.get(next_) for next_ in _telling_after(laid.evidence, at)), None)
        if follows is None:
            continue
        before = laid.claim[max(0, follows - 3) : follows]
        if not any(each.sort == "sense" and each.key == piece.key for each in before):
            return f"ý “{piece.said}”"
    return None


def _telling_after(evidence: tuple[Piece, ...], at: int) -> Iterator[int]:
    """The next piece that says something of its own, if it is near."""
    for next_ in range(at + 1, min(at + _NEAR, len(evidence))):
        if evidence[next_].breaks:
            return
        if evidence[next_].weight >= _TELLING:
            yield next_
            return


def reworded(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """A word in the place of another means the same."""
    missing = {id(laid.claim[at]) for at in laid.missing()}
    left_out = {id(laid.evidence[at]) for at in laid.left_out()}
    together = {id(laid.claim[at]) for at in laid.moved if laid.moves_with_a_neighbour(at)}
    context = {piece.key for piece in known}
    for gap, mine, theirs in exchanged(laid):
        if not is_exchange(gap) or same_meaning(_around(laid.claim, gap.claim), _around(laid.evidence, gap.evidence)):
            continue
        mine = [piece for piece in mine if id(piece) not in together]
        if turned := _opposite({piece.key for piece in mine}, {piece.key for piece in theirs}):
            return f"chiều “{turned}”"
        new = [p for p in mine if id(p) in missing and p.sort in ("word", "name") and p.weight >= _TELLING]
        new = [piece for piece in new if piece.key not in context]
        old = [p for p in theirs if id(p) in left_out and p.sort in ("word", "name") and p.weight >= _TELLING]
        if new and old:
            return f"từ “{' '.join(piece.said for piece in new)}”"
    return None


def added(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """A phrase of which neither the evidence nor the context has a word."""
    context = {piece.folded for piece in known}
    missing = {at for at in laid.missing() if laid.claim[at].folded not in context}
    run: list[Piece] = []
    for at, piece in enumerate(laid.claim):
        run = [*run, piece] if at in missing and piece.weight >= _TELLING and not piece.breaks else []
        if len(run) == _PHRASE:
            return f"cụm từ “{' '.join(each.said for each in run)}”"
    return None


def _around(found: tuple[Piece, ...], gap: range) -> list[str]:
    """The keys of a gap with its kept neighbours."""
    return [piece.key for piece in found[max(0, gap.start - 1) : gap.stop + 1]]


_OPPOSITES = tuple(
    (same_tones(one), same_tones(other))
    for one, other in (
        ("tăng", "giảm"), ("trước", "sau"), ("đầu", "cuối"), ("cao", "thấp"), ("nhiều", "ít"), ("đủ", "thiếu"),
        ("thêm", "bớt"), ("sớm", "muộn"), ("đúng", "trễ"), ("đúng", "sai"), ("đúng", "quá"), ("thắng", "thua"),
        ("xuất", "nhập"), ("lớn", "nhỏ"), ("bắc", "nam"), ("đông", "tây"), ("trong", "ngoài"), ("trên", "dưới"),
        ("được", "cấm"), ("mua", "bán"), ("thu", "chi"), ("đến", "đi"), ("lên", "xuống"), ("mở", "đóng"), ("cũ", "mới"),
    )
)  # fmt: skip


def _opposite(mine: set[str], theirs: set[str]) -> str | None:
    """The word of the claim whose opposite the evidence has in its place."""
    for pair in _OPPOSITES:
        for one, other in (pair, pair[::-1]):
            if one in mine - theirs and other in theirs - mine:
                return one
    return None
