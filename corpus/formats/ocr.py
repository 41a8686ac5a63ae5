"""Pictures → words by Debian's tesseract with its Vietnamese data, looked for when it is needed."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.formats.source import LoadError

Gray = NDArray[np.uint8]  # a picture, shape (height, width)
DPI = 200
PAGE_SECONDS = 60
MAX_OCR_PAGES = 200
VIETNAMESE, FIGURES = "vie", "eng"  # the English data is the better one at figures
COLUMN = "6"  # tesseract's segmentation mode for one even column of text


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word and its sides from the left and the top of the picture, in its pixels or in fractions of it;
    how sure tesseract is of it, of 100."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    sure: float


def require() -> str:
    """The command's path; LoadError("ocr_missing") tells what to install."""
    command = shutil.which("tesseract")
    if command is None or VIETNAMESE not in _languages(command):
        message = "Tệp là bản quét (ảnh). Cần cài bộ nhận dạng chữ: apt install tesseract-ocr tesseract-ocr-vie."
        raise LoadError("ocr_missing", message)
    return command


def text_of(gray: Gray, deadline: float) -> str:
    """The text of one picture. Raises LoadError, at `deadline` of the monotonic clock too."""
    return _tesseract(gray, deadline).replace("\f", "")


def paragraphs_of(gray: Gray, deadline: float) -> list[list[list[Word]]]:
    """The words of one picture, in pixels: its paragraphs, their lines."""
    found: dict[tuple[str, ...], dict[str, list[Word]]] = {}
    for row in _rows(_tesseract(gray, deadline, "tsv")):
        found.setdefault(tuple(row[2:4]), {}).setdefault(row[4], []).append(_word(row))
    return [list(lines.values()) for lines in found.values()]


def column_of(gray: Gray, deadline: float, figures: bool = False) -> list[Word]:
    """The words of a picture that is one column of text, in pixels; of figures where the data for them is there."""
    language = FIGURES if figures and FIGURES in _languages(require()) else VIETNAMESE
    return [_word(row) for row in _rows(_tesseract(gray, deadline, "--psm", COLUMN, "tsv", language=language))]


def failed() -> LoadError:
    return LoadError("ocr_failed", "Không nhận dạng được chữ trong ảnh quét.")


def _rows(table: str) -> list[list[str]]:
    """Of tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text."""
    rows = (line.split("\t") for line in table.splitlines()[1:])
    return [row for row in rows if row[0] == "5" and len(row) == 12 and row[11].strip()]


def _word(row: list[str]) -> Word:
    left, top, across, down = map(int, row[6:10])
    return Word(row[11].strip(), left, top, left + across, top + down, float(row[10]))


def _languages(command: str) -> list[str]:
    listed = subprocess.run([command, "--list-langs"], capture_output=True, timeout=20)
    return listed.stdout.decode("utf-8", "replace").split()


def _tesseract(gray: Gray, deadline: float, *form: str, language: str = VIETNAMESE) -> str:
    command = [require(), "stdin", "stdout", "-l", language, "--dpi", str(DPI), *form]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        left = max(1.0, min(PAGE_SECONDS, deadline - time.monotonic()))
        done = subprocess.run(
            command, input=_file(gray), capture_output=True, timeout=left, env=environment, check=True
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise failed() from error
    return done.stdout.decode("utf-8", "replace")


def _file(gray: Gray) -> bytes:
    height, width = gray.shape
    return b"P5 %d %d 255\n" % (width, height) + np.ascontiguousarray(gray).tobytes()
