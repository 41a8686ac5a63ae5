"""Whether a piece of evidence says a claim: figures, dates, documents, names, what they belong to, and the sense.

The claim is laid over the evidence (`rag.alignment`); what was put in, put in the place of something else or left out
decides. Refuses rather than guesses: a refused sentence is quoted instead, a false one would be believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.document import Span
from corpus.text import clauses, same_tones, tokens
from rag.alignment import Alignment, Gap, align
from rag.introduction import without_introduction
from rag.offices import offices
from rag.pieces import FIGURES, Piece, alike, opened, pieces
from rag.synonyms import same_meaning
from rag.terms import content_terms

MARKER = re.compile(r"\s*\[(\d{1,3})\]")
_ENOUGH = 0.8  # idf share of a claim's words that its evidence must hold
_TELLING = 1.2  # idf from which a word says something of its own
_REACH = 6  # pieces from a kept neighbour, within which one piece is taken to stand for another
_SHORT = 4  # pieces that are exchanged for one another
_LONGEST = 250  # pieces of a claim
_TITLES = ("ong", "ba", "anh", "chi", "co", "thay", "dong")
_OPPOSITE_SENSES = ("plan", "must", "should", "may", "not", "ban")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`problem` names the first thing that the evidence does not say; None: supported."""

    problem: str | None

    @property
    def supported(self) -> bool:
        return self.problem is None


def check(claim: str, evidence: str, context: str = "") -> Verdict:
    """Whether `evidence` (with `context`: its document's name, place and headings) says what `claim` says."""
    claim = without_introduction(" ".join(MARKER.sub("", claim).split()), context)
    for part in _clauses(claim) or [claim]:
        problems = [_problem(part, clause, context) for clause in _clauses(evidence) or [evidence]]
        if None not in problems:
            return Verdict(problems[0])
    return Verdict(None)


def _clauses(text: str) -> list[str]:
    """Between semicolons: what two clauses say of two things is not said of either together."""
    return [span.of(text) for span in clauses(text, Span(0, len(text)))]


def _problem(claim: str, evidence: str, context: str) -> str | None:
    claim, evidence = opened(claim, evidence)
    if problem := _words(claim, evidence, context):
        return problem
    if len(pieces(claim)) > _LONGEST:
        return "câu quá dài"
    laid = align(pieces(claim), pieces(evidence))
    known = pieces(context)
    checks = (_figures, _names, _offices, _replaced, _sense_put_in, _sense_left_out, _reworded, _counted)
    return next((problem for find in checks if (problem := find(laid, known))), None)


def _words(claim: str, evidence: str, context: str) -> str | None:
    """Most of the claim's words stand in the evidence, with their accents where both write them."""
    terms = content_terms(claim)
    total = sum(term.weight for term in terms)
    if not total:
        return "không có nội dung"
    there = tokens(f"{evidence} {context}")
    keys, folded = {token.key for token in there}, {token.folded for token in there}
    plain = {token.folded for token in there if token.key == token.folded}
    lacking = [
        term
        for term in terms
        if not term.folded[0].isdigit()
        and term.key not in keys
        and term.folded not in (plain if term.accented else folded)
    ]
    if 1 - sum(term.weight for term in lacking) / total < _ENOUGH:
        return f"từ “{max(lacking, key=lambda term: term.weight).key}”"
    return None


