"""What came of one run: figures, charts, and every answer that was not as expected beside what was."""

from __future__ import annotations

from html import escape

import streamlit as st

from eval.answers import LABELS
from eval.record import FAULT_LABELS, FAULTS, Record
from ui.evaluation import charts
from ui.evaluation.session import (
    bench,
    condition_label,
    look_at,
    moment,
    places,
    question_lines,
)
from ui.schemas_evaluation import Outcomes, RunResults, Wanted
from ui.talk.session import attempt, show_error
from ui.talk.text import element, joined, plain

PAGE = 10  # answers shown at once
SHOWN = ("right", "cited", "answered", "abstained", "supported")
EVERY = "Mọi loại"


def show(id: str) -> None:
    """Draw the results, with a way back to the list."""
    st.button(
        "Các lần chấm",
        key="back-to-runs",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=look_at,
        args=(None,),
    )
    found = attempt(lambda: bench().run(id))
    if found is None or found.summary is None:
        show_error()
        return
    _head(found)
    _figures(found)
    _charts(found)
    _answers(found)


def _head(found: RunResults) -> None:
    run, about = found.run, found.about
    lines = [joined(f"Bộ câu hỏi {run.set_name}", f"{run.questions} câu", moment(run.created_at), run.created_by)]
    if about:
        models = joined(f"nhúng {about.embedder}", about.reranker, about.llm or "chỉ trích nguyên văn")
        program = f"chương trình {about.version} ({about.build})"
        asked = joined(f"k = {about.options.k}", f"ngưỡng {about.options.threshold:g}".replace(".", ","))
        chosen = f"quản trị viên đã đặt {', '.join(about.chosen)}" if about.chosen else ""
        lines += [joined(f"{about.documents} văn bản ({about.against})", models, program, asked, chosen)]
    rest = "".join(f"<div>{escape(line)}</div>" for line in lines)
    st.html(f'{element(run.name, "hoi-run-title")}<div class="hoi-doc-meta">{rest}</div>')
    st.download_button(
        "Tải báo cáo HTML",
        data=lambda: bench().run_report(run.id),
        file_name=f"{run.name}.html",
        mime="text/html",
        key="run-report",
        icon=":material/download:",
        on_click="ignore",
    )


def _figures(found: RunResults) -> None:
    """The figures that matter, each with its 95 % interval."""
    assert found.summary
    metrics, intervals = found.summary.metrics, found.summary.intervals
    tiles = ""
    for name in SHOWN:
        value = metrics.get(name)
        if value is None:
            continue
        low, high = intervals[name]
        spread = f"{charts.percent(low)} – {charts.percent(high)}"
        tiles += (
            f'<div class="hoi-tile"><div class="hoi-tile-name">{escape(LABELS[name])}</div>'
            f'<div class="hoi-tile-value">{charts.percent(value)}</div>'
            f'<div class="hoi-tile-spread" title="Khoảng tin cậy 95 %">{spread}</div></div>'
        )
    st.html(f'<div class="hoi-tiles">{tiles}</div>')


def _charts(found: RunResults) -> None:
    summary = found.summary
    assert summary
    st.subheader("Theo loại câu hỏi", anchor=False)
    charts.by_kind(summary)
    if summary.perturbed:
        st.subheader("Theo cách gõ", anchor=False)
        charts.by_typing(summary)
    if summary.calibration.coverage_risk:
        st.subheader("Độ phủ và rủi ro", anchor=False)
        plain(
            "Nếu chỉ trả lời những câu chắc nhất: trả lời bấy nhiêu phần trăm số câu thì sai bao nhiêu phần trăm.",
            "hoi-doc-meta",
        )
        charts.coverage_risk(summary)
        st.subheader("Độ tin cậy", anchor=False)
        told = "Mỗi chấm là một nhóm câu trả lời; nằm trên đường chéo là nói đúng mức chắc chắn của mình."
        plain(told, "hoi-doc-meta")
        charts.reliability(summary)


