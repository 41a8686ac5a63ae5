"""Parts of a scanned page read by themselves: set one under another in one picture, so that nothing beside a part mixes
into it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np

from corpus.formats import ocr
from corpus.formats.drawn import Gray, Ink, ink_of
from corpus.formats.ocr import Word

MARGIN, GAP = 40, 28  # pixels around the parts, and between them
SPECK = 8  # dark pixels of a part in which nothing stands
TALLEST = 15_000  # pixels of one picture
Place = tuple[slice, slice]  # rows and columns of the page

_STRAY = re.compile(r"[^\w%+\-–/()<>=≤≥]+")  # what is read from specks and the remains of lines
_SHORT = 10  # letters of one word that may be a misread figure
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_FIGURE = re.compile(r"[\d.,:%/()\-–+ ]*\d[\d.,:%/()\-–+ ]*")


@dataclass(frozen=True, slots=True)
class Part:
    """What is printed in one place, and where its corner lies on the page."""

    number: int
    gray: Gray
    left: int
    top: int

    @property
    def height(self) -> int:
        return int(self.gray.shape[0]) + GAP


def read(page: Gray, places: Sequence[Place], deadline: float) -> list[list[Word]]:
    """The words in each place of a page, in the page's pixels; figures by the data that knows them best."""
    page, ink = without_specks(page)
    parts = [part for number, place in enumerate(places) if (part := _part(number, page, ink, place))]
    words = _read(parts, deadline, figures=False)
    again = _read([part for part in parts if _may_be_figure(words.get(part.number, []))], deadline, figures=True)
    words |= {number: _surer(words.get(number, []), line) for number, line in again.items()}
    return [words.get(number, []) for number in range(len(places))]


def without_specks(page: Gray) -> tuple[Gray, Ink]:
    """A page without the dark pixels that stand alone, or in twos; and where it is dark."""
    ink = ink_of(page)
    near = np.zeros(ink.shape, dtype=np.int8)
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            near += np.roll(ink, (down, right), (0, 1))
    alone = ink & (near <= 2)
    return np.where(alone, np.uint8(255), page), ink & ~alone


def _part(number: int, page: Gray, ink: Ink, place: Place) -> Part | None:
    """A place cut to what is printed in it; None when that is nothing."""
    dark = ink[place]
    if dark.sum() < SPECK:
        return None
    rows, columns = np.nonzero(dark.any(axis=1))[0], np.nonzero(dark.any(axis=0))[0]
    top, left = int(rows[0]), int(columns[0])
    cut = page[place][top : rows[-1] + 1, left : columns[-1] + 1]
    return Part(number, cut, (place[1].start or 0) + left, (place[0].start or 0) + top)


def _may_be_figure(words: Sequence[Word]) -> bool:
    said = _said(words)
    return bool(_FIGURE.fullmatch(said)) or (len(words) < 2 and len(said) <= _SHORT)


def _surer(words: list[Word], figure: list[Word]) -> list[Word]:
    """Of two readings that of a figure; of one figure with other marks the one that is written as figures are here."""
    plain, other = _said(words), _said(figure)
    if not _FIGURE.fullmatch(other):
        return words
    same = re.sub(r"\D", "", plain) == re.sub(r"\D", "", other) and _FIGURE.fullmatch(plain)
    return words if same and not _THOUSANDS.fullmatch(other) and plain.count(",") > other.count(",") else figure


def _said(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _read(parts: Sequence[Part], deadline: float, figures: bool) -> dict[int, list[Word]]:
    """The words of each part by its number."""
    found: dict[int, list[Word]] = {}
    for column in _columns(parts):
        tops = list(accumulate((part.height for part in column), initial=MARGIN))
        for word in ocr.column_of(_picture(column, tops), deadline, figures):
            at = bisect_right(tops, (word.top + word.bottom) / 2 + GAP / 2) - 1
            if 0 <= at < len(column) and not _STRAY.fullmatch(word.text):
                found.setdefault(column[at].number, []).append(_on_page(word, column[at], tops[at]))
    return found


def _columns(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """As many parts as one picture holds."""
    column: list[Part] = []
    for part in parts:
        if column and sum(one.height for one in column) + part.height > TALLEST:
            yield column
            column = []
        column.append(part)
    if column:
        yield column


def _picture(column: Sequence[Part], tops: Sequence[int]) -> Gray:
    width = max(part.gray.shape[1] for part in column) + 2 * MARGIN
    picture = np.full((tops[-1] + MARGIN, width), 255, dtype=np.uint8)
    for part, top in zip(column, tops, strict=False):
        picture[top : top + part.gray.shape[0], MARGIN : MARGIN + part.gray.shape[1]] = part.gray
    return picture


def _on_page(word: Word, part: Part, top: int) -> Word:
    right, down = part.left - MARGIN, part.top - top
    return replace(
        word, left=word.left + right, right=word.right + right, top=word.top + down, bottom=word.bottom + down
    )
