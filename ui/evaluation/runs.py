"""The runs: begin one, watch it, stop it; then its results."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from eval.perturb import VIETNAMESE
from eval.runs import BROUGHT, OPEN, Against, State, Status
from ui.evaluation import results, sets
from ui.evaluation.session import CHOSEN, RUN, bench, look_at, moment
from ui.schemas_evaluation import KeptRun, RunRequest
from ui.talk.session import attempt, show_error
from ui.talk.text import element, figure, joined, plain

POLL_SECONDS = 1.0
BARS = [n / 20 for n in range(21)]
STATUS: dict[Status, str] = {
    "waiting": "Đang chờ",
    "running": "Đang chạy",
    "done": "Đã xong",
    "cancelled": "Đã dừng",
    "failed": "Không chạy được",
    "interrupted": "Bị ngắt giữa chừng",
}
AGAINST: dict[Against, str] = {"store": "Kho hiện có", "corpus": "Thư mục văn bản mẫu (HOI_CORPUS)"}
Place = tuple[Against, str]  # where questions are asked, and the id of documents that were brought


def show() -> None:
    """Draw one run's results where the address names one, else the list."""
    if chosen := st.query_params.get(RUN):
        results.show(chosen)
        return
    begun = _beginning()
    runs = attempt(bench().runs)
    show_error()
    if runs is None:
        return
    if not runs:
        if begun:
            plain("Chưa có lần chấm nào. Chọn một bộ câu hỏi ở trên rồi bấm “Chấm”.", "hoi-welcome")
        return
    if any(each.state.status in OPEN for each in runs):
        _watched()
    else:
        _list(runs)


@st.fragment(run_every=POLL_SECONDS)
def _watched() -> None:
    """The list, drawn anew every second until nothing runs any more."""
    runs = attempt(bench().runs) or []
    _list(runs)
    if not any(each.state.status in OPEN for each in runs):
        st.rerun()


def _list(runs: list[KeptRun]) -> None:
    for kept in runs:
        _card(kept)


def _card(kept: KeptRun) -> None:
    run, state = kept.run, kept.state
    with st.container(border=True, gap="xsmall", key=f"run-{run.id}"):
        st.html(element(run.name, "hoi-doc-title") + element(_described(kept), "hoi-doc-meta"))
        if state.status in OPEN:
            st.progress(state.done / kept.total, _progress(kept))
        with st.container(horizontal=True, gap="small"):
            if state.status == "done":
                st.button(
                    "Xem kết quả", key=f"look-{run.id}", icon=":material/bar_chart:", on_click=look_at, args=(run.id,)
                )
            if state.status in OPEN:
                cancel = partial(_do, partial(bench().cancel_run, run.id))
                st.button("Dừng", key=f"cancel-{run.id}", icon=":material/stop_circle:", on_click=cancel)
            else:
                again = partial(_do, partial(bench().start_run, _same(kept)))
                st.button("Chấm lại", key=f"again-{run.id}", icon=":material/refresh:", on_click=again)
                remove = partial(_do, partial(bench().remove_run, run.id))
                st.button("Xóa", key=f"remove-{run.id}", icon=":material/delete:", type="tertiary", on_click=remove)


def _do(call: Callable[[], object]) -> None:
    attempt(call)


def _described(kept: KeptRun) -> str:
    run, state = kept.run, kept.state
    figures = state.metrics or {}
    shares = [
        f"{name} {100 * value:.1f} %".replace(".", ",")
        for key, name in (("right", "đúng"), ("cited", "dẫn đúng chỗ"))
        if (value := figures.get(key)) is not None
    ]
    options = [VIETNAMESE[name] for name in run.options.perturb]
    threshold = f"ngưỡng {run.options.threshold:g}".replace(".", ",") if run.options.threshold else ""
    status = STATUS[state.status] if state.status != "done" else joined(*shares)
    where = f"Tập “{run.documents_name}”" if run.documents_id else AGAINST[run.against]
    asked = joined(f"{run.questions} câu", where, *options, threshold)
    return joined(status, state.message, asked, moment(run.created_at), run.created_by)


def _progress(kept: KeptRun) -> str:
    state: State = kept.state
    if state.status == "waiting":
        return "Đang chờ lần chấm trước xong"
    if not state.done:
        return "Đang chuẩn bị"
    return f"{state.done}/{kept.total} lượt hỏi, {state.right} lượt đúng"


def _same(kept: KeptRun) -> RunRequest:
    run = kept.run
    return RunRequest(
        set_id=run.set_id,
        name=run.name,
        against=run.against,
        documents_id=run.documents_id or None,
        perturb=list(run.options.perturb),
        k=run.options.k,
        threshold=run.options.threshold,
    )


def _beginning() -> bool:
    """The form that begins a run, or the box for a first set; whether there is anything to run."""
    kept = attempt(bench().sets)
    if not kept:
        if kept is not None:
            plain("Trước hết cần một bộ câu hỏi: đưa tệp lên đây, hoặc soạn từ văn bản ở mục “Soạn câu hỏi”.")
            sets.bring()
        return False
    names = {each.id: f"{each.name} ({each.questions} câu)" for each in kept}
    if (wanted := st.session_state.pop(CHOSEN, "")) in names:
        st.session_state["run-set"] = wanted
    with st.form("begin-run", border=True):
        chosen = st.selectbox("Bộ câu hỏi", list(names), format_func=names.__getitem__, key="run-set")
        places = _places()
        against, documents = st.selectbox("Hỏi trên", list(places), format_func=places.__getitem__, key="run-against")
        name = st.text_input("Tên lần chấm", key="run-name", max_chars=120, placeholder="Ví dụ: trước khi đổi mô hình")
        perturb = st.pills(
            "Hỏi thêm theo những cách gõ",
            list(VIETNAMESE),
            format_func=VIETNAMESE.__getitem__,
            selection_mode="multi",
            key="run-perturb",
        )
        with st.expander("Tùy chọn khác"):
            k = st.number_input("Số đoạn tìm cho mỗi câu", 1, 50, 8, key="run-k")
            threshold = st.select_slider(
                "Coi là từ chối khi độ tin cậy thấp hơn", BARS, format_func=_decimal, key="run-threshold"
            )
        if st.form_submit_button("Chấm", type="primary", icon=":material/play_arrow:"):
            asked = RunRequest(
                set_id=chosen,
                name=name.strip() or None,
                against=against,
                documents_id=documents or None,
                perturb=perturb,
                k=k,
                threshold=threshold,
            )
            attempt(lambda: bench().start_run(asked))
    return True


def _places() -> dict[Place, str]:
    """Where questions can be asked: the store, the sample folder, and what was brought."""
    found: dict[Place, str] = {(against, ""): name for against, name in AGAINST.items()}
    brought = attempt(bench().brought) or []
    return found | {(BROUGHT, each.id): f"Tập “{each.name}” ({figure(each.files)} tệp)" for each in brought}


def _decimal(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
