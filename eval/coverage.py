"""What a higher or lower bar for answering costs: measured once on questions set aside for it, shown to administrators.

python -m eval.coverage --questions eval/questions/calibration.jsonl --against corpus/documents
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter

from eval.commands import temporary
from eval.judge import is_right
from eval.question import read_questions
from rag.answer import Request
from rag.assistant import Assistant
from rag.confidence import model
from rag.settings import Settings
from rag.tuning import Tuning

FILE = Path(__file__).parent / "data" / "coverage.json"
BARS = tuple(n / 20 for n in range(20))  # 0, 0.05 … 0.95


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with nothing withheld: how sure its answer was, 0 where there was none."""

    confidence: float
    right: bool
    answerable: bool


@dataclass(frozen=True, slots=True)
class Point:
    """Answering from `threshold` on; shares of 0–1."""

    threshold: float
    answered: float  # of the answerable questions
    right: float  # of the answers
    let_through: float  # of the unanswerable questions


@dataclass(frozen=True, slots=True)
class Coverage:
    model: str  # the confidence model's fingerprint: another one has another curve
    answerable: int
    unanswerable: int
    points: tuple[Point, ...]

    @property
    def current(self) -> bool:
        """Whether it was measured with the confidence model there is."""
        return self.model == fingerprint()


_COVERAGE = TypeAdapter(Coverage)


def load(path: Path = FILE) -> Coverage:
    return _COVERAGE.validate_json(path.read_bytes())


def fingerprint() -> str:
    weights = sorted(model().weights.items())
    return hashlib.sha256(repr((model().bias, weights)).encode()).hexdigest()[:16]


def measure(assistant: Assistant, file: Path) -> Coverage:
    """Every question of the set asked with the bar at 0."""
    asked: list[Asked] = []
    for question in read_questions(file):
        answer = assistant.ask(Request(question.question, tuning=Tuning(threshold=0.0)))
        sure = 0.0 if answer.abstained else answer.confidence
        asked.append(Asked(sure, question.answerable and is_right(question, answer), question.answerable))
    answerable = sum(one.answerable for one in asked)
    return Coverage(fingerprint(), answerable, len(asked) - answerable, curve(asked, BARS))


def curve(asked: Sequence[Asked], bars: Sequence[float]) -> tuple[Point, ...]:
    return tuple(_point(asked, bar) for bar in bars)


def _point(asked: Sequence[Asked], bar: float) -> Point:
    told = [(one, one.confidence > 0 and one.confidence >= bar) for one in asked]
    answered, let_through = (_share([tells for one, tells in told if one.answerable is kind]) for kind in (True, False))
    return Point(bar, answered, _share([one.right for one, tells in told if tells]), let_through)


def _share(those: Sequence[bool]) -> float:
    return round(sum(those) / len(those), 3) if those else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--against", type=Path, required=True)
    arguments = parser.parse_args()
    with temporary(Settings(), arguments.against) as assistant:
        found = measure(assistant, arguments.questions)
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(_COVERAGE.dump_json(found, indent=1) + b"\n")
    print(*(asdict(point) for point in found.points), sep="\n")


if __name__ == "__main__":
    main()
