"""Whether confidence means what it says: reliability by bin, its expected error, and what answering less would cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Judged = tuple[float, bool]  # confidence, right
_BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers whose confidence lies in one tenth."""

    low: float
    count: int
    confidence: float  # mean
    right: float  # share


@dataclass(frozen=True, slots=True)
class Point:
    """Answering only at `confidence` and above: the share of all questions answered, and of the answers wrong."""

    confidence: float
    coverage: float
    risk: float


def reliability(judged: Sequence[Judged]) -> tuple[Bin, ...]:
    """The bins that hold answers, from 0 up; 1.0 is in the last."""
    bins: dict[int, list[Judged]] = {}
    for confidence, right in judged:
        bins.setdefault(min(int(confidence * _BINS), _BINS - 1), []).append((confidence, right))
    return tuple(
        Bin(
            at / _BINS,
            len(group),
            sum(confidence for confidence, _ in group) / len(group),
            sum(right for _, right in group) / len(group),
        )
        for at, group in sorted(bins.items())
    )


def expected_error(judged: Sequence[Judged]) -> float | None:
    """ECE (Naeini et al., AAAI 2015): the mean gap between a bin's confidence and its share right; None of nothing."""
    if not judged:
        return None
    return sum(each.count * abs(each.confidence - each.right) for each in reliability(judged)) / len(judged)


def coverage_risk(judged: Sequence[Judged], questions: int) -> tuple[Point, ...]:
    """A point for each confidence that was given, the surest answers first (El-Yaniv and Wiener, JMLR 2010)."""
    points: dict[float, Point] = {}
    wrong = 0
    for answered, (confidence, right) in enumerate(sorted(judged, key=lambda one: -one[0]), start=1):
        wrong += not right
        points[confidence] = Point(confidence, answered / questions, wrong / answered)
    return tuple(points.values())


def at_coverage(points: Sequence[Point], shares: Sequence[float]) -> list[tuple[float, Point]]:
    """For each share of the questions, the first point that answers as many; shares never reached are left out."""
    found = ((share, next((point for point in points if point.coverage >= share), None)) for share in shares)
    return [(share, point) for share, point in found if point is not None]
