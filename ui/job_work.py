"""The one thread that does the jobs of a server, one after the other."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Sequence

from corpus.sandbox import Sandbox
from index.database import StoreError
from index.doctor import examine
from index.store import Store
from ui import intake
from ui.job_book import JobBook
from ui.job_records import Record
from ui.problems import FieldProblem
from ui.schemas_jobs import Finding

LOG = logging.getLogger("hoi.api")
BATCH = 8  # files stored together
_STOP = ""


class JobWork:
    """Takes files in and checks the store, as the book has it."""

    def __init__(self, book: JobBook, store: Store, sandbox: Sandbox) -> None:
        self._book, self._store, self._sandbox = book, store, sandbox
        self._waiting = queue.SimpleQueue[str]()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self, id: str) -> None:
        """Puts a job behind those that wait."""
        with self._book.lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="hoi-jobs", daemon=True)
                self._thread.start()
        self._waiting.put(id)

    def stop(self) -> None:
        """What has not begun yet goes on at the next start."""
        self._stopped.set()
        self._waiting.put(_STOP)
        if self._thread:
            self._thread.join(5)

    def _run(self) -> None:
        while (id := self._waiting.get()) and not self._stopped.is_set():
            record = self._book.find(id)
            if record is None:
                continue
            try:
                self._upload(record) if record.job.kind == "upload" else self._check(record)
            except Exception as error:  # whatever it is, the job says so and the next one is done
                LOG.error("job %s failed: %s", id, type(error).__name__)
                self._book.end(record, "Máy chủ gặp lỗi khi làm việc này. Hãy thử lại, hoặc xem nhật ký.", failed=True)

    def _upload(self, record: Record) -> None:
        waiting = [at for at, file in enumerate(record.job.files) if file.state in ("waiting", "working")]
        for first in range(0, len(waiting), BATCH):
            if self._stopped.is_set():
                return
            self._take_in(record, waiting[first : first + BATCH])
        refused = record.job.refused
        self._book.end(record, f"Xong: {refused} tệp bị từ chối" if refused else "Xong")

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
        with self._book.lock:
            for place, read in found.items():
                ids = dict.fromkeys(upload.document.id for upload in read.uploads)
                file = record.job.files[place]
                file.documents = [by_id[id] for id in ids if id in by_id] if read.error is None else []
                file.left_out, file.error = list(read.left_out), read.error
                file.state = "refused" if read.error else "done"
            self._book.count(record)
        for place, read in found.items():
            if read.error is None:
                self._book.path(record, place).unlink(missing_ok=True)

    def _read(self, record: Record, place: int) -> intake.Read:
        file = record.job.files[place]
        path = self._book.path(record, place)
        with self._book.lock:
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
            with self._book.lock:
                record.job.state, record.job.done, record.job.total = "working", done, total
                record.job.detail = f"Đang kiểm {what}"

        found = examine(
            self._store.folder, self._store.embedder, self._store.model_id, follow=self._store.follow, progress=progress
        )
        with self._book.lock:
            record.job.findings = [Finding.model_validate(each) for each in found]
            record.job.done = record.job.total
        self._book.end(record, f"Thấy {len(found)} điều cần xem" if found else "Kho lành lặn")
