"""How every chart is drawn: legible on white paper, on a light and on a dark screen alike; nothing is fetched."""

from __future__ import annotations

from typing import Any

import altair as alt
import streamlit as st

INK, GRID = "#76808d", "#76808d55"
MAIN, OTHER, GOOD, BAD = "#15907d", "#c9822b", "#2e9e63", "#cf5442"
Chart = Any  # altair tells no types of its own
Picked = dict[str, Any]  # what Streamlit takes to hear of what is clicked


def draw(chart: Chart, told: str, picked: Picked | None = None) -> None:
    """`told`: the chart for those who cannot see it."""
    dressed = (
        chart.configure(background="transparent", font="sans-serif")
        .configure_axis(
            labelColor=INK, titleColor=INK, gridColor=GRID, domainColor=GRID, tickColor=GRID, labelFontSize=12
        )
        .configure_legend(labelColor=INK, labelFontSize=12, labelLimit=320)
        .configure_view(stroke=None)
    )
    st.altair_chart(dressed, width="stretch", theme=None, alt=told, **(picked or {}))


def decimal_axis(title: str | None = None, **other: Any) -> alt.Axis:
    """An axis of shares from 0 to 1 as they are written here: 0,4."""
    tenths = [n / 10 for n in range(11)]
    return alt.Axis(title=title, values=tenths, labelExpr="replace(format(datum.value, '.1f'), '.', ',')", **other)
