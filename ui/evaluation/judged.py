"""The answers that were judged down in the chat: from one of them to a question of a set by one click."""

from __future__ import annotations

from html import escape

import streamlit as st

from ui.evaluation import question
from ui.evaluation.session import bench, moment
from ui.schemas import Answer
from ui.schemas_evaluation import JudgedDown
from ui.talk.session import Reading, attempt, session, show_error
from ui.talk.text import joined, plain

SHOWN = 20
NOTHING = "Chưa có câu trả lời nào bị chê. Ở trang Hỏi đáp, bấm ngón cái xuống dưới một câu trả lời để góp ý."
IN_SET = "evaluation-judged"  # in the page's state: the answers whose questions are in a set by now


def show() -> None:
    """Draw the list, the latest first."""
    question.settle()
    judged = attempt(bench().judged_down)
    show_error()
    if judged is None:
        return
    if not judged:
        plain(NOTHING, "hoi-welcome")
        return
    target = question.chosen_set()
    if target is None:
        return
    shown = st.session_state.setdefault("judged-shown", SHOWN)
    for each in judged[:shown]:
        _card(each, target)
    if len(judged) > shown:
        st.button("Xem thêm", key="judged-more", on_click=_more)


def _more() -> None:
    st.session_state["judged-shown"] += SHOWN


def _card(each: JudgedDown, target: str) -> None:
    answer, taken = each.answer, st.session_state.setdefault(IN_SET, set[str]())
    with st.container(border=True, gap="xsmall", key=f"judged-{answer.id}"):
        reason = f'<span class="hoi-tag hoi-tag-bad">{escape(each.reason or "không nêu lý do")}</span>'
        st.html(
            f'<div class="hoi-case-head">{reason}<span>{moment(each.at)}</span></div>'
            f'<div class="hoi-case-question">{escape(answer.question)}</div>'
            f'<div class="hoi-case-text">{escape(answer.answer)}</div>{_quotes(answer)}'
        )
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            if st.button(
                "Thêm vào bộ câu hỏi", key=f"judge-{answer.id}", icon=":material/playlist_add:", type="primary"
            ):
                note = f"Đã trả lời: {answer.answer}"
                question.edit(each.draft, target, lambda: taken.add(answer.id), note)
            for cited in answer.citations:
                place = Reading(
                    cited.document_id, cited.start, cited.end, cited.section, cited.page, f"judged-{answer.id}"
                )
                key = f"judged-open-{answer.id}-{cited.marker}"
                name = f"Mở trích dẫn {cited.marker}"
                st.button(name, key=key, icon=":material/menu_book:", on_click=session().read, args=(place,))
            if answer.id in taken:
                plain("Đã ở trong bộ", "hoi-doc-meta")


def _quotes(answer: Answer) -> str:
    return "".join(
        f"<blockquote>[{each.marker}] {escape(each.quote)} "
        f"<cite>{escape(joined(each.file, each.section))}</cite></blockquote>"
        for each in answer.citations
    )
