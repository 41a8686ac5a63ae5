"""Where on a PDF page the words stand that were read from it: the way of `layout` walked back to the letters."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.document import Span
from corpus.formats import legacy
from corpus.formats.layout import Layout, Run
from corpus.formats.ruled import Box, Frame
from corpus.formats.source import Source
from corpus.marks import Mark
from corpus.matching import NOWHERE, matched

FINE = 100_000  # steps across a page in which pdfium tells places
WIDE = 2.0  # heights of a line: words further apart are marked apart
LINE = 0.5  # of the height of a letter that two share on one line


@dataclass(frozen=True, slots=True)
class Letter:
    """A visible character: where it is taken to stand when text is read, and the room it takes in its line."""

    text: str
    ink: Box
    room: Box


def marks(page: pdfium.PdfPage, text: str, cited: Span) -> tuple[Mark, ...]:
    """The places of `cited` of `text`, which is the page's canonical text, in reading order."""
    pdf_text = page.get_textpage()
    frame = Frame.of(pdf_text)
    runs = _runs(Layout().lines(page, pdf_text, frame))
    source = "".join(run.text for run in runs)
    places = matched(text, source, legacy.converted(Source((source,), "")).pages[0])[cited.start : cited.end]
    letters = list(_letters(pdf_text, frame))
    standing = list(chain.from_iterable(_standing(run, letters) for run in runs))
    found = [standing[place] for place in places if place != NOWHERE]
    return tuple(_on_page(page, frame, box) for box in merged([box for box in found if box]))


def _runs(lines: Sequence[Sequence[Run]]) -> list[Run]:
    """In one row, so that their words are those of `layout.words`."""
    return [run for line in lines for run in (*line, Run("\n"))]


def _letters(text: pdfium.PdfTextPage, frame: Frame) -> Iterator[Letter]:
    for number in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, number))
        if not letter.isspace():
            yield Letter(letter, *(_framed(frame, text.get_charbox(number, loose)) for loose in (False, True)))


def _framed(frame: Frame, sides: tuple[float, float, float, float]) -> Box:
    left, bottom, right, top = sides
    (x0, y0), (x1, y1) = frame.point(left, bottom), frame.point(right, top)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _standing(run: Run, letters: Sequence[Letter]) -> list[Box | None]:
    """The room of each character of a run."""
    inside = [letter for box in run.boxes for letter in letters if _meets(letter.ink, box)]
    places = matched("".join(run.text.split()), "".join(letter.text for letter in inside))
    rooms = iter(inside[place].room if place != NOWHERE else None for place in places)
    return [None if letter.isspace() else next(rooms) for letter in run.text]


def _meets(letter: Box, box: Box) -> bool:
    """As pdfium takes a letter into a box."""
    across = max(letter.left, box.left) < min(letter.right, box.right)
    return across and max(letter.bottom, box.bottom) < min(letter.top, box.top)


def merged(boxes: Iterable[Box]) -> list[Box]:
    """Letters or words that follow one another on a line as one piece."""
    pieces: list[Box] = []
    for box in boxes:
        if pieces and _goes_on(pieces[-1], box):
            last = pieces.pop()
            box = Box(last.left, min(last.bottom, box.bottom), max(last.right, box.right), max(last.top, box.top))
        pieces.append(box)
    return pieces


def _goes_on(piece: Box, box: Box) -> bool:
    height = box.top - box.bottom
    shared = min(piece.top, box.top) - max(piece.bottom, box.bottom)
    return shared >= LINE * height and piece.left <= box.left <= piece.right + WIDE * height


def _on_page(page: pdfium.PdfPage, frame: Frame, box: Box) -> Mark:
    corners = [_drawn(page, frame, x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)]
    (left, right), (top, bottom) = ((min(at), max(at)) for at in zip(*corners, strict=True))
    return Mark(left, top, right, bottom)


def _drawn(page: pdfium.PdfPage, frame: Frame, x: float, y: float) -> tuple[float, float]:
    """A place of the frame on the page as it is drawn, turned and cut as the file says."""
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, FINE, FINE, 0, *frame.back(x, y), across, down)
    return _inside(across.value / FINE), _inside(down.value / FINE)


def _inside(fraction: float) -> float:
    return round(min(1.0, max(0.0, fraction)), 5)
