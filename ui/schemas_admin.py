"""The shapes of `/v1/admin` beside keys and words: settings, the language model, the audit log and usage."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from rag.answer import Reason
from rag.tuning import Tuning
from ui.schemas import Given, Taken, example
from ui.schemas_keys import DAYS


class Settings(Taken):
    """null: as the program or its environment has it."""

    model_config = example(threshold=0.5, k=8, llm=True, reranker=True, retention_days=None)

    threshold: Annotated[float, Field(ge=0, le=1)] | None = None
    k: Annotated[int, Field(ge=1, le=50, strict=True)] | None = None
    llm: bool = Field(True, strict=True)
    reranker: bool = Field(True, strict=True)
    retention_days: Annotated[int, Field(ge=0, le=DAYS, strict=True)] | None = None

    def inside(self) -> Tuning:
        return Tuning(**self.model_dump())


class Defaults(Given):
    """What stands where nothing is chosen; null: there is no such part to switch."""

    threshold: float
    k: int
    llm: str | None
    reranker: str | None
    retention_days: int


class Variable(Given):
    name: str
    value: str
    about: str


class Change(Given):
    number: int
    at: datetime
    actor: str
    name: str
    before: float | bool | None
    after: float | bool | None


class CoveragePoint(Given):
    threshold: float
    answered: float
    right: float
    let_through: float


class Coverage(Given):
    answerable: int
    unanswerable: int
    points: list[CoveragePoint]
    current: bool = Field(description="false: đo với mô hình chấm độ chắc trước đây")


class SettingsShown(Given):
    chosen: Settings
    defaults: Defaults
    environment: list[Variable]
    history: list[Change] = Field(description="Mọi thay đổi, mới nhất trước")
    coverage: Coverage


class Outcome(Given):
    answer: str
    abstained: bool
    reason: Reason | None
    confidence: float
    writer: str


class Tried(Given):
    question: str
    before: Outcome
    after: Outcome


class TrialResult(Given):
    questions: list[Tried]


class LanguageModel(Given):
    name: str | None
    reachable: bool | None = Field(description="null: không đặt mô hình ngôn ngữ")
    detail: str
    seconds: float | None = Field(description="Từ lúc hỏi đến chữ đầu tiên")


class AuditEntry(Given):
    number: int
    at: datetime
    actor: str
    actor_name: str
    action: str
    subject: str
    detail: str


class AuditLog(Given):
    entries: list[AuditEntry] = Field(description="Mới nhất trước")
    more: bool


class AuditCheck(Given):
    sound: bool
    lines: int
    first_broken: int | None


class UsageDay(Given):
    day: date
    questions: int
    refused: int


class MissingQuestion(Given):
    question: str
    times: int
    last_at: datetime
    reason: Reason


class KeyShare(Given):
    owner: str
    name: str
    questions: int
    refused: int


class Usage(Given):
    questions: int
    refused: int
    up: int
    down: int
    latency_ms: dict[int, float] = Field(description="Phân vị: 50, 95, 99")
    days: list[UsageDay]
    missing: list[MissingQuestion] = Field(description="Câu hỏi hay bị từ chối nhất: điều kho văn bản còn thiếu")
    keys: list[KeyShare]
