"""The administrator's page: one section at a time."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui.admin import audit, keys, places, settings, usage, words
from ui.admin.parts import STYLE, tell

SECTIONS: dict[str, Callable[[], None]] = {
    "Sử dụng": usage.show,
    "Khóa": keys.show,
    "Cài đặt": settings.show,
    "Viết tắt": words.show,
    "Địa danh": places.show,
    "Nhật ký": audit.show,
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
