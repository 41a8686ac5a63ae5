"""What a document is linked to: a small graph, a time line, and each link with the clause that says so."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rag.links import WORDS
from ui.library import timeline
from ui.schemas_documents import Document, DocumentLink
from ui.talk.session import Reading, attempt, client, session
from ui.talk.text import element, label, plain

DRAWN = 14  # links in the graph; the list has them all
WIDE = 24  # characters a line of a name in the graph
INK, LINE, PAPER, OWN = "#1f2937", "#8494a7", "#f1f5f9", "#cdeee6"


@st.dialog("Văn bản liên quan", width="medium")
def show(document: Document) -> None:
    """Draw what the document speaks of and what speaks of it."""
    links = attempt(lambda: client().links(document.id))
    if links is None:
        plain(session().error, "hoi-error")
        return
    if not links:
        plain("Văn bản này không nhắc đến văn bản nào theo kiểu căn cứ, thay thế, bãi bỏ, sửa đổi hay thực hiện.")
        return
    st.graphviz_chart(dot(document, links))
    events = timeline.linked(document, links)
    if len(events) > 1:
        timeline.show(events)
    for place, link in enumerate(links):
        _line(place, link)


def dot(document: Document, links: Sequence[DocumentLink]) -> str:
    """The graph as DOT: an arrow from the document that speaks to the one it names; dashed what is not in the store."""
    own = _quoted(_name(document.kind, document.number, document.title))
    lines = [
        'digraph { rankdir=LR; bgcolor="transparent"; ranksep=0.7; nodesep=0.12;',
        f'node [shape=box style="rounded,filled" fontname="sans-serif" fontsize=12 color="{LINE}" fillcolor="{PAPER}"'
        f' fontcolor="{INK}" margin="0.1,0.06"];',
        f'edge [fontname="sans-serif" fontsize=11 color="{LINE}" fontcolor="{LINE}" arrowsize=0.7];',
        f'this [label={own} fillcolor="{OWN}"];',
    ]
    for at, link in enumerate(links[:DRAWN]):
        dashed = "" if link.document_id else ' style="rounded,filled,dashed"'
        name = _quoted(_name(link.kind, link.number, link.title))
        lines.append(f"n{at} [label={name} tooltip={_quoted(link.name)}{dashed}];")
        ends = f"this -> n{at}" if link.direction == "out" else f"n{at} -> this"
        lines.append(f"{ends} [label={_quoted(WORDS[link.relation][0])}];")
    return "\n".join([*lines, "}"])


def _name(kind: str | None, number: str | None, title: str | None) -> str:
    """ "Thông tư" over its number, or a title in at most three short lines."""
    if number:
        return f"{kind or 'Văn bản'}\n{number}"
    lines = [""]
    for word in (title or kind or "Văn bản").split():
        if len(lines[-1]) + len(word) >= WIDE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines[:3]) + ("…" if len(lines) > 3 else "")


def _quoted(text: str) -> str:
    """A DOT string; "\\n" in it breaks the line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'.replace("\n", "\\n")


def _line(place: int, link: DocumentLink) -> None:
    """One link in words, its clause, and the ways to read on."""
    part = f"{link.part} của " if link.part else ""
    with st.container(border=True, gap="xsmall"):
        st.html(
            element(f"{link.label[0].upper()}{link.label[1:]}: {part}{link.name}", "hoi-doc-title")
            + element(f"“{' '.join(link.quote.split())}”", "hoi-doc-meta")
        )
        with st.container(horizontal=True, gap="small"):
            _opens("Đọc chỗ này", f"link-quote-{place}", Reading(link.quoted_in, link.start, link.end, source="link"))
            if link.document_id and link.document_id != link.quoted_in:
                name = f"Đọc {label(link.number or 'văn bản ấy', 40)}"
                _opens(name, f"link-open-{place}", Reading(link.document_id, source="link"))


def _opens(name: str, key: str, reading: Reading) -> None:
    if st.button(name, key=key, icon=":material/menu_book:", type="tertiary"):
        session().read(reading)
        st.rerun()
