"""Runs that are kept: what was asked for, how far it is, what came of it.

A run is a folder: `manifest.json` (never changed), `questions.jsonl` (the set as it was), `state.json`, `LOCK` (held by
whoever has the run in hand), and at the end `report.json` and `report.html`.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from eval.about import Options
from eval.brought import Brought
from eval.kept import FOLDER, MANIFEST, Kept, MissingError, folder_of, folders, manifest, new_id
from eval.record import Figures
from eval.sets import QUESTIONS, QuestionSet
from index.durable import write_all, write_whole

STATE, LOCK, LOG = "state.json", "LOCK", "log.txt"
Status = Literal["waiting", "running", "done", "cancelled", "failed", "interrupted"]
# The documents of the store, those of the folder `HOI_CORPUS`, or some that were brought for it.
Against = Literal["store", "corpus", "brought"]
CORPUS: Against = "corpus"
BROUGHT: Against = "brought"
OPEN: tuple[Status, ...] = ("waiting", "running")


class State(BaseModel):
    """How far a run is. `message` is Vietnamese; `metrics` are those of the set as written, once it is done."""

    model_config = ConfigDict(frozen=True)

    status: Status
    done: int = 0
    right: int = 0
    started_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    message: str = ""
    metrics: Figures | None = None

    def ended(self, status: Status, message: str = "") -> State:
        return self.model_copy(update={"status": status, "message": message, "ended_at": datetime.now(UTC)})


class Run(Kept):
    """A run's manifest. `total`: answers to be had."""

    set_id: str
    set_name: str
    set_sha256: str
    questions: int
    against: Against = "store"
    documents_id: str = ""  # of those that were brought
    documents_name: str = ""
    options: Options

    @property
    def total(self) -> int:
        return self.questions * (1 + len(self.options.perturb))


class Runs:
    """The runs of one store, a folder each."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER / "runs"

    def all(self, groups: Collection[str] | None = None) -> list[Run]:
        """The runs that somebody of these groups may see, the latest first."""
        found = [manifest(folder, Run) for folder in folders(self._folder)]
        return sorted((each for each in found if each.seen_by(groups)), key=lambda each: each.created_at, reverse=True)

    def get(self, id: str) -> Run:
        """Raises `MissingError`."""
        return manifest(self.folder(id), Run)

    def folder(self, id: str) -> Path:
        """Raises `MissingError`."""
        return folder_of(self._folder, id)

    def state(self, id: str) -> State:
        """A run that nobody has in hand any more, though it has not ended, was interrupted. Raises `MissingError`."""
        folder = self.folder(id)
        left = not held(folder)  # asked first: whoever lets go has written the end before
        state = read_state(folder)
        return state.model_copy(update={"status": "interrupted"}) if left and state.status in OPEN else state

    def create(
        self,
        of: QuestionSet,
        content: str,
        name: str,
        against: Against,
        options: Options,
        by: str,
        brought: Brought | None = None,
    ) -> Run:
        run = Run(
            id=new_id(),
            name=name,
            created_at=datetime.now(UTC),
            created_by=by,
            groups=options.groups,
            set_id=of.id,
            set_name=of.name,
            set_sha256=of.sha256,
            questions=of.questions,
            against=against,
            documents_id=brought.id if brought else "",
            documents_name=brought.name if brought else "",
            options=options,
        )
        folder = self._folder / run.id
        self._folder.mkdir(parents=True, exist_ok=True)
        files = {
            QUESTIONS: content.encode(),
            STATE: State(status="waiting").model_dump_json().encode(),
            MANIFEST: run.model_dump_json(indent=1).encode(),
        }
        write_all({folder / name: content for name, content in files.items()})
        return run

    def remove(self, id: str) -> None:
        """Raises `MissingError`."""
        folder = self.folder(id)
        (folder / MANIFEST).unlink()
        shutil.rmtree(folder)


def read_state(folder: Path) -> State:
    return State.model_validate_json((folder / STATE).read_bytes())


def write_state(folder: Path, state: State) -> None:
    write_whole(folder / STATE, state.model_dump_json().encode())


def take(folder: Path) -> int:
    """A descriptor that holds the run until it, and every copy that a child inherits, is closed."""
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return descriptor


def held(folder: Path) -> bool:
    """Whether somebody has the run in hand."""
    try:
        os.close(take(folder))
    except BlockingIOError:
        return True
    except FileNotFoundError as error:
        raise MissingError("Không có mục này, hoặc nó đã bị xóa.") from error
    return False
