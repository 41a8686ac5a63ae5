"""How a file was read, as one sheet: the kept text, what was left out struck through, the header's words marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import streamlit as st

from ui import components
from ui.connection import ApiError
from ui.schemas_shelf import Reading
from ui.talk.session import client, text
from ui.talk.text import plain

LETTERS = 60_000  # of the text that are shown
WIDTH = 700  # pixels of a page's picture
RAW = 200_000  # bytes of a plain original that are shown
PLAIN = (".txt", ".md", ".markdown", ".html", ".htm", ".eml")


@dataclass(frozen=True, slots=True)
class Part:
    kind: Literal["kept", "field", "stripped"]
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What `components/preview.js` draws."""

    lines: list[list[Part]]
    token: str
    label: str


@dataclass(frozen=True, slots=True)
class _Event:
    at: int
    end: int
    part: Part


def show(reading: Reading) -> None:
    """Draw the sheet under a line that says what is what."""
    words = text(reading.document.id)
    if words is None:
        return
    count = len(reading.stripped)
    plain(
        f"Đã bỏ {count} chỗ không thuộc văn bản (gạch ngang); chữ tô là chữ máy đọc các trường."
        if count
        else "Không bỏ chữ nào; chữ tô là chữ máy đọc các trường.",
        "hoi-doc-meta",
    )
    for note in reading.notes:
        plain(note, "hoi-doc-meta")
    corrected = "".join(f"{each.name}{each.value}" for each in reading.fields)
    view = Preview(lines(words[:LETTERS], reading), f"{reading.document.id}/{hash(corrected)}", "Văn bản như đã đọc")
    components.preview(key="preview", data=asdict(view))
    if len(words) > LETTERS:
        plain(f"Còn {len(words) - LETTERS} ký tự nữa; xem cả văn bản bằng nút Đọc.", "hoi-doc-meta")


def lines(words: str, reading: Reading) -> list[list[Part]]:
    """The text's lines in parts, with each piece that was left out at the place where it stood."""
    found: list[list[Part]] = [[]]
    for part in _parts(words, reading):
        if part.kind == "stripped":
            found += [[part], []]
            continue
        first, *rest = part.text.split("\n")
        found[-1] += [Part(part.kind, first, part.title)] if first else []
        found += [[Part(part.kind, line, part.title)] if line else [] for line in rest]
    return [line for line in found if line]


def _parts(words: str, reading: Reading) -> Iterator[Part]:
    at = 0
    for event in _events(words, reading):
        if event.at < at:  # within what another field was read from
            continue
        if event.at > at:
            yield Part("kept", words[at : event.at])
        yield event.part
        at = event.end
    if at < len(words):
        yield Part("kept", words[at:])


def _events(words: str, reading: Reading) -> Sequence[_Event]:
    fields = [
        _Event(each.start, each.end, Part("field", words[each.start : each.end], each.label))
        for each in reading.fields
        if each.start is not None and each.end is not None and each.end <= len(words)
    ]
    left_out = [
        _Event(min(each.at, len(words)), min(each.at, len(words)), Part("stripped", each.text, each.reason))
        for each in reading.stripped
        if each.at <= len(words)
    ]
    return sorted([*fields, *left_out], key=lambda event: (event.at, event.end))


def original(reading: Reading) -> None:
    """The file as it came: its pages drawn, or its own text; else only to take along."""
    entry = reading.document
    try:
        pages = client().pages(entry.id)
        if pages.drawn:
            number = int(st.number_input("Trang", 1, max(1, len(pages.pages)), key=f"original-{entry.id}", width=140))
            st.image(client().picture(entry.id, number, WIDTH), caption=f"Trang {number} của {entry.file}")
            return
        if entry.file.lower().endswith(PLAIN):
            st.code(
                client().file(entry.id)[:RAW].decode("utf-8", "replace"), language=None, wrap_lines=True, height=520
            )
            return
    except ApiError as error:
        plain(error.detail, "hoi-error")
        return
    plain("Loại tệp này không xem được tại đây; hãy tải tệp gốc.", "hoi-doc-meta")
