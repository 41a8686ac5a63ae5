"""Long work that is asked after: files to be taken in, and the check of the store, one job after the other.

    HOI_DATA/jobs/<id>/   job.json (what it is, whose, and how far), 000, 001, … (files not taken in yet)

Files are on the disk before a job is acknowledged, so an upload goes on after a restart; the same file twice changes
nothing. Refused files are kept with their job, to be tried again. A check is of the moment and is not kept.
"""

from __future__ import annotations

import logging
import queue
import shutil
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from corpus.sandbox import Sandbox
from index.access import Groups
from index.database import StoreError, StoreFullError
from index.doctor import examine
from index.durable import is_full, write_all, write_whole
from index.store import Store
from ui import intake
from ui.auth import Caller
from ui.job_records import Record, age, kept, new_job, shown
from ui.problems import FieldProblem, ProblemError
from ui.schemas_shelf import Finding, Job, JobFile

LOG = logging.getLogger("hoi.api")
UNFINISHED, OWN = 32, 8  # jobs that may wait or run, of all callers and of one
KEPT_DAYS, KEPT = 1.0, 200  # how long, and how many, finished jobs can be asked after
ROOM = 1 << 30  # bytes of all files that wait, refused ones included
BATCH = 8  # files stored together
RETRY_SECONDS = 10
_STOP = ""


