"""The sidebar's list of past conversations: open, rename, delete, begin a new one."""

from __future__ import annotations

from functools import partial
from typing import Literal

import streamlit as st
from streamlit.navigation.page import Page

from corpus.text import fold
from ui.chat_session import attempt, client, session
from ui.chat_text import label, plain
from ui.schemas import ConversationSummary

SHOWN = 15
SEARCH_FROM = 8  # conversations; with fewer, a search box is only in the way


def show(talk: Page) -> None:
    """Draw the list; choosing a conversation leads to the page `talk`."""
    held = session()
    if st.button("Cuộc trò chuyện mới", key="new", icon=":material/add:", type="primary", width="stretch"):
        held.begin()
        _go(talk)
    if held.history is None:
        held.history = attempt(client().conversations)
    found = _search(held.history or [])
    if found:
        plain("Gần đây", "hoi-card-meta")
    with st.container(key="history", gap=None):
        for each in found[:SHOWN]:
            _row(each, talk)


def _search(history: list[ConversationSummary]) -> list[ConversationSummary]:
    if len(history) < SEARCH_FROM:
        return history
    wanted = fold(
        st.text_input("Tìm cuộc trò chuyện", key="history-search", label_visibility="collapsed", placeholder="Tìm lại…")
    )
    return [each for each in history if wanted in fold(each.title)]


def _row(each: ConversationSummary, talk: Page) -> None:
    held = session()
    with st.container(horizontal=True, gap=None, wrap=False, vertical_alignment="center"):
        kind: Literal["secondary", "tertiary"] = "secondary" if each.id == held.conversation else "tertiary"
        if st.button(label(each.title, 60), key=f"open-{each.id}", type=kind, width="stretch"):
            held.begin()
            _go(talk, each.id)
        with st.popover("Đổi tên, xóa", icon=":material/more_vert:", type="tertiary", key=f"more-{each.id}"):
            st.text_input(
                "Đổi tên",
                each.title,
                max_chars=200,
                key=f"name-{each.id}",
                on_change=partial(_rename, each.id),
            )
            st.button(
                "Xóa cuộc trò chuyện",
                key=f"delete-{each.id}",
                icon=":material/delete:",
                on_click=_delete,
                args=(each.id,),
            )


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
