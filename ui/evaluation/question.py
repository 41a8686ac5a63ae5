"""One question of a set under a person's hands: what it asks, what its answer must hold and rest on."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from eval.question import Question
from eval.sets import QuestionSet
from ui.evaluation.session import bench
from ui.schemas_evaluation import SetQuestion
from ui.talk.session import attempt, show_error
from ui.talk.text import element

NEW = ""  # instead of a set's id: a new set
NEW_NAME = "Câu hỏi đã soạn"
REFUSE = "Tài liệu không có: phải từ chối"


def chosen_set() -> str | None:
    """The set that questions go into: one that is there, or a new one; None where the server does not answer."""
    sets = attempt(bench().sets)
    if sets is None:
        return None
    names = {each.id: f"{each.name} ({each.questions} câu)" for each in sets} | {NEW: "Bộ mới…"}
    if st.session_state.get("target-set") not in names:
        st.session_state["target-set"] = next(iter(names))
    return str(st.selectbox("Đưa vào bộ", list(names), format_func=names.__getitem__, key="target-set"))


def put(target: str, question: Question) -> QuestionSet | None:
    """The question in its set, which is made first where it is new."""

    def kept() -> QuestionSet:
        id = target or bench().create_set(NEW_NAME, b"").id
        if not target:
            st.session_state["made-set"] = id
        return bench().put_question(id, SetQuestion(**question.model_dump(exclude={"dialogue"})))

    made = attempt(kept)
    if made:
        st.toast(f"Đã đưa vào bộ “{made.name}” ({made.questions} câu).")
    return made


def settle() -> None:
    """Before the page is drawn: what was put into a new set stays with it."""
    if made := st.session_state.pop("made-set", None):
        st.session_state["target-set"] = made


@st.dialog("Sửa câu hỏi", width="medium")
def edit(question: Question, target: str, saved: Callable[[], None], note: str = "") -> None:
    """A form over the page; `saved` is called once the question is in the set `target`."""
    if note:
        st.html(element(note, "hoi-case-note"))
    with st.form("edit-question", border=False):
        mended = _fields(question)
        if st.form_submit_button("Giữ vào bộ", type="primary", icon=":material/check:"):
            if put(target, mended):
                saved()
                st.rerun()
            show_error()


def _fields(question: Question) -> Question:
    """The fields of the form, and what stands in them now."""

    def text(label: str, value: str | None, tall: int = 80) -> str:
        return st.text_area(label, value or "", key=f"edit-{label}-{question.id}", max_chars=8000, height=tall).strip()

    asked = text("Câu hỏi", question.question)
    refuse = st.checkbox(REFUSE, not question.answerable, key=f"edit-refuse-{question.id}")
    return Question(
        id=question.id,
        question=asked,
        answerable=not refuse,
        must=_lines(text("Câu trả lời phải có (mỗi dòng một chuỗi)", "\n".join(question.must))),
        any_of=_lines(text("Có một trong (mỗi dòng một chuỗi)", "\n".join(question.any_of))),
        must_not=_lines(text("Không được có (mỗi dòng một chuỗi)", "\n".join(question.must_not))),
        evidence=text("Căn cứ, nguyên văn", question.evidence, 100) or None,
        document=st.text_input("Tên tệp có căn cứ", question.document or "", key=f"edit-file-{question.id}") or None,
        kind=st.text_input("Loại", question.kind, key=f"edit-kind-{question.id}").strip(),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())