class Jobs:
    """The jobs of a server and the one thread that does them. Safe to share between threads."""

    def __init__(self, store: Store, sandbox: Sandbox) -> None:
        self._store, self._sandbox = store, sandbox
        self._folder = store.folder / "jobs"
        self._lock = threading.RLock()
        self._records = {record.job.id: record for record in kept(self._folder)}
        self._waiting = queue.SimpleQueue[str]()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Goes on with the uploads that a restart interrupted."""
        for record in list(self._records.values()):
            if not record.finished:
                self._begin(record.job.id)

    def stop(self) -> None:
        """What has not begun yet goes on at the next start."""
        self._stopped.set()
        self._waiting.put(_STOP)
        if self._thread:
            self._thread.join(5)

    def upload(self, caller: Caller, contents: Sequence[tuple[str, bytes]], to: Groups) -> Job:
        """A job for files, which are on the disk when this returns.

        Raises problems: 429 when too many are the caller's, 503 when there is no room.
        """
        with self._lock:
            self._admit(caller, sum(len(content) for _, content in contents))
            files = [JobFile.model_validate({"file": name[:200], "state": "waiting"}) for name, _ in contents]
            record = self._new(caller, new_job("upload", len(files), files), to)
        folder = self._folder / record.job.id
        try:
            write_all({folder / _name(at): content for at, (_, content) in enumerate(contents)})
            self._save(record)
        except OSError as error:
            self._forget(record)
            if is_full(error):
                raise StoreFullError from error
            raise
        self._begin(record.job.id)
        return self.get(caller, record.job.id)

    def check(self, caller: Caller) -> Job:
        """A job that examines the store; the one that waits or runs already, if there is one."""
        with self._lock:
            for record in self._records.values():
                if record.job.kind == "check" and not record.finished and record.owner == caller.id:
                    return shown(record)
            self._admit(caller, 0)
            record = self._new(caller, new_job("check", 1, []), frozenset())
        self._begin(record.job.id)
        return self.get(caller, record.job.id)

    def get(self, caller: Caller, id: str) -> Job:
        """The caller's own job, as it is now. Raises a 404 problem."""
        with self._lock:
            record = self._records.get(id)
            if record is None or record.owner != caller.id:
                raise ProblemError(404, "no_job", "Không có công việc này, hoặc nó đã xong quá một ngày.")
            return shown(record)

    def own(self, caller: Caller, ended_within: float = 0) -> list[Job]:
        """The caller's own that wait or run, or ended at most so many seconds ago; the latest first."""
        since = datetime.now(UTC) - timedelta(seconds=ended_within)
        with self._lock:
            own = [each for each in self._records.values() if each.owner == caller.id]
            found = [shown(each) for each in own if each.ended_at is None or each.ended_at > since]
        return sorted(found, key=lambda job: job.created_at, reverse=True)

    def close(self, caller: Caller, id: str) -> None:
        """Forgets a job that has ended, refused files included. Raises problems: 404, or 409 while it still runs."""
        with self._lock:
            self.get(caller, id)
            record = self._records[id]
            if not record.finished:
                raise ProblemError(409, "not_finished", "Công việc này chưa xong.")
            self._forget(record)

    def retry(self, caller: Caller, id: str) -> Job:
        """The job with its refused files waiting again. Raises problems: 404, or 409 when it still runs."""
        with self._lock:
            self.get(caller, id)
            record = self._records[id]
            if not record.finished or not record.job.refused:
                raise ProblemError(409, "nothing_to_retry", "Công việc này không có tệp nào để gửi lại.")
            for file in record.job.files:
                if file.state == "refused":
                    file.state, file.error, file.left_out = "waiting", None, []
            record.job.state, record.job.detail, record.ended_at = "waiting", "Đang chờ", None
            self._count(record)
            self._save(record)
        self._begin(id)
        return self.get(caller, id)

    def last_check(self) -> Job | None:
        with self._lock:
            checks = [each for each in self._records.values() if each.job.kind == "check"]
            last = max(checks, key=lambda record: record.job.created_at, default=None)
            return shown(last) if last else None

    def _admit(self, caller: Caller, size: int) -> None:
        self._drop_old()
        open_jobs = [each for each in self._records.values() if not each.finished]
        own = sum(each.owner == caller.id for each in open_jobs)
        wait = {"Retry-After": str(RETRY_SECONDS)}
        if own >= OWN:
            detail = f"Bạn còn {own} công việc chưa xong. Hãy chờ một công việc xong rồi gửi tiếp."
            raise ProblemError(429, "too_many_jobs", detail, headers=wait)
        if len(open_jobs) >= UNFINISHED:
            raise ProblemError(503, "busy", "Còn nhiều công việc chưa xong. Hãy gửi lại sau ít phút.", headers=wait)
        if size + _bytes(self._folder) > ROOM:
            detail = "Chỗ chờ cho tệp đã đầy. Hãy gửi lại khi các công việc trước đã xong."
            raise ProblemError(503, "busy", detail, headers=wait)

    def _new(self, caller: Caller, job: Job, to: Groups) -> Record:
        groups = None if caller.groups is None else sorted(caller.groups)
        record = Record(job=job, owner=caller.id, groups=groups, to=sorted(to))
        self._records[job.id] = record
        return record

    def _begin(self, id: str) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="hoi-jobs", daemon=True)
                self._thread.start()
        self._waiting.put(id)

    def _work(self) -> None:
        while (id := self._waiting.get()) and not self._stopped.is_set():
            record = self._records[id]
            try:
                self._upload(record) if record.job.kind == "upload" else self._check(record)
            except Exception as error:  # whatever it is, the job says so and the next one is done
                LOG.error("job %s failed: %s", id, type(error).__name__)
                self._end(record, "Máy chủ gặp lỗi khi làm việc này. Hãy thử lại, hoặc xem nhật ký.", failed=True)

    def _upload(self, record: Record) -> None:
        waiting = [at for at, file in enumerate(record.job.files) if file.state in ("waiting", "working")]
        for first in range(0, len(waiting), BATCH):
            if self._stopped.is_set():
                return
            self._take_in(record, waiting[first : first + BATCH])
        refused = record.job.refused
        self._end(record, f"Xong: {refused} tệp bị từ chối" if refused else "Xong")

    def _take_in(self, record: Record, places: Sequence[int]) -> None:
        """A few files: each is read, then all that could be are stored together."""
        found = {place: self._read(record, place) for place in places}
        ready = {place: read for place, read in found.items() if read.error is None}
        uploads = [upload for read in ready.values() for upload in read.uploads]
        try:
            added = self._store.add(uploads, actor=record.owner)
        except StoreError as error:
            problem = FieldProblem(field="", code=error.code, detail=str(error))
            found |= {place: intake.Read((), (), problem) for place in ready}
            added = []
        groups = None if record.groups is None else frozenset(record.groups)
        documents = intake.described(self._store.snapshot().seen_by(groups), uploads, added)
        by_id = {each.id: each for each in documents}
        with self._lock:
            for place, read in found.items():
                ids = dict.fromkeys(upload.document.id for upload in read.uploads)
                file = record.job.files[place]
                file.documents = [by_id[id] for id in ids if id in by_id] if read.error is None else []
                file.left_out, file.error = list(read.left_out), read.error
                file.state = "refused" if read.error else "done"
            self._count(record)
            self._save(record)
        for place, read in found.items():
            if read.error is None:
                (self._folder / record.job.id / _name(place)).unlink(missing_ok=True)

    def _read(self, record: Record, place: int) -> intake.Read:
        file = record.job.files[place]
        path = self._folder / record.job.id / _name(place)
        with self._lock:
            file.state, record.job.state, record.job.detail = "working", "working", f"Đang đọc {file.file}"

        def progress(n: int) -> None:
            file.read = n

        try:
            content = path.read_bytes()
        except FileNotFoundError:
            lost = FieldProblem(field=file.file, code="lost", detail="Tệp chờ không còn trên máy chủ; hãy gửi lại.")
            return intake.Read((), (), lost)
        return intake.read(self._sandbox, file.file, content, frozenset(record.to), progress=progress)

    def _check(self, record: Record) -> None:
        def progress(done: int, total: int, what: str) -> None:
            with self._lock:
                record.job.state, record.job.done, record.job.total = "working", done, total
                record.job.detail = f"Đang kiểm {what}"

        found = examine(
            self._store.folder, self._store.embedder, self._store.model_id, follow=self._store.follow, progress=progress
        )
        with self._lock:
            record.job.findings = [Finding.model_validate(each) for each in found]
            record.job.done = record.job.total
        self._end(record, f"Thấy {len(found)} điều cần xem" if found else "Kho lành lặn")

    def _count(self, record: Record) -> None:
        """Brings the totals up to the files'."""
        job = record.job
        job.done = sum(file.state in ("done", "refused") for file in job.files)
        job.refused = sum(file.state == "refused" for file in job.files)

    def _end(self, record: Record, detail: str, failed: bool = False) -> None:
        with self._lock:
            record.job.state, record.job.detail = "failed" if failed else "done", detail
            record.ended_at = datetime.now(UTC)
            if record.job.kind == "upload":
                self._save(record)

    def _save(self, record: Record) -> None:
        path = self._folder / record.job.id / "job.json"
        write_whole(path, record.model_dump_json().encode())

    def _forget(self, record: Record) -> None:
        with self._lock:
            self._records.pop(record.job.id, None)
        shutil.rmtree(self._folder / record.job.id, ignore_errors=True)

    def _drop_old(self) -> None:
        finished = sorted((each for each in self._records.values() if each.finished), key=age, reverse=True)
        for record in finished:
            if age(record) > KEPT_DAYS * 86_400 or len(self._records) > KEPT:
                self._forget(record)


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("*/*") if path.is_file())


def _name(place: int) -> str:
    return f"{place:03d}"
