"""PDF: the text of each page by pdfium; a page that is only a picture goes through OCR."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
from pypdfium2.raw import FPDF_ERR_PASSWORD

from corpus.formats import ocr, scan
from corpus.formats.layout import Layout
from corpus.formats.ocr import Gray
from corpus.formats.source import MAX_PAGES, LoadError, Source, broken, encrypted

MEDIA_TYPE = "application/pdf"
FEW_LETTERS = 25  # a page with fewer may be a scan with a stamp
MAX_SIDE = 3_500  # pixels of a page image


def read(content: bytes, deadline: float) -> Source:
    """`deadline`, of the monotonic clock, is when recognising scanned pages ends."""
    with opened(content) as document:
        if len(document) > MAX_PAGES:
            raise LoadError("too_large", f"Tệp có {len(document)} trang, nhiều hơn giới hạn {MAX_PAGES} trang.")
        return _read(document, deadline)


@contextmanager
def opened(content: bytes) -> Iterator[pdfium.PdfDocument]:
    """The file's pages. What pdfium cannot do with them is a LoadError."""
    try:
        document = pdfium.PdfDocument(content)
        try:
            yield document
        finally:
            document.close()
    except pdfium.PdfiumError as error:
        raise (encrypted() if getattr(error, "err_code", None) == FPDF_ERR_PASSWORD else broken("PDF")) from error


def is_scan(page: pdfium.PdfPage, text: str) -> bool:
    """Whether a page with this text is only a picture, perhaps with a stamp."""
    return sum(map(str.isalpha, text)) < FEW_LETTERS and any(
        item.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE for item in page.get_objects(max_depth=4)
    )


def scanned(page: pdfium.PdfPage) -> tuple[Gray, float]:
    """The picture of a page whose words are to be recognised, and its pixels an inch."""
    scale = min(ocr.DPI / 72, MAX_SIDE / max(page.get_size()))
    gray: Gray = page.render(scale=scale, grayscale=True).to_numpy()
    return gray, 72 * scale


def _read(document: pdfium.PdfDocument, deadline: float) -> Source:
    pages = list(_texts(document))
    scans = [number for number, text in enumerate(pages) if _is_scan(document, number, text)]
    notes: tuple[str, ...] = ()
    if scans:
        notes = _recognise(document, pages, scans, deadline)
    return Source(tuple(pages), MEDIA_TYPE, paged=True, wrapped=True, notes=notes)


def _texts(document: pdfium.PdfDocument) -> Iterator[str]:
    layout = Layout()
    for number in range(len(document)):
        try:
            page = document[number]
            yield layout.read(page, page.get_textpage())
        except pdfium.PdfiumError:
            yield ""  # one broken page; `load` refuses the file if nothing is left


def _is_scan(document: pdfium.PdfDocument, number: int, text: str) -> bool:
    try:
        return is_scan(document[number], text)
    except pdfium.PdfiumError:
        return False


def _recognise(document: pdfium.PdfDocument, pages: list[str], scans: list[int], deadline: float) -> tuple[str, ...]:
    """Fill `pages` in place; remarks on what was read by OCR and what was not."""
    try:
        ocr.require()
    except LoadError:
        if len(scans) == len(pages):
            raise
        return (f"{len(scans)} trang là ảnh quét, chưa đọc được vì máy chưa có tesseract-ocr-vie: {_numbers(scans)}.",)
    scanner = scan.Scanner()
    read = [
        number for number in scans[: ocr.MAX_OCR_PAGES] if _recognise_page(document, pages, number, scanner, deadline)
    ]
    if not read:
        raise ocr.failed()
    doubted = scan.doubted("".join(pages[number] for number in read))
    notes = [f"Trang {_numbers(read)} là ảnh quét, chữ do máy nhận dạng nên có thể sai.{doubted}"]
    if left := [number for number in scans if number not in read]:
        notes.append(f"Trang {_numbers(left)} là ảnh quét, chưa đọc được vì ảnh hỏng, quá nhiều trang hoặc hết giờ.")
    return tuple(notes)


def _recognise_page(
    document: pdfium.PdfDocument, pages: list[str], number: int, scanner: scan.Scanner, deadline: float
) -> bool:
    if time.monotonic() > deadline:
        return False
    try:
        pages[number] = scanner.text(*scanned(document[number]), deadline)
    except (LoadError, pdfium.PdfiumError):
        return False
    return True


def _numbers(indices: list[int]) -> str:
    """ "1–3, 7" from zero-based indices."""
    runs: list[list[int]] = []
    for index in indices:
        if runs and runs[-1][-1] == index:
            runs[-1][-1] = index + 1
        else:
            runs.append([index + 1, index + 1])
    return ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in runs)
