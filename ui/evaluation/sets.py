"""The question sets: bring one, take one along, look into it, remove it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from corpus.text import fold
from eval.question import Question, questions_in
from eval.sets import QuestionSet
from ui.evaluation import brought
from ui.evaluation import question as editing
from ui.evaluation.session import CHOSEN, bench, go_to, moment, question_lines
from ui.talk.session import attempt, show_error
from ui.talk.text import element, joined, label, plain

STEM = ".jsonl"
SHOWN = 20  # questions of a set


def show() -> None:
    """Draw the box for files and the list."""
    bring()
    sets = attempt(bench().sets)
    show_error()
    if sets is None:
        return
    if not sets:
        plain("Chưa có bộ câu hỏi nào.", "hoi-welcome")
    for each in sets:
        _card(each)
    brought.show()


def bring() -> None:
    """The box for a set's file."""
    round = st.session_state.setdefault("set-round", 0)
    with st.container(key="one-file"):
        chosen = st.file_uploader("Đưa một bộ câu hỏi lên (JSONL, mỗi dòng một câu)", key=f"set-upload-{round}")
    if chosen:
        name = chosen.name.removesuffix(STEM)[:120]
        st.session_state["set-round"] = round + 1
        if made := attempt(lambda: bench().create_set(name, chosen.getvalue())):
            st.toast(f"Đã giữ bộ “{label(made.name)}”: {made.questions} câu.")
            st.session_state[CHOSEN] = made.id
        st.rerun()


def _card(each: QuestionSet) -> None:
    with st.container(border=True, gap="xsmall", key=f"set-{each.id}"):
        st.html(element(each.name, "hoi-doc-title") + element(_described(each), "hoi-doc-meta"))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            run = partial(_to_run, each.id)
            st.button("Chấm bộ này", key=f"set-run-{each.id}", icon=":material/play_arrow:", on_click=run)
            st.download_button(
                "Tải về",
                data=partial(bench().set_content, each.id),
                file_name=f"{each.name}{STEM}",
                mime="application/x-ndjson",
                key=f"set-download-{each.id}",
                icon=":material/download:",
                on_click="ignore",
            )
            shown = f"set-questions-{each.id}"
            st.toggle("Xem từng câu", key=shown)
            if st.button("Xóa", key=f"set-remove-{each.id}", icon=":material/delete:", type="tertiary"):
                _confirm(each)
        if st.session_state[shown]:
            _questions(each)


def _to_run(id: str) -> None:
    """To the part where runs begin, with this set chosen."""
    st.session_state[CHOSEN] = id
    go_to("lan-cham")


def _questions(kept: QuestionSet) -> None:
    """The set's questions, to be mended or taken out; of a long set those found by words."""
    content = attempt(lambda: bench().set_content(kept.id))
    if not content:
        return
    found = questions_in(content.decode(), kept.name)
    wanted = fold(st.text_input("Tìm câu hỏi", key=f"find-in-{kept.id}")) if len(found) > SHOWN else ""
    chosen = [each for each in found if wanted in fold(f"{each.id} {each.kind} {each.question}")]
    for question in chosen[:SHOWN]:
        _question(kept, question)
    if len(chosen) > SHOWN:
        plain(f"Đang hiện {SHOWN} trong {len(chosen)} câu.", "hoi-doc-meta")


def _question(kept: QuestionSet, question: Question) -> None:
    key = f"{kept.id}-{question.id}"
    with st.container(gap="xsmall", key=f"question-{key}"):
        st.html(
            element(joined(question.id, question.kind), "hoi-doc-meta")
            + element(question.question, "hoi-case-question")
            + question_lines(question)
        )
        if question.dialogue is None:  # a turn of a dialogue is mended in its file
            with st.container(horizontal=True, gap="small"):
                if st.button("Sửa", key=f"mend-{key}", icon=":material/edit:", type="tertiary"):
                    editing.edit(question, kept.id, lambda: None)
                out = partial(_take_out, kept.id, question.id)
                st.button("Bỏ khỏi bộ", key=f"out-{key}", icon=":material/close:", type="tertiary", on_click=out)


def _take_out(set_id: str, question_id: str) -> None:
    attempt(lambda: bench().take_out_question(set_id, question_id))


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
