"""The administrator's charts: questions a day, and what a bar for answering costs."""

from __future__ import annotations

from typing import Any

import altair as alt

from ui.schemas_admin import Coverage, UsageDay

GREEN, AMBER, GREY = "#0b8f7b", "#d97706", "#8494a7"
LINES = {
    "answered": ("Trả lời được, trong câu có", GREEN),
    "right": ("Đúng, trong câu trả lời", GREY),
    "let_through": ("Trả lời nhầm, trong câu không có", AMBER),
}
HEIGHT = 220
Chart = Any  # altair tells no types of its own


def coverage_chart(coverage: Coverage, threshold: float, standing: float) -> Chart:
    """Three shares over the bar; the full line stands where it is now, the dashed one where it would be."""
    values = [
        {"bar": point.threshold, "share": getattr(point, field), "name": name}
        for point in coverage.points
        for field, (name, _) in LINES.items()
    ]
    names, colours = zip(*LINES.values(), strict=True)
    lines = (
        alt.Chart(alt.InlineData(values=values))
        .mark_line(point=True, strokeWidth=2)
        .encode(
            x=alt.X("bar:Q", title="Ngưỡng", scale=alt.Scale(domain=[0, 1])),
            y=alt.Y("share:Q", title=None, axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1])),
            color=alt.Color(
                "name:N",
                scale=alt.Scale(domain=list(names), range=list(colours)),
                legend=alt.Legend(title=None, orient="bottom", columns=1, labelLimit=320),
            ),
            tooltip=[alt.Tooltip("name:N", title="Là"), alt.Tooltip("share:Q", title="Tỷ lệ", format=".0%")],
        )
    )
    return alt.layer(lines, _rule(standing, []), _rule(threshold, [4, 4])).properties(height=HEIGHT + 80)


def _rule(at: float, dash: list[int]) -> Chart:
    return alt.Chart(alt.InlineData(values=[{"at": at}])).mark_rule(color=GREY, strokeDash=dash).encode(x="at:Q")


def days_chart(days: list[UsageDay]) -> Chart:
    """Answered and refused questions, stacked by day."""
    values = [
        {"day": each.day.isoformat(), "n": n, "what": what}
        for each in days
        for what, n in (("Trả lời", each.questions - each.refused), ("Từ chối", each.refused))
    ]
    return (
        alt.Chart(alt.InlineData(values=values))
        .mark_bar()
        .encode(
            x=alt.X("yearmonthdate(day):O", title=None, axis=alt.Axis(format="%d/%m", labelOverlap=True, labelAngle=0)),
            y=alt.Y("n:Q", title=None, axis=alt.Axis(tickMinStep=1, format="d")),
            color=alt.Color(
                "what:N",
                scale=alt.Scale(domain=["Trả lời", "Từ chối"], range=[GREEN, AMBER]),
                legend=alt.Legend(title=None, orient="bottom"),
            ),
            tooltip=[
                alt.Tooltip("day:T", title="Ngày", format="%d/%m/%Y"),
                alt.Tooltip("what:N", title="Kết quả"),
                alt.Tooltip("n:Q", title="Số câu"),
            ],
        )
        .properties(height=HEIGHT)
    )
