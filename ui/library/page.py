"""The page of documents: adding files, the list, a document beside it, places, the time line, the store's state."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui import components
from ui.library import document, removal, state, table, timeline, upload
from ui.library.shelf import View, looked_at
from ui.schemas_shelf import Catalogue
from ui.talk import reader
from ui.talk.session import attempt, client, session, show_error
from ui.talk.text import figure, plain

STYLE = Path(__file__).with_name("library.css")
DRAWN = 200  # documents of the time line


def show() -> None:
    """Draw the page."""
    held, view = session(), looked_at()
    st.html(STYLE)
    with st.container(key="stage"):
        listing, beside = st.columns([6, 5], gap="medium")
        with listing, st.container(key="shelf"):
            st.title("Văn bản", anchor=False)
            show_error()
            _stage()
        with beside:
            if held.reading:
                reader.show(held.reading)
            elif view.open:
                document.show(view.open)


def _stage() -> None:
    held, view = session(), looked_at()
    views: list[View] = ["Danh sách", "Địa danh", "Dòng thời gian", *(["Tình trạng kho"] if held.may("admin") else [])]  # type: ignore[list-item]
    page = attempt(lambda: client().catalogue(view.query()))
    if page is None:
        show_error()
        return
    if held.may_edit:
        upload.show(_groups(page))
    removal.receipts()
    st.session_state["shelf-view"] = view.view
    st.segmented_control("Xem", views, key="shelf-view", label_visibility="collapsed", on_change=_viewed)
    match view.view:
        case "Danh sách":
            table.filters(page)
            table.show(page)
        case "Địa danh":
            _places(page)
        case "Dòng thời gian":
            table.filters(page)
            _timeline()
        case "Tình trạng kho":
            state.show()


def _groups(page: Catalogue) -> list[str]:
    me = session().me
    return sorted({*(me.groups if me else []), *(each.value for each in page.groups)})


def _viewed() -> None:
    view = looked_at()
    view.view = st.session_state["shelf-view"] or view.view


def _places(page: Catalogue) -> None:
    if not page.places:
        plain("Chưa đọc được địa danh nào từ các văn bản.", "hoi-calm")
        return
    plain("Bấm một nơi để xem các văn bản về nơi ấy.", "hoi-doc-meta")
    data = {"label": "Các văn bản theo địa danh", "places": [each.model_dump() for each in page.places]}
    components.places(key="places", data=data, on_choose_change=_to_place)


def _to_place() -> None:
    if place := st.session_state["places"].choose:
        view = looked_at()
        view.narrow("place", place)
        view.view = "Danh sách"


def _timeline() -> None:
    view = looked_at()
    page = attempt(lambda: client().catalogue(view.query(order="issued_on", down=True, first=0, n=DRAWN)))
    events = timeline.by_kind(page.documents) if page else []
    if len(events) < 2:
        plain("Cần ít nhất hai văn bản có ngày ban hành.", "hoi-calm")
        return
    if page and page.total > DRAWN:
        plain(f"{DRAWN} văn bản ban hành gần đây nhất trong {figure(page.total)}.", "hoi-doc-meta")
    plain("Bấm một chấm để mở văn bản ấy bên cạnh.", "hoi-doc-meta")
    timeline.show(events, _to_document)


def _to_document(id: str) -> None:
    looked_at().open = id
    session().read(None)
