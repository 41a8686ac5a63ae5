"""A file → `Document`: its kind is told from the bytes, boilerplate comes off, the header is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus import boilerplate, paragraphs
from corpus.boilerplate import Cut
from corpus.document import Document, Page, Span, Stripped, content_id
from corpus.formats import archive, docx, html, ocr, pdf, plain, xlsx
from corpus.formats.source import MAX_BYTES, MAX_LETTERS, LoadError, Source, encrypted
from corpus.header import read_header
from corpus.text import clean

__all__ = ["SUFFIXES", "LoadError", "load", "parse"]

SUFFIXES = frozenset(
    {
        ".txt",
        ".md",
        ".markdown",
        ".html",
        ".htm",
        ".pdf",
        ".docx",
        ".xlsx",
        ".png",
        ".jpg",
        ".jpeg",
        ".tif",
        ".tiff",
    }
)

_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|div|article|table|h1|p)\b",
    re.I | re.S,
)
_IMAGES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\0": "image/tiff",
    b"MM\0*": "image/tiff",
}
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\U000e0000-\U000e007f]")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def load(path: Path) -> Document:
    """The document of a file on disk. Raises LoadError."""
    return parse(read_file(path), path.name)


def read_file(path: Path) -> bytes:
    """A file's bytes. Raises LoadError when it is too large or cannot be read at all."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _too_large()
        return path.read_bytes()
    except OSError as error:
        raise LoadError("unreadable", f"Không đọc được tệp ({error.strerror}).") from error


def files_in(folder: Path) -> list[Path]:
    """A folder's files of the kinds that are read, hidden ones left out, in the order of their names."""
    inside = (path for path in sorted(folder.rglob("*")) if path.suffix.lower() in SUFFIXES and path.is_file())
    return [path for path in inside if not any(part.startswith(".") for part in path.relative_to(folder).parts)]


def parse(content: bytes, file: str) -> Document:
    """The document of a file's bytes; `file` is the name to show. Raises LoadError."""
    if len(content) > MAX_BYTES:
        raise _too_large()
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise LoadError("empty_file", "Tệp trống, không có nội dung.")
    source = _read(content, file)
    if sum(map(len, source.pages)) > MAX_LETTERS:
        raise _too_large()
    text, pages, stripped = _canonical(source)
    if not any(map(str.isalnum, text)):
        raise LoadError("no_text", "Tệp không có chữ nào đọc được.")
    id, sha256 = content_id(content)
    header = read_header(text, file, stripped)
    notes = (*source.notes, *_hidden_note(source.pages))
    return Document(id, sha256, file, source.media_type, text, header, pages, stripped, notes)


def _hidden_note(pages: tuple[str, ...]) -> tuple[str, ...]:
    """A remark when the source held characters that nobody sees: they can hide orders or break a search."""
    hidden = sum(len(_HIDDEN.findall(page)) for page in pages)
    return (f"Đã bỏ {hidden} ký tự ẩn (không nhìn thấy được) khỏi văn bản.",) if hidden else ()


def _too_large() -> LoadError:
    return LoadError("too_large", f"Tệp lớn hơn giới hạn {MAX_BYTES >> 20} MB.")


