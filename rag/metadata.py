"""Questions about a document itself (who signed, when, which number), answered with its header's own words."""

from __future__ import annotations

import re
from typing import Literal

from corpus.document import Document, Span
from corpus.text import fold

HeaderField = Literal["issued_on", "signer", "issuer", "number", "subject", "recipients", "author", "title"]

_KIND = (
    r"(?:cong van|van ban|nghi quyet|quyet dinh|chi thi|bao cao|ke hoach|thong bao|ket luan|to trinh|huong dan|"
    r"thong tu|nghi dinh|bai viet|bai|tin|tai lieu|quy che|cv|nq|qd|tt|nd)"
)
_WHEN = r"(?:ngay nao|khi nao|bao gio|luc nao|ngay may|ngay bao nhieu|nam nao|thang nao)"
_ISSUE = r"(?:ban hanh|ky|phat hanh|ra|viet|dang|cong bo)"
_WHO = r"(?:ai|nguoi nao|dong chi nao|ong nao|ba nao) (?:da )?(?:la nguoi )?"
_OFFICE = r"(?:co quan|don vi|ban|phong|noi|ai|cap) nao"
_PATTERNS: tuple[tuple[HeaderField, str], ...] = (
    ("signer", rf"{_WHO}ky|nguoi ky|do ai ky|ky ten"),
    ("author", rf"{_WHO}(?:viet|dang)|tac gia|do ai viet|nguoi viet"),
    (
        "issued_on",
        rf"{_ISSUE}\b.{{0,24}}\b{_WHEN}|ngay (?:ban hanh|ky|phat hanh|dang|thang nam nao)|"
        r"(?:ngay nao|khi nao|bao gio)\b.{0,12}\b(?:ban hanh|ky|dang)|"
        rf"(?:ngay nao|khi nao|bao gio) {_KIND}\b.{{0,30}}\b(?:ban hanh|phat hanh)",
    ),
    (
        "issuer",
        rf"{_OFFICE} (?:da )?(?:ban hanh|phat hanh|ra|gui|soan)|(?:do )?ai (?:da )?ban hanh|"
        r"(?:co quan|don vi) ban hanh|cua (?:co quan|don vi|ai) nao|cua ai|do (?:co quan|don vi) nao",
    ),
    (
        "recipients",
        r"gui (?:cho |den |toi )?(?:nhung )?(?:ai|dau|co quan nao|don vi nao|noi nao|nhung)|kinh gui|noi nhan",
    ),
    ("title", r"tieu de|nhan de|ten (?:la )?gi|co ten|ten bai"),
    ("number", r"so ky hieu|so hieu|so may|so bao nhieu|mang so|co so"),
    (
        "subject",
        r"trich yeu|ve viec gi|ve van de gi|noi (?:ve )?(?:viec )?gi|noi ve dieu gi|noi dung gi|"
        r"quy dinh (?:dieu )?gi",
    ),
)
_ASKS = tuple((field, re.compile(rf"\b(?:{pattern})\b")) for field, pattern in _PATTERNS)
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
