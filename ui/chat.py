"""The chat, a Streamlit script that knows the API alone: the door, the pages, the sidebar."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from ui import components
from ui.admin import page as chat_admin
from ui.evaluation import page as chat_evaluation
from ui.library import page as chat_documents
from ui.schemas import Role
from ui.talk import export, gate, history
from ui.talk import page as chat_talk
from ui.talk.session import error_line, session

HERE = Path(__file__).parent


def main() -> None:
    """Draw the page that the address names."""
    # An icon of our own: a named one is fetched from Google's server.
    st.set_page_config("Hỏi: hỏi đáp trên văn bản", HERE / "components" / "icon.svg", layout="wide")
    st.html(HERE / "chat.css")
    components.page(key="page")
    known = gate.admitted()
    pages = _pages()
    chosen = st.navigation(pages)
    if not known:
        return gate.show()
    _leave_reading(chosen.title)
    with st.sidebar:
        history.show(pages[0])
        gate.leave()
        export.printed()
    chosen.run()


def _pages() -> list[Page]:
    """Every page, the first to begin with; a new one is one line here, with the role it takes."""
    return [
        _page(chat_talk.show, "Hỏi đáp", "forum", "hoi-dap", "reader", default=True),
        _page(chat_documents.show, "Văn bản", "folder_open", "van-ban", "reader"),
        _page(chat_evaluation.show, "Đánh giá", "rule", "danh-gia", "editor"),
        _page(chat_admin.show, "Quản trị", "settings", "quan-tri", "admin"),
    ]


def _page(show: Callable[[], None], title: str, icon: str, path: str, role: Role, default: bool = False) -> Page:
    """A page that is not in the list of those who may not use it, and tells them so at its address."""
    allowed = session().may(role)

    def shown() -> None:
        if allowed:
            show()
        else:
            error_line("Trang này cần khóa có quyền cao hơn. Hãy hỏi quản trị viên.")

    return st.Page(
        shown,
        title=title,
        icon=f":material/{icon}:",
        url_path=path,
        default=default,
        visibility="visible" if allowed else "hidden",
    )


def _leave_reading(page: str) -> None:
    """A document stays open on the page where it was opened, not on the other one."""
    held = session()
    if held.page != page:
        held.read(None)
    held.page = page


main()
