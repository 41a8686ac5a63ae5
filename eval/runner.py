"""The runs in hand: one at a time, each in a process of its own, a few waiting; the next is refused."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from eval.runs import LOG, OPEN, Run, Runs, read_state, take, write_state
from rag.settings import Settings

WAITING = 4
GRACE_SECONDS = 5.0
_BROKE = "Tiến trình chấm đã dừng đột ngột; hãy chạy lại, hoặc xem nhật ký của lần chấm ở máy chủ."


class FullError(RuntimeError):
    """So many runs wait that another is refused."""


@dataclass(slots=True)
class _Job:
    folder: Path
    lock: int  # held until the run has ended, here or in its process
    cancelled: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)


class Runner:
    """Runs evaluations one after the other. Safe to share between threads."""

    def __init__(self, runs: Runs, settings: Settings, waiting: int = WAITING) -> None:
        self._runs, self._environment = runs, _environment(settings)
        self._queue = queue.Queue[_Job | None]()
        self._jobs, self._lock, self._most = dict[str, _Job](), threading.Lock(), waiting + 1
        self._thread: threading.Thread | None = None
        self._closed = False

    def start(self, run: Run) -> None:
        """Puts a run that was just created in line. Raises `FullError`."""
        with self._lock:
            if self._closed or len(self._jobs) >= self._most:
                raise FullError
            folder = self._runs.folder(run.id)
            job = self._jobs[run.id] = _Job(folder, take(folder))
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="hoi-evaluations", daemon=True)
                self._thread.start()
        self._queue.put(job)

    def cancel(self, id: str) -> bool:
        """Stops a run that waits or runs; False where there is nothing to stop."""
        with self._lock:
            job = self._jobs.get(id)
            if job is None:
                return False
            job.cancelled = True
            if job.process:
                job.process.terminate()
            return True

    @property
    def full(self) -> bool:
        return len(self._jobs) >= self._most

    def close(self) -> None:
        """Stops what runs, which is then seen to be interrupted, and lets go of what waits."""
        with self._lock:
            self._closed = True
            for job in self._jobs.values():
                if job.process:
                    job.process.terminate()
        if self._thread:
            self._queue.put(None)
            self._thread.join(2 * GRACE_SECONDS)

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            try:
                self._run(job)
            finally:
                with self._lock:
                    self._jobs.pop(job.folder.name, None)
                os.close(job.lock)

    def _run(self, job: _Job) -> None:
        with self._lock:
            process = None if job.cancelled or self._closed else self._started(job)
            job.process = process
        code = process.wait() if process else 1
        state = read_state(job.folder)
        if state.status not in OPEN or self._closed:
            return
        if job.cancelled:
            write_state(job.folder, state.ended("cancelled"))
        elif code:
            write_state(job.folder, state.ended("failed", _BROKE))

    def _started(self, job: _Job) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "eval.job", str(job.folder)]
        with (job.folder / LOG).open("wb") as log:
            return subprocess.Popen(
                command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                pass_fds=(job.lock,),
            )


def _environment(settings: Settings) -> dict[str, str]:
    """What a process needs to have the very settings that this one has, secrets among them."""
    values = {name: getattr(settings, name) for name in type(settings).model_fields}
    written = {
        f"HOI_{name.upper()}": value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        for name, value in values.items()
    }
    return os.environ | written | {"OMP_NUM_THREADS": "1", "HOI_DATA": str(settings.data.resolve())}
