"""The question sets: bring one, take one along, look into it, remove it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from eval.sets import QuestionSet
from ui.chat_evaluation_session import bench, moment
from ui.chat_session import attempt, show_error
from ui.chat_text import element, joined, plain

STEM = ".jsonl"


def show() -> None:
    """Draw the box for files and the list."""
    _bringing()
    sets = attempt(bench().sets)
    show_error()
    if sets is None:
        return
    if not sets:
        plain("Chưa có bộ câu hỏi nào.", "hoi-welcome")
    for each in sets:
        _card(each)


def _bringing() -> None:
    round = st.session_state.setdefault("set-round", 0)
    chosen = st.file_uploader("Đưa một bộ câu hỏi lên (JSONL, mỗi dòng một câu)", key=f"set-upload-{round}")
    if chosen:
        name = chosen.name.removesuffix(STEM)[:120]
        st.session_state["set-round"] = round + 1
        if made := attempt(lambda: bench().create_set(name, chosen.getvalue())):
            st.toast(f"Đã giữ bộ “{made.name}”: {made.questions} câu.")
        st.rerun()


def _card(each: QuestionSet) -> None:
    with st.container(border=True, gap="xsmall", key=f"set-{each.id}"):
        st.html(element(each.name, "hoi-doc-title") + element(_described(each), "hoi-doc-meta"))
        with st.container(horizontal=True, gap="small"):
            st.download_button(
                "Tải về",
                data=partial(bench().set_content, each.id),
                file_name=f"{each.name}{STEM}",
                mime="application/x-ndjson",
                key=f"set-download-{each.id}",
                icon=":material/download:",
                on_click="ignore",
            )
            if st.button("Xóa", key=f"set-remove-{each.id}", icon=":material/delete:", type="tertiary"):
                _confirm(each)


def _described(each: QuestionSet) -> str:
    unanswerable = each.questions - each.answerable
    kinds = ", ".join(each.kinds)
    return joined(
        f"{each.questions} câu",
        f"{unanswerable} câu phải từ chối" if unanswerable else "",
        kinds,
        moment(each.created_at),
        each.created_by,
    )


@st.dialog("Xóa bộ câu hỏi?")
def _confirm(each: QuestionSet) -> None:
    st.html(element(each.name, "hoi-doc-title"))
    plain("Những lần chấm đã có vẫn còn, vì mỗi lần giữ bản của riêng nó.")
    with st.container(horizontal=True):
        if st.button("Xóa hẳn", key="set-remove-yes", type="primary"):
            attempt(lambda: bench().remove_set(each.id))
            st.rerun()
        if st.button("Giữ lại", key="set-remove-no"):
            st.rerun()
