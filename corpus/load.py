"""A file → `Document`: its kind is told from the bytes, boilerplate comes off, the header is read."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.canonical import canonical
from corpus.document import Document, content_id
from corpus.formats import archive, docx, html, legacy, mail, office, pdf, picture, plain, pptx, xlsx
from corpus.formats.source import MAX_BYTES, MAX_LETTERS, LoadError, Source, encrypted
from corpus.header import read_header
from corpus.kind import kind_of
from corpus.system_errors import told

__all__ = ["SUFFIXES", "LoadError", "load", "parse"]

SUFFIXES = frozenset(
    ".txt .md .markdown .html .htm .mht .mhtml .eml .pdf .docx .xlsx .pptx .doc .xls .ppt .rtf .odt .ods .odp .zip"
    " .png .jpg .jpeg .tif .tiff".split()
)
OCR_SECONDS = 3600.0
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\U000e0000-\U000e007f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file inside an archive or a mail."""

    path: str
    content: bytes

    @property
    def file(self) -> str:
        return self.path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Opened:
    """A file opened: its own document, and the files that it holds."""

    document: Document | None
    entries: tuple[Entry, ...] = ()


def load(path: Path) -> Document:
    """The document of a file on disk. Raises LoadError."""
    return parse(read_file(path), path.name)


def read_file(path: Path) -> bytes:
    """A file's bytes. Raises LoadError when it is too large or cannot be read at all."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise too_large()
        return path.read_bytes()
    except OSError as error:
        raise LoadError("unreadable", f"Không đọc được tệp ({told(error)}).") from error


def files_in(folder: Path) -> list[Path]:
    """A folder's files of the kinds that are read, hidden ones left out, in the order of their names."""
    inside = (path for path in sorted(folder.rglob("*")) if path.suffix.lower() in SUFFIXES and path.is_file())
    return [path for path in inside if not any(part.startswith(".") for part in path.relative_to(folder).parts)]


def open_file(content: bytes, file: str, ocr_seconds: float = OCR_SECONDS) -> Opened:
    """The document of a file's bytes, or the files of an archive, each to be opened by itself. Raises LoadError."""
    _check_size(content)
    kind = kind_of(content)
    if kind == "mail":
        inside = tuple(Entry(*found) for found in mail.attachments(content))
        return Opened(parse(content, file, ocr_seconds), inside)
    if kind == "zip":
        entries = tuple(Entry(*found) for found in archive.files(content))
        if not entries:
            raise LoadError("empty_file", "Tệp nén không chứa tệp nào.")
        return Opened(None, entries)
    return Opened(parse(content, file, ocr_seconds))


def parse(content: bytes, file: str, ocr_seconds: float = OCR_SECONDS) -> Document:
    """The document of a file's bytes; `file` is the name to show. Raises LoadError.

    A scan is read for `ocr_seconds`; the pages that are left then are named in the document's notes.
    """
    _check_size(content)
    source = legacy.converted(_read(content, file, time.monotonic() + ocr_seconds))
    if sum(map(len, source.pages)) > MAX_LETTERS:
        raise too_large()
    text, pages, stripped = canonical(source)
    if not any(map(str.isalnum, text)):
        raise LoadError("no_text", "Tệp không có chữ nào đọc được.")
    id, sha256 = content_id(content)
    header = read_header(text, file, stripped)
    notes = (*source.notes, *_hidden_note(source.pages))
    return Document(id, sha256, file, source.media_type, text, header, pages, stripped, notes)


def is_plain(content: bytes) -> bool:
    """Whether a file is nothing but UTF-8 text, which no parser but ours touches."""
    if kind_of(content) != "text" or b"\0" in content:
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def too_large() -> LoadError:
    return LoadError("too_large", f"Tệp lớn hơn giới hạn {MAX_BYTES >> 20} MB.")


def nested() -> LoadError:
    return LoadError("nested_archive", "Tệp nén nằm trong tệp nén không được nhận. Hãy giải nén trước.")


def _check_size(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise too_large()
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise LoadError("empty_file", "Tệp trống, không có nội dung.")


def _hidden_note(pages: tuple[str, ...]) -> tuple[str, ...]:
    """A remark when the source held characters that nobody sees: they can hide orders or break a search."""
    hidden = sum(len(_HIDDEN.findall(page)) for page in pages)
    return (f"Đã bỏ {hidden} ký tự ẩn (không nhìn thấy được) khỏi văn bản.",) if hidden else ()


def _read(content: bytes, file: str, deadline: float) -> Source:
    match kind := kind_of(content):
        case "pdf":
            return pdf.read(content, deadline)
        case "docx":
            return docx.read(content)
        case "xlsx":
            return xlsx.read(content)
        case "pptx":
            return pptx.read(content)
        case "mail":
            return mail.read(content)
        case "html":
            return html.read(content)
        case "text":
            return plain.read(content, file)
        case "image":
            return picture.read(content, deadline)
        case "ole":
            return _read_ole(content)
        case "rtf" | "odt" | "ods" | "odp":
            return _read_old(content, kind)
        case "zip":
            raise nested()
        case "broken-zip":
            raise LoadError("broken_file", "Tệp nén bị hỏng, không mở được.")
        case "declared":
            raise archive.unsafe_xml()
        case _:
            raise _unsupported()


def _read_ole(content: bytes) -> Source:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise encrypted()
    kind = office.kind_of_ole(content)
    if kind is None:
        raise _unsupported()
    return _read_old(content, kind)


def _read_old(content: bytes, kind: office.Old) -> Source:
    modern, media_type = office.OLD[kind]
    read = {"docx": docx.read, "xlsx": xlsx.read, "pptx": pptx.read}[modern]
    return replace(read(office.to_modern(content, kind)), media_type=media_type)


def _unsupported() -> LoadError:
    kinds = "TXT, MD, HTML, PDF, DOCX, XLSX, PPTX, EML, ZIP, ảnh; khi có LibreOffice: DOC, XLS, PPT, RTF, ODT"
    return LoadError("unsupported_type", f"Loại tệp này chưa được hỗ trợ. Các loại nhận được: {kinds}.")
