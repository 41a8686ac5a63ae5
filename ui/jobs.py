"""Long work that is asked after: files to be taken in, and the check of the store, one job after the other.

Files are on the disk before a job is acknowledged, so an upload goes on after a restart; the same file twice changes
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from corpus.sandbox import Sandbox
from index.access import Groups
from index.database import StoreFullError
from index.durable import is_full
from index.store import Store
from ui.auth import Caller
from ui.job_book import JobBook
from ui.job_records import Record, new_job, shown
from ui.job_work import JobWork
from ui.problems import ProblemError
from ui.schemas_jobs import Job, JobFile

UNFINISHED, OWN = 32, 8  # jobs that may wait or run, of all callers and of one
ROOM = 1 << 30  # bytes of all files that wait, refused ones included
RETRY_SECONDS = 10


class Jobs:
    """The jobs of a server, each its caller's own. Safe to share between threads."""

    def __init__(self, store: Store, sandbox: Sandbox) -> None:
        self._book = JobBook(store.folder / "jobs")
        self._work = JobWork(self._book, store, sandbox)

    def start(self) -> None:
        """Goes on with the uploads that a restart interrupted."""
        for record in self._book.all():
            if not record.finished:
                self._work.begin(record.job.id)

    def stop(self) -> None:
        """What has not begun yet goes on at the next start."""
        self._work.stop()

    def upload(self, caller: Caller, contents: Sequence[tuple[str, bytes]], to: Groups) -> Job:
        """A job for files, which are on the disk when this returns.

        Raises problems: 429 when too many are the caller's, 503 when there is no room.
        """
        with self._book.lock:
            self._admit(caller, sum(len(content) for _, content in contents))
            files = [JobFile.model_validate({"file": name[:200], "state": "waiting"}) for name, _ in contents]
            record = self._new(caller, new_job("upload", len(files), files), to)
        try:
            self._book.keep_files(record, [content for _, content in contents])
            self._book.save(record)
        except OSError as error:
            self._book.forget(record)
            if is_full(error):
                raise StoreFullError from error
            raise
        self._work.begin(record.job.id)
        return self.get(caller, record.job.id)

    def check(self, caller: Caller) -> Job:
        """A job that examines the store; the one that waits or runs already, if there is one."""
        with self._book.lock:
            for record in self._book.all():
                if record.job.kind == "check" and not record.finished and record.owner == caller.id:
                    return shown(record)
            self._admit(caller, 0)
            record = self._new(caller, new_job("check", 1, []), frozenset())
        self._work.begin(record.job.id)
        return self.get(caller, record.job.id)

    def get(self, caller: Caller, id: str) -> Job:
        """The caller's own job, as it is now. Raises a 404 problem."""
        with self._book.lock:
            return shown(self._owned(caller, id))

    def own(self, caller: Caller, ended_within: float = 0) -> list[Job]:
        """The caller's own that wait or run, or ended at most so many seconds ago; the latest first."""
        since = datetime.now(UTC) - timedelta(seconds=ended_within)
        with self._book.lock:
            own = [each for each in self._book.all() if each.owner == caller.id]
            found = [shown(each) for each in own if each.ended_at is None or each.ended_at > since]
        return sorted(found, key=lambda job: job.created_at, reverse=True)

    def close(self, caller: Caller, id: str) -> None:
        """Forgets a job that has ended, refused files included. Raises problems: 404, or 409 while it still runs."""
        with self._book.lock:
            record = self._owned(caller, id)
            if not record.finished:
                raise ProblemError(409, "not_finished", "Công việc này chưa xong.")
            self._book.forget(record)

    def retry(self, caller: Caller, id: str) -> Job:
        """The job with its refused files waiting again. Raises problems: 404, or 409 when it still runs."""
        with self._book.lock:
            record = self._owned(caller, id)
            if not record.finished or not record.job.refused:
                raise ProblemError(409, "nothing_to_retry", "Công việc này không có tệp nào để gửi lại.")
            for file in record.job.files:
                if file.state == "refused":
                    file.state, file.error, file.left_out = "waiting", None, []
            record.job.state, record.job.detail, record.ended_at = "waiting", "Đang chờ", None
            self._book.count(record)
        self._work.begin(id)
        return self.get(caller, id)

    def last_check(self) -> Job | None:
        with self._book.lock:
            checks = [each for each in self._book.all() if each.job.kind == "check"]
            last = max(checks, key=lambda record: record.job.created_at, default=None)
            return shown(last) if last else None

    def _owned(self, caller: Caller, id: str) -> Record:
        record = self._book.find(id)
        if record is None or record.owner != caller.id:
            raise ProblemError(404, "no_job", "Không có công việc này, hoặc nó đã xong quá một ngày.")
        return record

    def _admit(self, caller: Caller, size: int) -> None:
        self._book.drop_old()
        open_jobs = [each for each in self._book.all() if not each.finished]
        own = sum(each.owner == caller.id for each in open_jobs)
        wait = {"Retry-After": str(RETRY_SECONDS)}
        if own >= OWN:
            detail = f"Bạn còn {own} công việc chưa xong. Hãy chờ một công việc xong rồi gửi tiếp."
            raise ProblemError(429, "too_many_jobs", detail, headers=wait)
        if len(open_jobs) >= UNFINISHED:
            raise ProblemError(503, "busy", "Còn nhiều công việc chưa xong. Hãy gửi lại sau ít phút.", headers=wait)
        if size + self._book.waiting_bytes() > ROOM:
            detail = "Chỗ chờ cho tệp đã đầy. Hãy gửi lại khi các công việc trước đã xong."
            raise ProblemError(503, "busy", detail, headers=wait)

    def _new(self, caller: Caller, job: Job, to: Groups) -> Record:
        groups = None if caller.groups is None else sorted(caller.groups)
        record = Record(job=job, owner=caller.id, groups=groups, to=sorted(to))
        self._book.add(record)
        return record
