"""The door of the chat: signing in, or a key, for whoever the server does not know; and the way out."""

from __future__ import annotations

import streamlit as st

from ui.talk import sign_in
from ui.talk.session import Session, attempt, client, error_line, session, show_error
from ui.talk.text import plain


def admitted() -> bool:
    """Whether the server knows the visitor; otherwise ask who it is, or say what is wrong."""
    held = _session()
    if held.person and not held.me:
        attempt(client().begin_login)
    held.me = held.me or attempt(client().me)
    return held.me is not None


def show() -> None:
    """Ask who it is; or say that the server cannot be reached."""
    held = session()
    if held.unreachable:
        show_error()
        st.button("Thử lại", icon=":material/refresh:")
        return
    with st.container(key="gate"):
        st.title("Hỏi đáp trên văn bản", anchor=False)
        if sign_in.offered():
            _accounts(held)
            with st.expander("Dùng khóa truy cập"):
                _typed(held)
        else:
            plain("Máy chủ này chỉ trả lời người có khóa. Hãy nhập khóa quản trị viên đã cấp.", "hoi-welcome")
            _typed(held)


def leave() -> None:
    """Who one is here, and a way out, where one had to say so."""
    held = session()
    if not held.me or not (held.key or held.person):
        return
    plain(f"{'Đang dùng khóa' if held.key else 'Đã đăng nhập'}: {held.me.name}", "hoi-card-meta")
    if not st.button("Thoát" if held.key else "Đăng xuất", key="leave", icon=":material/logout:", type="tertiary"):
        return
    signed_in = not held.key
    if signed_in:
        attempt(client().end_login)
    del st.session_state["hoi"]
    st.query_params.clear()
    if signed_in:
        st.logout()
    else:
        st.rerun()


def _session() -> Session:
    """What is held for whoever is here now; nothing of whoever was here before."""
    now = sign_in.person()
    if session().person != now:
        st.session_state["hoi"] = Session(person=now)
    return session()


def _accounts(held: Session) -> None:
    plain("Hãy đăng nhập bằng tài khoản của cơ quan.", "hoi-welcome")
    if told := sign_in.failure():
        error_line(told)
    elif held.person and not held.key:
        show_error()
    if st.button("Đăng nhập", key="sign-in", icon=":material/login:", type="primary"):
        st.login()
    if held.person and st.button("Đăng xuất", key="sign-out", icon=":material/logout:", type="tertiary"):
        st.logout()


def _typed(held: Session) -> None:
    with st.form("key", border=False):
        typed = st.text_input("Khóa truy cập", type="password", autocomplete="off")
        if st.form_submit_button("Vào", type="secondary" if sign_in.offered() else "primary") and typed.strip():
            held.key = typed.strip()
            st.rerun()
    if held.key:
        error_line("Khóa này không đúng hoặc đã hết hạn.")
    held.error = ""
