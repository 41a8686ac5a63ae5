"""When the documents do not say it: the Vietnamese words that tell why and name the nearest documents."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Document
from rag.answer import Reason
from rag.compose import introduction
from rag.constraints import Mismatch

_NEAREST = 2
_POLITE = {
    "greeting": "Xin chào. Mời nêu điều cần tra trong tài liệu, kèm nơi, thời gian hoặc số văn bản nếu có.",
    "thanks": "Rất vui được giúp. Còn điều gì cần tra trong tài liệu, xin cứ hỏi tiếp.",
}


def refusal(reason: Reason, against: Mismatch | None, nearest: Sequence[Document]) -> str:
    """What the user reads instead of an answer."""
    if against and against.kind == "courtesy":
        return _POLITE[against.what]
    return f"{_because(reason, against)}{_near(nearest)}"


def _because(reason: Reason, against: Mismatch | None) -> str:
    if reason == "unclear":
        return "Câu hỏi chưa đủ rõ để tra. Xin nêu thêm nơi, thời gian hoặc số văn bản cần hỏi."
    if reason == "out_of_scope":
        return "Câu hỏi nằm ngoài phạm vi các tài liệu hiện có."
    if against is None:
        told = (
            "chỉ có đoạn gần với câu hỏi, chưa đủ căn cứ để trả lời"
            if reason == "weak_evidence"
            else "không nêu điều này"
        )
        return f"Các tài liệu hiện có {told}."
    if against.kind == "number":
        return f"Các tài liệu hiện có không có và không nhắc đến văn bản “{against.what}”."
    if against.kind == "place":
        nearest = f"; đoạn gần nhất nói về {against.there}" if against.there else ""
        return f"Các tài liệu hiện có không nêu điều này về {against.what}{nearest}."
    if against.kind == "year":
        nearest = f"; đoạn gần nhất nói về năm {against.there}" if against.there else ""
        return f"Các tài liệu hiện có không nêu điều này cho năm {against.what}{nearest}."
    if against.kind in ("name", "office") and against.what:
        nearest = f"; đoạn gần nhất nói về {against.there}" if against.there else ""
        return f"Các tài liệu hiện có không nêu điều này về {against.what}{nearest}."
    if against.kind in ("office", "kind", "title"):
        return "Các tài liệu hiện có không nêu điều này."
    return f"Các tài liệu hiện có chỉ nêu “{against.there}”, không nêu “{against.what}”."


def _near(nearest: Sequence[Document]) -> str:
    if not nearest:
        return ""
    named = "; ".join(introduction(document) for document in nearest[:_NEAREST])
    return f" Tài liệu gần nhất: {named}."
