"""A claim laid over its evidence, piece by piece: what was kept in order, what was moved, and the gaps between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.pieces import Piece, alike

_IN_A_ROW = 0.6  # what a piece counts more when the piece before it is kept as well
_FAR = 4  # pieces
_REACH = 6  # pieces from a kept neighbour, within which one piece is taken to stand for another
_SHORT = 4  # pieces that are exchanged for one another
_ROUNDS = 3  # times that parts which were moved are looked for


@dataclass(frozen=True, slots=True)
class Gap:
    """What claim and evidence have between two neighbouring pieces that both have: ranges of their pieces."""

    claim: range
    evidence: range


@dataclass(frozen=True, slots=True)
class Alignment:
    """`kept`: claim piece → evidence piece, rising in both; `moved`: the same for parts that stand elsewhere."""

    claim: tuple[Piece, ...]
    evidence: tuple[Piece, ...]
    kept: dict[int, int]
    moved: dict[int, int]

    @property
    def gaps(self) -> Iterator[Gap]:
        edges = [(-1, -1), *self.kept.items(), (len(self.claim), len(self.evidence))]
        for (one, other), (next_one, next_other) in pairwise(edges):
            yield Gap(range(one + 1, next_one), range(other + 1, next_other))

    def place(self, at: int) -> int | None:
        """Where the evidence has the claim's piece."""
        return self.kept.get(at, self.moved.get(at))

    def moves_with_a_neighbour(self, at: int) -> bool:
        """Whether a moved piece is one of several that moved in a row."""
        place = self.moved[at]
        return self.moved.get(at + 1) == place + 1 or self.moved.get(at - 1) == place - 1

    def missing(self) -> list[int]:
        """The claim's pieces that the evidence has nowhere left."""
        return [at for at in range(len(self.claim)) if at not in self.kept and at not in self.moved]

    def left_out(self) -> set[int]:
        """The evidence's pieces that the claim does not take up."""
        used = {*self.kept.values(), *self.moved.values()}
        return {at for at in range(len(self.evidence)) if at not in used}


def align(claim: tuple[Piece, ...], evidence: tuple[Piece, ...]) -> Alignment:
    """The heaviest common sequence of pieces, long runs preferred; then, of what is left, the parts that moved.

    Time and memory are len(claim) × len(evidence).
    """
    kept = _without_strays(claim, _heaviest(claim, evidence, range(len(claim)), range(len(evidence))))
    moved: dict[int, int] = {}
    for _ in range(_ROUNDS):
        mine = [at for at in range(len(claim)) if at not in kept and at not in moved]
        used = {*kept.values(), *moved.values()}
        theirs = [at for at in range(len(evidence)) if at not in used]
        found = _heaviest(claim, evidence, mine, theirs) if mine and theirs else {}
        if not found:
            break
        moved |= found
    return Alignment(claim, evidence, kept, moved)


def exchanged(laid: Alignment) -> Iterator[tuple[Gap, list[Piece], list[Piece]]]:
    """In each gap, what only the claim has there and what only the evidence has there, near the kept neighbours."""
    for gap in laid.gaps:
        theirs = list(gap.evidence)
        if gap.claim and theirs:
            near = theirs[:_REACH] if gap.claim.start else []
            near += theirs[-_REACH:] if gap.claim.stop < len(laid.claim) else []
            yield gap, [laid.claim[at] for at in gap.claim], [laid.evidence[at] for at in dict.fromkeys(near)]


def is_exchange(gap: Gap) -> bool:
    """Whether the one is short enough beside the other to stand for it: much left out and a word put in is no swap."""
    return len(gap.evidence) <= 2 * len(gap.claim) + _SHORT


def _without_strays(claim: Sequence[Piece], kept: dict[int, int]) -> dict[int, int]:
    """Without single words that are far from what is kept before and behind them: they may belong to a moved part."""
    pairs = [(-1, -1), *kept.items()]
    found: dict[int, int] = {}
    for (_, before), (at, place), (_, behind) in zip(pairs, pairs[1:], [*pairs[2:], (-1, -1)], strict=False):
        far = place - before > _FAR and (behind < 0 or behind - place > _FAR)
        if not far or claim[at].sort in ("number", "date", "document", "name"):
            found[at] = place
    return found


def _heaviest(
    claim: Sequence[Piece], evidence: Sequence[Piece], mine: Sequence[int], theirs: Sequence[int]
) -> dict[int, int]:
    """The longest common subsequence by weight, with `_IN_A_ROW` more for each piece that follows its neighbour."""
    places: dict[str, list[int]] = {}
    for column, at in enumerate(theirs):
        for key in _keys(evidence[at]):
            places.setdefault(key, []).append(column)
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(mine) + 1)]
    runs: list[dict[int, float]] = [{} for _ in range(len(mine) + 1)]  # the score of a path that ends in this pair
    for row, at in enumerate(mine, start=1):
        piece, above, here = claim[at], best[row - 1], best[row]
        found = sorted({column for key in _keys(piece) for column in places.get(key, ())})
        ends = {column + 1 for column in found if alike(piece, evidence[theirs[column]])}
        weight = 0.2 + min(piece.weight, 6.0) / 6.0
        for column in range(1, len(theirs) + 1):
            score = max(above[column], here[column - 1])
            if column in ends:
                before = runs[row - 1].get(column - 1)
                run = weight + max(above[column - 1], before + _IN_A_ROW if before is not None else 0.0)
                runs[row][column] = run
                score = max(score, run)
            here[column] = score
    return _traced(best, runs, mine, theirs)


def _traced(
    best: list[list[float]], runs: list[dict[int, float]], mine: Sequence[int], theirs: Sequence[int]
) -> dict[int, int]:
    """The pairs of the best path, from its end back."""
    found: list[tuple[int, int]] = []
    row, column = len(mine), len(theirs)
    in_run = False
    while row and column:
        run = runs[row].get(column)
        if run is not None and (in_run or run >= best[row][column] - 1e-9):
            found.append((mine[row - 1], theirs[column - 1]))
            before = runs[row - 1].get(column - 1)
            in_run = before is not None and before + _IN_A_ROW > best[row - 1][column - 1]
            row, column = row - 1, column - 1
        elif best[row - 1][column] >= best[row][column] - 1e-9:
            row -= 1
        else:
            column -= 1
    return dict(reversed(found))


def _keys(piece: Piece) -> tuple[str, ...]:
    """Under which pieces that may be alike are found."""
    if piece.mention is not None:
        return ("figure",)
    return (piece.sort,) if piece.sort == "sense" else (piece.folded,)
