"""What evaluators work with on one store: sets, runs, those in hand, and the reports last looked at."""

from __future__ import annotations

import threading
from collections.abc import Collection
from pathlib import Path
from typing import TypeVar

from eval.brought import Brought, BroughtDocuments
from eval.compare import Comparison, compare
from eval.kept import Kept, MissingError
from eval.record import Report, read_report
from eval.runner import Runner
from eval.runs import Run, Runs
from eval.sets import QuestionSet, Sets
from rag.settings import Settings

K = TypeVar("K", bound=Kept)
REMEMBERED = 2  # reports: those of a comparison


class Workbench:
    """Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self.sets, self.runs, self.brought = Sets(settings.data), Runs(settings.data), BroughtDocuments(settings.data)
        self.runner = Runner(self.runs, settings)
        self._reports, self._lock = dict[Path, Report](), threading.Lock()

    def set(self, id: str, groups: Collection[str] | None) -> QuestionSet:
        """The set, for somebody of these groups. Raises `MissingError`."""
        return _for(groups, self.sets.get(id))

    def run(self, id: str, groups: Collection[str] | None) -> Run:
        """The run, for somebody of these groups. Raises `MissingError`."""
        return _for(groups, self.runs.get(id))

    def documents(self, id: str, groups: Collection[str] | None) -> Brought:
        """Documents that were brought, for somebody of these groups. Raises `MissingError`."""
        return _for(groups, self.brought.get(id))

    def report(self, run: Run) -> Report:
        """What came of a run that is done. Raises `InputError`."""
        folder = self.runs.folder(run.id)
        with self._lock:
            found = self._reports.pop(folder, None) or read_report(folder)
            self._reports[folder] = found
            for oldest in list(self._reports)[:-REMEMBERED]:
                del self._reports[oldest]
        return found

    def compared(self, first: Run, second: Run, condition: str | None = None) -> Comparison:
        """Two runs that are done, called by their names. Raises `InputError`."""
        return compare(self.report(first), self.report(second), condition, (first.name, second.name))


def _for(groups: Collection[str] | None, kept: K) -> K:
    if not kept.seen_by(groups):
        raise MissingError("Không có mục này, hoặc nó đã bị xóa.")
    return kept
