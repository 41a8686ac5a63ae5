"""How the store is, for its administrator: counts, sizes, the last backup, and a check with its progress."""

from __future__ import annotations

from datetime import datetime
from html import escape

import streamlit as st

from ui.library.removal import size
from ui.library.results import finished
from ui.library.shelf import looked_at
from ui.library.upload import EVERY
from ui.schemas_jobs import Job
from ui.schemas_shelf import StoreState
from ui.talk.session import attempt, client, show_error
from ui.talk.text import element, figure, joined, plain


def show() -> None:
    """Draw the state, and the check under way or the last one."""
    view = looked_at()
    state = attempt(client().store_state)
    if state is None:
        show_error()
        return
    st.html(_table(state))
    check = view.check or state.check
    if check is not None and not finished(check):
        view.check = check
        _watch()
        return
    if check is not None:
        _result(check)
    if st.button("Kiểm tra kho", key="index-check", icon=":material/health_and_safety:", type="primary"):
        view.check = attempt(client().check)
        st.rerun()
    plain("Khi đang kiểm, việc nạp và xóa đợi cho đến khi xong. Sửa lỗi bằng lệnh: hoi doctor --repair", "hoi-doc-meta")


def _table(state: StoreState) -> str:
    sizes = state.sizes
    stored = (("dữ liệu", sizes.database), ("tệp gốc", sizes.originals), ("chỉ mục", sizes.search))
    rows = [
        ("Văn bản", f"{figure(state.documents)} văn bản, {figure(state.passages)} đoạn, {figure(state.vectors)} vectơ"),
        (
            "Chỉ mục",
            f"{state.generation or 'trên máy chủ khác'}, {'theo kịp kho' if state.current else 'đang cũ hơn kho'}",
        ),
        ("Mô hình nhúng", f"{state.model}, {state.dimension} chiều"),
        ("Dung lượng", joined(*(f"{name} {size(each)}" for name, each in stored))),
        ("Tệp chờ nạp", size(sizes.jobs)),
        ("Tệp hỏng đã cách ly", size(sizes.quarantine) if sizes.quarantine else "không có"),
        ("Ổ đĩa còn trống", size(sizes.free)),
        ("Sao lưu gần nhất", _moment(state.backup_at) or "chưa có lần nào; sao lưu bằng lệnh: hoi backup TỆP"),
    ]
    lines = "".join(f"<tr><th scope='row'>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows)
    return f'<table class="hoi-store"><tbody>{lines}</tbody></table>'


@st.fragment(run_every=EVERY)
def _watch() -> None:
    view = looked_at()
    assert view.check is not None
    id = view.check.id
    view.check = attempt(lambda: client().job(id))
    if view.check is None or finished(view.check):
        st.rerun()
    st.progress(view.check.done / max(1, view.check.total), view.check.detail)


def _result(check: Job) -> None:
    sound = check.state == "done" and not check.findings
    head = f"{'✓' if sound else '✕'} {check.detail} (kiểm lúc {_moment(check.created_at)})"
    found = [joined(each.message, each.subject) for each in check.findings]
    lines = "".join(f"<li>{escape(line)}</li>" for line in found)
    st.html(f'<div role="status" class="hoi-check">{element(head, "hoi-doc-title")}<ul>{lines}</ul></div>')


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone():%d/%m/%Y %H:%M}" if at else ""
