"""Taking documents away, and the receipt that nothing of them is left."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

import streamlit as st

from ui.library.shelf import looked_at
from ui.schemas_shelf import Receipt
from ui.talk.session import attempt, client, session
from ui.talk.text import element, plain


def offer(ids: Sequence[str]) -> None:
    """What can be done with the ticked documents."""
    with st.container(horizontal=True, gap="small", key="shelf-chosen"):
        if st.button(f"Xóa {len(ids)} văn bản đã chọn", key="remove-chosen", icon=":material/delete:"):
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
        plain(f"… và {len(ids) - 5} văn bản khác.")
    plain("Văn bản sẽ bị xóa khỏi kho. Những câu trả lời cũ đã trích nó sẽ không mở lại được.")
    with st.container(horizontal=True):
        if st.button("Xóa hẳn", key="remove-yes", type="primary"):
            _remove(ids)
            st.rerun()
        if st.button("Giữ lại", key="remove-no"):
            st.rerun()


def _remove(ids: Sequence[str]) -> None:
    view, held = looked_at(), session()
    done = [receipt for id in ids if (receipt := attempt(lambda id=id: client().remove(id)))]  # type: ignore[misc]
    view.receipts, view.chosen = done, []
    held.forget()
    gone = {receipt.id for receipt in done}
    if view.open in gone:
        view.open = ""
    if held.reading and held.reading.document_id in gone:
        held.read(None)


def receipts() -> None:
    """The receipts of what was just removed."""
    view = looked_at()
    if not view.receipts:
        return
    with st.container(border=True, key="shelf-receipt"):
        for receipt in view.receipts[:10]:
            st.html(_html(receipt))
        if len(view.receipts) > 10:
            plain(f"… và {len(view.receipts) - 10} biên nhận khác trong tệp tải về.", "hoi-doc-meta")
        with st.container(horizontal=True, gap="small"):
            content = json.dumps([each.model_dump() for each in view.receipts], ensure_ascii=False, indent=1)
            st.download_button(
                "Tải biên nhận", content, "bien-nhan.json", "application/json", icon=":material/download:",
                key="receipt-file", on_click="ignore",
            )  # fmt: skip
            st.button("Đóng biên nhận", key="receipt-close", type="tertiary", on_click=_close)


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
        '<div role="status" class="hoi-receipt">'
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
