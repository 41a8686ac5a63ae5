"""A page of a PDF or an image as it looks: its picture, and the places on it where words of its text stand."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageOps

from corpus.document import Span
from corpus.formats import pdf, picture, placed
from corpus.formats.ocr import Word
from corpus.formats.ruled import Box
from corpus.formats.scan import Scanner
from corpus.kind import kind_of
from corpus.marks import Mark, Marks
from corpus.matching import NOWHERE, matched

MAX_SIDE = 4_000  # pixels
PACKED = 3  # of 9: how hard a picture is made small; more takes longer and wins nothing on print
TINT = 40  # of 255: ink with no more colour is gray


def draw(content: bytes, number: int, width: int) -> bytes:
    """Page `number`, from 1, as a PNG `width` pixels wide, or less where it would be too long. Raises LoadError."""
    drawn = _image(content, number, width) if kind_of(content) == "image" else _pdf(content, number, width)
    stream = io.BytesIO()
    drawn.save(stream, "png", compress_level=PACKED)
    return stream.getvalue()


def find(content: bytes, number: int, text: str, cited: Span, deadline: float) -> Marks:
    """Where `cited` of the page's canonical `text` stands on it; no marks where no OCR is to be had. Raises LoadError.

    `deadline`, of the monotonic clock, is when recognising ends.
    """
    if kind_of(content) == "image":
        words = Scanner().words(*picture.scanned(content, number), deadline)
        return Marks(_recognised(words, text, cited), machine_read=True)
    with pdf.opened(content) as document:
        page = _page(document, number)
        if pdf.is_scan(page, page.get_textpage().get_text_bounded()):
            words = Scanner().words(*pdf.scanned(page), deadline)
            return Marks(_recognised(words, text, cited), machine_read=True)
        return Marks(placed.marks(page, text, cited), machine_read=False)


def _page(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    if not 0 < number <= len(document):
        raise picture.no_page(number)
    return document[number - 1]


def _pdf(content: bytes, number: int, width: int) -> Image.Image:
    with pdf.opened(content) as document:
        page = _page(document, number)
        across, down = page.get_size()
        drawn: Image.Image = page.render(scale=min(width / across, MAX_SIDE / down)).to_pil().convert("RGB")
        colours = np.asarray(drawn)
        gray = int((colours.max(axis=2) - colours.min(axis=2)).max()) <= TINT
        return drawn.convert("L") if gray else drawn  # half the bytes, and half the time


def _image(content: bytes, number: int, width: int) -> Image.Image:
    with picture.opened(content, number) as found:
        upright = ImageOps.exif_transpose(found)
        scale = min(width / upright.width, MAX_SIDE / upright.height, 1)
        size = max(1, round(upright.width * scale)), max(1, round(upright.height * scale))
        return upright.convert("RGB").resize(size)


def _recognised(words: Sequence[Word], text: str, cited: Span) -> tuple[Mark, ...]:
    """The words that the quote touches, those of a line as one piece."""
    source = " ".join(word.text for word in words)
    begins = list(accumulate((len(word.text) + 1 for word in words), initial=0))
    places = matched(text, source)[cited.start : cited.end]
    touched = sorted({bisect_right(begins, place) - 1 for place in places if place != NOWHERE})
    boxes = [Box(word.left, -word.bottom, word.right, -word.top) for word in map(words.__getitem__, touched)]
    return tuple(Mark(box.left, -box.top, box.right, -box.bottom) for box in placed.merged(boxes))
