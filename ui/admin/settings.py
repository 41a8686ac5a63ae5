"""Settings with their effect: the curve behind the bar, a trial on recent questions, what was changed and when."""

from __future__ import annotations

from html import escape

import streamlit as st

from ui.admin import charts
from ui.admin.parts import REASONS, admin, decimal, done, moment, percent
from ui.schemas_admin import Change, Coverage, Outcome, Settings, SettingsShown, Tried
from ui.talk.session import attempt
from ui.talk.table import table
from ui.talk.text import plain

NAMES = {
    "threshold": "Ngưỡng trả lời",
    "k": "Số đoạn trả về",
    "llm": "Viết bằng mô hình ngôn ngữ",
    "reranker": "Xếp hạng lại",
    "retention_days": "Số ngày giữ cuộc trò chuyện",
}
BARS = [n / 100 for n in range(96)]
DEFAULT = Settings.model_validate({})


def show() -> None:
    shown = attempt(admin().settings)
    if shown is None:
        return
    wanted = _choosing(shown)
    with st.container(horizontal=True):
        if st.button("Thử trên ba câu hỏi gần đây", key="settings-try", icon=":material/play_arrow:"):
            tried = attempt(lambda: admin().try_settings(wanted))
            st.session_state["admin-tried"] = tried
        if st.button("Lưu", key="settings-keep", type="primary", disabled=wanted == shown.chosen):
            _keep(wanted, "Đã lưu; câu hỏi ngay sau đây dùng cài đặt mới.")
        if st.button("Về mặc định", key="settings-default", type="tertiary", disabled=shown.chosen == DEFAULT):
            _keep(DEFAULT, "Đã trở về mặc định.")
    for each in st.session_state.pop("admin-tried", None) or []:
        _tried(each)
    _history(shown)
    _environment(shown)


def _choosing(shown: SettingsShown) -> Settings:
    """What the widgets say; a value equal to the default is none chosen."""
    chosen, defaults = shown.chosen, shown.defaults
    standing = defaults.threshold if chosen.threshold is None else chosen.threshold
    threshold = st.select_slider(
        f"Ngưỡng trả lời (mặc định {decimal(defaults.threshold)})",
        sorted({*BARS, standing}),
        standing,
        format_func=decimal,
        key=_key("threshold"),
        help="Chỉ trả lời khi độ chắc từ ngưỡng này; thấp hơn thì từ chối.",
    )
    _effect(shown.coverage, threshold, standing)
    k, days = st.columns(2)
    passages = k.number_input(f"{NAMES['k']} (mặc định {defaults.k})", 1, 50, chosen.k or defaults.k, key=_key("k"))
    kept = defaults.retention_days if chosen.retention_days is None else chosen.retention_days
    retention = days.number_input(
        "Số ngày giữ cuộc trò chuyện (0: giữ mãi)", 0, 36500, kept, key=_key("retention"),
        help="Cuộc trò chuyện không có gì mới lâu hơn thế bị xóa hẳn, mỗi giờ một lần.",
    )  # fmt: skip
    llm = _switch("llm", defaults.llm, chosen.llm, "HOI_LLM")
    if defaults.llm:
        _probe()
    reranker = _switch("reranker", defaults.reranker, chosen.reranker, "HOI_RERANKER")
    return Settings(
        threshold=None if threshold == defaults.threshold else threshold,
        k=None if passages == defaults.k else passages,
        llm=llm,
        reranker=reranker,
        retention_days=None if retention == defaults.retention_days else retention,
    )


def _key(name: str) -> str:
    """Another one after each change that was kept, so that the widgets show what stands."""
    return f"setting-{name}-{st.session_state.get('settings-round', 0)}"


def _switch(name: str, there: str | None, on: bool, variable: str) -> bool:
    about = there or f"chưa đặt {variable}"
    switched = st.toggle(f"{NAMES[name]} ({about})", on and there is not None, key=_key(name), disabled=there is None)
    return switched if there else on


def _effect(coverage: Coverage, threshold: float, standing: float) -> None:
    near = min(coverage.points, key=lambda point: (round(abs(point.threshold - threshold), 3), -point.threshold))
    told = (
        f"Với ngưỡng {decimal(threshold)}, trên {coverage.answerable + coverage.unanswerable} câu hỏi hiệu chỉnh:"
        f" trả lời {percent(near.answered)} số câu có trong tài liệu, {percent(near.right)} câu trả lời đúng,"
        f" và trả lời nhầm {percent(near.let_through)} số câu không có trong tài liệu."
    )
    plain(told)
    if not coverage.current:
        plain("Đường cong đo với mô hình chấm độ chắc trước đây nên chỉ gần đúng.", "hoi-doc-meta")
    charts.coverage(coverage, threshold, standing, told)


def _probe() -> None:
    if st.button("Gọi thử mô hình ngôn ngữ", key="llm-probe", type="tertiary", icon=":material/network_check:"):
        found = attempt(admin().language_model)
        if found is not None:
            seconds = f" Chữ đầu tiên sau {decimal(found.seconds)} giây." if found.seconds is not None else ""
            plain(f"{found.detail}{seconds}", "hoi-done" if found.reachable else "hoi-error")


def _keep(wanted: Settings, told: str) -> None:
    if done(lambda: admin().change_settings(wanted), told):
        st.session_state["settings-round"] = st.session_state.get("settings-round", 0) + 1
    st.rerun()


def _tried(tried: Tried) -> None:
    with st.container(border=True, gap="xsmall"):
        plain(tried.question, "hoi-doc-title")
        before, after = st.columns(2)
        for column, name, outcome in ((before, "Đang dùng", tried.before), (after, "Sau khi đổi", tried.after)):
            column.html(_outcome(name, outcome))


def _outcome(name: str, outcome: Outcome) -> str:
    how = f"từ chối, {REASONS[outcome.reason]}" if outcome.reason else "trả lời"
    sure = f"độ chắc {decimal(outcome.confidence)}"
    return (
        f'<div class="hoi-doc-meta"><b>{name}: {how}</b> ({sure})</div>'
        f'<div class="hoi-doc-meta">{escape(outcome.answer[:400])}</div>'
    )


def _history(shown: SettingsShown) -> None:
    if not shown.history:
        return
    st.subheader("Đã đổi", anchor=False)
    for each in shown.history[:20]:
        with st.container(horizontal=True, vertical_alignment="center"):
            plain(
                f"{moment(each.at)} · {NAMES.get(each.name, each.name)}: {_value(each.before)} → {_value(each.after)}"
            )
            standing = getattr(shown.chosen, each.name, each.before)
            if standing != each.before and st.button(
                "Lấy lại giá trị trước", key=f"revert-{each.number}", type="tertiary"
            ):
                _keep(
                    _reverted(shown.chosen, each), f"{NAMES.get(each.name, each.name)} trở lại {_value(each.before)}."
                )


def _reverted(chosen: Settings, change: Change) -> Settings:
    return Settings.model_validate(chosen.model_dump() | {change.name: change.before})


def _value(value: float | bool | None) -> str:
    if value is None:
        return "mặc định"
    if isinstance(value, bool):
        return "bật" if value else "tắt"
    return f"{value:g}".replace(".", ",")


def _environment(shown: SettingsShown) -> None:
    with st.expander("Do biến môi trường đặt; đổi thì phải khởi động lại máy chủ"):
        rows = [(each.name, each.value, each.about) for each in shown.environment]
        st.html(table("Biến môi trường", ("Biến", "Giá trị", "Là gì"), rows))
