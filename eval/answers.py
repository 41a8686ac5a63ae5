"""A question set through the assistant: what is right, cited, refused, answered; by kind and perturbation."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import TextIO

from tqdm import tqdm

from eval.bars import Bar
from eval.calibration import Judged, at_coverage, coverage_risk, expected_error, reliability
from eval.inputs import InputError
from eval.judge import Lookup, Outcome, judge
from eval.metrics import Interval, mean, paired_test, wilson
from eval.perturb import VIETNAMESE, perturbed
from eval.question import Question
from eval.timing import Latency
from rag.answer import Answer, QuestionError, Request, Turn

Ask = Callable[[Request], Answer]
Tell = Callable[[Outcome], None]
Metrics = dict[str, float | None]  # None: no question asks for it
PLAIN = "như đã viết"  # the condition in which questions are asked as they are written


def _of_answerable(value: bool, outcome: Outcome) -> bool | None:
    return value if outcome.question.answerable else None


# Each metric is a mean over the questions that it applies to: those with a value that is not None.
METRICS: dict[str, Callable[[Outcome], float | None]] = {
    "right": lambda outcome: outcome.right,
    "right_answerable": lambda outcome: _of_answerable(outcome.right, outcome),
    "cited": lambda outcome: outcome.cited,
    "abstained": lambda outcome: None if outcome.question.answerable else outcome.answer.abstained,
    "answered": lambda outcome: _of_answerable(not outcome.answer.abstained, outcome),
    "quotes_exact": lambda outcome: all(outcome.exact) if outcome.exact else None,
    "complete": lambda outcome: outcome.complete,
    "supported": lambda outcome: outcome.supported,
}
LABELS = {
    "right": "đúng",
    "right_answerable": "đúng khi có lời giải",
    "cited": "dẫn đúng chỗ",
    "abstained": "từ chối đúng",
    "answered": "có trả lời",
    "quotes_exact": "trích nguyên văn",
    "complete": "đủ mục (F1)",
    "supported": "câu nào cũng có căn cứ",
}
_SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)  # of the questions, in the coverage-risk table


@dataclass(frozen=True, slots=True)
class Condition:
    """All questions asked in one way."""

    name: str
    outcomes: tuple[Outcome, ...]

    @property
    def label(self) -> str:
        """The name for people: "không dấu (no-diacritics)"."""
        return f"{VIETNAMESE[self.name]} ({self.name})" if self.name in VIETNAMESE else self.name

    def values(self, metric: str) -> list[float | None]:
        """The metric's value of each question, None where it does not apply."""
        found = map(METRICS[metric], self.outcomes)
        return [None if value is None else float(value) for value in found]

    def metrics(self) -> Metrics:
        measured = {metric: _known(self.values(metric)) for metric in METRICS}
        return {metric: mean(values) if values else None for metric, values in measured.items()}

    def intervals(self) -> dict[str, Interval]:
        """95 % intervals of the metrics that were measured."""
        return {metric: wilson(values) for metric in METRICS if (values := _known(self.values(metric)))}

    def by_kind(self) -> dict[str, Condition]:
        kinds: dict[str, list[Outcome]] = {}
        for outcome in self.outcomes:
            kinds.setdefault(outcome.question.kind, []).append(outcome)
        return {kind: Condition(kind, tuple(outcomes)) for kind, outcomes in kinds.items()}

    @property
    def judged(self) -> list[Judged]:
        """Confidence and whether it was right, of each answer given; to answer the unanswerable is wrong."""
        return [(each.answer.confidence, each.right) for each in self.outcomes if not each.answer.abstained]

    def calibration(self) -> dict[str, object]:
        """ECE, reliability bins and the coverage-risk curve, for JSON."""
        points = at_coverage(coverage_risk(self.judged, len(self.outcomes)), _SHARES)
        return {
            "ece": expected_error(self.judged),
            "bins": [asdict(each) for each in reliability(self.judged)],
            "coverage_risk": [{"at": share} | asdict(point) for share, point in points],
        }

    def latency(self) -> Latency:
        return Latency.from_milliseconds([outcome.milliseconds for outcome in self.outcomes])


def _known(values: Sequence[float | None]) -> list[float]:
    return [value for value in values if value is not None]


