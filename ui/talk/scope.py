"""Where to look: the choices behind “Phạm vi”, and what was chosen as pills above the line to type in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from ui.schemas import Filters
from ui.schemas_documents import Document, Facets
from ui.schemas_talk import Narrowing
from ui.talk.session import attempt, client, document, session
from ui.talk.text import element, label, plain, short

PILLS = 8  # values; more are a list to search
OFFERED = 4  # documents to take at a time …
UNASKED = 3  # … and before any was looked for
SHOWN = 3  # documents named in a line
Part = tuple[str, Narrowing]  # what one restriction is called, and what stays without it


def show() -> None:
    """Draw the row: what may be chosen, then what was, each with a way to drop it."""
    held = session()
    with st.container(key="scope", horizontal=True, gap="xsmall", vertical_alignment="center"):
        with st.popover("Phạm vi tìm", icon=":material/tune:", type="tertiary", key="scope-choices"):
            _choices()
        limits = parts(held.narrowing)
        if limits:
            st.html(element("Chỉ tìm trong:", "hoi-card-meta"), width="content")
        for number, (name, rest) in enumerate(limits):
            st.button(
                label(name, 60),
                key=f"scope-pill-{number}",
                icon=":material/close:",
                icon_position="right",
                on_click=held.narrow,
                args=(rest,),
            )


def parts(narrowing: Narrowing) -> list[Part]:
    """Each restriction by itself: documents first, then period, place, kind, issuer."""
    filters, ids = narrowing.filters, narrowing.document_ids or []
    found = [(_name(id), _with_ids(narrowing, [other for other in ids if other != id])) for id in ids]
    if filters.issued_from or filters.issued_to:
        found.append((period(filters), _with(narrowing, issued_from=None, issued_to=None)))
    texts = {"place": filters.place, "kind": filters.kind, "issuer": filters.issuer}
    return [*found, *((text, _with(narrowing, **{name: None})) for name, text in texts.items() if text)]


def named(narrowing: Narrowing) -> str:
    """Where one looked, in one line: "Công văn 118-CV/BDVHU; năm 2019"; "" for everywhere."""
    names = [name for name, _ in parts(narrowing)]
    more = len(narrowing.document_ids or []) - SHOWN
    return "; ".join([*names[:SHOWN], f"{more} văn bản khác", *names[SHOWN + more :]] if more > 0 else names)


def period(filters: Filters) -> str:
    """The years in words."""
    first, last = filters.issued_from, filters.issued_to
    if first and last:
        return f"năm {first.year}" if first.year == last.year else f"từ năm {first.year} đến năm {last.year}"
    return f"từ năm {first.year}" if first else f"đến năm {last.year}" if last else ""


def _choices() -> None:
    held = session()
    if held.facets is None or not held.facets.found:  # an empty store may have been filled since
        held.facets = attempt(client().facets, aside=True)
    if held.facets is None:
        plain("Chưa lấy được danh mục để chọn.", "hoi-card-meta")
        return
    with st.container(key="scope-ways", gap="xsmall"):  # all in sight: a list closes where opening it scrolls
        plain("Chỉ tìm trong những văn bản được chọn. Bỏ trống thì tìm trong tất cả.", "hoi-card-meta")
        _documents()
        filters = held.narrowing.filters
        _one("Loại văn bản", "kind", [each.value for each in held.facets.kinds], filters.kind)
        _one("Địa danh", "place", [each.value for each in held.facets.places], filters.place)
        _one("Cơ quan ban hành", "issuer", [each.value for each in held.facets.issuers], filters.issuer)
        _years(held.facets, filters)


def _one(title: str, name: str, values: list[str], chosen: str | None) -> None:
    """One value of a facet: pills where they are few, a list to search where they are many."""
    held = session()
    key = f"scope-{name}-{held.scoped}"
    values = values if chosen is None or chosen in values else [chosen, *values]
    take = partial(_taken, key, lambda value: _with(held.narrowing, **{name: value}))
    if len(values) <= PILLS:
        st.pills(title, values, default=chosen, key=key, format_func=label, on_change=take)
    else:
        _list(title, values, chosen, key, take)


def _list(title: str, values: list[str], chosen: str | None, key: str, take: Callable[[], None]) -> None:
    at = values.index(chosen) if chosen else None
    st.selectbox(title, values, at, key=key, placeholder="Chọn hoặc gõ để tìm", on_change=take)


def _years(facets: Facets, filters: Filters) -> None:
    """From one year to another; a year of one's own choosing at either end moves the other along."""
    held = session()
    years = [each.value for each in facets.years]
    ends = (("Từ năm", "first", filters.issued_from), ("Đến năm", "last", filters.issued_to))
    for column, (title, name, day) in zip(st.columns(2), ends, strict=True):
        key = f"scope-{name}-{held.scoped}"
        known = years if day is None or str(day.year) in years else [str(day.year), *years]
        with column:
            _list(title, known, str(day.year) if day else None, key, partial(_taken, key, partial(_dated, name)))


def _dated(end: str, year: str | None) -> Narrowing:
    held, day = session(), date(int(year), 1, 1) if year else None
    last = day.replace(month=12, day=31) if day else None
    filters = held.narrowing.filters
    if end == "first":
        other = filters.issued_to
        return _with(held.narrowing, issued_from=day, issued_to=last if other and day and other < day else other)
    first = filters.issued_from
    return _with(held.narrowing, issued_from=day if first and last and first > last else first, issued_to=last)


def _documents() -> None:
    """Documents by number or name."""
    held = session()
    key = f"scope-find-{held.scoped}"
    words = st.text_input("Văn bản", key=key, placeholder="Gõ số hoặc tên rồi nhấn Enter")
    found = attempt(lambda: client().facets(words), aside=True) if words else held.facets
    chosen = held.narrowing.document_ids or []
    offered = [each for each in (found.found if found else []) if each.id not in chosen]
    if words and not offered:
        plain("Không có văn bản nào khác mang tên ấy.", "hoi-card-meta")
    for each in offered[: OFFERED if words else UNASKED]:
        taken = _with_ids(held.narrowing, [*chosen, each.id])
        st.button(
            label(_known(each), 90),
            key=f"scope-take-{each.id}",
            icon=":material/add:",
            type="tertiary",
            on_click=held.narrow,
            args=(taken,),
        )


def _taken(key: str, narrowed: Callable[[str | None], Narrowing]) -> None:
    held = session()
    held.narrowing = narrowed(st.session_state[key])  # the widget shows it already: nothing is drawn anew


def _name(id: str) -> str:
    known = document(id)
    return short(known, known) if known else "văn bản đã xóa"


def _known(document: Document) -> str:
    name = short(document, document)
    return f"{name}: {document.subject}" if document.number and document.subject else name


def _with(narrowing: Narrowing, **changed: date | str | None) -> Narrowing:
    return narrowing.model_copy(update={"filters": narrowing.filters.model_copy(update=changed)})


def _with_ids(narrowing: Narrowing, ids: list[str]) -> Narrowing:
    return narrowing.model_copy(update={"document_ids": ids or None})
