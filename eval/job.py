"""One run in a process of its own, out of the way of those who wait for answers: `python -m eval.job FOLDER`.

A process, because Python runs one thread at a time; with a low priority, so that the system serves the chat first.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from eval.brought import BroughtDocuments
from eval.commands import run_answers
from eval.inputs import InputError
from eval.judge import Outcome
from eval.kept import MissingError, manifest
from eval.runs import BROUGHT, CORPUS, Run, State, write_state
from eval.sets import QUESTIONS
from index.database import StoreError
from rag.settings import Settings

NICE = 10
TOLD_SECONDS = 0.5  # between two notes of how far it is


class Progress:
    """Writes down how far a run is, now and then."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.state = State(status="running", started_at=datetime.now(UTC))
        self._told = 0.0
        write_state(folder, self.state)

    def tell(self, outcome: Outcome) -> None:
        right = self.state.right + outcome.right
        self.state = self.state.model_copy(update={"done": self.state.done + 1, "right": right})
        if time.monotonic() - self._told > TOLD_SECONDS:
            write_state(self._folder, self.state)
            self._told = time.monotonic()


def run(folder: Path, settings: Settings) -> int:
    """Asks every question of the run in `folder`; what cannot be run as asked is told in its state."""
    wanted, progress = manifest(folder, Run), Progress(folder)
    try:
        against, where = _against(wanted, settings)
        result = run_answers(
            folder / QUESTIONS,
            against,
            wanted.options,
            folder,
            settings=settings,
            tell=progress.tell,
            name=wanted.set_name,
            where=where,
        )
    except (InputError, MissingError, StoreError) as error:
        write_state(folder, progress.state.ended("failed", str(error)))
        return 1
    ended = progress.state.ended("done")
    write_state(folder, ended.model_copy(update={"metrics": result.plain.metrics()}))
    return 0


def _against(wanted: Run, settings: Settings) -> tuple[Path | None, str]:
    """The folder to be asked, None for the store, and what it is called. Raises `InputError`, `MissingError`."""
    if wanted.against == BROUGHT:
        try:
            found = BroughtDocuments(settings.data).files(wanted.documents_id)
        except MissingError as error:
            raise MissingError(f"Tập văn bản “{wanted.documents_name}” đã bị xóa.") from error
        return found, f"tập “{wanted.documents_name}”"
    if wanted.against == CORPUS and not settings.corpus.is_dir():
        raise InputError("Thư mục HOI_CORPUS không còn.")
    return (settings.corpus if wanted.against == CORPUS else None), ""


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that temporary folders go
    os.nice(NICE)
    settings = Settings()
    folder = settings.data / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    tempfile.tempdir = str(folder)
    return run(Path(arguments[0]), settings)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
