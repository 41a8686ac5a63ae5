"""How an office names a document in a letter of its own: "Công văn số … ngày … của …", "Căn cứ … về việc …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Protocol

_ABOUT = re.compile(r"^v/v:?\s*", re.I)
# With these a rule names itself: "Thông tư … quy định mức điều chỉnh", where "về" would be one word too many.
_RULES = re.compile(
    r"(?:quy định|hướng dẫn|sửa đổi|bổ sung|bãi bỏ|ban hành|công bố|phê duyệt|thông qua|thành lập|kiện toàn|"
    r"điều chỉnh|thay thế|hợp nhất|giao|về)\b",
    re.I,
)

_ENTERED = {"kind": "loại", "number": "số", "title": "tên", "issued_on": "ngày", "issuer": "cơ quan"}


class Named(Protocol):
    """What names a document; a citation and the document's own header fields both do."""

    @property
    def title(self) -> str: ...
    @property
    def number(self) -> str | None: ...
    @property
    def issued_on(self) -> date | None: ...
    @property
    def issuer(self) -> str | None: ...
    @property
    def entered(self) -> Sequence[str]:
        """Fields whose value a person entered and the text says nowhere."""


def name(document: Named, kind: str | None) -> str:
    """ "Công văn số 118-CV/BDVHU ngày 11/10/2019 của Ban Dân vận …"; a text without a number goes by its title."""
    if document.number is None:
        named = f"bài “{document.title}”" if kind == "Tin bài" else f"“{document.title}”"
    else:
        named = f"{kind or 'Văn bản'} số {document.number}"
    day = f" ngày {document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    return named + day + (f" của {document.issuer}" if document.issuer else "") + _told(document)


def basis(document: Named, kind: str | None, subject: str | None) -> str:
    """The line a letter rests on: "Căn cứ Công văn số … ngày … của … về việc …", without a full stop."""
    about = _about(subject.strip(), kind) if subject and document.number else ""
    return " ".join(filter(None, ["Căn cứ", name(document, kind), about]))


def _told(document: Named) -> str:
    """What of the name is no words of the document's own: nobody should take it for them."""
    shown = ("kind", "number", "issued_on", "issuer") if document.number else ("title", "issued_on", "issuer")
    names = [_ENTERED[field] for field in shown if field in document.entered]
    return f" ({', '.join(names)} do người quản lý nhập)" if names else ""


def _about(subject: str, kind: str | None) -> str:
    """The subject as it follows the name. A Công văn's stands behind "V/v" (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    bare, marked = _ABOUT.subn("", subject, count=1)
    if bare.isupper():
        return f"về “{bare}”"  # names cannot be told from other words
    bare = _lower_first(bare)
    if marked or (kind == "Công văn" and not bare.startswith("về ")):
        return f"về việc {bare}"
    return bare if _RULES.match(bare) else f"về {bare}"


def _lower_first(text: str) -> str:
    """Without the capital of a sentence's beginning; a name's two capitals and "UBND" stay."""
    first, _, rest = text.partition(" ")
    is_name = first[1:] != first[1:].lower() or rest[:1].isupper()
    return text if is_name else text[:1].lower() + text[1:]
