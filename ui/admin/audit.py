"""The audit log: searched, its chain of hashes checked, taken away as a file."""

from __future__ import annotations

import streamlit as st

from ui.admin.parts import admin, moment
from ui.schemas_admin import AuditEntry
from ui.talk.session import attempt
from ui.talk.table import table
from ui.talk.text import plain

ACTIONS = {
    "": "Mọi việc",
    "upload": "nạp văn bản",
    "replace": "thay văn bản",
    "remove": "gỡ văn bản",
    "key": "khóa",
    "login": "đăng nhập",
    "logout": "đăng xuất",
    "setting": "cài đặt",
    "abbreviation": "chữ viết tắt",
    "place": "địa danh",
    "forget": "xóa dữ liệu cá nhân",
    "deny": "từ chối",
}


def show() -> None:
    words, kind = st.columns([2, 1])
    wanted = words.text_input("Tìm trong nhật ký", key="audit-search", placeholder="Tên khóa, mã văn bản, việc…")
    action = kind.selectbox("Việc", list(ACTIONS), format_func=ACTIONS.__getitem__, key="audit-action")
    with st.container(horizontal=True):
        if st.button("Kiểm chuỗi mã băm", key="audit-check", icon=":material/verified:"):
            _checked()
        st.download_button(
            "Tải nhật ký", admin().audit_file, "hoi-audit.jsonl", "application/x-ndjson",
            key="audit-file", icon=":material/download:",
        )  # fmt: skip
    pages = _asked(wanted, action or "")
    entries, more = _entries(wanted, action or "", pages)
    if not entries:
        plain("Không có dòng nào.", "hoi-doc-meta")
        return
    rows = [
        (str(each.number), moment(each.at), each.actor_name, _deed(each), each.subject, each.detail) for each in entries
    ]
    st.html(table("Nhật ký", ("Dòng", "Lúc", "Ai", "Việc", "Với", "Chi tiết"), rows))
    if more:
        st.button("Xem thêm", key="audit-more", on_click=_ask, args=((wanted, action or "", pages + 1),))


def _checked() -> None:
    found = attempt(admin().check_audit)
    if found is None:
        return
    if found.sound:
        plain(f"Nhật ký còn nguyên vẹn: {found.lines} dòng nối liền nhau.", "hoi-done")
    else:
        plain(
            f"Nhật ký đã bị sửa hoặc cắt bớt: hỏng từ dòng {found.first_broken} trong {found.lines} dòng.", "hoi-error"
        )


def _asked(wanted: str, action: str) -> int:
    """How many pages were asked for with these words."""
    asked: tuple[str, str, int] = st.session_state.get("audit-asked", ("", "", 1))
    return asked[2] if asked[:2] == (wanted, action) else 1


def _entries(wanted: str, action: str, pages: int) -> tuple[list[AuditEntry], bool]:
    """The latest lines, and whether there are more."""
    entries, before, more = list[AuditEntry](), None, True
    for _ in range(pages):
        found = attempt(lambda before=before: admin().audit(wanted, action, before)) if more else None  # type: ignore[misc]
        if found is None:
            break
        entries += found.entries
        more, before = found.more, entries[-1].number if entries else None
    return entries, more


def _ask(asked: tuple[str, str, int]) -> None:
    st.session_state["audit-asked"] = asked


def _deed(entry: AuditEntry) -> str:
    return ACTIONS.get(entry.action, entry.action)
