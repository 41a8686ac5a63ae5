"""The workbench's charts, each told in words too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import altair as alt

from eval.answers import LABELS, PLAIN
from eval.compare import Comparison, Difference
from eval.record import Summary
from ui.evaluation.session import condition_label
from ui.talk.chart import BAD, GOOD, INK, MAIN, OTHER, draw

ROW, AXIS = 30, 46  # pixels
Value = str | float | int | bool
Values = Sequence[Mapping[str, Value]]


def percent(value: float) -> str:
    return f"{100 * value:.1f}\u00a0%".replace(".", ",")


def by_kind(summary: Summary) -> None:
    """The share right of each kind, the worst first."""
    kinds = sorted(summary.by_kind.items(), key=lambda each: (each[1]["right"] or 0.0, each[0]))
    values = [
        _bar(f"{kind or '(không ghi)'} ({summary.counts[kind]})", figures["right"] or 0.0) for kind, figures in kinds
    ]
    draw(_bars(values, MAIN), "Tỷ lệ đúng theo loại câu hỏi: " + _told(values))


def by_typing(summary: Summary) -> None:
    """Right and cited for each way of typing, beside the questions as written."""
    asked = {PLAIN: summary.metrics} | summary.perturbed
    names = {"right": LABELS["right"], "cited": LABELS["cited"]}
    values: list[dict[str, Value]] = [
        _bar(condition_label(condition), figures[metric] or 0.0) | {"metric": name}
        for condition, figures in asked.items()
        for metric, name in names.items()
        if figures.get(metric) is not None
    ]
    order = [condition_label(condition) for condition in asked]
    base = _base(values).encode(
        y=alt.Y("name:N", sort=order, axis=_names()),
        yOffset=alt.YOffset("metric:N", sort=list(names.values())),
    )
    colour = alt.Color(
        "metric:N",
        scale=alt.Scale(domain=list(names.values()), range=[MAIN, OTHER]),
        legend=alt.Legend(title=None, orient="top"),
    )
    chart = base.mark_bar(height=18).encode(x=_share(), color=colour) + _labels(base)
    draw(chart.properties(height=ROW * len(order) * 1.7 + AXIS), "Tỷ lệ đúng theo cách gõ: " + _told(values))


def coverage_risk(summary: Summary) -> None:
    """The share of wrong answers when only the surest are given."""
    values: list[dict[str, Value]] = [
        {"x": each.coverage, "y": each.risk, "name": f"độ tin cậy từ {each.confidence:.2f}".replace(".", ",")}
        for each in summary.calibration.coverage_risk
    ]
    top = max(0.1, *(each.risk for each in summary.calibration.coverage_risk))
    base = _base(values).encode(
        x=alt.X("x:Q", title="phần câu hỏi được trả lời", axis=alt.Axis(format=".0%"), scale=alt.Scale(domain=[0, 1])),
        y=alt.Y("y:Q", title="phần trả lời sai", axis=alt.Axis(format=".0%"), scale=alt.Scale(domain=[0, top])),
        tooltip=[alt.Tooltip("name:N", title="Chỉ trả lời khi"), alt.Tooltip("y:Q", title="Sai", format=".1%")],
    )
    chart = base.mark_line(color=MAIN, strokeWidth=2.5) + base.mark_circle(color=MAIN, size=70, opacity=1)
    told = "; ".join(
        f"trả lời {each.coverage:.0%} thì sai {each.risk:.1%}" for each in summary.calibration.coverage_risk
    )
    draw(chart.properties(height=220), f"Độ phủ và rủi ro: {told}")


def reliability(summary: Summary) -> None:
    """What was right against what was promised, a dot for each tenth of confidence."""
    bins = summary.calibration.bins
    values: list[dict[str, Value]] = [
        {"x": each.confidence, "y": each.right, "count": each.count, "name": f"{each.count} câu"} for each in bins
    ]
    whole = alt.Scale(domain=[0, 1])
    dots = (
        _base(values)
        .mark_circle(color=MAIN, opacity=0.9)
        .encode(
            x=alt.X("x:Q", title="độ tin cậy", axis=alt.Axis(format=".0%"), scale=whole),
            y=alt.Y("y:Q", title="phần đúng", axis=alt.Axis(format=".0%"), scale=whole),
            size=alt.Size("count:Q", legend=None, scale=alt.Scale(range=[60, 500])),
            tooltip=[alt.Tooltip("name:N", title="Nhóm"), alt.Tooltip("y:Q", title="Đúng", format=".1%")],
        )
    )
    diagonal = (
        _base([{"x": 0, "y": 0}, {"x": 1, "y": 1}]).mark_line(color=INK, strokeDash=[5, 4]).encode(x="x:Q", y="y:Q")
    )
    told = "; ".join(f"tin {each.confidence:.0%}, đúng {each.right:.0%}" for each in bins)
    draw((diagonal + dots).properties(height=240), f"Độ tin cậy và tỷ lệ đúng: {told}")


def differences(compared: Comparison) -> None:
    """Each metric's difference, B less A, with its 95 % interval around zero."""
    values = [_interval(each) for each in compared.differences]
    order = [LABELS[each.metric] for each in compared.differences]
    base = _base(values).encode(y=alt.Y("name:N", sort=order, axis=_names()))
    points = alt.Axis(format="+.0%", title="B hơn A (điểm phần trăm)")
    rule = base.mark_rule(strokeWidth=2.5, color=INK).encode(x=alt.X("low:Q", axis=points), x2="high:Q")
    colour = alt.Color("side:N", legend=None, scale=alt.Scale(domain=["hơn", "kém", "bằng"], range=[GOOD, BAD, INK]))
    dots = base.mark_circle(size=130, opacity=1).encode(
        x="value:Q",
        color=colour,
        tooltip=[alt.Tooltip("name:N", title="Chỉ số"), alt.Tooltip("label:N", title="B hơn A")],
    )
    zero = _base([{"x": 0}]).mark_rule(color=INK, strokeDash=[4, 4]).encode(x="x:Q")
    told = "; ".join(f"{each['name']} {each['label']}" for each in values)
    draw((zero + rule + dots).properties(height=ROW * len(order) + AXIS), f"Chênh lệch giữa B và A: {told}")


