"""What is kept of a run: each question's answer as judged, and the figures, read back from a report's folder."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.about import About
from eval.inputs import InputError
from eval.judge import Outcome

REPORT = "report.json"
Fault = Literal["wrong_answer", "wrong_citation", "wrongly_refused", "wrongly_answered"]
FAULTS = get_args(Fault)
FAULT_LABELS: dict[Fault, str] = {
    "wrong_answer": "trả lời sai",
    "wrong_citation": "dẫn sai chỗ",
    "wrongly_refused": "từ chối nhầm",
    "wrongly_answered": "lẽ ra phải từ chối",
}


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class Cited(_Kept):
    """A citation of a kept answer. `exact`: the quote stood in the document as it was then."""

    marker: int
    document_id: str
    file: str
    section: str | None = None
    page: int | None = None
    quote: str
    start: int
    end: int
    exact: bool


class Record(_Kept):
    """One question with what was expected, what was answered, and the judgement."""

    id: str
    kind: str
    question: str
    answerable: bool
    must: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    document: str | None = None
    evidence: str | None = None
    asked: str
    understood: str
    answer: str
    abstained: bool
    reason: str | None
    confidence: float
    writer: str
    citations: tuple[Cited, ...]
    right: bool
    cited: bool | None
    complete: float | None
    supported: bool | None
    milliseconds: float

    @classmethod
    def of(cls, outcome: Outcome) -> Record:
        question, answer = outcome.question, outcome.answer
        cited = [
            Cited.model_validate(
                {name: getattr(each, name) for name in Cited.model_fields if name != "exact"} | {"exact": exact}
            )
            for each, exact in zip(answer.citations, outcome.exact, strict=True)
        ]
        asked = question.model_dump(
            include={"id", "kind", "question", "answerable", "must", "any_of", "must_not", "document", "evidence"}
        )
        return cls(
            **asked,
            asked=outcome.asked,
            understood=answer.understood,
            answer=answer.answer,
            abstained=answer.abstained,
            reason=answer.reason,
            confidence=answer.confidence,
            writer=answer.writer,
            citations=tuple(cited),
            right=outcome.right,
            cited=outcome.cited,
            complete=outcome.complete,
            supported=outcome.supported,
            milliseconds=round(outcome.milliseconds, 2),
        )

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the answer; nothing where it is right and rests on the expected place."""
        if not self.answerable:
            return () if self.abstained else ("wrongly_answered",)
        if self.abstained:
            return ("wrongly_refused",)
        found: list[Fault] = [] if self.right else ["wrong_answer"]
        return (*found, "wrong_citation") if self.cited is False else tuple(found)


class CoveragePoint(_Kept):
    """Answering only at `confidence` and above: the share of questions answered, and of those answers the wrong."""

    at: float
    confidence: float
    coverage: float
    risk: float


class ReliabilityBin(_Kept):
    low: float
    count: int
    confidence: float
    right: float


class Calibration(_Kept):
    ece: float | None
    bins: tuple[ReliabilityBin, ...]
    coverage_risk: tuple[CoveragePoint, ...]


Figures = dict[str, float | None]


class Summary(_Kept):
    """A run's figures as `hoi eval answers --json` prints them. `counts`: questions by kind."""

    file: str
    questions: int
    answerable: int
    metrics: Figures
    intervals: dict[str, tuple[float, float]]
    by_kind: dict[str, Figures]
    counts: dict[str, int]
    calibration: Calibration
    extractive: Figures | None = None
    perturbed: dict[str, Figures]
    latency_ms: dict[str, float]
    missed: tuple[str, ...]


class Report(Summary):
    """A whole `report.json`: the figures, where they come from, and every answer by condition."""

    about: About
    outcomes: dict[str, tuple[Record, ...]]


def read_report(folder: Path) -> Report:
    """The report in a folder; an `InputError` where there is none, or one of another version."""
    path = folder / REPORT
    try:
        return Report.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(f"Không có báo cáo {REPORT} trong thư mục {folder.name}.") from error
    except ValidationError as error:
        raise InputError(
            f"Báo cáo trong thư mục {folder.name} thuộc phiên bản khác; hãy chạy lại lần chấm ấy."
        ) from error