@dataclass(frozen=True, slots=True)
class AnswersResult:
    """A question set's outcomes under each condition, the first as written.

    `extractive`: the same questions without the LLM, where one is configured. `missed`: bars not cleared.
    """

    file: str
    conditions: tuple[Condition, ...]
    missed: tuple[str, ...] = ()
    extractive: Condition | None = None

    @property
    def plain(self) -> Condition:
        return self.conditions[0]

    @property
    def exit_code(self) -> int:
        return 1 if self.missed else 0

    def newly_wrong(self, condition: Condition) -> list[str]:
        """The ids of questions that are right as written and wrong under this condition."""
        pairs = zip(self.plain.outcomes, condition.outcomes, strict=True)
        return [plain.question.id for plain, other in pairs if plain.right and not other.right]

    def drop(self, condition: Condition, metric: str) -> float:
        """The p-value that the questions fare alike under this condition and as written."""
        pairs = zip(self.plain.values(metric), condition.values(metric), strict=True)
        both = [(first, second) for first, second in pairs if first is not None and second is not None]
        return paired_test([first for first, _ in both], [second for _, second in both])

    def to_json(self) -> str:
        """One object: counts, metrics, 95 % intervals, by kind, perturbed, latency, bars missed."""
        outcomes = self.plain.outcomes
        return json.dumps(
            {
                "file": self.file,
                "questions": len(outcomes),
                "answerable": sum(outcome.question.answerable for outcome in outcomes),
                "metrics": self.plain.metrics(),
                "intervals": {name: [each.low, each.high] for name, each in self.plain.intervals().items()},
                "by_kind": {kind: part.metrics() for kind, part in self.plain.by_kind().items()},
                "counts": {kind: len(part.outcomes) for kind, part in self.plain.by_kind().items()},
                "calibration": self.plain.calibration(),
                "extractive": self.extractive and self.extractive.metrics(),
                "perturbed": {condition.name: condition.metrics() for condition in self.conditions[1:]},
                "latency_ms": asdict(self.plain.latency()),
                "missed": list(self.missed),
            },
            ensure_ascii=False,
        )

    def print_table(self, file: TextIO | None = None) -> None:
        """The figures for people, in Vietnamese."""
        outcomes = self.plain.outcomes
        answerable = sum(outcome.question.answerable for outcome in outcomes)
        print(f"{self.file}: {len(outcomes)} câu, {answerable} câu có lời giải trong tài liệu", file=file)
        for condition in (*self.conditions, *([self.extractive] if self.extractive else [])):
            print(f"\n{condition.label}: {condition.latency()}", file=file)
            for metric, interval in condition.intervals().items():
                spread = f"[{interval.low:.3f} – {interval.high:.3f}]"
                print(f"  {LABELS[metric]:<22} {metric:<17} {interval.mean:6.3f}  {spread}", file=file)
        _print_kinds(self.plain, file)
        _print_calibration(self.plain, file)
        for condition in self.conditions[1:]:
            wrong = ", ".join(self.newly_wrong(condition)) or "không có câu nào"
            print(f"\nsai thêm khi {condition.label}: {wrong}", file=file)
        _print_wrong(self.plain, file)
        for line in self.missed:
            print(f"Dưới ngưỡng · {line}", file=file)


def _print_kinds(condition: Condition, file: TextIO | None) -> None:
    print("\ntheo loại câu hỏi:", file=file)
    for kind, part in condition.by_kind().items():
        right = sum(outcome.right for outcome in part.outcomes) / len(part.outcomes)
        print(f"  {kind or '(không ghi)':<24} {len(part.outcomes):4} câu  đúng {right:.3f}", file=file)


def _print_calibration(condition: Condition, file: TextIO | None) -> None:
    if (error := expected_error(condition.judged)) is None:
        return
    print(f"\nđộ tin cậy lệch trung bình (ECE) {error:.3f}", file=file)
    for share, point in at_coverage(coverage_risk(condition.judged, len(condition.outcomes)), _SHARES):
        wrong = f"sai {point.risk:.3f} (độ tin cậy từ {point.confidence:.2f})"
        print(f"  trả lời {share:.0%} số câu: {wrong}", file=file)


def _print_wrong(condition: Condition, file: TextIO | None) -> None:
    for outcome in condition.outcomes:
        if not outcome.right or outcome.cited is False:
            fault = "sai" if not outcome.right else "dẫn sai chỗ"
            print(f"\n{fault} · {outcome.question.id} · {outcome.asked}", file=file)
            print(f"    {outcome.answer.answer}", file=file)


def evaluate(
    questions: Sequence[Question], ask: Ask, lookup: Lookup, name: str = "", tell: Tell | None = None
) -> Condition:
    """Every question asked once, under the perturbation of that name; progress goes to stderr, outcomes to `tell`."""
    label = name or PLAIN
    outcomes: list[Outcome] = []
    for question in tqdm(questions, desc=label, unit=" câu", disable=None):
        earlier = (
            each.answer for each in outcomes if question.dialogue and each.question.dialogue == question.dialogue
        )
        outcomes.append(_asked(question, tuple(map(Turn.of, earlier)), ask, lookup, name))
        if tell is not None:
            tell(outcomes[-1])
    return Condition(label, tuple(outcomes))


def _asked(question: Question, history: tuple[Turn, ...], ask: Ask, lookup: Lookup, name: str) -> Outcome:
    asked = perturbed(name, question.question, question.id) if name else question.question
    start = perf_counter()
    try:
        answer = ask(Request(asked, history))
    except QuestionError as error:
        raise InputError(f"Câu hỏi “{question.id}”: {error}") from error
    return judge(question, asked, answer, lookup, (perf_counter() - start) * 1000)


def missed_bars(conditions: Sequence[Condition], bars: Sequence[Bar]) -> tuple[str, ...]:
    """A line for each bar that a condition does not clear; bars hold for perturbed questions too."""
    lines = (bar.missed(condition.metrics(), condition.name) for condition in conditions for bar in bars)
    return tuple(line for line in lines if line)
