"""Taking a conversation along: a Word file, Markdown, or on paper."""

from __future__ import annotations

import uuid
from datetime import date
from functools import partial

import streamlit as st

from ui import components
from ui.talk.session import attempt, client, session

FORMATS = {
    "docx": ("Tải về dạng Word", ":material/docs:"),
    "md": ("Tải về dạng Markdown", ":material/markdown:"),
}


def buttons(id: str) -> None:
    """Print, and a button a format; the file is made when it is pressed."""
    st.button("In", key=f"print-{id}", icon=":material/print:", type="tertiary", on_click=to_print, args=(id,))
    for format, (name, icon) in FORMATS.items():
        st.download_button(
            name,
            data=partial(client().export, id, format),
            file_name=f"hoi-dap-{date.today():%Y-%m-%d}.{format}",
            key=f"export-{format}-{id}",
            icon=icon,
            on_click="ignore",
            type="tertiary",
        )


def to_print(id: str) -> None:
    session().printing = id


def printed() -> None:
    """Hands the page of the conversation that is to be printed to the browser, which opens its print dialogue."""
    held = session()
    wanted, held.printing = held.printing, ""
    page = attempt(lambda: client().export(wanted, "html").decode()) if wanted else None
    components.printing(key="printing", data={"page": page or "", "job": uuid.uuid4().hex if page else ""})
