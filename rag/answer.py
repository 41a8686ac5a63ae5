"""What the assistant takes and gives: `Request`, `Passage`, `Citation`, `Answer` and the events of a stream."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from rag.tuning import Tuning

Reason = Literal["not_in_documents", "unclear", "out_of_scope", "weak_evidence"]
MAX_QUESTION = 4000  # characters


class QuestionError(ValueError):
    """A question that cannot be asked: empty or too long. The message is Vietnamese, for the person who typed it."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Restrictions on documents, applied before the search; every one that is set must hold."""

    issued_from: date | None = None
    issued_to: date | None = None
    issuer: str | None = None
    kind: str | None = None
    place: str | None = None

    def __bool__(self) -> bool:
        return any((self.issued_from, self.issued_to, self.issuer, self.kind, self.place))


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation, as asked and as understood, and what was answered."""

    question: str
    understood: str
    answer: str
    abstained: bool = False
    document_ids: tuple[str, ...] = ()  # those cited

    @classmethod
    def of(cls, answer: Answer) -> Turn:
        cited = tuple(dict.fromkeys(citation.document_id for citation in answer.citations))
        return cls(answer.question, answer.understood, answer.answer, answer.abstained, cited)


@dataclass(frozen=True, slots=True)
class Request:
    question: str
    history: tuple[Turn, ...] = ()  # oldest first
    document_ids: tuple[str, ...] | None = None  # None: all
    filters: Filters = field(default_factory=Filters)
    k: int = 8  # passages to return
    groups: frozenset[str] | None = None  # of whoever asks; None: may see every document
    as_typed: bool = False  # no accents restored, no slips mended, no abbreviations opened, nothing taken from history
    tuning: Tuning | None = None  # settings that are tried; None: those that stand


@dataclass(frozen=True, slots=True)
class Passage:
    """A retrieved chunk: `document.text[start:end] == text`. `score` orders passages of one question only."""

    document_id: str
    text: str
    start: int
    end: int
    score: float
    file: str
    title: str
    number: str | None
    section: str | None
    page: int | None


@dataclass(frozen=True, slots=True)
class Citation:
    """The evidence of one answer sentence: `document.text[start:end] == quote`, checked before it is made."""

    marker: int  # [1], [2], … in the answer
    document_id: str
    file: str
    title: str
    number: str | None
    issued_on: date | None
    issuer: str | None
    section: str | None
    page: int | None
    quote: str
    start: int
    end: int
    entered: tuple[str, ...] = ()  # of title, number, issued_on, issuer: what a person entered, the text not saying it

    @property
    def url(self) -> str:
        return f"/v1/documents/{self.document_id}/text#{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Answer:
    """A verified answer, or an abstention with its reason; `answer` is Vietnamese text with markers."""

    id: str
    question: str
    understood: str
    answer: str
    abstained: bool
    reason: Reason | None
    confidence: float  # estimated probability that the answer is right, 0–1
    writer: str  # "extractive", or the LLM's "provider:model"
    citations: tuple[Citation, ...]
    passages: tuple[Passage, ...]
    timings_ms: dict[str, float]  # understand, retrieve, write, verify
    notices: tuple[str, ...] = ()  # the program's own remarks on the answer: how old its document is


@dataclass(frozen=True, slots=True)
class Sources:
    """The first event of a stream: what was retrieved."""

    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of the answer while it is being written; unverified until the `Answer` comes."""

    text: str


Event = Sources | Word | Answer
