"""The lines that are drawn on a scanned page: how far the sheet lies askew, and where its ruling lines run.

Pictures are gray, shape (height, width); `ink` is a picture's mask of dark pixels.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from corpus.formats.ruled import Rule

Gray = NDArray[np.uint8]
Ink = NDArray[np.bool_]

MOST_ASKEW, COARSE, FINE = 2.0, 0.25, 0.05  # degrees: as far as a sheet is turned back, and by which steps
STRAIGHT = 0.08  # degrees that do no harm
LOOKED_AT = 100_000  # dark pixels that tell how the sheet lies
LONGEST_LETTER = 0.18  # inches: a stroke of a letter is shorter, a line is longer
GAP = 0.1  # inches of a line that may be worn away
THICKEST = 0.06  # inches
MAX_RUNS = 50_000


def ink_of(gray: Gray) -> Ink:
    """The pixels that are darker than halfway between the paper and the ink (Otsu's threshold)."""
    counts = np.bincount(gray.ravel(), minlength=256).astype(np.float64)
    levels = np.arange(256)
    below = np.cumsum(counts)
    above = below[-1] - below
    summed = np.cumsum(counts * levels)
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = below * above * (summed / below - (summed[-1] - summed) / above) ** 2
    return gray <= int(np.nanargmax(apart)) if np.isfinite(apart).any() else np.zeros(gray.shape, dtype=bool)


def askew(ink: Ink) -> float:
    """By how many degrees the sheet lies turned, clockwise: turned back by it, its lines are level."""
    ys, xs = np.nonzero(ink)
    step = max(1, len(ys) // LOOKED_AT)
    ys, xs = ys[::step], xs[::step]
    if not len(ys):
        return 0.0
    angle = 0.0
    for reach, width in ((MOST_ASKEW, COARSE), (COARSE, FINE)):
        tried = np.arange(angle - reach, angle + reach + width / 2, width)
        angle = float(max(tried, key=lambda at: _level(ys, xs, at)))
    return angle if abs(angle) > STRAIGHT else 0.0


def _level(ys: NDArray[np.int64], xs: NDArray[np.int64], angle: float) -> float:
    """How sharply the rows stand out when they run at an angle."""
    rows = np.rint(ys - xs * math.tan(math.radians(angle))).astype(np.int64)
    return float((np.bincount(rows - rows.min()).astype(np.float64) ** 2).sum())


def turned_back(gray: Gray, angle: float) -> Gray:
    """The sheet turned about its middle, counter-clockwise; what comes in at the corners is paper."""
    turned = Image.fromarray(gray).rotate(angle, Image.Resampling.BILINEAR, fillcolor=255)
    return np.asarray(turned)


def rules(ink: Ink, dpi: float) -> tuple[list[Rule], list[Rule]]:
    """The level and the upright lines, in pixels from the left and from the top."""
    return _lines(ink, dpi), _lines(ink.T, dpi)


def without(gray: Gray, across: Sequence[Rule], down: Sequence[Rule], dpi: float) -> Gray:
    """The picture with the lines rubbed out."""
    clean, ink = gray.copy(), ink_of(gray)
    reach = math.ceil(THICKEST / 2 * dpi)
    for picture, dark, lines in ((clean, ink, across), (clean.T, ink.T, down)):
        for line in lines:
            band = (
                slice(max(0, round(line.at) - reach), round(line.at) + reach + 1),
                slice(int(line.start), int(line.end)),
            )
            _rub_out(picture[band], dark[band], round(LONGEST_LETTER * dpi))
    return clean


def _rub_out(picture: Gray, ink: Ink, length: int) -> None:
    """Whitens the long runs of a band, and the pixels beside them."""
    for row, start, end in _runs(ink, length):
        picture[max(0, row - 1) : row + 2, start:end] = 255


def _lines(ink: Ink, dpi: float) -> list[Rule]:
    """Runs of dark pixels in neighbouring rows as one line each."""
    wide = ink.copy()
    wide[1:] |= ink[:-1]  # a line that climbs a row goes on
    length, gap = round(LONGEST_LETTER * dpi), round(GAP * dpi)
    open_: list[list[int]] = []  # first row, last row, start, end
    found: list[list[int]] = []
    for row, start, end in _runs(wide, length):
        found += [line for line in open_ if line[1] < row - 2]
        open_ = [line for line in open_ if line[1] >= row - 2]
        touched = [line for line in open_ if line[2] - gap <= end and start <= line[3] + gap]
        open_ = [line for line in open_ if line not in touched]
        touched.append([row, row, start, end])
        firsts, lasts, starts, ends = zip(*touched, strict=True)
        open_.append([min(firsts), max(lasts), min(starts), max(ends)])
    thickest = THICKEST * dpi
    return [
        Rule((first + last) / 2, start, end) for first, last, start, end in found + open_ if last - first <= thickest
    ]


def _runs(ink: Ink, length: int) -> Iterator[tuple[int, int, int]]:
    """Rows, starts and ends (behind the last pixel) of the runs of dark pixels of at least a length, from the top."""
    padded = np.zeros((ink.shape[0], ink.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = ink
    edges = np.diff(padded, axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    long = np.nonzero(ends - starts >= length)[0][:MAX_RUNS]
    yield from zip(rows[long].tolist(), starts[long].tolist(), ends[long].tolist(), strict=True)