def _read(content: bytes, file: str) -> Source:
    if b"%PDF-" in content[:1024]:
        return pdf.read(content)
    if content.startswith(b"PK\x03\x04"):
        return _read_archive(content)
    if content.startswith(_OLE):
        return _refuse_ole(content)
    for magic, media_type in _IMAGES.items():
        if content.startswith(magic):
            note = "Tệp là ảnh, chữ do máy nhận dạng nên có thể sai."
            return Source((ocr.recognise_file(content),), media_type, paged=True, wrapped=True, notes=(note,))
    if content.startswith((b"{\\rtf", b"GIF8", b"RIFF", b"BM", b"\x7fELF", b"MZ", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise _unsupported()
    if _HTML.match(plain.opening(content)):
        return html.read(content)
    return plain.read(content, file)


def _read_archive(content: bytes) -> Source:
    names = archive.names(content)
    if "word/document.xml" in names:
        return docx.read(content)
    if "xl/workbook.xml" in names:
        return xlsx.read(content)
    if not names:
        raise LoadError("broken_file", "Tệp nén bị hỏng, không mở được.")
    raise _unsupported()


def _refuse_ole(content: bytes) -> Source:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise encrypted()
    raise LoadError(
        "unsupported_type",
        "Tệp Office đời cũ (.doc, .xls) chưa được hỗ trợ. Hãy lưu lại thành .docx, .xlsx hoặc PDF.",
    )


def _unsupported() -> LoadError:
    kinds = "TXT, MD, HTML, PDF, DOCX, XLSX, ảnh PNG, JPEG, TIFF"
    return LoadError("unsupported_type", f"Loại tệp này chưa được hỗ trợ. Các loại nhận được: {kinds}.")


@dataclass(slots=True)
class _Builder:
    """The canonical text as it grows, with the places of pages and of what was left out."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    last: str = ""
    blank: bool = False
    starts: list[int] = field(default_factory=list)
    stripped: list[Stripped] = field(default_factory=list)

    def add(self, line: str, joined: bool) -> int:
        """Append a line; where it begins."""
        between = "" if not self.parts else " " if joined else "\n\n" if self.blank else "\n"
        line = line.lstrip() if joined else line
        self.parts += [between, line]
        start = self.length + len(between)
        self.length = start + len(line)
        self.last, self.blank = line, False
        return start

    def cut(self, cut: Cut) -> None:
        """Note a cut; neighbours for the same reason are one piece."""
        if self.stripped and (self.stripped[-1].reason, self.stripped[-1].at) == (cut.reason, self.length):
            text = f"{self.stripped.pop().text}\n{cut.removed.strip()}"
        else:
            text = cut.removed.strip()
        self.stripped.append(Stripped(text, cut.reason, self.length))


def _canonical(source: Source) -> tuple[str, tuple[Page, ...], tuple[Stripped, ...]]:
    pages = [[line.rstrip() for line in clean(page).split("\n")] for page in source.pages]
    lines = [(number, line) for number, page in enumerate(pages) for line in page]
    cuts = _cuts(pages, source.paged)
    full = paragraphs.width([line for _, line in lines]) if source.wrapped else 0
    built = _Builder()
    for index, (page, line) in enumerate(lines):
        cut = cuts.get(index)
        line = cut.kept if cut else line
        new_page = page == len(built.starts)
        built.blank &= not (new_page and source.wrapped)  # a page's margin is no blank line
        if line.strip():
            joined = source.wrapped and (not built.blank or new_page) and paragraphs.runs_on(built.last, line, full)
            start = built.add(line, joined)
            built.starts += [start] * (page - len(built.starts) + 1)
        elif cut is None and built.parts:
            built.blank = True
        if cut:
            built.cut(cut)
            built.blank |= cut.reason == boilerplate.RULE  # a rule parts what stands above and below it
    text = "".join(built.parts)
    return (
        text,
        tuple(_pages(built.starts, len(pages), len(text))) if source.paged else (),
        tuple(built.stripped),
    )


def _cuts(pages: list[list[str]], paged: bool) -> dict[int, Cut]:
    """By number of line in the whole file; page heads first, so that what stood around them meets."""
    running = boilerplate.find_running(pages) if paged else set()
    flat = [(number, place, line) for number, page in enumerate(pages) for place, line in enumerate(page)]
    heads = {
        index: Cut(line, boilerplate.RUNNING)
        for index, (number, place, line) in enumerate(flat)
        if (number, place) in running
    }
    others = boilerplate.find(["" if index in heads else line for index, (_, _, line) in enumerate(flat)])
    return others | heads


def _pages(starts: list[int], count: int, end: int) -> Iterator[Page]:
    bounds = [*starts, *[end] * (count - len(starts)), end]
    for number in range(count):
        yield Page(number + 1, Span(bounds[number] if number else 0, bounds[number + 1]))
