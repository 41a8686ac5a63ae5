"""One document beside the list: what it is, its fields, how it was read, the original, and what can be done with it."""

from __future__ import annotations

from html import escape

import streamlit as st

from ui.library import fields as header
from ui.library import links, preview, removal
from ui.library.shelf import looked_at
from ui.library.table import marks, named
from ui.schemas_shelf import Entry
from ui.talk.session import Reading as Opened
from ui.talk.session import attempt, client, session, show_error
from ui.talk.text import day, element, joined, label, plain


def show(id: str) -> None:
    """Draw the panel."""
    view = looked_at()
    reading = attempt(lambda: client().reading(id))
    with st.container(key="reader", gap="xsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", key="panel", wrap=False):
            if reading:
                st.download_button(
                    "Tải tệp gốc", data=lambda: client().file(id), file_name=reading.document.file, type="tertiary",
                    icon=":material/download:", key="panel-file", on_click="ignore",
                )  # fmt: skip
            st.button("Đóng", key="panel-close", icon=":material/close:", type="tertiary", on_click=_close)
        show_error()
        if reading is None:
            return
        st.html(_head(reading.document))
        if view.told:
            st.toast(label(view.told), icon=":material/check:")
            view.told = ""
        _deeds(reading.document)
        fields, read, original = st.tabs(
            ["Các trường", "Văn bản đã đọc", "Bản gốc"], key="panel-tabs", on_change="rerun"
        )
        with fields:
            header.show(reading)
        if read.open:
            with read:
                preview.show(reading)
        if original.open:
            with original:
                preview.original(reading)


def _close() -> None:
    looked_at().open = ""


def _head(entry: Entry) -> str:
    about = entry.subject if entry.number else ""
    size = joined(f"{entry.pages} trang" if entry.pages else "", f"{entry.passages} đoạn", f"nạp {day(entry.added_at)}")
    rest = "".join(f"<div>{escape(line)}</div>" for line in (about, entry.place, joined(entry.file, size)) if line)
    told = "".join(
        f'<li class="hoi-sign-{mark.kind}">{escape(mark.text)}: {escape(mark.title)}</li>' for mark in marks(entry)
    )
    relations = f'<ul class="hoi-relations">{told}</ul>' if told else ""
    return element(named(entry), "hoi-header-title") + f'<div class="hoi-header-meta">{rest}</div>{relations}'


def _deeds(entry: Entry) -> None:
    held = session()
    with st.container(horizontal=True, gap="small", key="panel-deeds"):
        opened = (Opened(entry.id, source="list"),)
        st.button("Đọc", key="panel-read", icon=":material/menu_book:", on_click=held.read, args=opened)
        if st.button("Liên quan", key="panel-links", icon=":material/account_tree:"):
            links.show(entry)
        if held.may_edit and st.button("Thay bản mới", key="panel-replace", icon=":material/upload_file:"):
            _replace(entry)
        if held.may_edit and st.button("Xóa", key="panel-remove", icon=":material/delete:", type="tertiary"):
            removal.confirm([entry.id])


@st.dialog("Thay bằng bản mới")
def _replace(entry: Entry) -> None:
    """A file that takes this document's place; what people put right stays where it reads the same."""
    st.html(element(named(entry), "hoi-doc-title"))
    plain("Bản cũ còn dùng được tới khi bản mới đã lưu. Điều đã sửa được giữ ở những trường mà bản mới đọc ra như cũ.")
    with st.container(key="one-file"):
        chosen = st.file_uploader("Bản mới", key=f"replace-{entry.id}")
    if chosen is None:
        return
    with st.spinner("Đang thay…"):
        done = attempt(lambda: client().replace(entry.id, chosen.name, chosen.getvalue()))
    if done is None:
        show_error()
        return
    view = looked_at()
    same = done.status == "unchanged"
    view.told = "Bản mới giống hệt bản đang có." if same else joined("Đã thay bản mới", *done.notes)
    view.open = done.id
    session().forget()
    st.rerun()
