"""A scanned page → its text: the tables that are ruled on it row by row like any other table, the rest as tesseract
reads it.

A page without ruled tables goes to tesseract as it is. Else the sheet is laid straight, its tables are cut out, and
their cells are read one under another as a single column, where nothing of a neighbour mixes in.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.formats import column, drawn, ocr
from corpus.formats.drawn import Gray
from corpus.formats.ocr import Word
from corpus.formats.ruled import NEAR, Box, Rule, RuledTable, tables
from corpus.formats.table import Cell, Piece, column_names, pieces

POINTS = 72  # an inch
FRAME = 0.7  # of a table's area: a cell that takes more is a page with a frame around it
ASIDE = 3 * NEAR  # points by which a column may stand elsewhere on the next sheet
Line = list[Word]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page laid straight: by which angle it was turned, and the tables on it, in points, up from its top."""

    gray: Gray
    angle: float
    across: list[Rule]
    down: list[Rule]
    tables: list[RuledTable]
    dpi: float

    @classmethod
    def of(cls, gray: Gray, dpi: float) -> Sheet | None:
        """None for a page without a ruled table."""
        angle = drawn.askew(drawn.ink_of(gray))
        straight = drawn.turned_back(gray, angle) if angle else gray
        across, down = drawn.rules(drawn.ink_of(straight), dpi)
        scale = POINTS / dpi
        found = tables(
            [Rule(-rule.at * scale, rule.start * scale, rule.end * scale) for rule in across],
            [Rule(rule.at * scale, -rule.end * scale, -rule.start * scale) for rule in down],
        )
        found = [table for table in found if not _is_frame(table)]
        return cls(straight, angle, across, down, found, dpi) if found else None

    def pixels(self, box: Box) -> tuple[slice, slice]:
        """Rows and columns of the picture."""
        top, bottom, left, right = (
            round(side * self.dpi / POINTS) for side in (-box.top, -box.bottom, box.left, box.right)
        )
        return slice(max(0, top), bottom), slice(max(0, left), right)

    def on_page(self, word: Word) -> Word:
        """A word's place on the page as it lies, in fractions of it."""
        height, width = self.gray.shape
        turn = math.radians(self.angle)
        corners = [
            (
                (x - width / 2) * math.cos(turn) - (y - height / 2) * math.sin(turn) + width / 2,
                (x - width / 2) * math.sin(turn) + (y - height / 2) * math.cos(turn) + height / 2,
            )
            for x in (word.left, word.right)
            for y in (word.top, word.bottom)
        ]
        xs, ys = zip(*corners, strict=True)
        return replace(word, left=min(xs) / width, top=min(ys) / height, right=max(xs) / width, bottom=max(ys) / height)


@dataclass(slots=True)
class Scanner:
    """Reads the scanned pages of one document in order; remembers the columns of the last table for its next page."""

    columns: tuple[float, ...] = ()
    names: tuple[str, ...] = ()

    def text(self, gray: Gray, dpi: float, deadline: float) -> str:
        """The text of a page. Raises LoadError, at `deadline` of the monotonic clock too."""
        sheet = Sheet.of(gray, dpi)
        read = self._lines(sheet, deadline) if sheet else None
        if read is None:
            self.columns = self.names = ()
            return ocr.text_of(gray, deadline)
        return "\n".join(line for line, _ in read)

    def words(self, gray: Gray, dpi: float, deadline: float) -> list[Word]:
        """The words of that text with their places on the page, in fractions of it, in the order of the text."""
        sheet = Sheet.of(gray, dpi)
        read = self._lines(sheet, deadline) if sheet else None
        if sheet is None or read is None:
            sheet = Sheet(gray, 0.0, [], [], [], dpi)
            read = [("", line) for lines in ocr.paragraphs_of(gray, deadline) for line in lines]
        return [sheet.on_page(word) for _, words in read for word in words]

    def _lines(self, sheet: Sheet, deadline: float) -> list[tuple[str, Line]] | None:
        """The lines of a page and their words; None when its tables hold next to nothing."""
        clean = drawn.without(sheet.gray, sheet.across, sheet.down, sheet.dpi)
        filled = _filled(sheet, clean, deadline)
        if not all(_tells(cells) for cells in filled):
            return None
        for table in sheet.tables:
            clean[sheet.pixels(table.box)] = 255
        found: list[tuple[str, Line]] = []
        rest = _beside(sheet, clean, deadline)
        for number, (table, cells) in enumerate(zip(sheet.tables, filled, strict=True)):
            found += [*rest[number], ("", []), *self._rows(table, cells), ("", [])]
        return found + rest[-1]

    def _rows(self, table: RuledTable, cells: Sequence[tuple[Cell, Line]]) -> Iterator[tuple[str, Line]]:
        said = {id(cell): words for cell, words in cells}
        own = [cell for cell, _ in cells]
        columns, names = tuple(at - table.box.left for at in table.columns), tuple(column_names(own))
        goes_on = len(columns) == len(self.columns) and all(
            abs(here - there) < ASIDE for here, there in zip(columns, self.columns, strict=True)
        )
        self.names = names or (self.names if goes_on else ())
        self.columns = columns
        for line in pieces(own, self.names):
            yield "".join(piece.text for piece in line), _words(line, said)


def doubted(text: str) -> str:
    """A sentence on the figures of a text that are marked as unsure; empty where there are none."""
    count = text.count(column.UNSURE)
    return f" Trong bảng có {count} chỗ đọc chưa chắc, đánh dấu {column.UNSURE}." if count else ""


def _is_frame(table: RuledTable) -> bool:
    widest = max((box.right - box.left) * (box.top - box.bottom) for _, box in table.cells)
    return widest > FRAME * (table.box.right - table.box.left) * (table.box.top - table.box.bottom)


def _filled(sheet: Sheet, clean: Gray, deadline: float) -> list[list[tuple[Cell, Line]]]:
    """The cells of each table with what stands in them."""
    boxes = [sheet.pixels(box) for table in sheet.tables for _, box in table.cells]
    read = iter(column.read(clean, boxes, deadline))
    found = []
    for table in sheet.tables:
        words = [(cell, next(read)) for cell, _ in table.cells]
        found.append([(replace(cell, text=" ".join(word.text for word in line)), line) for cell, line in words])
    return found


def _tells(cells: Sequence[tuple[Cell, Line]]) -> bool:
    """Whether there is something in two rows and in two columns."""
    said = [cell for cell, _ in cells if cell.text]
    return len({cell.row for cell in said}) > 1 and len({cell.column for cell in said}) > 1


def _beside(sheet: Sheet, rest: Gray, deadline: float) -> list[list[tuple[str, Line]]]:
    """The lines above each table and those below the last, empty ones between paragraphs."""
    middles = [-(table.box.top + table.box.bottom) / 2 * sheet.dpi / POINTS for table in sheet.tables]
    found: list[list[tuple[str, Line]]] = [[] for _ in range(len(middles) + 1)]
    for paragraph in ocr.paragraphs_of(rest, deadline):
        for line in paragraph:
            at = sum(middle < (line[0].top + line[0].bottom) / 2 for middle in middles)
            found[at].append((" ".join(word.text for word in line), line))
        found[at].append(("", []))
    return found


def _words(line: Sequence[Piece], said: dict[int, Line]) -> Line:
    """The words of a row where they stand; a column's name before each value, with its colon."""
    found: Line = []
    for piece in line:
        if piece.cells:
            found += [word for cell in piece.cells for word in said[id(cell)]]
        elif piece.text == ": " and found:
            found[-1] = replace(found[-1], text=f"{found[-1].text}:")
    return found
