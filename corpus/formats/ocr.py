"""Scans → text by Debian's tesseract with its Vietnamese data, looked for when it is needed."""

from __future__ import annotations

import os
import shutil
import subprocess
import time

import numpy as np
from numpy.typing import NDArray

from corpus.formats.source import LoadError

DPI = 200
PAGE_SECONDS = 60
MAX_OCR_PAGES = 200


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
    height, width = gray.shape
    return recognise_file(b"P5 %d %d 255\n" % (width, height) + np.ascontiguousarray(gray).tobytes(), deadline)


def recognise_file(image: bytes, deadline: float) -> str:
    """The text of an image file (PNG, JPEG, TIFF, PNM)."""
    command = [require(), "stdin", "stdout", "-l", "vie", "--dpi", str(DPI)]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        left = max(1.0, min(PAGE_SECONDS, deadline - time.monotonic()))
        done = subprocess.run(command, input=image, capture_output=True, timeout=left, env=environment, check=True)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise failed() from error
    return done.stdout.decode("utf-8", "replace").replace("\f", "")


def failed() -> LoadError:
    return LoadError("ocr_failed", "Không nhận dạng được chữ trong ảnh quét.")
