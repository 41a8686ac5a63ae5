"""Where a run's figures come from: the set, the documents, the models, the program and how questions were asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from index.store import Store
from rag.answer import Answer, Request
from rag.settings import PROJECT, Settings
from rag.tuning import NAMES, UNCHANGED, Tuning, Tunings

_ANSWERING = ("corpus", "index", "rag")  # what an answer depends on
_NOT_CODE = (PROJECT / "corpus" / "documents", PROJECT / "index" / "train")
_DIGITS = 12


class Options(BaseModel):
    """How a set is asked: passages returned, the least confidence that is an answer, in which ways of typing."""

    model_config = ConfigDict(frozen=True)

    k: int = Field(default=8, ge=1, le=50)
    threshold: float = Field(default=0.0, ge=0.0, le=1.0)
    perturb: tuple[str, ...] = ()
    groups: frozenset[str] | None = None  # of whoever asks; None: may see every document

    def asked(self, request: Request) -> Request:
        return replace(request, k=self.k, groups=self.groups)

    def held(self, answer: Answer) -> Answer:
        """The answer, or a refusal in its place where it is not sure enough."""
        if answer.abstained or answer.confidence >= self.threshold:
            return answer
        sure = f"{answer.confidence:.2f}".replace(".", ",")
        said = f"Chưa đủ chắc để trả lời (độ tin cậy {sure}). Nếu trả lời: {answer.answer}"
        return replace(answer, answer=said, abstained=True, reason="weak_evidence", citations=())


class About(BaseModel):
    """Everything needed to tell whether two runs may be compared, and to run one again."""

    model_config = ConfigDict(frozen=True)

    at: AwareDatetime
    set_sha256: str
    against: str  # where the documents come from, in words
    documents: int
    documents_sha256: str  # of their ids, sorted
    embedder: str
    reranker: str
    llm: str
    version: str
    build: str  # of all that answers: code, models, tables
    options: Options
    tuning: Tuning = UNCHANGED  # what an administrator had chosen

    @property
    def chosen(self) -> tuple[str, ...]:
        """What an administrator had changed, "threshold = 0.6"."""
        values = ((name, getattr(self.tuning, name)) for name in NAMES)
        return tuple(f"{name} = {value}" for name, value in values if value != getattr(UNCHANGED, name))


def about(content: bytes, against: str, store: Store, settings: Settings, options: Options, at: datetime) -> About:
    """The provenance of a run of the question set `content` over a store."""
    ids = sorted(each.id for each in store.documents())
    return About(
        at=at,
        set_sha256=hashlib.sha256(content).hexdigest(),
        against=against,
        documents=len(ids),
        documents_sha256=hashlib.sha256("\n".join(ids).encode()).hexdigest(),
        embedder=store.model_id,
        reranker=settings.reranker,
        llm=settings.llm,
        version=version("hoi"),
        build=build(),
        options=options,
        tuning=Tunings(store.database).current(),
    )


@cache
def build() -> str:
    """A checksum of every file that answers depend on, so that two states of the program can be told apart."""
    digest = hashlib.sha256()
    for path in _files(PROJECT / floor for floor in _ANSWERING):
        digest.update(f"{path.relative_to(PROJECT).as_posix()}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:_DIGITS]


def _files(folders: Iterable[Path]) -> list[Path]:
    found = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return sorted(
        path
        for path in found
        if "__pycache__" not in path.parts and not any(path.is_relative_to(folder) for folder in _NOT_CODE)
    )
