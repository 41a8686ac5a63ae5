"""Abbreviations: trying one on a question, keeping it, and what the program knows already."""

from __future__ import annotations

from html import escape

import streamlit as st
from pydantic import ValidationError

from corpus.text import fold
from ui.admin.parts import admin, done
from ui.schemas_words import Abbreviation, WordsRead
from ui.talk.session import attempt
from ui.talk.table import table
from ui.talk.text import plain

SHOWN = 40  # lines of a table


def show() -> None:
    _trying()
    found = attempt(admin().abbreviations)
    if found is None:
        return
    st.subheader("Của cơ quan", anchor=False)
    for place, own in enumerate(found.own):
        _own(place, own)
    if not found.own:
        plain("Chưa có. Thêm ở trên; câu hỏi ngay sau đó dùng được luôn.", "hoi-doc-meta")
    wanted = st.text_input("Tìm trong những chữ đã biết", key="words-search", placeholder="UBND, nông thôn…", live=True)
    if found.file:
        _known("Trong tệp HOI_ABBREVIATIONS", found.file, wanted)
    _known("Có sẵn trong chương trình", found.shipped, wanted)


def _trying() -> None:
    with st.container(border=True, key="words-try"):
        question = st.text_input("Thử với một câu hỏi", key="words-question", placeholder="ubnd xã có mấy pktht?")
        short, full = st.columns([1, 2])
        abbreviation = short.text_input("Chữ viết tắt", key="words-short", max_chars=40)
        meaning = full.text_input("Dạng đầy đủ", key="words-full", max_chars=200)
        context = st.text_input(
            "Chỉ khi câu hỏi có một trong các từ",
            key="words-context",
            placeholder="Bỏ trống: luôn mở; nhiều từ cách nhau bằng dấu phẩy",
        )
        with st.container(horizontal=True):
            tried = st.button("Thử", key="words-go", icon=":material/play_arrow:")
            kept = st.button("Lưu", key="words-keep", type="primary", disabled=not (abbreviation and meaning))
        added = _wanted(abbreviation, meaning, context)
        if kept and added is not None:
            done(
                lambda: admin().add_abbreviation(added), f"Đã lưu {added.abbreviation}; câu hỏi ngay sau đây dùng được."
            )
            st.rerun()
        if tried and question.strip():
            read = attempt(lambda: admin().try_words(question, added))
            if read is not None:
                _read(read)


def _wanted(abbreviation: str, full: str, context: str) -> Abbreviation | None:
    try:
        words = [word.strip() for word in context.split(",") if word.strip()]
        return Abbreviation(abbreviation=abbreviation.strip(), full=full.strip(), context=words)
    except ValidationError:  # one of the two is still empty
        return None


def _read(read: WordsRead) -> None:
    pairs = "".join(f"<div>{escape(each.abbreviation)} → {escape(each.full)}</div>" for each in read.opened)
    st.html(
        f'<div role="status"><div class="hoi-doc-title">Đã hiểu: {escape(read.text)}</div>'
        f'<div class="hoi-doc-meta">{pairs or "Không có chữ viết tắt nào được mở."}</div></div>'
    )


def _own(place: int, own: Abbreviation) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        near = f" (khi có: {', '.join(own.context)})" if own.context else ""
        plain(f"{own.abbreviation} → {own.full}{near}")
        if st.button("Bỏ", key=f"words-remove-{place}", type="tertiary", icon=":material/delete:"):
            done(lambda: admin().remove_abbreviation(own.abbreviation, own.full), f"Đã bỏ {own.abbreviation}.")
            st.rerun()


def _known(title: str, words: list[Abbreviation], wanted: str) -> None:
    found = [each for each in words if fold(wanted) in fold(f"{each.abbreviation} {each.full}")]
    st.subheader(title, anchor=False)
    more = f"{len(found)} chữ" + (f", {SHOWN} chữ đầu" if len(found) > SHOWN else "")
    plain(more, "hoi-doc-meta")
    if found:
        rows = [(each.abbreviation, each.full, ", ".join(each.context)) for each in found[:SHOWN]]
        st.html(table(title, ("Viết tắt", "Dạng đầy đủ", "Chỉ khi có"), rows))
