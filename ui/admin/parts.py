"""What the sections of the administrator's page share: the API as an administrator, tables, days and errors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import escape
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import streamlit as st

from rag.answer import Reason
from ui.admin.client import AdminClient
from ui.talk.session import address, attempt, show_error
from ui.talk.text import come

T = TypeVar("T")
REASONS: dict[Reason, str] = {  # why there was no answer
    "not_in_documents": "không có trong tài liệu",
    "unclear": "câu hỏi chưa rõ",
    "out_of_scope": "ngoài phạm vi",
    "weak_evidence": "chưa đủ chắc",
}
STYLE = Path(__file__).with_name("admin.css")


def admin() -> AdminClient:
    return _connected(*address())


@st.cache_resource(max_entries=20, show_spinner=False)
def _connected(url: str, key: str) -> AdminClient:
    return AdminClient(url, key)


def done(call: Callable[[], T], told: str) -> bool:
    """Makes a change and says that it was made, or why not; both stay until the next change."""
    st.session_state["admin-told"] = ""
    if attempt(lambda: (call(), True)) is None:
        return False
    st.session_state["admin-told"] = told
    return True


def tell() -> None:
    """What became of the last change, once."""
    show_error()
    if told := st.session_state.pop("admin-told", ""):
        st.html(f'<div class="hoi-done" role="status" {come(uuid4().hex)}>{escape(told)}</div>')


def moment(at: datetime | None) -> str:
    """In this server's own time."""
    return f"{at.astimezone():%d/%m/%Y %H:%M}" if at else ""


def percent(share: float) -> str:
    return f"{share * 100:.0f}%"


def decimal(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
