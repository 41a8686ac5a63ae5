"""Adding files: many at once, a folder, an archive; sent batch by batch, each file with what became of it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from corpus.formats.archive import is_clutter
from ui.connection import ApiError
from ui.library import results
from ui.library.results import finished
from ui.library.shelf import Batch, File, ShelfView, looked_at
from ui.talk.session import attempt, client, session, show_error
from ui.talk.text import element, figure, plain

FILES, BYTES = 100, 150 << 20  # of one request
OPEN = 4  # jobs under way at once; the server takes more, but others send too
JUST_NOW = 600  # seconds for which results that nobody has put away are shown again
EVERY = 1.0  # seconds between questions after a job


def show(groups: Sequence[str]) -> None:
    """The box for files, who may see them, and the jobs under way."""
    view = looked_at()
    _meet(view)
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
            with st.spinner("Đang gửi…"):
                _send([(each.name, each.getvalue()) for each in chosen], wanted)
            st.session_state["upload-round"] = round + 1
            st.rerun()
        if view.unsent or any(not finished(job) for job in view.jobs):
            _watch()
        elif view.jobs or view.left_out:
            _results(view)


def _meet(view: ShelfView) -> None:
    """A page that is opened anew shows what its visitor's files are going through, or have just gone through."""
    if not view.met:
        view.jobs = [job for job in attempt(lambda: client().jobs(JUST_NOW)) or [] if job.kind == "upload"]
        view.met = True


def _groups(known: Sequence[str]) -> list[str]:
    """Who may see what is added, where there are groups."""
    if not known:
        return []
    return st.multiselect("Ai được xem", known, key="upload-groups", placeholder="Mọi người dùng", width=420)


def _send(files: Sequence[File], groups: Sequence[str]) -> None:
    """Everything but what operating systems leave in folders, a job for as many files as one request takes."""
    view = looked_at()
    kept = [file for file in files if not is_clutter(file[0])]
    view.left_out = len(files) - len(kept)
    view.jobs = [job for job in view.jobs if not finished(job)]
    view.unsent += [Batch(each, list(groups)) for each in batches(kept)]
    _forward(view)


def _forward(view: ShelfView) -> None:
    """Sends on while few jobs are open; what the server has no room for yet waits for the next turn."""
    while view.unsent and sum(not finished(job) for job in view.jobs) < OPEN:
        batch = view.unsent[0]
        try:
            view.jobs.append(client().upload(batch.files, batch.groups))
        except ApiError as error:
            if error.code == "busy" and any(not finished(job) for job in view.jobs):
                return
            first, rest = batch.files[0][0], len(batch.files) - 1
            named = f"{first} và {rest} tệp khác" if rest else first
            session().error = f"Chưa gửi được {named}: {error.detail}"
        view.unsent.pop(0)


def batches(files: Sequence[File]) -> list[list[File]]:
    found: list[list[File]] = []
    size = 0
    for file in files:
        size += len(file[1])
        if not found or len(found[-1]) == FILES or size > BYTES:
            found.append([])
            size = len(file[1])
        found[-1].append(file)
    return found


@st.fragment(run_every=EVERY)
def _watch() -> None:
    """Asks after the jobs until all have ended; then the page is drawn anew, with what they brought."""
    view = looked_at()
    view.jobs = [job if finished(job) else attempt(lambda job=job: client().job(job.id)) or job for job in view.jobs]  # type: ignore[misc]
    _forward(view)
    if not view.unsent and all(finished(job) for job in view.jobs):
        session().forget()
        st.rerun()
    unsent = sum(len(batch.files) for batch in view.unsent)
    done, total = sum(job.done for job in view.jobs), sum(job.total for job in view.jobs) + unsent
    working = next((job.detail for job in view.jobs if job.state == "working"), "Đang chờ")
    st.progress(done / max(1, total), f"Đã xong {figure(done)}/{figure(total)} tệp")
    show_error()
    plain(working, "hoi-doc-meta")
    results.show(view.jobs)


def _results(view: ShelfView) -> None:
    st.html(f'<div role="status">{element(results.counted(view.jobs, view.left_out), "hoi-doc-title")}</div>')
    if view.jobs:
        results.show(view.jobs)
    refused = [job for job in view.jobs if job.refused]
    with st.container(horizontal=True, gap="small"):
        if refused and st.button("Thử lại các tệp bị từ chối", key="upload-again", icon=":material/refresh:"):
            again = {job.id: attempt(lambda job=job: client().retry(job.id)) for job in refused}  # type: ignore[misc]
            view.jobs = [again.get(job.id) or job for job in view.jobs]
            st.rerun()
        st.button("Đóng kết quả", key="upload-close", type="tertiary", on_click=_close)


def _close() -> None:
    view = looked_at()
    for job in view.jobs:
        attempt(lambda id=job.id: client().close_job(id), aside=True)  # type: ignore[misc]
    view.jobs, view.left_out = [], 0
