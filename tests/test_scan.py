"""Tables on scanned pages: found by the lines drawn on them, straight or askew, and read cell by cell."""

from __future__ import annotations

import io
import shutil
import time
from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from corpus.document import Span
from corpus.formats import drawn, sheet
from corpus.formats.column import _settled, without_specks
from corpus.formats.ocr import Word
from corpus.formats.scan import Sheet
from corpus.load import parse

needs_tesseract = pytest.mark.skipif(not shutil.which("tesseract"), reason="no tesseract")
DPI, ROW, LEFT, TOP = 200, 70, 150, 500  # of a sheet of 1654 by 2339 pixels
COLUMNS = (200, 700, 350)
ROWS = [["TT", "Ten xa", "So ho"], ["1", "Lam Ha", "120"], ["2", "Tan Thanh", "1.064"], ["3", "Phu Son", "95,5"]]


def page(rows: Sequence[Sequence[str]] = ROWS, spanning: int | None = None) -> Image.Image:
    """A letter's two heads side by side, a ruled table, a line below; the cells of row `spanning` are one."""
    picture = Image.new("L", (1654, 2339), 255)
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(36)
    pen.text((LEFT, 150), "UY BAN NHAN DAN", 0, font)
    pen.text((950, 150), "CONG HOA XA HOI", 0, font)
    pen.line((960, 200, 1240, 200), 0, 3)
    pen.text((LEFT, 380), "Danh sach cac xa nam nay:", 0, font)
    edges = [LEFT + sum(COLUMNS[:number]) for number in range(len(COLUMNS) + 1)]
    for number in range(len(rows) + 1):
        pen.line((edges[0], TOP + ROW * number, edges[-1], TOP + ROW * number), 0, 3)
    for number, row in enumerate(rows):
        for edge in (edges[0], edges[-1]) if number == spanning else edges:
            pen.line((edge, TOP + ROW * number, edge, TOP + ROW * (number + 1)), 0, 3)
        for edge, text in zip(edges, row, strict=False):
            pen.text((edge + 20, TOP + ROW * number + 12), text, 0, font)
    pen.text((LEFT, TOP + ROW * len(rows) + 60), "Tong cong ba xa.", 0, font)
    return picture


def png(*pictures: Image.Image, kind: str = "png") -> bytes:
    stream = io.BytesIO()
    many = {"save_all": True, "append_images": pictures[1:]} if len(pictures) > 1 else {}
    pictures[0].save(stream, kind, **many)
    return stream.getvalue()


# The lines


@pytest.mark.parametrize("askew", [0.0, 1.0, -0.7])
def test_a_sheet_is_laid_straight_and_its_table_found(askew: float) -> None:
    turned = np.asarray(page().rotate(-askew, Image.Resampling.BICUBIC, fillcolor=255))
    assert drawn.askew(drawn.ink_of(turned)) == pytest.approx(askew, abs=0.06)
    found = Sheet.of(turned, DPI)
    assert found is not None
    [table] = found.tables
    assert [(cell.row, cell.column, cell.across) for cell, _ in table.cells] == [
        (row, column, 1) for row in range(4) for column in range(3)
    ]
    assert table.box.left == pytest.approx(LEFT * 72 / DPI, abs=2) or askew
    assert table.box.right - table.box.left == pytest.approx(sum(COLUMNS) * 72 / DPI, abs=2)


def test_cells_that_no_line_parts_are_one() -> None:
    found = Sheet.of(np.asarray(page([ROWS[0], ["I. Vung mot"], *ROWS[1:]], spanning=1)), DPI)
    assert found is not None
    assert [(cell.row, cell.across) for cell, _ in found.tables[0].cells if cell.across > 1] == [(1, 3)]


def test_a_worn_line_is_still_a_line() -> None:
    gray = np.asarray(page()).copy()
    gray[:, 400:404] = 255  # a fold
    generator = np.random.default_rng(1)
    gray[generator.random(gray.shape) < 0.002] = 255
    found = Sheet.of(gray, DPI)
    assert found is not None
    assert len(found.tables[0].cells) == 12


