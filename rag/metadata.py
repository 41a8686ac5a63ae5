"""Questions about a document itself (who signed, when, which number), answered with its header's own words."""

from __future__ import annotations

import re
from typing import Literal

from corpus.document import Document, Span
from corpus.links import Relation, find_links
from corpus.signature import find_post
from corpus.text import fold

HeaderField = Literal[
    "issued_on", "signer", "post", "issuer", "number", "subject", "recipients", "copies", "basis", "kind", "author",
    "title", "effective", "purpose"
]  # fmt: skip

_KIND = (
    r"(?:cong van|van ban|nghi quyet|quyet dinh|chi thi|bao cao|ke hoach|thong bao|ket luan|to trinh|huong dan|"
    r"thong tu|nghi dinh|cong dien|giay moi|bien ban|phuong an|de an|quy dinh|bai viet|bai|tin|tai lieu|quy che|"
    r"cv|nq|qd|tt|nd|bc|tb)"
)
_WHEN = r"(?:ngay nao|hom nao|khi nao|bao gio|luc nao|ngay may|ngay bao nhieu|nam nao|thang nao)"
_ISSUE = r"(?:ban hanh|ky|phat hanh|ra|viet|dang|cong bo)"
_WHO = r"(?:ai|nguoi nao|dong chi nao|ong nao|ba nao) (?:da )?(?:la nguoi )?"
_OFFICE = r"(?:co quan|don vi|(?<!van )ban|phong|noi|ai|cap) nao"
_SIGNER = rf"{_WHO}(?:dat but |dung ten )?ky|(?:truong|tich|thu|doc|dao) nao (?:da )?ky|nguoi ky|do ai ky|ky ten"
_SIGNED = rf"(?:{_SIGNER}|(?<!nhiem )ky {_KIND})"
_POST = r"(?:chuc vu|chuc danh|cuong vi|tu cach)"
_WHAT = r"(?:ve )?(?:nhung )?(?:dieu |cai |viec |van de |noi dung )?gi(?! (?:ve|cho|doi voi|trong|khi|lien quan)\b)"
_FROM = r"(?: thi hanh| phap ly)?(?: ke)?(?: tu| vao| trong)?"
_PATTERNS: tuple[tuple[HeaderField, str], ...] = (
    ("post", rf"{_POST}\b.{{0,80}}\b{_SIGNED}|{_SIGNED}\b.{{0,80}}\b{_POST}"),
    ("signer", _SIGNER),
    ("author", rf"{_WHO}(?:viet|dang)|tac gia|do ai viet|nguoi viet"),
    (
        "effective",
        rf"(?<!het )(?<!con )hieu luc{_FROM} {_WHEN}|{_WHEN} (?:\w+ ){{0,12}}(?<!het )(?<!con )hieu luc|"
        rf"ngay (?:co )?hieu luc|(?:ap dung|thi hanh)(?: ke)? tu (?:{_WHEN}|ngay thang nam nao)",
    ),
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
    ("copies", r"noi nhan|bao cao (?:cho |len |voi |toi )?(?:ai|dau|co quan nao|cap nao|noi nao|don vi nao)"),
    (
        "recipients",
        r"gui (?:cho |den |toi )?(?:nhung )?(?:ai|dau|co quan nao|don vi nao|noi nao|nhung)|kinh gui",
    ),
    (
        "basis",
        r"(?:can cu|co so)(?: phap ly| ban hanh)*(?: nao| gi| la gi| vao (?:dau|gi)|"
        r"(?: vao)?(?: nhung| cac)? (?:van ban|can cu|luat|quy dinh) (?:nao|gi))|"
        r"(?:can cu|co so) phap ly|dua (?:vao|tren) (?:dau|gi|van ban nao)|(?:nhung|cac) can cu",
    ),
    ("kind", r"(?:la |thuoc )?loai van ban (?:gi|nao)|la van ban (?:gi|loai gi)"),
    ("title", r"tieu de|nhan de|ten (?:la )?gi|co ten|ten bai"),
    (
        "number",
        rf"so ky hieu|so hieu|so may|so bao nhieu|mang so|co so (?:may|nao|gi|la|ky hieu)|"
        rf"^so {_KIND} (?:cua|phe duyet|thanh lap|ve viec)",
    ),
    ("purpose", r"nham (?:muc dich |de )?(?:lam )?gi|de lam gi|(?:vi )?muc dich (?:la )?gi|muc dich cua"),
    (
        "subject",
        rf"trich yeu|ve (?:viec|van de) gi|noi ve dieu gi|noi dung gi|(?:noi|quy dinh|huong dan|ban) {_WHAT}",
    ),
)
_ASKS = tuple((field, re.compile(rf"\b(?:{pattern})\b")) for field, pattern in _PATTERNS)
_WHICH = re.compile(rf"\b{_KIND}(?: lien tich)? so (?:may|nao|bao nhieu)\b")
_CITED = re.compile(
    rf"\b(?:theo|can cu|dua vao|dua tren|thuc hien|tai|bang) (?:van ban|{_KIND}) so (?:may|nao|bao nhieu)\b"
)
_ABOUT_DOCUMENT = re.compile(rf"\b{_KIND}\b")
_ITEMS = r"(?:\n(?:[ ]*\n)?[ ]*[-–+].*)*"
_ADDRESSEES = re.compile(rf"^[ \-–]*(?P<said>K[íi]nh gửi\s*:?.*{_ITEMS})", re.M | re.I)
_COPIES = re.compile(rf"^[ ]*(?P<said>Nơi nhận\s*:?.*{_ITEMS})", re.M | re.I)
_EFFECT = re.compile(
    r"(?:Thông tư(?: liên tịch)?|Nghị định|Nghị quyết|Quyết định|Chỉ thị|Bộ luật|Luật|Pháp lệnh|Quy chế|Quy định|"
    r"Điều lệ|Kế hoạch|Hướng dẫn|Văn bản)(?: này)?(?: bắt đầu| chính thức)? có hiệu lực(?: thi hành| pháp lý)?"
    r"(?: kể)?(?: từ| vào| sau)? (?:ngày|\d+ ngày|khi)(?:[^.\n]|\.(?=\d))*\.?"
)
_GROUNDS = re.compile(r"^[ \-–]*(?P<said>Căn cứ [^\n]*(?:\n[ \-–]*Căn cứ [^\n]*)*)", re.M)
_RESTS = re.compile(r"(?:can cu|thuc hien|trien khai|tiep theo|theo) ")
_RESTING: tuple[Relation, ...] = ("basis", "follows", "concludes", "implements")
_LINE = re.compile(r"[^\n]+")
_PURPOSE = re.compile(
    r"[ #]*(?:(?:[IVX]{1,4}|\d{1,2}|[a-z])[.)] *)?mục đích(?:(?:,| và|,? -) *(?:yêu cầu|ý nghĩa))?[ .]*(?::[ ]*|$)",
    re.I,
)
_HEADING = re.compile(r" *(?:#|[IVX]{1,4}[.)] |(?:(?:\d{1,2}|[a-z])[.)] *)?yêu cầu\b)", re.I)
_HEAD = 6_000  # characters in which a document names its grounds