def _interval(each: Difference) -> dict[str, Value]:
    side = "hơn" if each.difference > 0 else "kém" if each.difference < 0 else "bằng"
    label = f"{100 * each.difference:+.1f}".replace(".", ",")
    return {
        "name": LABELS[each.metric],
        "low": each.low,
        "high": each.high,
        "value": each.difference,
        "side": side,
        "label": label,
    }


def _bar(name: str, value: float) -> dict[str, Value]:
    return {"name": name, "value": value, "label": percent(value)}


def _bars(values: Values, colour: str) -> alt.LayerChart:
    order = [str(each["name"]) for each in values]
    base = _base(values).encode(y=alt.Y("name:N", sort=order, axis=_names()))
    chart = base.mark_bar(color=colour, height=16).encode(x=_share()) + _labels(base)
    drawn: alt.LayerChart = chart.properties(height=ROW * len(order) + AXIS)
    return drawn


def _base(values: Values) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=list(values)))


def _labels(base: alt.Chart) -> alt.Chart:
    """The figure behind each bar: paper has no tooltips."""
    labels: alt.Chart = base.mark_text(align="left", dx=4, color=INK, fontSize=12).encode(x=_share(), text="label:N")
    return labels


def _share() -> alt.X:
    return alt.X(
        "value:Q",
        title=None,
        axis=alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1]),
        scale=alt.Scale(domain=[0, 1.12]),
    )


def _names() -> alt.Axis:
    return alt.Axis(title=None, labelLimit=170)


def _told(values: Iterable[Mapping[str, Value]]) -> str:
    return "; ".join(" ".join(str(each[key]) for key in ("name", "metric", "label") if key in each) for each in values)
