"""Two runs side by side: which is better, whether that may be chance, and the questions that flipped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from eval.answers import LABELS
from eval.compare import Change, Comparison, Difference, Flip, KindDifference
from eval.compare_report import CHANGES, decimal, points
from ui.evaluation import charts
from ui.evaluation.results import answered, expected
from ui.evaluation.session import bench, condition_label, places, run_label
from ui.talk.session import attempt, error_line, show_error
from ui.talk.table import table
from ui.talk.text import element, joined, plain

SHOWN = 20  # flips of each kind, until all are asked for
MEANING = (
    "Đổi: số câu sai thành đúng và đúng thành sai. Khoảng 95 %: lấy lại mẫu theo cặp câu hỏi. p: kiểm định McNemar"
    " chính xác trên các câu đổi kết quả; dưới 0,05 thì khó là ngẫu nhiên."
)
FIGURES = "hoi-figures-table"
TITLES = ("chỉ số", "số câu", "A", "B", "B hơn A", "khoảng 95 %", "đổi", "p")


def show() -> None:
    """Choose two runs that are done; draw what is between them."""
    runs = [each for each in attempt(bench().runs) or [] if each.state.status == "done"]
    show_error()
    if len(runs) < 2:
        plain(
            "Cần hai lần chấm đã xong để so sánh. Hãy chấm cùng một bộ câu hỏi hai lần, trước và sau khi thay đổi.",
            "hoi-welcome",
        )
        return
    names = {each.run.id: run_label(each) for each in runs}
    ids = list(names)
    before, after = _latest_pair([each.run.set_id for each in runs])
    first = st.selectbox("A (trước)", ids, before, format_func=names.__getitem__, key="compare-first")
    second = st.selectbox("B (sau)", ids, after, format_func=names.__getitem__, key="compare-second")
    if first == second:
        plain("Hãy chọn hai lần chấm khác nhau.", "hoi-welcome")
        return
    condition = st.session_state.get(f"compare-condition-{first}-{second}")
    found = attempt(lambda: bench().compare(first, second, condition))
    if found is None:
        show_error()
        return
    compared = found.comparison
    if len(compared.conditions) > 1:
        st.selectbox(
            "Cách gõ", compared.conditions, format_func=condition_label, key=f"compare-condition-{first}-{second}"
        )
    for warning in found.warnings:
        error_line(warning)
    st.html(element(found.verdict, "hoi-verdict"))
    st.download_button(
        "Tải trang so sánh HTML",
        data=lambda: bench().compare_report(first, second, compared.condition),
        file_name="so-sanh.html",
        mime="text/html",
        key="compare-report",
        icon=":material/download:",
        on_click="ignore",
    )
    _figures(compared)
    _flips(compared)


def _latest_pair(sets: Sequence[str]) -> tuple[int, int]:
    """The places of the two latest runs of one set, the earlier first; without any, of the two latest."""
    pairs = ((sets.index(each, after + 1), after) for after, each in enumerate(sets) if each in sets[after + 1 :])
    return next(pairs, (1, 0))


def _figures(compared: Comparison) -> None:
    charts.differences(compared)
    st.html(table("Chênh lệch từng chỉ số", TITLES, [_row(each) for each in compared.differences], FIGURES))
    plain(MEANING, "hoi-doc-meta")
    st.subheader("Theo loại câu hỏi", anchor=False)
    rows = [_kind_row(each) for each in compared.kinds]
    st.html(table("Theo loại câu hỏi", ("loại", "số câu", "A đúng", "B đúng", "đổi"), rows, FIGURES))


def _row(each: Difference) -> tuple[str, ...]:
    interval = f"{points(each.low)} … {points(each.high)}"
    shares = (charts.percent(each.first), charts.percent(each.second), points(each.difference), interval)
    return (LABELS[each.metric], str(each.questions), *shares, _turned(each), decimal(each.p))


def _kind_row(each: KindDifference) -> tuple[str, ...]:
    shares = (charts.percent(each.first), charts.percent(each.second))
    return (each.kind or "(không ghi)", str(each.questions), *shares, _turned(each))


def _turned(each: Difference | KindDifference) -> str:
    """Questions won and lost: "+3 −1"."""
    return f"+{each.won} \u2212{each.lost}"


def _flips(compared: Comparison) -> None:
    st.subheader("Câu đổi kết quả", anchor=False)
    if not compared.flips:
        plain("Không có câu nào đổi kết quả.", "hoi-welcome")
    for change, name in CHANGES.items():
        found = [flip for flip in compared.flips if flip.change == change]
        if found:
            st.html(element(f"{name.capitalize()}: {len(found)} câu", "hoi-flip-name"))
            _some(found, change)


def _some(found: list[Flip], change: Change) -> None:
    every = f"flips-all-{change}"
    shown = found if st.session_state.get(every) else found[:SHOWN]
    for number, flip in enumerate(shown):
        _flip(flip, f"flip-{change}-{number}")
    if len(found) > len(shown):
        st.button(
            f"Xem cả {len(found)} câu", key=f"{every}-button", on_click=lambda: st.session_state.update({every: True})
        )


def _flip(flip: Flip, key: str) -> None:
    first, second = flip.first, flip.second
    with st.container(border=True, gap="xsmall", key=key):
        st.html(
            f'<div class="hoi-case-head"><span>{escape(joined(first.id, first.kind))}</span></div>'
            f'<div class="hoi-case-question">{escape(first.asked)}</div>'
            f'<div class="hoi-case-two"><div>{answered(first, "A")}</div><div>{answered(second, "B")}</div></div>'
            f"{expected(first)}"
        )
        places(second, key)
