"""What a claim says of what it names: denied, ordered, planned; reworded, turned into its opposite, added.

Each check takes the claim laid over its evidence and the pieces of the context; it gives what is wrong, or None.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from corpus.text import same_tones
from rag.alignment import Alignment, Gap, exchanged, is_exchange
from rag.linking import LINKING
from rag.pieces import Piece
from rag.synonyms import same_meaning

_TELLING = 1.2  # idf from which a word says something of its own
_NEAR = 6  # pieces behind a "không" that it may govern
_SWAPPED = 3  # pieces of a phrase that stands for another
_ADDS = 1.0  # idf from which a word adds something
_PHRASE = 2  # telling words that make a statement of their own
_ALONE = 2.0  # idf from which one word does
_OPPOSITE_SENSES = {"done": ("plan", "must", "should", "may", "not", "ban", "now"), "now": ("done", "plan", "not")}
_ONLY_PUT_IN = ("done", "now", "only", "all", "first of all")  # to say less than the evidence is no lie


def sense_put_in(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """A "không", "phải" or "trên" of the claim stands in the evidence before the same words."""
    for at, piece in enumerate(laid.claim):
        if piece.sort != "sense" or at in laid.kept:
            continue
        if (place := laid.moved.get(at)) is not None and _governs_alike(laid, at, place):
            continue
        if any(other.key == piece.key for other in laid.claim[max(0, at - 1) : at + 2] if other is not piece):
            continue  # "dự kiến sẽ" for "dự kiến"
        if piece.key not in _OPPOSITE_SENSES:
            return f"mức độ “{piece.said}”"
        gap = next(gap for gap in laid.gaps if at in gap.claim)
        if any(laid.evidence[other].key in _OPPOSITE_SENSES[piece.key] for other in gap.evidence):
            return f"mức độ “{piece.said}”"
    return None


def _governs_alike(laid: Alignment, at: int, place: int) -> bool:
    """Whether a moved "không" stands before the same words; a plan that opens the evidence is one for all of it."""
    if laid.claim[at].key in ("only", "all", "first of all") and at and laid.place(at - 1) == place - 1:
        return True
    return laid.place(at + 1) in (place + 1, place + 2) or (laid.evidence[place].key == "plan" and place == 0)


def sense_left_out(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """What the evidence denies, orders or only plans, the claim denies, orders or plans when it says it."""
    back = {place: at for at, place in (laid.moved | laid.kept).items()}
    for at in sorted(laid.left_out()):
        piece = laid.evidence[at]
        if piece.sort != "sense" or piece.key in _ONLY_PUT_IN:
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
        if not is_exchange(gap) or _says_the_same(laid, gap):
            continue
        mine = [piece for piece in mine if id(piece) not in together]
        if turned := _opposite({piece.key for piece in mine}, {piece.key for piece in theirs}):
            return f"chiều “{turned}”"
        new = [p for p in mine if id(p) in missing and p.sort in ("word", "name") and p.weight >= _TELLING]
        old = [p for p in theirs if id(p) in left_out and p.sort in ("word", "name") and p.weight >= _TELLING]
        swapped = min(len(new), len(old)) > 1 and max(len(gap.claim), len(gap.evidence)) <= _SWAPPED
        if not swapped:  # one phrase in the place of another; else what the document is called may be named
            new = [piece for piece in new if piece.key not in context]
        if new and old:
            return f"từ “{' '.join(piece.said for piece in new)}”"
    return None


def added(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """Words that neither the evidence nor the context has, or not in a row, and that are no mere link."""
    there = {piece.folded for piece in (*known, *laid.evidence)}
    pairs = {(one.key, other.key) for text in (known, laid.evidence) for one, other in pairwise(text)}
    if not any(_says_something(piece) for piece in laid.evidence):
        return None  # a field of the header, which the claim calls by its name
    missing = [at for at in laid.missing() if _says_something(laid.claim[at])]
    in_a_row = {at for at in missing if at + 1 in missing and (laid.claim[at].key, laid.claim[at + 1].key) not in pairs}
    new = {at for at in missing if laid.claim[at].folded not in there or at in in_a_row or at - 1 in in_a_row}
    for gap in laid.gaps:
        mine = [laid.claim[at] for at in gap.claim if at in new]
        if not mine or _says_the_same(laid, gap):
            continue
        if len(mine) >= _PHRASE or max(piece.weight for piece in mine) >= _ALONE:
            return f"từ “{' '.join(piece.said for piece in mine)}”"
    return None


def _says_something(piece: Piece) -> bool:
    return piece.sort in ("word", "name") and piece.weight >= _ADDS and piece.key not in LINKING


def _says_the_same(laid: Alignment, gap: Gap) -> bool:
    """Whether the words of a gap mean the same; in the place of a name nothing does."""
    names = any(laid.evidence[at].sort == "name" for at in gap.evidence if at in laid.left_out())
    same = same_meaning(_around(laid.claim, gap.claim), _around(laid.evidence, gap.evidence))
    return same and not names


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
