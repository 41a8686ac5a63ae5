"""Draft questions from documents, for a person to accept, mend or reject."""

from __future__ import annotations

from functools import partial
from html import escape
from uuid import uuid4

import streamlit as st

from ui.evaluation import question as editing
from ui.evaluation.session import bench, question_lines
from ui.schemas import AskRequest
from ui.schemas_evaluation import Drafted, DraftRequest
from ui.talk.session import Reading, attempt, documents, session, show_error
from ui.talk.text import joined, plain

MEANING = (
    "Chương trình soạn nháp bằng luật: thay con số, tên người, nơi chốn, ngày tháng bằng từ để hỏi."
    " Người duyệt nhận, sửa hoặc bỏ từng câu."
)
SHOWN = 10
KEPT = "evaluation-drafts"  # in the page's state: the drafts that nobody has decided on yet


def show() -> None:
    """Choose documents; draw the drafts made of them."""
    plain(MEANING, "hoi-welcome")
    editing.settle()
    target = editing.chosen_set()
    if target is None:
        show_error()
        return
    _asking(target)
    drafts: list[Drafted] | None = st.session_state.get(KEPT)
    show_error()
    if drafts is None:
        return
    if not drafts:
        plain("Không còn câu nháp nào. Hãy chọn văn bản khác, hoặc soạn thêm.", "hoi-welcome")
    for draft in drafts[:SHOWN]:
        _card(draft, target)
    if len(drafts) > SHOWN:
        plain(f"Còn {len(drafts) - SHOWN} câu nháp nữa, sẽ hiện khi các câu trên đã được duyệt.", "hoi-doc-meta")


def _asking(target: str) -> None:
    latest = sorted(documents(), key=lambda each: each.added_at, reverse=True)
    names = {each.id: joined(each.number, each.title) for each in latest}
    with st.form("draft-questions", border=True):
        chosen = st.multiselect(
            "Soạn từ văn bản (mới nạp đứng trước)",
            list(names),
            list(names)[:1],
            format_func=names.__getitem__,
            key="draft-documents",
            placeholder="Chọn văn bản",
        )
        near = st.checkbox("Soạn cả câu gần giống mà tài liệu không trả lời", True, key="draft-near")
        if st.form_submit_button("Soạn câu hỏi", type="primary", icon=":material/edit_note:") and chosen:
            wanted = DraftRequest(document_ids=chosen, n=40, near_misses=near, set_id=target or None)
            st.session_state[KEPT] = attempt(lambda: bench().drafts(wanted))


def _card(draft: Drafted, target: str) -> None:
    question = draft.question
    with st.container(border=True, gap="xsmall", key=f"draft-{question.id}"):
        head = escape(joined(question.kind, draft.changed))
        st.html(
            f'<div class="hoi-case-head"><span>{head}</span></div>'
            f'<div class="hoi-case-question">{escape(question.question)}</div>{question_lines(question)}'
        )
        with st.container(horizontal=True, gap="small"):
            take = partial(_take, draft, target)
            st.button("Nhận", key=f"take-{question.id}", icon=":material/check:", on_click=take)
            if st.button("Sửa", key=f"edit-{question.id}", icon=":material/edit:"):
                editing.edit(question, target, partial(_done_with, draft), draft.changed)
            st.button("Bỏ", key=f"drop-{question.id}", icon=":material/close:", on_click=partial(_done_with, draft))
            place = Reading(draft.document_id, draft.start, draft.end, source=f"draft-{question.id}")
            st.button(
                "Mở chỗ này",
                key=f"open-{question.id}",
                icon=":material/menu_book:",
                on_click=session().read,
                args=(place,),
            )
            tried = f"tried-{question.id}"
            st.button("Thử hỏi", key=f"try-{question.id}", icon=":material/help:", on_click=partial(_try, draft, tried))
        if answer := st.session_state.get(tried):
            plain(f"Hiện chương trình trả lời: {answer}", "hoi-case-note")


def _take(draft: Drafted, target: str) -> None:
    if editing.put(target, draft.question):
        _done_with(draft)


def _done_with(draft: Drafted) -> None:
    st.session_state[KEPT] = [each for each in st.session_state[KEPT] if each.question.id != draft.question.id]


def _try(draft: Drafted, tried: str) -> None:
    """What the program says to it now; the conversation that this makes is not kept."""
    conversation = uuid4().hex
    wanted = {"question": draft.question.question, "conversation_id": conversation}
    answer = attempt(lambda: bench().ask(AskRequest.model_validate(wanted)))
    if answer:
        st.session_state[tried] = answer.answer
        attempt(lambda: bench().delete_conversation(conversation))
