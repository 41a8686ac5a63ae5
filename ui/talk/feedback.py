"""What the visitor thinks of an answer: a thumb, and why it is down."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ui.schemas import Answer
from ui.talk.session import Rating, Turn, attempt, client
from ui.talk.text import plain

REASONS = (
    "Sai nội dung",
    "Thiếu ý",
    "Trích dẫn không đúng chỗ",
    "Văn bản có mà không tìm thấy",
    "Khó hiểu",
)


def show(turn: Turn, answer: Answer, index: int) -> None:
    key = f"rating-{index}-{answer.id}"
    default = {"up": 1, "down": 0}.get(turn.rating or "")
    st.feedback("thumbs", key=key, default=default, on_change=partial(_rated, turn, answer.id, key))
    if turn.rating == "down":
        _reason(answer.id, index)


def _rated(turn: Turn, id: str, key: str) -> None:
    chosen = st.session_state[key]
    rating: Rating | None = None if chosen is None else "up" if chosen else "down"
    turn.rating = rating
    if rating:
        attempt(lambda: client().feedback(id, rating))
    if rating == "up":
        st.toast("Cảm ơn bạn đã đánh giá.")


def _reason(id: str, index: int) -> None:
    """Why not: one touch, or a few words."""
    sent = f"reason-sent-{id}"
    if st.session_state.get(sent):
        plain("Đã ghi nhận góp ý. Cảm ơn bạn.", "hoi-card-meta")
        return
    with st.form(f"reason-{index}", border=True):
        chosen = st.pills("Điều gì chưa đúng?", REASONS, selection_mode="multi", key=f"reason-pills-{index}-{id}")
        words = st.text_input("Ghi thêm (không bắt buộc)", max_chars=1000, key=f"reason-words-{index}-{id}")
        if st.form_submit_button("Gửi góp ý"):
            reason = "; ".join([*chosen, *([words.strip()] if words.strip() else [])]) or None
            attempt(lambda: client().feedback(id, "down", reason))
            st.session_state[sent] = True
            st.rerun()
