"""Adding files: many at once, a folder, an archive; each with how far it is, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from ui.library.shelf import looked_at
from ui.schemas_shelf import Job, JobFile
from ui.talk.session import attempt, client, session
from ui.talk.text import joined

STATUS = {"added": "Đã nạp", "unchanged": "Đã có sẵn", "replaced": "Đã thay bản cũ"}
SIGNS = {"waiting": "·", "working": "…", "done": "✓", "refused": "✕"}
FILES, BYTES = 100, 150 << 20  # of one request
SHOWN = 200  # lines of results
EVERY = 1.0  # seconds between questions after a job


def show(groups: Sequence[str]) -> None:
    """The box for files, who may see them, and the jobs under way."""
    view = looked_at()
    round = st.session_state.setdefault("upload-round", 0)
    with st.container(key="shelf-upload", gap="xsmall"):
        folder = st.toggle("Nạp cả thư mục", key="upload-folder")
        chosen = st.file_uploader(
            "Thêm văn bản (PDF, DOCX, XLSX, PPTX, TXT, MD, HTML, EML, ZIP, ảnh chụp)",
            accept_multiple_files="directory" if folder else True,
            key=f"upload-{round}-{folder}",
        )
        wanted = _groups(groups)
        if chosen:
            _send([(each.name, each.getvalue()) for each in chosen], wanted)
            st.session_state["upload-round"] = round + 1
            st.rerun()
        if any(not finished(job) for job in view.jobs):
            _watch()
        elif view.jobs:
            _results(view.jobs)


def _groups(known: Sequence[str]) -> list[str]:
    """Who may see what is added, where there are groups."""
    if not known:
        return []
    return st.multiselect("Ai được xem", known, key="upload-groups", placeholder="Mọi người dùng", width=420)


def _send(files: Sequence[tuple[str, bytes]], groups: Sequence[str]) -> None:
    """A job for as many files as one request takes."""
    view = looked_at()
    view.jobs = [job for job in view.jobs if not finished(job)]
    for batch in batches(files):
        if job := attempt(lambda batch=batch: client().upload(batch, groups)):  # type: ignore[misc]
            view.jobs.append(job)


def batches(files: Sequence[tuple[str, bytes]]) -> list[list[tuple[str, bytes]]]:
    found: list[list[tuple[str, bytes]]] = []
    size = 0
    for file in files:
        size += len(file[1])
        if not found or len(found[-1]) == FILES or size > BYTES:
            found.append([])
            size = len(file[1])
        found[-1].append(file)
    return found


def finished(job: Job) -> bool:
    return job.state in ("done", "failed")


@st.fragment(run_every=EVERY)
def _watch() -> None:
    """Asks after the jobs until all have ended; then the page is drawn anew, with what they brought."""
    view = looked_at()
    view.jobs = [job if finished(job) else attempt(lambda job=job: client().job(job.id)) or job for job in view.jobs]  # type: ignore[misc]
    if all(finished(job) for job in view.jobs):
        session().forget()
        st.rerun()
    done, total = sum(job.done for job in view.jobs), sum(job.total for job in view.jobs)
    working = next((job.detail for job in view.jobs if job.state == "working"), "Đang chờ")
    st.progress(done / max(1, total), f"Đã xong {done}/{total} tệp")
    st.html(f'<div class="hoi-doc-meta" role="status">{escape(working)}</div>')
    _lines(view.jobs)


def _results(jobs: Sequence[Job]) -> None:
    view = looked_at()
    _lines(jobs)
    refused = [job for job in jobs if job.refused]
    with st.container(horizontal=True, gap="small"):
        if refused and st.button("Thử lại các tệp bị từ chối", key="upload-again", icon=":material/refresh:"):
            again = {job.id: attempt(lambda job=job: client().retry(job.id)) for job in refused}  # type: ignore[misc]
            view.jobs = [again.get(job.id) or job for job in view.jobs]
            st.rerun()
        st.button("Đóng kết quả", key="upload-close", type="tertiary", on_click=_close)


def _close() -> None:
    looked_at().jobs = []


def _lines(jobs: Sequence[Job]) -> None:
    files = [file for job in jobs for file in job.files]
    files.sort(key=lambda file: ("refused", "working", "done", "waiting").index(file.state))
    lines = "".join(_line(file) for file in files[:SHOWN])
    more = f'<div class="hoi-result">… và {len(files) - SHOWN} tệp nữa</div>' if len(files) > SHOWN else ""
    failed = "".join(
        f'<div class="hoi-result hoi-refused">{escape(job.detail)}</div>' for job in jobs if job.state == "failed"
    )
    st.html(f'<div role="status" class="hoi-results">{failed}{lines}{more}</div>')


def _line(file: JobFile) -> str:
    style = "hoi-result hoi-refused" if file.state == "refused" else "hoi-result"
    return f'<div class="{style}">{SIGNS[file.state]} <b>{escape(file.file)}</b>: {escape(outcome(file))}</div>'


def outcome(file: JobFile) -> str:
    """What became of a file, in Vietnamese."""
    if file.state == "waiting":
        return "đang chờ"
    if file.state == "working":
        return f"đang đọc, đã thấy {file.read} văn bản bên trong" if file.read > 1 else "đang đọc"
    if file.error:
        return file.error.detail
    left = [f"Bỏ qua {each.path.partition('!')[2]}: {each.detail}" for each in file.left_out]
    if len(file.documents) > 1:
        counts = {word: sum(STATUS[each.status] == word for each in file.documents) for word in STATUS.values()}
        told = ", ".join(f"{word.lower()} {count}" for word, count in counts.items() if count)
        return "; ".join([f"{len(file.documents)} văn bản ({told})", *left])
    words = [joined(STATUS[each.status], f"{each.passages} đoạn", *each.notes) for each in file.documents]
    return "; ".join([*words, *left])