def test_two_heads_side_by_side_a_photograph_and_a_frame_are_no_tables() -> None:
    assert Sheet.of(np.asarray(page([])), DPI) is None
    generator = np.random.default_rng(2)
    assert Sheet.of(generator.integers(0, 255, (800, 800)).astype(np.uint8), DPI) is None
    framed = page([])
    for inset in (40, 60):
        ImageDraw.Draw(framed).rectangle((inset, inset, 1654 - inset, 2339 - inset), outline=0, width=4)
    assert Sheet.of(np.asarray(framed), DPI) is None
    assert Sheet.of(np.full((300, 300), 255, dtype=np.uint8), DPI) is None


def test_specks_go_and_strokes_stay() -> None:
    gray = np.full((9, 9), 255, dtype=np.uint8)
    gray[1, 1] = gray[6, 7] = gray[7, 7] = 0  # one alone, and two
    gray[3:6, 3:5] = 0
    clean, ink = without_specks(gray)
    assert np.argwhere(ink).tolist() == [[row, column] for row in (3, 4, 5) for column in (3, 4)]
    assert (clean == 0).sum() == 6


# The words


def word(text: str, sure: float = 95) -> list[Word]:
    return [Word(part, 0, 0, 1, 1, sure) for part in text.split()]


@pytest.mark.parametrize(
    ("plain", "other", "sure", "settled"),
    [
        ("5,603", "5,63", 96, "5,63"),
        ("4,51", "4/51", 60, "4,51"),  # the same digits
        ("0262.3872.110", "0262.38 72.110", 80, "0262.3872.110"),
        ("1,064", "1.064", 80, "1.064"),
        ("8195", "2595", 56, "2595 (?)"),
        ("E232", "", 0, "E232 (?)"),
        ("B", "5", 96, "5"),
        ("đã", "4", 26, "đã"),
        ("SLTL", "STT", 90, "STT"),
        ("CÓ", "CO", 90, "CÓ"),
        ("Đạt", "DAT", 90, "Đạt"),
    ],
)
def test_of_two_readings_the_better_one(plain: str, other: str, sure: float, settled: str) -> None:
    assert " ".join(one.text for one in _settled(word(plain), word(other, sure))) == settled


@needs_tesseract
def test_a_scanned_table_is_written_like_any_other() -> None:
    document = parse(png(page().rotate(-1, Image.Resampling.BICUBIC, fillcolor=255)), "bang.png")
    assert document.text.splitlines()[-6:] == [
        "TT | Ten xa | So ho",
        "TT: 1 | Ten xa: Lam Ha | So ho: 120",
        "TT: 2 | Ten xa: Tan Thanh | So ho: 1.064",
        "TT: 3 | Ten xa: Phu Son | So ho: 95,5",
        "",
        "Tong cong ba xa.",
    ]
    assert "Danh sach cac xa nam nay:" in document.text
    assert "máy nhận dạng" in document.notes[0]


@needs_tesseract
def test_a_table_that_goes_on_keeps_the_names_of_its_columns() -> None:
    document = parse(png(page(), page([["4", "Tan Ha", "77"], ["5", "Dong Nai", "31"]]), kind="tiff"), "bang.tif")
    assert len(document.pages) == 2
    second = document.pages[1].span.of(document.text)
    assert "TT: 4 | Ten xa: Tan Ha | So ho: 77\nTT: 5 | Ten xa: Dong Nai | So ho: 31" in second


@needs_tesseract
def test_a_cell_is_marked_where_it_lies_on_the_page_askew() -> None:
    content = png(page().rotate(1, Image.Resampling.BICUBIC, fillcolor=255))
    document = parse(content, "bang.png")
    start = document.text.index("Tan Thanh")
    found = sheet.find(content, 1, document.text, Span(start, start + 9), time.monotonic() + 60)
    [mark] = found.marks
    # the sheet is turned about its middle (827, 1169.5): a place 450 left of it and 520 above comes down by 7.9
    left, top = (LEFT + 200 + 20) / 1654, (TOP + 2 * ROW + 12 + 450 * 0.01745) / 2339
    assert found.machine_read
    assert mark.left == pytest.approx(left, abs=0.01)
    assert mark.top == pytest.approx(top, abs=0.01)
