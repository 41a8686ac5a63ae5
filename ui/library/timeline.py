"""Documents along the years: a row for each kind, or for each document that another is linked to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt
import streamlit as st

from ui.schemas_documents import Document, DocumentLink
from ui.talk.chart import MAIN, Chart, draw
from ui.talk.text import day

ROW, MARGIN = 30, 50  # pixels of a row, and of the axis
OWN = "#d97706"
PICKED, KEY = "picked", "timeline"
NAMES = 12  # that are told to those who cannot see the chart


@dataclass(frozen=True, slots=True)
class Event:
    """A document on the time line: its row, its day, its name in full, and its id where it can be opened."""

    row: str
    day: date
    name: str
    id: str = ""
    own: bool = False


def linked(document: Document, links: Sequence[DocumentLink]) -> list[Event]:
    """The document and those linked to it that have a day, the oldest first."""
    events = {
        link.number or link.name: Event(link.number or link.name, link.issued_on, link.name)
        for link in links
        if link.issued_on
    }
    if document.issued_on:
        own = document.number or document.title
        events[own] = Event(own, document.issued_on, document.title, own=True)
    return sorted(events.values(), key=lambda event: event.day)


def by_kind(documents: Sequence[Document]) -> list[Event]:
    """All documents that have a day, in a row a kind."""
    return [
        Event(
            each.kind or "Khác",
            each.issued_on,
            f"{each.number} · {each.title}" if each.number else each.title or each.file,
            each.id,
        )
        for each in documents
        if each.issued_on
    ]


def show(events: Sequence[Event], opened: Callable[[str], None] | None = None) -> None:
    """Draw the points; `opened` hears the id of the one that is clicked."""
    named = "; ".join(f"{day(each.day)} {each.name}" for each in events[:NAMES])
    told = f"Dòng thời gian của {len(events)} văn bản: {named}{'…' if len(events) > NAMES else ''}"
    if opened is None:
        draw(_chart(events), told)
        return
    chart = _chart(events).add_params(alt.selection_point(name=PICKED, fields=["id"]))
    draw(chart, told, {"key": KEY, "selection_mode": PICKED, "on_select": lambda: _picked(opened)})


def _picked(opened: Callable[[str], None]) -> None:
    for point in st.session_state[KEY].selection.get(PICKED, [])[:1]:
        opened(point["id"])


def _chart(events: Sequence[Event]) -> Chart:
    rows = list(dict.fromkeys(event.row for event in events))
    values = [
        {"row": each.row, "day": each.day.isoformat(), "name": each.name, "id": each.id, "own": each.own}
        for each in events
    ]
    axis = alt.Axis(title=None, format="%Y", tickMinStep=31_536_000_000, labelOverlap=True)
    return (
        alt.Chart(alt.InlineData(values=values))
        .mark_circle(size=140, opacity=0.85)
        .encode(
            x=alt.X("day:T", axis=axis, scale=alt.Scale(nice="year")),
            y=alt.Y("row:N", sort=rows, axis=alt.Axis(title=None, labelLimit=150, grid=True)),
            color=alt.condition("datum.own", alt.value(OWN), alt.value(MAIN)),
            tooltip=[alt.Tooltip("name:N", title="Văn bản"), alt.Tooltip("day:T", title="Ngày", format="%d/%m/%Y")],
        )
        .properties(height=ROW * len(rows) + MARGIN)
    )
