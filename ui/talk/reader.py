"""The reading view: a document beside the answer, scrolled to the cited words, which are marked."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from functools import partial
from html import escape
from itertools import accumulate

import streamlit as st

from ui import components
from ui.schemas_documents import Document
from ui.talk import pages, why
from ui.talk.session import Reading, client, document, error_line, session, text
from ui.talk.text import day, element, joined
from ui.talk.where import where

WINDOW = 40_000  # characters shown on either side of the quote until the whole is asked for
HEADING = re.compile(r"\s*(?:(?:Phần|Chương|Mục|Điều|PHẦN|CHƯƠNG|MỤC|ĐIỀU)\s+\w{1,5}\b|[IVX]{1,5}[.)]\s)")
HEADING_LENGTH = 160
AS_TEXT = "as-text"  # in the session: words rather than pages


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the document in parts: `(text, marked)`."""

    parts: list[tuple[str, bool]]
    heading: bool


@dataclass(frozen=True, slots=True)
class Page:
    """What `components/reader.js` draws; it scrolls to the mark whenever `token` changes."""

    paragraphs: list[Paragraph]
    token: str
    label: str


def show(reading: Reading) -> None:
    """Draw the panel with the document's header, its text and a way back."""
    held = session()
    known = document(reading.document_id)
    words = text(reading.document_id)
    leaves = pages.leafing(reading) if known and known.pages else None
    with st.container(key="reader", gap="xsmall"):
        _bar(known, leaves is not None)
        if words is None or known is None:
            error_line(held.error or "Văn bản này không còn trong kho.")
            held.error = ""
            return
        paged = leaves is not None and not st.session_state.get(AS_TEXT)
        st.html(_header(known, reading, where(words, reading.start, reading.end), paged))
        why.show(reading)
        body = partial(_body, reading, words, _name(known))
        if leaves and paged:
            pages.show(leaves, _name(known), body)
        else:
            body()


def _bar(known: Document | None, drawn: bool) -> None:
    """The original to take along, the other way to look at it, and a way back."""
    with st.container(horizontal=True, horizontal_alignment="distribute", wrap=False):
        if known:
            _download(known)
        if drawn:
            _switch()
        close = session().read
        st.button("Đóng", key="close-reader", icon=":material/close:", type="tertiary", on_click=close, args=(None,))


def _switch() -> None:
    """From the page as it looks to its words, and back."""
    as_text = bool(st.session_state.get(AS_TEXT))
    name, icon = ("Xem trang gốc", ":material/picture_as_pdf:") if as_text else ("Xem dạng chữ", ":material/notes:")

    def switched() -> None:
        st.session_state[AS_TEXT] = not as_text

    st.button(name, key="switch-reader", icon=icon, type="tertiary", on_click=switched)


def _name(known: Document) -> str:
    return f"{known.kind or 'Văn bản'} số {known.number}" if known.number else known.title


def _header(known: Document, reading: Reading, place: str, paged: bool) -> str:
    """Kind, number, day, issuer; then where in the document one is: the page's own number says so where it is shown."""
    page = f"trang {reading.page}" if reading.page and not paged else ""
    place = place or reading.section or ""
    lines = [
        joined(f"Ngày {day(known.issued_on)}" if known.issued_on else "", known.issuer),
        known.subject if known.number else "",
        joined(f"Tại: {place}" if place and reading.end else "", page),
    ]
    rest = "".join(f"<div>{escape(line)}</div>" for line in lines if line)
    return element(_name(known), "hoi-header-title") + f'<div class="hoi-header-meta">{rest}</div>'


def _body(reading: Reading, words: str, name: str) -> None:
    whole = f"whole-{reading.document_id}"
    first, last = _window(words, reading, bool(st.session_state.get(whole)))
    token = f"{reading.source}/{reading.document_id}/{reading.start}/{first}"
    page = Page(paragraphs(words, first, last, reading.start, reading.end), token, f"Nguyên văn {name}")
    components.reader(key="reading", data=asdict(page))
    if last - first < len(words):
        st.button("Xem cả văn bản", key="whole-button", on_click=lambda: st.session_state.update({whole: True}))


def _window(text: str, reading: Reading, whole: bool) -> tuple[int, int]:
    """The range of the text to show, from line to line."""
    if whole or len(text) <= 2 * WINDOW:
        return 0, len(text)
    first = text.rfind("\n", 0, max(0, reading.start - WINDOW)) + 1
    last = text.find("\n", min(len(text), reading.end + WINDOW))
    return first, last if last >= 0 else len(text)


def paragraphs(text: str, first: int, last: int, start: int, end: int) -> list[Paragraph]:
    """The lines of `text[first:last]` that say something, with `text[start:end]` marked across them."""
    lines = text[first:last].split("\n")
    begins = accumulate((len(line) + 1 for line in lines), initial=first)
    return [
        _paragraph(line, start - begin, end - begin) for line, begin in zip(lines, begins, strict=False) if line.strip()
    ]


def _paragraph(line: str, start: int, end: int) -> Paragraph:
    start, end = max(0, start), min(len(line), end)
    heading = len(line) <= HEADING_LENGTH and HEADING.match(line) is not None
    if start >= end:
        return Paragraph([(line, False)], heading)
    parts = [(line[:start], False), (line[start:end], True), (line[end:], False)]
    return Paragraph([part for part in parts if part[0]], heading)


def _download(known: Document) -> None:
    st.download_button(
        "Tải tệp gốc",
        data=lambda: client().file(known.id),
        file_name=known.file,
        icon=":material/download:",
        key=f"download-{known.id}",
        on_click="ignore",
        type="tertiary",
    )
