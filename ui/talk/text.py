"""Words on the page: texts shown as they are, never as markup, and the names of documents."""

from __future__ import annotations

import re
from datetime import date
from html import escape

import streamlit as st

from ui.schemas import Citation, FoundPassage
from ui.schemas_documents import Document

Titled = Citation | FoundPassage | Document


def plain(text: str, style: str = "") -> None:
    """Show text exactly as it is: Streamlit's Markdown would draw its images and links."""
    st.html(element(text, style))


def element(text: str, style: str = "") -> str:
    """The text as one escaped HTML block with a class of `chat.css`."""
    return f'<div class="{style}">{escape(text)}</div>'


def come(token: str) -> str:
    """Attributes of something that has just happened: `page.js` brings it into sight, once for each token."""
    return f'data-come="{escape(token)}"'


def label(text: str, length: int = 200) -> str:
    """Text for a button: Markdown's signs escaped, folded to one line, cut at `length` characters."""
    line = " ".join(text.split())
    line = line if len(line) <= length else line[: length - 1].rstrip() + "…"
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", line)


def day(value: date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


def figure(n: int) -> str:
    """A count as it is written here: 11.351."""
    return f"{n:,}".replace(",", ".")


def joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def short(named: Titled, known: Document | None) -> str:
    """A document's name for a card: "Công văn 118-CV/BDVHU", or its title."""
    return f"{(known and known.kind) or 'Văn bản'} {named.number}" if named.number else named.title
