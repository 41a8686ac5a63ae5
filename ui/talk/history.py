"""The sidebar's list of past conversations: open, rename, delete, begin a new one."""

from __future__ import annotations

from functools import partial
from typing import Literal

import streamlit as st
from streamlit.navigation.page import Page

from ui.talk import export
from ui.talk.session import attempt, client, session
from ui.talk.text import label, plain

SHOWN = 15
SEARCH_FROM = 8  # conversations; with fewer, a search box is only in the way


def show(talk: Page) -> None:
    """Draw the list; choosing a conversation leads to the page `talk`."""
    held = session()
    if st.button("Cuộc trò chuyện mới", key="new", icon=":material/add:", type="primary", width="stretch"):
        held.begin()
        _go(talk)
    if held.history is None:
        held.history = attempt(client().conversations, aside=True)
    words = _words(len(held.history or []) + bool(held.turns))
    if words:
        found = attempt(lambda: client().conversations(words, SHOWN), aside=True) or []
        plain("" if found else "Không có cuộc trò chuyện nào như vậy.", "hoi-card-meta")
    else:
        found = held.history or []
    rows = {each.id: each.title for each in found[:SHOWN]}
    if held.turns and not words:  # the server knows it once it has answered
        rows = {held.conversation: rows.get(held.conversation, held.turns[0].question)} | rows
    with st.container(key="history", gap=None):
        for id, title in rows.items():
            _row(id, title, talk)


def _words(conversations: int) -> str:
    if conversations < SEARCH_FROM:
        plain("Gần đây" if conversations else "", "hoi-card-meta")
        return ""
    hidden: Literal["collapsed"] = "collapsed"
    return st.text_input("Tìm cuộc trò chuyện", key="history-search", label_visibility=hidden, placeholder="Tìm lại…")


def _row(id: str, title: str, talk: Page) -> None:
    held = session()
    with st.container(horizontal=True, gap=None, wrap=False, vertical_alignment="center"):
        kind: Literal["secondary", "tertiary"] = "secondary" if id == held.conversation else "tertiary"
        if st.button(label(title, 60), key=f"open-{id}", type=kind, width="stretch"):
            held.begin()
            _go(talk, id)
        name = label(f"In, tải về, đổi tên, xóa: {title}")  # for who does not see which row it is in
        with st.popover(name, icon=":material/more_vert:", type="tertiary", key=f"more-{id}"):
            st.text_input("Đổi tên", title, max_chars=200, key=f"name-{id}", on_change=partial(_rename, id))
            export.buttons(id)
            st.button("Xóa cuộc trò chuyện", key=f"delete-{id}", icon=":material/delete:", on_click=_delete, args=(id,))


def _go(talk: Page, id: str = "") -> None:
    st.switch_page(talk, query_params={"c": id} if id else {})


def _rename(id: str) -> None:
    title = st.session_state[f"name-{id}"].strip()
    if title:
        attempt(lambda: client().rename_conversation(id, title))
    session().history = None


def _delete(id: str) -> None:
    held = session()
    attempt(lambda: client().delete_conversation(id))
    held.history = None
    if id == held.conversation:
        held.begin()
        st.query_params.clear()
