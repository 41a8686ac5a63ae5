"""What the disk keeps of a job, and what the API shows of it."""

from __future__ import annotations

import shutil
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ValidationError

from ui.schemas_jobs import Job, JobFile


class Record(BaseModel):
    """What the disk keeps of a job."""

    job: Job
    owner: str
    groups: list[str] | None  # whose documents the owner sees
    to: list[str] = []  # who may see what is added
    ended_at: datetime | None = None

    @property
    def finished(self) -> bool:
        return self.job.state in ("done", "failed")


def shown(record: Record) -> Job:
    """The job as it is now; once it has ended with what `POST /v1/documents` would have answered."""
    job = record.job.model_copy(deep=True)
    if record.finished:
        job.documents = [document for file in job.files for document in file.documents]
        job.left_out = [each for file in job.files for each in file.left_out]
        job.errors = [file.error.model_copy(update={"field": file.file}) for file in job.files if file.error]
    return job


def new_job(kind: str, total: int, files: list[JobFile]) -> Job:
    now = datetime.now(UTC)
    return Job.model_validate(
        {"id": uuid.uuid4().hex, "kind": kind, "state": "waiting", "detail": "Đang chờ", "created_at": now}
        | {"done": 0, "total": total, "files": files}
    )


def kept(folder: Path) -> Iterator[Record]:
    """The jobs on the disk; what was cut off while being written was never acknowledged."""
    for path in sorted(folder.glob("*/")):
        try:
            yield Record.model_validate_json((path / "job.json").read_bytes())
        except (FileNotFoundError, ValidationError):
            shutil.rmtree(path, ignore_errors=True)


def age(record: Record) -> float:
    """Seconds since it was taken."""
    return time.time() - record.job.created_at.timestamp()
