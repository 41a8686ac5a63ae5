"""Scans → text by Debian's tesseract with its Vietnamese data, looked for when it is needed."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.formats.source import LoadError

DPI = 200
PAGE_SECONDS = 60
MAX_OCR_PAGES = 200


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word and its sides, in fractions of the picture from its left and its top."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def require() -> str:
    """The command's path; LoadError("ocr_missing") tells what to install."""
    command = shutil.which("tesseract")
    languages = (
        subprocess.run([command, "--list-langs"], capture_output=True, timeout=20).stdout.split() if command else []
    )
    if command is None or b"vie" not in languages:
        message = "Tệp là bản quét (ảnh). Cần cài bộ nhận dạng chữ: apt install tesseract-ocr tesseract-ocr-vie."
        raise LoadError("ocr_missing", message)
    return command


def recognise(gray: NDArray[np.uint8], deadline: float) -> str:
    """The text of one page image, shape (height, width). Raises LoadError, at `deadline` of the monotonic clock too."""
    return recognise_file(_file(gray), deadline)


def recognise_file(image: bytes, deadline: float) -> str:
    """The text of an image file (PNG, JPEG, TIFF, PNM)."""
    return _tesseract(image, deadline).replace("\f", "")


def placed(gray: NDArray[np.uint8], deadline: float) -> list[Word]:
    """The words of one page image, shape (height, width), in the order of their text. Raises LoadError."""
    return placed_file(_file(gray), deadline)


def placed_file(image: bytes, deadline: float) -> list[Word]:
    """The words of an image file, those of its first page where it has several."""
    rows = [line.split("\t") for line in _tesseract(image, deadline, "tsv").splitlines()[1:]]
    sizes = [(int(row[8]), int(row[9])) for row in rows if row[:2] == ["1", "1"]]
    return [
        _word(row, *sizes[0]) for row in rows if sizes and row[:2] == ["5", "1"] and len(row) == 12 and row[11].strip()
    ]


def _file(gray: NDArray[np.uint8]) -> bytes:
    height, width = gray.shape
    return b"P5 %d %d 255\n" % (width, height) + np.ascontiguousarray(gray).tobytes()


def _word(row: list[str], width: int, height: int) -> Word:
    """Of tesseract's columns: level, page, block, paragraph, line, word, left, top, width, height, confidence, text."""
    left, top, across, down = map(int, row[6:10])
    return Word(row[11].strip(), left / width, top / height, (left + across) / width, (top + down) / height)


def _tesseract(image: bytes, deadline: float, *form: str) -> str:
    command = [require(), "stdin", "stdout", "-l", "vie", "--dpi", str(DPI), *form]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        left = max(1.0, min(PAGE_SECONDS, deadline - time.monotonic()))
        done = subprocess.run(command, input=image, capture_output=True, timeout=left, env=environment, check=True)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise failed() from error
    return done.stdout.decode("utf-8", "replace")


def failed() -> LoadError:
    return LoadError("ocr_failed", "Không nhận dạng được chữ trong ảnh quét.")
