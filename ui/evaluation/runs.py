"""The runs: begin one, watch it, stop it; then its results."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from eval.perturb import VIETNAMESE
from eval.runs import OPEN, Against, State, Status
from ui.evaluation import results
from ui.evaluation.session import RUN, bench, look_at, moment
from ui.schemas_evaluation import KeptRun, RunRequest
from ui.talk.session import attempt, show_error
from ui.talk.text import element, joined, plain

POLL_SECONDS = 1.0
STATUS: dict[Status, str] = {
    "waiting": "Đang chờ",
    "running": "Đang chạy",
    "done": "Đã xong",
    "cancelled": "Đã dừng",
    "failed": "Không chạy được",
    "interrupted": "Bị ngắt giữa chừng",
}
AGAINST: dict[Against, str] = {"store": "Kho hiện có", "corpus": "Thư mục văn bản mẫu (HOI_CORPUS)"}


def show() -> None:
    """Draw one run's results where the address names one, else the list."""
    if chosen := st.query_params.get(RUN):
        results.show(chosen)
        return
    _beginning()
    runs = attempt(bench().runs)
    show_error()
    if runs is None:
        return
    if not runs:
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
    asked = joined(f"{run.questions} câu", AGAINST[run.against], *options, threshold)
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
        perturb=list(run.options.perturb),
        k=run.options.k,
        threshold=run.options.threshold,
    )


def _beginning() -> None:
    sets = attempt(bench().sets) or []
    if not sets:
        plain(
            "Trước hết cần một bộ câu hỏi: đưa tệp JSONL lên, hoặc soạn câu hỏi từ văn bản, ở mục “Bộ câu hỏi”.",
            "hoi-welcome",
        )
        return
    names = {each.id: f"{each.name} ({each.questions} câu)" for each in sets}
    with st.form("begin-run", border=True):
        chosen = st.selectbox("Bộ câu hỏi", list(names), format_func=names.__getitem__, key="run-set")
        name = st.text_input("Tên lần chấm", key="run-name", max_chars=120, placeholder="Ví dụ: trước khi đổi mô hình")
        perturb = st.pills(
            "Hỏi thêm theo những cách gõ",
            list(VIETNAMESE),
            format_func=VIETNAMESE.__getitem__,
            selection_mode="multi",
            key="run-perturb",
        )
        with st.expander("Tùy chọn khác"):
            against: Against = st.radio("Hỏi trên", list(AGAINST), format_func=AGAINST.__getitem__, key="run-against")
            k = st.number_input("Số đoạn tìm cho mỗi câu", 1, 50, 8, key="run-k")
            threshold = st.slider(
                "Coi là từ chối khi độ tin cậy thấp hơn", 0.0, 1.0, 0.0, 0.05, key="run-threshold", format="%.2f"
            )
        if st.form_submit_button("Chấm", type="primary", icon=":material/play_arrow:"):
            wanted = RunRequest(
                set_id=chosen, name=name.strip() or None, against=against, perturb=perturb, k=k, threshold=threshold
            )
            attempt(lambda: bench().start_run(wanted))
