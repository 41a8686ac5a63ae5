"""Taking documents away, and the receipt that nothing of them is left."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

import streamlit as st

from ui.library.shelf import looked_at
from ui.schemas_shelf import Receipt
from ui.talk.session import attempt, client, session
from ui.talk.text import come, element, figure, plain

SHOWN = 50  # receipts on the page


def offer(ids: Sequence[str]) -> None:
    """What can be done with the ticked documents."""
    with st.container(horizontal=True, gap="small", key="shelf-chosen"):
        if st.button(f"Xóa {figure(len(ids))} văn bản đã chọn", key="remove-chosen", icon=":material/delete:"):
            confirm(list(ids))
        st.button("Bỏ chọn", key="choose-none", type="tertiary", on_click=_choose_none)


def _choose_none() -> None:
    looked_at().chosen = []


@st.dialog("Xóa văn bản?")
def confirm(ids: list[str]) -> None:
    """Asks once more, then removes and keeps the receipts to be shown."""
    for id in ids[:5]:
        if known := attempt(lambda id=id: client().document(id)):  # type: ignore[misc]
            plain(f"{known.number or known.title} ({known.file})", "hoi-doc-title")
    if len(ids) > 5:
        plain(f"… và {figure(len(ids) - 5)} văn bản khác.")
    plain("Văn bản sẽ bị xóa khỏi kho. Những câu trả lời cũ đã trích nó sẽ không mở lại được.")
    with st.container(horizontal=True):
        sure = st.button(
            f"Xóa hẳn {figure(len(ids))} văn bản" if len(ids) > 1 else "Xóa hẳn", key="remove-yes", type="primary"
        )
        if st.button("Giữ lại", key="remove-no"):
            st.rerun()
    if sure:
        _remove(ids)
        st.rerun()


def _remove(ids: Sequence[str]) -> None:
    """One after the other: each receipt is kept at once, for the page may be left halfway."""
    view = looked_at()
    view.receipts = []
    bar = st.progress(0.0)
    for done, id in enumerate(ids):
        bar.progress(done / len(ids), f"Đang xóa {figure(done + 1)}/{figure(len(ids))} văn bản")
        if receipt := attempt(lambda id=id: client().remove(id)):  # type: ignore[misc]
            view.receipts.append(receipt)
            _gone(receipt.id)


def _gone(id: str) -> None:
    view, held = looked_at(), session()
    view.chosen = [each for each in view.chosen if each != id]
    view.open = "" if view.open == id else view.open
    held.forget()
    if held.reading and held.reading.document_id == id:
        held.read(None)


def receipts() -> None:
    """The receipts of what was just removed, brought into sight."""
    found = looked_at().receipts
    if not found:
        return
    with st.container(border=True, key="shelf-receipt"):
        told = element(_told(found), "hoi-doc-title") if len(found) > 1 else ""
        shown = "".join(map(_html, found[:SHOWN]))
        st.html(
            f'<div role="status" {come(found[-1].id)}>{told}</div>'
            f'<div class="hoi-results" role="region" tabindex="0" aria-label="Biên nhận">{shown}</div>'
        )
        if len(found) > SHOWN:
            plain(f"… và {figure(len(found) - SHOWN)} biên nhận khác trong tệp tải về.", "hoi-doc-meta")
        with st.container(horizontal=True, gap="small"):
            content = json.dumps([each.model_dump() for each in found], ensure_ascii=False, indent=1)
            st.download_button(
                "Tải biên nhận", content, "bien-nhan.json", "application/json", icon=":material/download:",
                key="receipt-file", on_click="ignore",
            )  # fmt: skip
            st.button("Đóng biên nhận", key="receipt-close", type="tertiary", on_click=_close)


def _told(found: Sequence[Receipt]) -> str:
    left = [receipt.file for receipt in found if not receipt.clean]
    if left:
        return f"✕ {figure(len(left))} trong {figure(len(found))} văn bản chưa xóa hết: {', '.join(left[:3])}"
    passages = sum(receipt.passages for receipt in found)
    return f"✓ Đã xóa hết {figure(len(found))} văn bản, {figure(passages)} đoạn; tìm lại không còn gì"


def _close() -> None:
    looked_at().receipts = []


def _html(receipt: Receipt) -> str:
    gone = [
        f"{receipt.passages} đoạn, {receipt.vectors} vectơ, {receipt.words} từ khác nhau, {receipt.links} liên kết",
        f"{size(receipt.text_bytes)} chữ, {size(receipt.vector_bytes)} vectơ, {size(receipt.original_bytes)} tệp gốc",
    ]
    title = "Đã xóa hết" if receipt.clean else "Chưa xóa hết"
    lines = [*gone, *_proof(receipt)]
    return (
        '<div class="hoi-receipt">'
        + element(f"{'✓' if receipt.clean else '✕'} {title}: {receipt.file}", "hoi-doc-title")
        + f'<ul class="hoi-doc-meta">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul></div>'
    )


def _proof(receipt: Receipt) -> list[str]:
    left = receipt.left
    found = f"Tìm lại bằng câu của chính nó (“{receipt.sentence}”): {left.passages} đoạn của văn bản này"
    if left.elsewhere:
        found += f"; câu ấy vẫn có trong {len(left.elsewhere)} văn bản khác"
    file = "tệp gốc không còn trên đĩa"
    if left.original:
        file = "tệp gốc còn vì văn bản khác có cùng nội dung" if left.shared else "tệp gốc vẫn còn trên đĩa"
    return [found, f"Còn lại {left.rows} dòng trong cơ sở dữ liệu; {file}", f"SHA-256 của tệp: {receipt.sha256}"]


def size(n: int) -> str:
    """Bytes for people: "1,2 MB"."""
    amount, unit = float(n), "B"
    for unit in ("B", "KB", "MB", "GB"):
        if amount < 1024 or unit == "GB":
            break
        amount /= 1024
    return f"{amount:.0f} {unit}" if unit == "B" or amount >= 100 else f"{amount:.1f} {unit}".replace(".", ",")
