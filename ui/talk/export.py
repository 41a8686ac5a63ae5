"""Taking a conversation along: a Word file, Markdown, or a page to print."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from ui.talk.session import client

FORMATS = {
    "docx": ("Tải về dạng Word", ":material/docs:"),
    "md": ("Tải về dạng Markdown", ":material/markdown:"),
    "html": ("Tải trang để in", ":material/print:"),
}


def buttons(id: str) -> None:
    """A button a format; the file is made when it is pressed."""
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
