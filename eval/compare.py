"""Two runs over the same questions: what changed, question by question, and whether that can be chance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from math import comb
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from eval.about import About
from eval.inputs import InputError
from eval.metrics import bootstrap, mean
from eval.record import Record, Report, read_report

Change = Literal["won", "lost"]
COMPARED: dict[str, Callable[[Record], float | None]] = {
    "right": lambda record: record.right,
    "right_answerable": lambda record: record.right if record.answerable else None,
    "cited": lambda record: record.cited,
    "abstained": lambda record: None if record.answerable else record.abstained,
    "answered": lambda record: not record.abstained if record.answerable else None,
    "supported": lambda record: record.supported,
}
SIGNIFICANT = 0.05


class _Given(BaseModel):
    model_config = ConfigDict(frozen=True)


class Side(_Given):
    """One of the two runs."""

    name: str
    questions: int
    about: About


class Difference(_Given):
    """A metric over the questions where both runs have it. `low` and `high`: 95 % interval of second − first.

    `won`: questions wrong in the first and right in the second; `lost`: the other way round; `p`: McNemar's exact test.
    """

    metric: str
    questions: int
    first: float
    second: float
    low: float
    high: float
    won: int
    lost: int
    p: float

    @property
    def difference(self) -> float:
        return self.second - self.first

    @property
    def significant(self) -> bool:
        return self.p < SIGNIFICANT


class KindDifference(_Given):
    """Right answers of one kind of question."""

    kind: str
    questions: int
    first: float
    second: float
    won: int
    lost: int


class Flip(_Given):
    """A question that one run answered right and the other wrong."""

    change: Change
    first: Record
    second: Record


class Comparison(_Given):
    """`conditions`: those that both runs have. `only_first`, `only_second`: questions that the other run lacks."""

    first: Side
    second: Side
    condition: str
    conditions: tuple[str, ...]
    common: int
    only_first: int
    only_second: int
    differences: tuple[Difference, ...]
    kinds: tuple[KindDifference, ...]
    flips: tuple[Flip, ...]

    @property
    def right(self) -> Difference:
        return self.differences[0]

    @property
    def warnings(self) -> tuple[str, ...]:
        """In Vietnamese, what keeps the two runs from being one experiment."""
        first, second, left = self.first.about, self.second.about, self.only_first + self.only_second
        told = (
            (first.set_sha256 != second.set_sha256, "Hai lần chấm dùng hai bản khác nhau của bộ câu hỏi."),
            (bool(left), f"{left} câu chỉ có ở một bên nên không được so."),
            (first.documents_sha256 != second.documents_sha256, "Hai lần chấm hỏi trên hai tập văn bản khác nhau."),
        )
        return tuple(words for is_so, words in told if is_so)


def mcnemar(won: int, lost: int) -> float:
    """The two-sided exact p-value that questions flip either way alike: a binomial test of `won` in `won + lost`.

    McNemar, Psychometrika 1947, in the exact form: twice the smaller tail of Binomial(n, 1/2), at most 1.
    """
    flipped, few = won + lost, min(won, lost)
    tail = sum(comb(flipped, each) for each in range(few + 1))
    return min(1.0, float(Fraction(2 * tail, 1 << flipped)))  # 2**1100 is no float any more


def compare(
    first: Report, second: Report, condition: str | None = None, names: tuple[str, str] = ("A", "B")
) -> Comparison:
    """The two runs under one way of typing, by default as written. An `InputError` where they share no question."""
    shared = tuple(name for name in first.outcomes if name in second.outcomes)
    condition = condition or next(iter(shared), "")
    if condition not in shared:
        raise InputError(f"Hai lần chấm không cùng có cách gõ “{condition}”.")
    one, other = first.outcomes[condition], second.outcomes[condition]
    pairs = _pairs(one, other)
    if not pairs:
        raise InputError("Hai lần chấm không có câu hỏi nào chung.")
    sides = [
        Side(name=name, questions=each.questions, about=each.about)
        for name, each in zip(names, (first, second), strict=True)
    ]
    return Comparison(
        first=sides[0],
        second=sides[1],
        condition=condition,
        conditions=shared,
        common=len(pairs),
        only_first=len(one) - len(pairs),
        only_second=len(other) - len(pairs),
        differences=tuple(_differences(pairs)),
        kinds=tuple(_kinds(pairs)),
        flips=tuple(_flips(pairs)),
    )


def compare_folders(first: Path, second: Path, condition: str | None = None) -> Comparison:
    """The reports of two folders, called by the folders' names."""
    return compare(read_report(first), read_report(second), condition, (first.name, second.name))


Pair = tuple[Record, Record]


def _pairs(first: Iterable[Record], second: Iterable[Record]) -> list[Pair]:
    """The questions with the same id and the same words, in the first run's order."""
    others = {(record.id, record.question): record for record in second}
    found = ((record, others.get((record.id, record.question))) for record in first)
    return [(record, other) for record, other in found if other is not None]


def _differences(pairs: Sequence[Pair]) -> Iterable[Difference]:
    for metric, value in COMPARED.items():
        both = [(value(first), value(second)) for first, second in pairs]
        known = [(float(first), float(second)) for first, second in both if first is not None and second is not None]
        if known:
            yield _difference(metric, known)


def _difference(metric: str, values: Sequence[tuple[float, float]]) -> Difference:
    interval = bootstrap([second - first for first, second in values])  # questions are drawn as pairs
    won, lost = (sum(before < after for before, after in values), sum(before > after for before, after in values))
    return Difference(
        metric=metric,
        questions=len(values),
        first=mean([first for first, _ in values]),
        second=mean([second for _, second in values]),
        low=interval.low,
        high=interval.high,
        won=won,
        lost=lost,
        p=mcnemar(won, lost),
    )


def _kinds(pairs: Sequence[Pair]) -> Iterable[KindDifference]:
    for kind in dict.fromkeys(first.kind for first, _ in pairs):
        of_kind = [(first.right, second.right) for first, second in pairs if first.kind == kind]
        yield KindDifference(
            kind=kind,
            questions=len(of_kind),
            first=mean([float(first) for first, _ in of_kind]),
            second=mean([float(second) for _, second in of_kind]),
            won=of_kind.count((False, True)),
            lost=of_kind.count((True, False)),
        )


def _flips(pairs: Sequence[Pair]) -> Iterable[Flip]:
    """Those lost first: they are what one looks at."""
    yield from (Flip(change="lost", first=one, second=other) for one, other in pairs if one.right and not other.right)
    yield from (Flip(change="won", first=one, second=other) for one, other in pairs if other.right and not one.right)
