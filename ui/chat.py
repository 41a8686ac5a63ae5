"""The chat, a Streamlit script that knows the API alone: pages, sidebar, and the key where one is asked."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui import chat_documents, chat_history, chat_talk, components
from ui.chat_session import attempt, client, error_line, session, show_error
from ui.chat_text import plain

HERE = Path(__file__).parent


def main() -> None:
    """Draw the page that the address names."""
    # An icon of our own: a named one is fetched from Google's server.
    st.set_page_config("Hỏi: hỏi đáp trên văn bản", HERE / "components" / "icon.svg", layout="wide")
    st.html(HERE / "chat.css")
    components.page(key="page")
    talk = st.Page(chat_talk.show, title="Hỏi đáp", icon=":material/forum:", url_path="hoi-dap", default=True)
    shelf = st.Page(chat_documents.show, title="Văn bản", icon=":material/folder_open:", url_path="van-ban")
    chosen = st.navigation([talk, shelf])
    if not _known():
        return
    _leave_reading(chosen.title)
    with st.sidebar:
        chat_history.show(talk)
        _key()
    chosen.run()


def _known() -> bool:
    """Whether the server knows the visitor; otherwise ask for a key, or say what is wrong."""
    held = session()
    held.me = held.me or attempt(client().me)
    if held.me:
        return True
    if held.unreachable:
        show_error()
        st.button("Thử lại", icon=":material/refresh:")
        return False
    with st.container(key="gate"):
        st.title("Hỏi đáp trên văn bản", anchor=False)
        plain("Máy chủ này chỉ trả lời người có khóa. Hãy nhập khóa quản trị viên đã cấp.", "hoi-welcome")
        with st.form("key", border=False):
            typed = st.text_input("Khóa truy cập", type="password", autocomplete="off")
            if st.form_submit_button("Vào", type="primary") and typed.strip():
                held.key = typed.strip()
                st.rerun()
        if held.key:
            error_line("Khóa này không đúng hoặc đã hết hạn.")
        held.error = ""
    return False


def _key() -> None:
    """Who one is here, and a way out, where keys are asked for."""
    held = session()
    if held.key and held.me:
        plain(f"Đang dùng khóa: {held.me.name}", "hoi-card-meta")
        if st.button("Thoát", key="leave", icon=":material/logout:", type="tertiary"):
            del st.session_state["hoi"]
            st.query_params.clear()
            st.rerun()


def _leave_reading(page: str) -> None:
    """A document stays open on the page where it was opened, not on the other one."""
    held = session()
    if held.page != page:
        held.read(None)
    held.page = page


main()
