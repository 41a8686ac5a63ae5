"""The administrator's page: one section at a time."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui import chat_admin_audit, chat_admin_keys, chat_admin_places, chat_admin_settings, chat_admin_usage
from ui import chat_admin_words as chat_words
from ui.chat_admin_parts import STYLE, tell

SECTIONS: dict[str, Callable[[], None]] = {
    "Sử dụng": chat_admin_usage.show,
    "Khóa": chat_admin_keys.show,
    "Cài đặt": chat_admin_settings.show,
    "Viết tắt": chat_words.show,
    "Địa danh": chat_admin_places.show,
    "Nhật ký": chat_admin_audit.show,
}


def show() -> None:
    """Draw the page; the address keeps the section."""
    st.html(STYLE)
    st.title("Quản trị", anchor=False)
    names = list(SECTIONS)
    named = st.query_params.get("muc", "")
    st.session_state.setdefault("admin-section", named if named in names else names[0])
    chosen = st.segmented_control(
        "Phần", names, key="admin-section", label_visibility="collapsed", required=True, width="stretch"
    )
    st.query_params["muc"] = chosen or names[0]
    tell()
    SECTIONS[chosen or names[0]]()
