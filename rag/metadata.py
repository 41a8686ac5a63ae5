"""Questions about a document itself (who signed, when, which number), answered from its header with the header's own words."""

from __future__ import annotations

import re
from typing import Literal

from corpus.document import Document, Span
from corpus.text import fold

HeaderField = Literal["issued_on", "signer", "issuer", "number", "subject", "recipients", "author", "title"]

_KIND = (
    r"(?:cong van|van ban|nghi quyet|quyet dinh|chi thi|bao cao|ke hoach|thong bao|ket luan|to trinh|huong dan|thong tu|nghi dinh|bai viet"
    r"|bai|tin|tai lieu|quy che|cv|nq|qd|tt|nd)"
)
_ASKS: tuple[tuple[HeaderField, re.Pattern[str]], ...] = (
    ("signer", re.compile(r"\b(?:ai|nguoi nao|dong chi nao|ong nao|ba nao) (?:da )?(?:la nguoi )?ky\b|\bnguoi ky\b|\bdo ai ky\b|\bky ten\b")),
    ("author", re.compile(r"\b(?:ai|nguoi nao) (?:da )?(?:la nguoi )?(?:viet|dang)\b|\btac gia\b|\bdo ai viet\b|\bnguoi viet\b")),
    (
        "issued_on",
        re.compile(
            r"\b(?:ban hanh|ky|phat hanh|ra|viet|dang|cong bo)\b.{0,24}\b(?:ngay nao|khi nao|bao gio|luc nao|ngay may|ngay bao nhieu|nam nao|thang nao)\b"
            r"|\bngay (?:ban hanh|ky|phat hanh|dang|thang nam nao)\b|\b(?:ngay nao|khi nao|bao gio)\b.{0,12}\b(?:ban hanh|ky|dang)\b"
        ),
    ),
    (
        "issuer",
        re.compile(
            r"\b(?:do )?(?:co quan|don vi|ban|phong|noi|ai|cap) nao (?:da )?(?:ban hanh|phat hanh|ra|gui|soan)\b|\bdo ai ban hanh\b|\bai (?:da )?ban hanh\b"
            r"|\bco quan ban hanh\b|\bdon vi ban hanh\b|\bcua (?:co quan|don vi|ai) nao\b|\bcua ai\b|\bdo (?:co quan|don vi) nao\b"
        ),
    ),
    ("recipients", re.compile(r"\bgui (?:cho |den |toi )?(?:nhung )?(?:ai|dau|co quan nao|don vi nao|noi nao|nhung)\b|\bkinh gui\b|\bnoi nhan\b")),
    ("title", re.compile(r"\b(?:tieu de|nhan de|ten (?:la )?gi|co ten|ten bai)\b")),
    ("number", re.compile(r"\b(?:so ky hieu|so hieu|so may|so bao nhieu|mang so|co so)\b")),
    ("subject", re.compile(r"\b(?:trich yeu|ve viec gi|ve van de gi|noi (?:ve )?(?:viec )?gi|noi ve dieu gi|noi dung gi|quy dinh (?:dieu )?gi)\b")),
)  # fmt: skip
_ABOUT_DOCUMENT = re.compile(rf"\b{_KIND}\b")
_ADDRESSEES = re.compile(r"^[ \-–]*K[íi]nh gửi\s*:?.*(?:\n[ ]*[-–+].*)*", re.M | re.I)


def asked_field(question: str) -> HeaderField | None:
    """The header field a question asks for; None when it asks about what documents say."""
    folded = fold(question)
    if not _ABOUT_DOCUMENT.search(folded):
        return None
    return next((field for field, pattern in _ASKS if pattern.search(folded)), None)


def header_span(document: Document, field: HeaderField) -> Span | None:
    """Where the header says it, in the canonical text."""
    if field == "recipients":
        match = _ADDRESSEES.search(document.text)
        return Span(match.start(), match.end()) if match else None
    return document.header.spans.get(field)
