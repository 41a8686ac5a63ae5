"""Keys: who has one, making one that is shown once, until when and for whom it opens, taking it away."""

from __future__ import annotations

from html import escape

import streamlit as st

from ui.admin.parts import admin, done, moment
from ui.schemas import ROLES, Role
from ui.schemas_keys import DAYS, Key, KeyMade, KeyWanted
from ui.talk.session import attempt, session
from ui.talk.text import joined, plain

WORDS: dict[Role, str] = {"reader": "hỏi và đọc", "editor": "thêm và gỡ văn bản", "admin": "mọi việc"}
STATES = {"valid": "đang dùng", "expired": "đã hết hạn", "revoked": "đã thu hồi"}


def show() -> None:
    _made()
    _making()
    found = attempt(admin().keys)
    if found is None:
        return
    standing = [key for key in found if key.state != "revoked"]
    gone = [key for key in found if key.state == "revoked"]
    plain(
        f"{len(standing)} khóa" if standing else "Chưa có khóa nào; máy chủ chỉ phục vụ trên máy này.", "hoi-doc-meta"
    )
    for key in standing:
        _row(key)
    if gone:
        with st.expander(f"{len(gone)} khóa đã thu hồi"):
            for key in gone:
                st.html(_named(key))


def _made() -> None:
    """The key that was just made, until it is put away."""
    made: KeyMade | None = st.session_state.get("admin-made")
    if made is None:
        return
    with st.container(border=True, key="made-key"):
        plain(f"Khóa của “{made.name}”. Hãy chép lại ngay: khóa chỉ hiện lần này.", "hoi-doc-title")
        st.code(made.key, language=None, wrap_lines=True)
        if st.button("Tôi đã chép", key="made-seen"):
            del st.session_state["admin-made"]
            st.rerun()


def _making() -> None:
    first = session().me is not None and not session().me.keys_demanded  # type: ignore[union-attr]
    with st.expander("Tạo khóa", icon=":material/add:", key="make-key"), st.form("make-key-form", border=False):
        if first:
            plain("Đây là khóa đầu tiên nên phải là khóa admin. Từ nay ai cũng cần khóa, kể cả trên máy này.")
        name = st.text_input("Tên người hoặc hệ thống", max_chars=100)
        role = st.selectbox("Vai trò", ROLES[::-1] if first else ROLES, format_func=_role, disabled=first)
        days = st.number_input("Hiệu lực (ngày)", 1, DAYS, None, placeholder="Bỏ trống: không hết hạn")
        groups = st.text_input(
            "Nhóm", placeholder="nội-vụ, tài-chính", help="Khóa chỉ xem được văn bản chung và của các nhóm này."
        )
        if st.form_submit_button("Tạo khóa", type="primary") and name.strip():
            _make(KeyWanted(name=name.strip(), role=role, days=days, groups=_groups(groups)), first)


def _make(wanted: KeyWanted, first: bool) -> None:
    made = attempt(lambda: admin().create_key(wanted))
    if made is not None:
        st.session_state["admin-made"] = made
        if first:  # the door is closed from now on: go on with what opens it
            session().key, session().me = made.key, None
    st.rerun()


def _row(key: Key) -> None:
    with st.container(border=True, gap="small"):
        st.html(_named(key))
        with st.container(horizontal=True, gap="small"):
            with st.popover("Đổi hạn, nhóm", icon=":material/edit:", key=f"change-{key.id}"):
                _change(key)
            if st.button("Thu hồi", key=f"revoke-{key.id}", icon=":material/block:", type="tertiary"):
                _confirm(key)


def _change(key: Key) -> None:
    with st.form(f"change-form-{key.id}", border=False):
        until = f"đến {moment(key.expires_at)}" if key.expires_at else "không hết hạn"
        how = st.radio("Hạn dùng", ("Giữ nguyên", "Không hết hạn", "Số ngày kể từ bây giờ"), captions=(until, "", ""))
        days = st.number_input("Số ngày", 0, DAYS, 30)
        groups = st.text_input("Nhóm", ", ".join(key.groups))
        if st.form_submit_button("Lưu", type="primary"):
            told, names = f"Đã đổi khóa “{key.name}”.", _groups(groups)
            if how == "Giữ nguyên":
                done(lambda: admin().regroup_key(key.id, names), told)
            else:
                done(lambda: admin().change_key(key.id, None if how == "Không hết hạn" else days, names), told)
            st.rerun()


@st.dialog("Thu hồi khóa?")
def _confirm(key: Key) -> None:
    st.html(_named(key))
    plain("Ai đang dùng khóa này sẽ bị từ chối ngay. Không lấy lại được; chỉ có thể tạo khóa khác.")
    with st.container(horizontal=True):
        if st.button("Thu hồi", key="revoke-yes", type="primary"):
            done(lambda: admin().revoke_key(key.id), f"Đã thu hồi khóa “{key.name}”.")
            st.rerun()
        if st.button("Giữ lại", key="revoke-no"):
            st.rerun()


def _named(key: Key) -> str:
    on = " hoi-on" if key.state == "valid" else ""
    meta = joined(
        f"{key.role}: {WORDS[key.role]}",
        f"nhóm {', '.join(key.groups)}" if key.groups else "",
        f"hết hạn {moment(key.expires_at)}" if key.expires_at else "không hết hạn",
    )
    times = joined(
        f"tạo {moment(key.created_at)}", f"dùng lần cuối {moment(key.used_at)}" if key.used_at else "chưa dùng"
    )
    return (
        f'<div class="hoi-doc-title">{escape(key.name)}<span class="hoi-state{on}">{STATES[key.state]}</span></div>'
        f'<div class="hoi-doc-meta"><div>{escape(meta)}</div><div>{escape(times)} · mã {escape(key.id)}</div></div>'
    )


def _role(role: Role) -> str:
    return f"{role}: {WORDS[role]}"


def _groups(written: str) -> list[str]:
    return [name for each in written.split(",") if (name := each.strip())]