def _answers(found: RunResults) -> None:
    st.subheader("Từng câu", anchor=False)
    wanted = _wanted(found)
    page = st.session_state.setdefault("evaluation-page", 0)
    answers = attempt(lambda: bench().run_answers(found.run.id, wanted.model_copy(update={"offset": page * PAGE})))
    if answers is None:
        show_error()
        return
    if not answers.total:
        st.html(element("Không có câu nào như vậy.", "hoi-welcome"))
    for number, record in enumerate(answers.records, page * PAGE):
        case(record, f"case-{number}")
    _paging(answers, page)


def _wanted(found: RunResults) -> Wanted:
    """The filters; changing one begins at the first page again."""
    fault = st.pills(
        "Lỗi",
        ["faulty", *(fault for fault in FAULTS if found.faults.get(fault)), "all"],
        format_func=lambda each: _fault_name(each, found),
        default="faulty",
        required=True,
        key="evaluation-fault",
        label_visibility="collapsed",
        on_change=_first_page,
    )
    assert found.summary
    with st.container(horizontal=True):
        kinds = [EVERY, *found.summary.by_kind]
        kind = st.selectbox(
            "Loại", kinds, key="evaluation-kind", on_change=_first_page, format_func=lambda kind: kind or "(không ghi)"
        )
        condition = st.selectbox(
            "Cách gõ", found.conditions, key="evaluation-condition", on_change=_first_page, format_func=condition_label
        )
    return Wanted(
        condition=condition,
        fault=fault if fault in FAULTS else None,
        faulty=fault == "faulty",
        kind=None if kind == EVERY else kind,
        limit=PAGE,
    )


def _fault_name(each: str, found: RunResults) -> str:
    names = {"faulty": "Mọi câu có lỗi", "all": "Tất cả các câu"} | {
        fault: f"{FAULT_LABELS[fault].capitalize()} ({count})" for fault, count in found.faults.items()
    }
    return names[each]


def _first_page() -> None:
    st.session_state["evaluation-page"] = 0


def _paging(answers: Outcomes, page: int) -> None:
    pages = -(-answers.total // PAGE)
    if pages < 2:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        back, on = (lambda: _turn(page - 1)), (lambda: _turn(page + 1))
        st.button("Trang trước", key="page-back", icon=":material/chevron_left:", disabled=page == 0, on_click=back)
        st.html(element(f"Trang {page + 1}/{pages}, {answers.total} câu", "hoi-doc-meta"))
        st.button("Trang sau", key="page-on", icon=":material/chevron_right:", disabled=page + 1 >= pages, on_click=on)


def _turn(page: int) -> None:
    st.session_state["evaluation-page"] = page


def case(record: Record, key: str) -> None:
    """A question: the answer and what it cites, beside what was expected."""
    with st.container(border=True, gap="xsmall", key=key):
        st.html(
            f'{_tags(record)}<div class="hoi-case-question">{escape(record.asked)}</div>'
            f'<div class="hoi-case-two"><div>{answered(record, "Đã trả lời")}</div><div>{expected(record)}</div></div>'
        )
        places(record, key)


def _tags(record: Record) -> str:
    faults = "".join(f'<span class="hoi-tag hoi-tag-bad">{FAULT_LABELS[fault]}</span>' for fault in record.faults)
    good = '<span class="hoi-tag hoi-tag-good">đúng</span>'
    sure = f"độ tin cậy {charts.percent(record.confidence)}"
    return (
        f'<div class="hoi-case-head">{faults or good}<span>{escape(joined(record.id, record.kind, sure))}</span></div>'
    )


def answered(record: Record, title: str) -> str:
    """The answer with its quotes, as HTML."""
    quotes = "".join(
        f"<blockquote>[{each.marker}] {escape(each.quote)} {_cite(joined(each.file, each.section))}</blockquote>"
        for each in record.citations
    )
    return f'<div class="hoi-case-name">{title}</div><div class="hoi-case-text">{escape(record.answer)}</div>{quotes}'


def expected(record: Record) -> str:
    """What the answer had to hold and rest on, as HTML."""
    return f'<div class="hoi-case-name">Cần có</div>{question_lines(record)}'


def _cite(file: str) -> str:
    return f"<cite>{escape(file)}</cite>"
