"""The jobs of a server, in memory and on the disk.

    HOI_DATA/jobs/<id>/   job.json (what it is, whose, and how far), 000, 001, … (files not taken in yet)

Refused files are kept with their job, to be tried again. A check is of the moment and is not kept.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from index.durable import write_all, write_whole
from ui.job_records import Record, age, kept

KEPT_DAYS, KEPT = 1.0, 200  # how long, and how many, finished jobs can be asked after


class JobBook:
    """What is known of each job; `lock` is held while one is read or changed. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self.lock = threading.RLock()
        self._folder = folder
        self._records = {record.job.id: record for record in kept(folder)}

    def all(self) -> list[Record]:
        with self.lock:
            return list(self._records.values())

    def find(self, id: str) -> Record | None:
        return self._records.get(id)

    def add(self, record: Record) -> None:
        with self.lock:
            self._records[record.job.id] = record

    def path(self, record: Record, place: int) -> Path:
        """Where a file waits that is not taken in yet."""
        return self._folder / record.job.id / f"{place:03d}"

    def keep_files(self, record: Record, contents: Sequence[bytes]) -> None:
        """They are on the disk when this returns."""
        write_all({self.path(record, at): content for at, content in enumerate(contents)})

    def waiting_bytes(self) -> int:
        """Of all files that wait, refused ones included."""
        return sum(path.stat().st_size for path in self._folder.glob("*/*") if path.is_file())

    def save(self, record: Record) -> None:
        write_whole(self._folder / record.job.id / "job.json", record.model_dump_json().encode())

    def count(self, record: Record) -> None:
        """Brings the totals up to the files', and saves them."""
        job = record.job
        job.done = sum(file.state in ("done", "refused") for file in job.files)
        job.refused = sum(file.state == "refused" for file in job.files)
        self.save(record)

    def end(self, record: Record, detail: str, failed: bool = False) -> None:
        with self.lock:
            record.job.state, record.job.detail = "failed" if failed else "done", detail
            record.ended_at = datetime.now(UTC)
            if record.job.kind == "upload":
                self.save(record)

    def forget(self, record: Record) -> None:
        with self.lock:
            self._records.pop(record.job.id, None)
        shutil.rmtree(self._folder / record.job.id, ignore_errors=True)

    def drop_old(self) -> None:
        finished = sorted((each for each in self.all() if each.finished), key=age, reverse=True)
        for record in finished:
            if age(record) > KEPT_DAYS * 86_400 or len(self._records) > KEPT:
                self.forget(record)
