"""Image files (PNG, JPEG, TIFF): their words by OCR, a page a picture; a TIFF from a fax or a scanner holds several."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from corpus.formats import ocr
from corpus.formats.ocr import Gray
from corpus.formats.scan import Scanner, doubted
from corpus.formats.source import LoadError, Source, broken
from corpus.kind import media_type_of_image

MAX_SIDE = 4_600  # pixels: a sheet at 400 an inch
SHEET = 11.7  # inches of the longer side of a sheet, A4
SCREEN = 96  # pixels an inch of a picture that is too small for a sheet


def read(content: bytes, deadline: float) -> Source:
    """`deadline`, of the monotonic clock, is when recognising ends. Raises LoadError."""
    scanner, pages = Scanner(), list[str]()
    with opened(content) as picture:
        count = int(getattr(picture, "n_frames", 1))
        while len(pages) < min(count, ocr.MAX_OCR_PAGES) and (not pages or time.monotonic() < deadline):
            picture.seek(len(pages))
            pages.append(scanner.text(*_gray(picture), deadline))
    notes = [f"Tệp là ảnh, chữ do máy nhận dạng nên có thể sai.{doubted(''.join(pages))}"]
    if len(pages) < count:
        notes.append(f"Trang {len(pages) + 1}–{count} chưa đọc được vì quá nhiều trang hoặc hết giờ.")
    return Source(tuple(pages), media_type_of_image(content), paged=True, wrapped=True, notes=tuple(notes))


def scanned(content: bytes, number: int) -> tuple[Gray, float]:
    """Page `number`, from 1, as it is read, and its pixels an inch. Raises LoadError."""
    with opened(content, number) as picture:
        return _gray(picture)


@contextmanager
def opened(content: bytes, number: int = 1) -> Iterator[Image.Image]:
    """An image file at one of its pages. What cannot be read of it is a LoadError."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if not 0 < number <= int(getattr(picture, "n_frames", 1)):
                raise no_page(number)
            picture.seek(number - 1)
            yield picture
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, EOFError, SyntaxError) as error:
        raise broken("ảnh") from error


def no_page(number: int) -> LoadError:
    return LoadError("no_page", f"Văn bản không có trang {number} để xem.")


def _gray(picture: Image.Image) -> tuple[Gray, float]:
    upright = ImageOps.exif_transpose(picture).convert("L")
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    gray = np.asarray(upright)
    return gray, max(SCREEN, max(gray.shape) / SHEET)
