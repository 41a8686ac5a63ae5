"""The workbench for evaluators: run question sets, look at what came of them, compare, write new questions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from ui.evaluation import compare, drafts, judged, runs, sets
from ui.evaluation.session import PART
from ui.talk import reader
from ui.talk.session import session, show_error

STYLE = Path(__file__).with_name("evaluation.css")
PARTS: dict[str, tuple[str, Callable[[], None]]] = {
    "lan-cham": ("Lần chấm", runs.show),
    "so-sanh": ("So sánh", compare.show),
    "bo-cau-hoi": ("Bộ câu hỏi", sets.show),
    "soan": ("Soạn câu hỏi", drafts.show),
    "gop-y": ("Góp ý", judged.show),
}


def show() -> None:
    """Draw the part that the address names, and the document being read beside it."""
    held = session()
    st.html(STYLE)
    with st.container(key="stage"):
        work, beside = st.columns([6, 5], gap="medium")
        with beside:
            if held.reading:
                reader.show(held.reading)
        with work:
            st.title("Đánh giá", anchor=False)
            PARTS[_chosen()][1]()


def _chosen() -> str:
    """The part in the address; choosing another changes it."""
    begin = st.query_params.get("muc", "")
    st.session_state.setdefault(PART, begin if begin in PARTS else next(iter(PARTS)))
    chosen = st.segmented_control(
        "Phần việc",
        list(PARTS),
        format_func=lambda part: PARTS[part][0],
        key=PART,
        label_visibility="collapsed",
        required=True,
        width="stretch",
    )
    part = str(chosen)
    st.query_params["muc"] = part
    show_error()
    return part
