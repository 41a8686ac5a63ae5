"""The administrator's charts: questions a day, and what a bar for answering costs."""

from __future__ import annotations

import altair as alt

from ui.schemas_admin import Coverage, UsageDay
from ui.talk.chart import INK, MAIN, OTHER, Chart, decimal_axis, draw

LINES = {
    "answered": ("Trả lời được, trong câu có", MAIN),
    "right": ("Đúng, trong câu trả lời", "#5b7fc7"),
    "let_through": ("Trả lời nhầm, trong câu không có", OTHER),
}
HEIGHT = 220


def coverage(measured: Coverage, threshold: float, standing: float, told: str) -> None:
    """Three shares over the bar; the full line stands where it is now, the dashed one where it would be."""
    values = [
        {"bar": point.threshold, "share": getattr(point, field), "name": name}
        for point in measured.points
        for field, (name, _) in LINES.items()
    ]
    names, colours = zip(*LINES.values(), strict=True)
    lines = (
        alt.Chart(alt.InlineData(values=values))
        .mark_line(point=True, strokeWidth=2)
        .encode(
            x=alt.X("bar:Q", axis=decimal_axis("Ngưỡng"), scale=alt.Scale(domain=[0, 1])),
            y=alt.Y("share:Q", axis=alt.Axis(title=None, format=".0%"), scale=alt.Scale(domain=[0, 1])),
            color=alt.Color(
                "name:N",
                scale=alt.Scale(domain=list(names), range=list(colours)),
                legend=alt.Legend(title=None, orient="top", columns=1),
            ),
            tooltip=[alt.Tooltip("name:N", title="Là"), alt.Tooltip("share:Q", title="Tỷ lệ", format=".0%")],
        )
    )
    rules = _rule(standing, []), _rule(threshold, [4, 4])
    draw(alt.layer(lines, *rules).properties(height=HEIGHT + 80), told)


def _rule(at: float, dash: list[int]) -> Chart:
    return alt.Chart(alt.InlineData(values=[{"at": at}])).mark_rule(color=INK, strokeDash=dash).encode(x="at:Q")


def days(counted: list[UsageDay]) -> None:
    """Answered and refused questions, stacked by day."""
    values = [
        {"day": each.day.isoformat(), "n": n, "what": what}
        for each in counted
        for what, n in (("Trả lời", each.questions - each.refused), ("Từ chối", each.refused))
    ]
    drawn = (
        alt.Chart(alt.InlineData(values=values))
        .mark_bar()
        .encode(
            x=alt.X("yearmonthdate(day):O", title=None, axis=alt.Axis(format="%d/%m", labelOverlap=True, labelAngle=0)),
            y=alt.Y("n:Q", title=None, axis=alt.Axis(tickMinStep=1, format="d")),
            color=alt.Color(
                "what:N",
                scale=alt.Scale(domain=["Trả lời", "Từ chối"], range=[MAIN, OTHER]),
                legend=alt.Legend(title=None, orient="top"),
            ),
            tooltip=[
                alt.Tooltip("day:T", title="Ngày", format="%d/%m/%Y"),
                alt.Tooltip("what:N", title="Kết quả"),
                alt.Tooltip("n:Q", title="Số câu"),
            ],
        )
    )
    told = "; ".join(
        f"{each.day:%d/%m}: {each.questions} câu, từ chối {each.refused}" for each in counted if each.questions
    )
    draw(drawn.properties(height=HEIGHT), f"Số câu hỏi mỗi ngày: {told}")
