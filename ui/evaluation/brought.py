"""Documents brought to be asked apart from the store: bring some, see which there are, remove them."""

from __future__ import annotations

from functools import partial

import streamlit as st

from eval.brought import Brought
from ui.evaluation.session import bench, moment
from ui.library.removal import size
from ui.talk.session import attempt, show_error
from ui.talk.text import element, figure, joined, label, plain

MEANING = (
    "Muốn chấm trên những văn bản khác mà không động đến kho: đưa chúng lên đây, rồi chọn tập ấy ở “Hỏi trên” khi chấm."
)


def show() -> None:
    """Draw the box for files and the list."""
    st.subheader("Tập văn bản để chấm", anchor=False)
    plain(MEANING, "hoi-doc-meta")
    _bringing()
    for each in attempt(bench().brought) or []:
        _card(each)
    show_error()


def _bringing() -> None:
    round = st.session_state.setdefault("brought-round", 0)
    chosen = st.file_uploader(
        "Đưa một tập văn bản lên (một tệp ZIP, hay các tệp)", accept_multiple_files=True, key=f"brought-upload-{round}"
    )
    if chosen:
        rest = f" và {len(chosen) - 1} tệp khác" if len(chosen) > 1 else ""
        name = chosen[0].name.removesuffix(".zip")[:80] + rest
        files = [(each.name, each.getvalue()) for each in chosen]
        st.session_state["brought-round"] = round + 1
        with st.spinner("Đang gửi…"):
            made = attempt(lambda: bench().bring(name, files))
        if made:
            st.toast(f"Đã giữ tập “{label(made.name)}”.")
        st.rerun()


def _card(each: Brought) -> None:
    about = joined(f"{figure(each.files)} tệp", size(each.size), moment(each.created_at), each.created_by)
    with st.container(border=True, gap="xsmall", key=f"brought-{each.id}"):
        st.html(element(each.name, "hoi-doc-title") + element(about, "hoi-doc-meta"))
        remove = partial(attempt, partial(bench().remove_brought, each.id))
        st.button("Xóa", key=f"brought-remove-{each.id}", icon=":material/delete:", type="tertiary", on_click=remove)