def _figures(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """Each figure, date and document stands in the evidence; a date or document that it lacks, in the context."""
    for at in laid.missing():
        piece = laid.claim[at]
        if piece.sort not in FIGURES:
            continue
        if piece.sort == "number" or any(each.sort == piece.sort for each in laid.evidence):
            return f"{_NAMED[piece.sort]} “{piece.said}”"
        if not any(alike(piece, each) for each in known):
            return f"{_NAMED[piece.sort]} “{piece.said}”"
    return None


_NAMED = {"number": "số", "date": "thời gian", "document": "số văn bản", "name": "tên"}


def _names(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """A name stands in the evidence or the context word for word, a place under its own level."""
    there = _folded(laid.evidence) + _folded(known)
    at = 0
    while at < len(laid.claim):
        start = at
        while at < len(laid.claim) and laid.claim[at].sort == "name" and (at == start or not laid.claim[at].breaks):
            at += 1
        name = laid.claim[start:at]
        if name and not (_folded(name) in there or _is_addressed(name, there)):
            return f"tên “{' '.join(piece.said for piece in name)}”"
        if name and start and _is_elsewhere(laid.claim[start - 1].folded, _folded(name), there):
            return f"nơi “{laid.claim[start - 1].said} {' '.join(piece.said for piece in name)}”"
        at = max(at, start + 1)
    return None


def _folded(found: Sequence[Piece]) -> str:
    return f" {' '.join(piece.folded for piece in found)} "


def _is_addressed(name: Sequence[Piece], there: str) -> bool:
    """ "Ông Vũ Đình Minh" for "Đồng chí Vũ Đình Minh"."""
    return len(name) > 2 and name[0].folded in _TITLES and _folded(name[1:]) in there


_LEVELS = ("xa", "phuong", "tran", "huyen", "quan", "pho", "tinh", "thon", "lang", "ban", "buon", "ap")


def _is_elsewhere(level: str, name: str, there: str) -> bool:
    """ "tỉnh Long Hưng" is not said by "xã Long Hưng"."""
    if level not in _LEVELS or f" {level}{name}" in there:
        return False
    return any(f" {other}{name}" in there for other in _LEVELS if other != level)


def _offices(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """An office is named in the evidence; or in the context, where the evidence names none."""
    own = _named_offices(laid.claim)
    there = _named_offices(laid.evidence)
    if wrong := own - (there or _named_offices(known)):
        return f"cơ quan “{min(wrong)}”"
    return None


_COMMITTEE = re.compile(r" (?:tinh|huyen|thanh|thi|quan|dang|chi) uy(?= )")


def _named_offices(found: tuple[Piece, ...]) -> frozenset[str]:
    words = _folded(found)
    return offices(words) | {match.strip() for match in _COMMITTEE.findall(words)}


def _replaced(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """A figure or a name in the place of another."""
    for _, mine, theirs in _exchanged(laid):
        for piece in mine:
            if piece.sort in FIGURES and any(other.sort == piece.sort and not alike(piece, other) for other in theirs):
                return f"{_NAMED[piece.sort]} “{piece.said}”"
        if any(p.sort == "name" for p in mine) and any(p.sort == "name" for p in theirs) and _is_short(mine, theirs):
            return f"tên “{' '.join(piece.said for piece in mine)}”"
    return None


def _exchanged(laid: Alignment) -> Iterator[tuple[Gap, list[Piece], list[Piece]]]:
    """In each gap, what only the claim has there and what only the evidence has there, near the kept neighbours."""
    for gap in laid.gaps:
        theirs = list(gap.evidence)
        if gap.claim and theirs:
            near = theirs[:_REACH] if gap.claim.start else []
            near += theirs[-_REACH:] if gap.claim.stop < len(laid.claim) else []
            yield gap, [laid.claim[at] for at in gap.claim], [laid.evidence[at] for at in dict.fromkeys(near)]


def _is_short(mine: Sequence[Piece], theirs: Sequence[Piece]) -> bool:
    """Whether one can only stand for the other."""
    return len(mine) <= _SHORT and len(theirs) <= _SHORT


def _sense_put_in(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """A "không", "phải" or "trên" of the claim stands in the evidence before the same words."""
    for at, piece in enumerate(laid.claim):
        if piece.sort != "sense" or at in laid.kept:
            continue
        if (place := laid.moved.get(at)) is not None and laid.place(at + 1) in (place + 1, place + 2):
            continue
        if piece.key != "done":
            return f"mức độ “{piece.said}”"
        gap = next(gap for gap in laid.gaps if at in gap.claim)
        if any(laid.evidence[other].key in _OPPOSITE_SENSES for other in gap.evidence):
            return f"mức độ “{piece.said}”"
    return None


def _sense_left_out(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
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
    for next_ in range(at + 1, min(at + _REACH, len(evidence))):
        if evidence[next_].breaks:
            return
        if evidence[next_].weight >= _TELLING:
            yield next_
            return


def _reworded(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """A word in the place of another means the same."""
    missing = {id(laid.claim[at]) for at in laid.missing()}
    left_out = {id(laid.evidence[at]) for at in laid.left_out()}
    context = {piece.key for piece in known}
    for gap, mine, theirs in _exchanged(laid):
        if gap.claim and same_meaning(_around(laid.claim, gap.claim), _around(laid.evidence, gap.evidence)):
            continue
        if turned := _opposite({piece.key for piece in mine}, {piece.key for piece in theirs}):
            return f"chiều “{turned}”"
        new = [p for p in mine if id(p) in missing and p.sort in ("word", "name") and p.weight >= _TELLING]
        new = [piece for piece in new if piece.key not in context]
        old = [p for p in theirs if id(p) in left_out and p.sort in ("word", "name") and p.weight >= _TELLING]
        if new and old:
            return f"từ “{' '.join(piece.said for piece in new)}”"
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


def _counted(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """What leads to a figure in the claim leads to it in the evidence, and to no other."""
    for at, piece in enumerate(laid.claim):
        place = laid.place(at)
        if piece.sort != "number" or place is None:
            continue
        before = next((found for back in (1, 2) if (found := _place_of_word(laid, at - back)) is not None), None)
        if (before is not None and _leads_elsewhere(laid, before, place)) or _has_its_own(laid, at):
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
    return any(at in left_out and laid.evidence[at].folded[0].isdigit() for at in between)


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
