"""The page of documents: what there is, adding files, taking one away, reading one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from html import escape

import streamlit as st

from corpus.text import fold
from ui import chat_links, chat_reader
from ui.chat_session import Reading, attempt, client, documents, session, show_error
from ui.chat_text import day, joined, label, plain
from ui.client import ApiError
from ui.schemas import Document

SHOWN = 20  # documents a page of the list
STATUS = {"added": "Đã nạp", "unchanged": "Đã có sẵn", "replaced": "Đã thay bản cũ"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, in Vietnamese."""

    file: str
    taken: bool
    words: str


def show() -> None:
    """Draw the page: adding files, the list, and the document being read beside it."""
    held = session()
    with st.container(key="stage"):
        listing, beside = st.columns([6, 5], gap="medium")
        with beside:
            if held.reading:
                chat_reader.show(held.reading)
        with listing:
            st.title("Văn bản", anchor=False)
            show_error()
            if held.may_edit:
                _adding()
            _listing()


def _adding() -> None:
    """Files go in as soon as they are chosen, one by one; the box is then empty again."""
    round = st.session_state.setdefault("upload-round", 0)
    chosen = st.file_uploader(
        "Thêm văn bản (PDF, DOCX, XLSX, PPTX, TXT, MD, HTML, EML, ZIP, ảnh chụp)",
        accept_multiple_files=True,
        key=f"upload-{round}",
    )
    if chosen:
        st.session_state["upload-outcomes"] = _add_all([(each.name, each.getvalue()) for each in chosen])
        st.session_state["upload-round"] = round + 1
        session().forget()
        st.rerun()
    outcomes: list[Outcome] = st.session_state.get("upload-outcomes", [])
    if outcomes:
        _outcomes(outcomes)


def _add_all(files: list[tuple[str, bytes]]) -> list[Outcome]:
    progress, outcomes = st.progress(0.0), list[Outcome]()
    for number, (name, content) in enumerate(files):
        progress.progress(number / len(files), f"Đang nạp {number + 1}/{len(files)}: {label(name, 60)}")
        outcomes.append(_add(name, content))
    return outcomes


def _add(name: str, content: bytes) -> Outcome:
    try:
        added = client().add(name, content)
    except ApiError as error:
        return Outcome(name, False, error.detail)
    words = [joined(STATUS[each.status], f"{each.passages} đoạn", *each.notes) for each in added]
    return Outcome(name, True, "; ".join(words))


def _outcomes(outcomes: list[Outcome]) -> None:
    rows = "".join(
        f'<div class="hoi-result {"" if each.taken else "hoi-refused"}">{"✓" if each.taken else "✕"} '
        f"<b>{escape(each.file)}</b>: {escape(each.words)}</div>"
        for each in outcomes
    )
    st.html(f'<div role="status" class="hoi-results">{rows}</div>')


def _listing() -> None:
    every = documents()
    wanted = st.text_input("Tìm văn bản", key="document-search", placeholder="Số, tên, cơ quan, địa danh…", live=True)
    kinds = sorted({each.kind for each in every if each.kind})
    kind = st.pills("Loại", kinds, key="document-kind", label_visibility="collapsed") if len(kinds) > 1 else None
    found = [each for each in every if (kind is None or each.kind == kind) and matches(each, wanted)]
    plain(
        f"{len(found)} văn bản" if len(found) == len(every) else f"{len(found)} trong {len(every)} văn bản",
        "hoi-doc-meta",
    )
    _timeline(found)
    shown = st.session_state.setdefault("documents-shown", SHOWN)
    for each in found[:shown]:
        _row(each)
    if len(found) > shown:
        st.button("Xem thêm", key="more-documents", on_click=_more)


def _timeline(found: list[Document]) -> None:
    events = chat_links.kind_events(found)
    if len(events) > 1:
        with st.expander("Dòng thời gian", icon=":material/timeline:"):
            chat_links.timeline(events)


def _more() -> None:
    st.session_state["documents-shown"] += SHOWN


def matches(document: Document, wanted: str) -> bool:
    """Whether every word typed, accents aside, is somewhere in what names the document."""
    fields = (
        document.number,
        document.title,
        document.subject,
        document.issuer,
        document.place,
        document.kind,
        document.file,
    )
    named = fold(" ".join(field for field in fields if field))
    return all(word in named for word in fold(wanted).split())


def _row(document: Document) -> None:
    held = session()
    with st.container(border=True):
        st.html(_named(document))
        with st.container(horizontal=True, gap="small"):
            reading = Reading(document.id, source="list")
            st.button(
                "Đọc",
                key=f"read-{document.id}",
                icon=":material/menu_book:",
                on_click=held.read,
                args=(reading,),
            )
            if st.button("Liên quan", key=f"links-{document.id}", icon=":material/account_tree:"):
                chat_links.show(document)
            if held.may_edit and st.button(
                "Xóa", key=f"remove-{document.id}", icon=":material/delete:", type="tertiary"
            ):
                _confirm(document)


def _named(document: Document) -> str:
    name = f"{document.kind or 'Văn bản'} số {document.number}" if document.number else document.title
    day_line = f"ngày {day(document.issued_on)}" if document.issued_on else ""
    size = joined(f"{document.pages} trang" if document.pages else "", f"{document.passages} đoạn", document.file)
    about = document.subject or (document.title if document.number else "")
    kind = document.kind if not document.number else ""
    lines = [about if about != name else "", joined(kind, day_line, document.issuer), document.place, size]
    rest = "".join(f"<div>{escape(line)}</div>" for line in lines if line)
    return f'<div class="hoi-doc-title">{escape(name)}</div><div class="hoi-doc-meta">{rest}</div>'


@st.dialog("Xóa văn bản?")
def _confirm(document: Document) -> None:
    st.html(_named(document))
    plain("Văn bản sẽ bị xóa khỏi kho. Những câu trả lời cũ đã trích nó sẽ không mở lại được.")
    with st.container(horizontal=True):
        if st.button("Xóa hẳn", key="remove-yes", type="primary"):
            _remove(document)
            st.rerun()
        if st.button("Giữ lại", key="remove-no"):
            st.rerun()


def _remove(document: Document) -> None:
    held = session()
    attempt(partial(client().remove, document.id))
    held.forget()
    if held.reading and held.reading.document_id == document.id:
        held.read(None)
