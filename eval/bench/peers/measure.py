"""The run: every system over one pool, turn by turn, so that a busy moment of the machine hurts all alike."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from eval.bench.peers.driver import Answers, BrokenError, Built, Driver
from eval.bench.peers.pool import Pool
from eval.bench.peers.systems import System
from eval.metrics import ndcg
from eval.perturb import perturbed
from eval.timing import Latency

TYPED = ("", "no-diacritics")
CLIENTS = (1, 8)
BLOCK = 10  # questions a system answers before it is the next one's turn
WARM_UP = 20


@dataclass(frozen=True, slots=True)
class Effort:
    """`rounds` of starts and loads, whose median counts. `ask_seconds`: of a way of typing; then no more is asked.

    `step_minutes`: a system that takes longer over one step, such as indexing, stands aside.
    """

    rounds: int = 3
    load_seconds: float = 2.0
    ask_seconds: float = 60.0
    step_minutes: float = 20.0


@dataclass(frozen=True, slots=True)
class Measured:
    """What one system came to over one pool; `error`: what stopped it."""

    system: str
    passages: int
    built: Built | None = None
    start_seconds: float = 0.0
    rss_mb: float = 0.0
    latency_ms: Latency = field(default_factory=lambda: Latency(0.0, 0.0, 0.0))
    cpu_ms: float = 0.0  # median
    per_second: dict[int, float] = field(default_factory=dict)  # by number of clients
    ndcg: dict[str, list[float]] = field(default_factory=dict)  # of each question asked, by the way of typing
    error: str = ""


class _Subject:
    """A system on its way through a run."""

    def __init__(self, system: System, python: Path, pool: Pool, indexes: Path, step_minutes: float) -> None:
        self.system, self.pool = system, pool
        self._step_seconds = 60 * step_minutes
        self.folder = indexes / (system.index_of or system.name)
        self._log = indexes / f"{system.name}.log"
        self._python = python
        self.driver: Driver | None = None
        self.built: Built | None = None
        self.starts: list[float] = []
        self.answers: dict[str, list[Answers]] = {typed: [] for typed in TYPED}
        self.loads: dict[int, list[float]] = {clients: [] for clients in CLIENTS}
        self.rss_mb = 0.0
        self.error = ""

    def new_driver(self) -> Driver:
        return Driver(self.system, self._python, self._log, self._step_seconds)

    def close(self) -> None:
        if self.driver:
            self.driver.close()

    def measured(self) -> Measured:
        asked = [each for typed in TYPED for each in self.answers[typed]]
        return Measured(
            self.system.name,
            self.pool.passages,
            self.built,
            median(self.starts or [0.0]),
            self.rss_mb,
            Latency.from_milliseconds([taken for each in asked for taken in each.milliseconds]),
            round(median([taken for each in asked for taken in each.cpu_milliseconds] or [0.0]), 3),
            {clients: median(rates) for clients, rates in self.loads.items() if rates},
            {typed: scores(self.pool, self.answers[typed]) for typed in TYPED} if self.system.ranks else {},
            self.error,
        )


def measure(pool: Pool, systems: Mapping[System, Path], folder: Path, effort: Effort) -> list[Measured]:
    """Builds, opens, asks and loads every system; `systems`: each with its interpreter. `folder` holds the indexes.

    A system that breaks stands aside from there on, with what stopped it.
    """
    subjects = [_Subject(system, python, pool, folder, effort.step_minutes) for system, python in systems.items()]
    with ExitStack() as stack:
        for subject in subjects:
            stack.callback(subject.close)
        _each(subjects, "lập chỉ mục", _build)
        for _ in range(effort.rounds):
            _each(subjects, "mở", _start)
        _each(subjects, "hỏi thử", _warm_up)
        for typed in TYPED:
            questions = list(_questions(pool, typed))
            for at in range(0, len(questions), BLOCK):
                _each(subjects, typed or "hỏi", _asking(typed, questions[at : at + BLOCK], effort.ask_seconds))
        _each(subjects, "bộ nhớ", _weigh)
        for _ in range(effort.rounds):
            for clients in CLIENTS:
                _each(subjects, f"{clients} người", _loading(clients, effort.load_seconds))
    return [subject.measured() for subject in subjects]


Step = Callable[[_Subject], None]


def _each(subjects: Sequence[_Subject], what: str, step: Step) -> None:
    for subject in subjects:
        if subject.error:
            continue
        try:
            step(subject)
        except BrokenError as error:
            subject.error = f"{what}: {error}"
            print(f"{subject.system.title}: {subject.error}", file=sys.stderr)


def _build(subject: _Subject) -> None:
    if subject.system.index_of:
        return
    subject.folder.mkdir(parents=True, exist_ok=True)
    with subject.new_driver() as driver:
        subject.built = driver.build(subject.pool.folder, subject.folder)


def _start(subject: _Subject) -> None:
    """The last one started stays."""
    subject.close()
    subject.driver = subject.new_driver()
    subject.starts.append(subject.driver.start(subject.folder, next(iter(subject.pool.queries.values()))))


def _warm_up(subject: _Subject) -> None:
    _driver(subject).ask(list(_questions(subject.pool, ""))[-WARM_UP:])


def _asking(typed: str, questions: Sequence[str], seconds: float) -> Step:
    def step(subject: _Subject) -> None:
        answers = subject.answers[typed]
        if sum(sum(each.milliseconds) for each in answers) < 1000 * seconds:
            answers.append(_driver(subject).ask(questions))

    return step


def _weigh(subject: _Subject) -> None:
    subject.rss_mb = _driver(subject).rss_mb()


def _loading(clients: int, seconds: float) -> Step:
    def step(subject: _Subject) -> None:
        questions = list(_questions(subject.pool, ""))
        subject.loads[clients].append(_driver(subject).load(questions, clients, seconds))

    return step


def _driver(subject: _Subject) -> Driver:
    assert subject.driver
    return subject.driver


def _questions(pool: Pool, typed: str) -> Iterator[str]:
    for id, text in pool.queries.items():
        yield perturbed(typed, text, id) if typed else text


def scores(pool: Pool, answers: Sequence[Answers]) -> list[float]:
    """nDCG@10 of each question asked: of the documents in the order of their best passages."""
    found = [documents for each in answers for documents in each.found]
    ranked = [list(dict.fromkeys(documents)) for documents in found]
    return [round(ndcg(each, pool.qrels[id], 10), 4) for id, each in zip(pool.queries, ranked, strict=False)]
