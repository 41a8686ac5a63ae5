"""Words on the page: texts shown as they are, never as markup, and the names of documents."""

from __future__ import annotations

import re
from datetime import date
from html import escape

import streamlit as st

from ui.schemas import Citation, Document, FoundPassage

Titled = Citation | FoundPassage | Document


def plain(text: str, style: str = "") -> None:
    """Show text exactly as it is: Streamlit's Markdown would draw its images and links."""
    st.html(element(text, style))


def element(text: str, style: str = "") -> str:
    """The text as one escaped HTML block with a class of `chat.css`."""
    return f'<div class="{style}">{escape(text)}</div>'


def label(text: str, length: int = 200) -> str:
    """Text for a button: Markdown's signs escaped, folded to one line, cut at `length` characters."""
    line = " ".join(text.split())
    line = line if len(line) <= length else line[: length - 1].rstrip() + "…"
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", line)


def day(value: date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


def joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def short(named: Titled, known: Document | None) -> str:
    """A document's name for a card: "Công văn 118-CV/BDVHU", or its title."""
    return f"{(known and known.kind) or 'Văn bản'} {named.number}" if named.number else named.title