def asked_field(question: str, given: bool = False) -> HeaderField | None:
    """The header field a question asks for; None when it asks about what documents say.

    `given`: it names a document by its number, so that "quyết định số mấy" is another, of which that one speaks; so is
    the one of "lập theo quyết định số mấy".
    """
    folded = fold(question)
    if not _ABOUT_DOCUMENT.search(folded):
        return None
    field = next((field for field, pattern in _ASKS if pattern.search(folded)), None)
    cited = _WHICH.search(folded) if given else _CITED.search(folded)
    return None if field == "number" and cited else field


def header_span(document: Document, field: HeaderField) -> Span | None:
    """Where the header says it, in the canonical text."""
    match field:
        case "recipients":
            found = _ADDRESSEES.search(document.text) or _last(_COPIES, document.text)
        case "copies":
            found = _last(_COPIES, document.text) or _ADDRESSEES.search(document.text)
        case "basis":
            return _basis(document)
        case "effective":
            effect = _last(_EFFECT, document.text)
            return Span(*effect.span()) if effect else None
        case "purpose":
            return _purpose(document.text)
        case "post":
            signed = document.header.spans.get("signer")
            return find_post(document.text, signed) if signed else None
        case _:
            return document.header.spans.get(field)
    return Span(found.start("said"), found.end("said")) if found else None


def _purpose(text: str) -> Span | None:
    """What stands behind "Mục đích: …", or below such a heading up to the next one."""
    start = end = 0
    for line in _LINE.finditer(text, 0, _HEAD):
        if heading := _PURPOSE.match(line[0]):
            start, end = line.start() + heading.end(), line.end()
            if text[start:end].strip():
                return Span(start, end)
        elif end and _HEADING.match(line[0]):
            break
        elif end and line[0].strip():
            start, end = (line.start() if not text[start:end].strip() else start), line.end()
    return Span(start, end) if text[start:end].strip() else None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last match: a list of addressees stands at the end, and a text may quote another's."""
    return next(iter(reversed(list(pattern.finditer(text)))), None)


def _basis(document: Document) -> Span | None:
    """The lines "Căn cứ …" under the head; else a clause that opens with what it carries out, or such a subject."""
    text, subject = document.text, document.header.spans.get("subject")
    if grounds := _GROUNDS.search(text, 0, _HEAD):
        return Span(grounds.start("said"), grounds.end("said"))
    links = [link.span for link in find_links(document) if link.relation in _RESTING and link.span.start < _HEAD]
    opening = [*links, *([subject] if subject else [])]
    return next((span for span in opening if _RESTS.match(fold(span.of(text)))), None)
