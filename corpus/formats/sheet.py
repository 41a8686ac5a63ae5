"""A page of a PDF or an image as it looks: its picture, and the places on it where words of its text stand."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, UnidentifiedImageError

from corpus.document import Span
from corpus.formats import ocr, pdf, placed
from corpus.formats.ruled import Box
from corpus.formats.source import LoadError, broken
from corpus.kind import kind_of
from corpus.marks import Mark, Marks
from corpus.matching import NOWHERE, matched

MAX_SIDE = 4_000  # pixels
PACKED = 3  # of 9: how hard a picture is made small; more takes longer and wins nothing on print
TINT = 40  # of 255: ink with no more colour is gray


def draw(content: bytes, number: int, width: int) -> bytes:
    """Page `number`, from 1, as a PNG `width` pixels wide, or less where it would be too long. Raises LoadError."""
    picture = _image(content, number, width) if kind_of(content) == "image" else _pdf(content, number, width)
    stream = io.BytesIO()
    picture.save(stream, "png", compress_level=PACKED)
    return stream.getvalue()


def find(content: bytes, number: int, text: str, cited: Span, deadline: float) -> Marks:
    """Where `cited` of the page's canonical `text` stands on it; no marks where no OCR is to be had. Raises LoadError.

    `deadline`, of the monotonic clock, is when recognising ends.
    """
    if kind_of(content) == "image":
        return Marks(_recognised(ocr.placed_file(content, deadline), text, cited), machine_read=True)
    with pdf.opened(content) as document:
        page = _page(document, number)
        if pdf.is_scan(page, page.get_textpage().get_text_bounded()):
            return Marks(_recognised(ocr.placed(pdf.scanned(page), deadline), text, cited), machine_read=True)
        return Marks(placed.marks(page, text, cited), machine_read=False)


def no_page(number: int) -> LoadError:
    return LoadError("no_page", f"Văn bản không có trang {number} để xem.")


def _page(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    if not 0 < number <= len(document):
        raise no_page(number)
    return document[number - 1]


def _pdf(content: bytes, number: int, width: int) -> Image.Image:
    with pdf.opened(content) as document:
        page = _page(document, number)
        across, down = page.get_size()
        picture: Image.Image = page.render(scale=min(width / across, MAX_SIDE / down)).to_pil().convert("RGB")
        colours = np.asarray(picture)
        gray = int((colours.max(axis=2) - colours.min(axis=2)).max()) <= TINT
        return picture.convert("L") if gray else picture  # half the bytes, and half the time


def _image(content: bytes, number: int, width: int) -> Image.Image:
    if number != 1:
        raise no_page(number)
    try:
        with Image.open(io.BytesIO(content)) as picture:
            scale = min(width / picture.width, MAX_SIDE / picture.height, 1)
            size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
            return picture.convert("RGB").resize(size)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError) as error:
        raise broken("ảnh") from error


def _recognised(words: Sequence[ocr.Word], text: str, cited: Span) -> tuple[Mark, ...]:
    """The words that the quote touches, those of a line as one piece."""
    source = " ".join(word.text for word in words)
    begins = list(accumulate((len(word.text) + 1 for word in words), initial=0))
    places = matched(text, source)[cited.start : cited.end]
    touched = sorted({bisect_right(begins, place) - 1 for place in places if place != NOWHERE})
    boxes = [Box(word.left, -word.bottom, word.right, -word.top) for word in map(words.__getitem__, touched)]
    return tuple(Mark(box.left, -box.top, box.right, -box.bottom) for box in placed.merged(boxes))
