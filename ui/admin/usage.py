"""Usage: questions a day, what was refused and so may be missing, how long answers take, by key."""

from __future__ import annotations

from html import escape

import streamlit as st

from ui.admin import charts
from ui.admin.parts import REASONS, admin, moment, percent
from ui.schemas_admin import Usage
from ui.talk.session import attempt
from ui.talk.table import table
from ui.talk.text import figure, plain

PERIODS = {7: "7 ngày", 30: "30 ngày", 90: "90 ngày"}


def show() -> None:
    days = st.pills(
        "Thời gian", list(PERIODS), format_func=PERIODS.__getitem__, default=30, required=True, key="usage-days"
    )
    found = attempt(lambda: admin().usage(days))
    if found is None:
        return
    plain("Đếm từ các cuộc trò chuyện còn được giữ: cuộc nào đã xóa thì không còn được đếm.", "hoi-doc-meta")
    if not found.questions:
        plain("Chưa có câu hỏi nào trong thời gian này.")
        return
    _figures(found)
    st.subheader("Mỗi ngày", anchor=False)
    charts.days(found.days)
    if found.missing:
        st.subheader("Hay bị từ chối: kho có thể còn thiếu", anchor=False)
        rows = [(each.question, str(each.times), REASONS[each.reason], moment(each.last_at)) for each in found.missing]
        st.html(table("Câu hỏi hay bị từ chối", ("Câu hỏi", "Lần", "Vì sao", "Gần nhất"), rows))
    st.subheader("Theo khóa", anchor=False)
    keys = [(each.name, figure(each.questions), figure(each.refused)) for each in found.keys]
    st.html(table("Theo khóa", ("Khóa", "Câu hỏi", "Từ chối"), keys))


def _figures(found: Usage) -> None:
    rated = f"{found.up} hài lòng, {found.down} chưa"
    slow = [(f"{ms:.0f} ms", f"{p} % số câu được trả lời trong chừng ấy") for p, ms in found.latency_ms.items()]
    told = [
        (figure(found.questions), "câu hỏi"),
        (percent(found.refused / found.questions), f"bị từ chối ({found.refused} câu)"),
        (str(found.up + found.down), f"đánh giá: {rated}"),
        *slow,
    ]
    cells = "".join(
        f'<div class="hoi-figure"><b>{escape(value)}</b><span>{escape(name)}</span></div>' for value, name in told
    )
    st.html(f'<div class="hoi-figures">{cells}</div>')
