"""What the workbench's pages share: the API, the chosen run, opening a document at a place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

import streamlit as st

from eval.judge import find
from eval.perturb import VIETNAMESE
from eval.question import Question
from eval.record import Record
from ui.evaluation.client import EvaluationClient
from ui.schemas_evaluation import KeptRun
from ui.talk.session import Reading, address, documents, session, text
from ui.talk.text import element

RUN = "lan"  # of the address: the run that is looked at
PART = "evaluation-part"  # in the page's state
CHOSEN = "set-to-run"  # in the page's state: the set that is to be chosen next where runs begin


def bench() -> EvaluationClient:
    """The API as this visitor."""
    return _connected(*address())


@st.cache_resource(max_entries=200, show_spinner=False)
def _connected(url: str, key: str) -> EvaluationClient:
    return EvaluationClient(url, key)


def moment(at: datetime | None) -> str:
    return f"{at.astimezone():%d/%m/%Y %H:%M}" if at else ""


def run_label(kept: KeptRun) -> str:
    return f"{kept.run.name} · {moment(kept.run.created_at)}"


def condition_label(condition: str) -> str:
    return VIETNAMESE.get(condition, condition)


def look_at(run: str | None) -> None:
    """Leads to a run's results, or back to the list."""
    if run:
        st.query_params[RUN] = run
    else:
        st.query_params.pop(RUN, None)
    session().read(None)


def go_to(part: str) -> None:
    """Leads to another part of the workbench."""
    st.session_state[PART] = part
    look_at(None)


def places(record: Record, key: str) -> None:
    """Buttons that open what the answer cites, and what it should have cited."""
    with st.container(horizontal=True, gap="small"):
        for cited in record.citations:
            reading = Reading(
                cited.document_id, cited.start, cited.end, cited.section, cited.page, f"{key}-{cited.marker}"
            )
            name = f"Mở trích dẫn {cited.marker}"
            st.button(
                name,
                key=f"{key}-c{cited.marker}",
                icon=":material/menu_book:",
                on_click=session().read,
                args=(reading,),
            )
        if record.document and record.evidence:
            open_evidence(record.document, record.evidence, key)


def open_evidence(file: str, evidence: str, key: str) -> None:
    """A button that opens the expected place, once it is found in a document of this file name."""
    if st.button("Mở căn cứ cần có", key=f"{key}-e", icon=":material/location_searching:"):
        found = _located(file, evidence, f"{key}-e")
        if found is None:
            st.toast("Kho hiện không có văn bản ấy, hoặc văn bản không có nguyên văn ấy.")
            return
        session().read(found)
        st.rerun()


def _located(file: str, evidence: str, source: str) -> Reading | None:
    for document in documents():
        if document.file == file and (words := text(document.id)) is not None:
            for span in find(words, evidence)[:1]:
                return Reading(document.id, span.start, span.end, source=source)
    return None


def expectation(question: Question | Record) -> Sequence[str]:
    """What the answer has to be, in words."""
    if not question.answerable:
        return ("Phải từ chối: tài liệu không có.",)
    lines = [f"Phải có: {_quoted(question.must)}"] if question.must else []
    lines += [f"Có một trong: {_quoted(question.any_of)}"] if question.any_of else []
    return [*lines, *([f"Không được có: {_quoted(question.must_not)}"] if question.must_not else [])]


def question_lines(question: Question | Record) -> str:
    """What the answer has to hold and to rest on, as HTML."""
    lines = "".join(element(line, "hoi-case-text") for line in expectation(question))
    if not question.evidence:
        return lines
    cite = f"<cite>{escape(question.document or '')}</cite>"
    return f"{lines}<blockquote>{escape(question.evidence)} {cite}</blockquote>"


def _quoted(parts: Sequence[str]) -> str:
    return ", ".join(f"“{part}”" for part in parts)
