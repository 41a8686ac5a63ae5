"""The fields of a document's header: what was read and from which words, and putting them right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import streamlit as st

from index.corrections import Field
from ui.library.shelf import looked_at
from ui.schemas_shelf import Change, ReadField, Reading
from ui.talk.session import attempt, client, session
from ui.talk.text import day, plain

WRONG_DAY = "Ngày ban hành viết như 05/03/2024."


def show(reading: Reading) -> None:
    """Draw the fields, to be changed by whoever may."""
    if not session().may_edit:
        for each in reading.fields:
            plain(f"{each.label}: {_shown(each.name, each.value) or 'không rõ'}", "hoi-doc-title")
            plain(origin(each), "hoi-doc-meta")
        return
    with st.form(f"fields-{reading.document.id}", border=False):
        typed = {each.name: _input(reading, each) for each in reading.fields}
        sent = st.form_submit_button("Lưu các trường", type="primary", icon=":material/save:")
    if sent:
        _save(reading, typed)
    corrected = [each for each in reading.fields if each.corrected]
    if corrected:
        _reverts(reading, corrected)


def _input(reading: Reading, each: ReadField) -> str:
    key = f"field-{reading.document.id}-{each.name}-{len(each.history)}"
    value = st.text_input(each.label, _shown(each.name, each.value), key=key, placeholder="không rõ", max_chars=700)
    plain(origin(each), "hoi-doc-meta" if each.stated else "hoi-doc-meta hoi-unstated")
    return value.strip()


def origin(each: ReadField) -> str:
    """Where a value comes from, in Vietnamese."""
    if each.corrected:
        who = _who(each.history[-1])
        read = f"máy đọc: {_shown(each.name, each.read)}" if each.read else "máy không đọc được"
        said = "" if each.stated else ". Nguyên văn không viết điều này nên câu trả lời sẽ ghi là do người quản lý nhập"
        return f"Đã sửa {who} ({read}){said}."
    if each.words:
        return f"Đọc từ: “{each.words}”"
    return "Suy ra từ nội dung văn bản" if each.value else "Máy không thấy trong văn bản"


def _who(change: Change) -> str:
    at = datetime.fromisoformat(str(change.at)).astimezone()
    return f"ngày {at:%d/%m/%Y %H:%M}" + (f" bởi {change.by}" if change.by else "")


def changed(fields: Sequence[ReadField], typed: dict[Field, str]) -> dict[str, str | None]:
    """What differs from what counts now, as the API takes it. Raises ValueError for a day that is none."""
    found: dict[str, str | None] = {}
    for each in fields:
        value = typed[each.name]
        if value == _shown(each.name, each.value):
            continue
        found[each.name] = (_iso(value) if each.name == "issued_on" else value) if value else None
    return found


def _save(reading: Reading, typed: dict[Field, str]) -> None:
    try:
        changes = changed(reading.fields, typed)
    except ValueError:
        plain(WRONG_DAY, "hoi-error")
        return
    if changes:
        _put(reading, {**changes}, f"Đã lưu {len(changes)} trường.")


def _reverts(reading: Reading, corrected: Sequence[ReadField]) -> None:
    plain("Trở lại điều máy đọc:", "hoi-doc-meta")
    with st.container(horizontal=True, gap="small"):
        for each in corrected:
            if st.button(each.label, key=f"revert-{each.name}", icon=":material/undo:"):
                _put(reading, {"revert": [each.name]}, f"{each.label}: đã trở lại điều máy đọc.")


def _put(reading: Reading, changes: dict[str, object], told: str) -> None:
    if attempt(lambda: client().correct(reading.document.id, changes)):
        looked_at().told = told
    session().forget()
    st.rerun()


def _shown(name: Field, value: str | None) -> str:
    return day(date.fromisoformat(value)) if name == "issued_on" and value else value or ""


def _iso(typed: str) -> str:
    return datetime.strptime(typed, "%d/%m/%Y").date().isoformat()
