"""What a file is, told from its bytes; its name says nothing."""

from __future__ import annotations

import re
from typing import Literal

from corpus.formats import archive
from corpus.formats.mail import is_mail
from corpus.formats.plain import opening

Kind = Literal[
    "pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "ole", "rtf", "zip", "broken-zip",
    "mail", "html", "text", "image", "declared", "other",
]  # fmt: skip

IMAGES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\0": "image/tiff",
    b"MM\0*": "image/tiff",
}
_OTHERS = (b"GIF8", b"RIFF", b"BM", b"\x7fELF", b"MZ", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*){0,20}<(?:!doctype\s+html|html|head|body|div|article|table|h1|p)\b",
    re.I | re.S,
)
_DECLARES = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?<!(?:doctype[^>\[]{0,300}\[|entity\b)", re.I)  # a DTD of its own
_OPEN_DOCUMENT = re.compile(
    rb".{30}mimetypeapplication/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)", re.S
)
_OPEN: dict[bytes, Kind] = {b"text": "odt", b"spreadsheet": "ods", b"presentation": "odp"}
_OFFICE: dict[str, Kind] = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}


def kind_of(content: bytes) -> Kind:
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return _archive(content)
    if content.startswith(_OLE):
        return "ole"
    if content.startswith(tuple(IMAGES)):
        return "image"
    if content.startswith(b"{\\rtf"):
        return "rtf"
    if content.startswith(_OTHERS):
        return "other"
    if is_mail(content[:8192]):
        return "mail"
    if _DECLARES.match(start := opening(content)):
        return "declared"
    return "html" if _HTML.match(start) else "text"


def media_type_of_image(content: bytes) -> str:
    return next(media_type for magic, media_type in IMAGES.items() if content.startswith(magic))


def _archive(content: bytes) -> Kind:
    open_document = _OPEN_DOCUMENT.match(content)
    if open_document:
        return _OPEN[open_document[1]]
    names = archive.names(content)
    return next((kind for name, kind in _OFFICE.items() if name in names), "zip" if names else "broken-zip")
