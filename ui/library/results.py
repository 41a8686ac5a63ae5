"""What became of the files that were sent: a line that counts them, and each one's own line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

import streamlit as st

from ui.schemas_jobs import Job, JobFile
from ui.talk.text import element, figure, joined

STATUS = {"added": "Đã nạp", "unchanged": "Đã có sẵn", "replaced": "Đã thay bản cũ"}
SIGNS = {"waiting": "·", "working": "…", "done": "✓", "refused": "✕"}
ORDER = ("refused", "working", "done", "waiting")
SHOWN = 200  # lines


def finished(job: Job) -> bool:
    return job.state in ("done", "failed")


def show(jobs: Sequence[Job]) -> None:
    """The files' lines in a box of their own, so that the list stays where it is."""
    files = sorted((file for job in jobs for file in job.files), key=lambda file: ORDER.index(file.state))
    lines = [_line(file) for file in files[:SHOWN]]
    lines += [element(f"… và {figure(len(files) - SHOWN)} tệp nữa", "hoi-result")] if len(files) > SHOWN else []
    failed = [element(job.detail, "hoi-result hoi-refused") for job in jobs if job.state == "failed"]
    box = '<div class="hoi-results" role="region" tabindex="0" aria-label="Kết quả từng tệp">'
    st.html(f"{box}{''.join([*failed, *lines])}</div>")


def counted(jobs: Sequence[Job], left_out: int = 0) -> str:
    """All files in one line: "Đã nạp 12 tệp · 3 tệp bị từ chối"."""
    counts = Counter(_became(file) for job in jobs for file in job.files)
    told = [f"{word} {figure(counts[word])} tệp" for word in STATUS.values() if counts[word]]
    refused, waiting = counts["refused"], counts["waiting"] + counts["working"]
    return joined(
        *told,
        f"{figure(refused)} tệp bị từ chối" if refused else "",
        f"{figure(waiting)} tệp chưa xong" if waiting else "",
        f"bỏ qua {figure(left_out)} tệp ẩn của hệ điều hành" if left_out else "",
    )


def _became(file: JobFile) -> str:
    """Of an archive: added, where anything in it was."""
    if file.state != "done":
        return file.state
    found = {each.status for each in file.documents}
    return STATUS[next((status for status in ("added", "replaced") if status in found), "unchanged")]


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
