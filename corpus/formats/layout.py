"""The text of a PDF page as it is read: what stands above a table, its rows, what stands below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

import pypdfium2 as pdfium

from corpus.formats.ruled import NEAR, Box, Frame, RuledTable, find
from corpus.formats.table import Cell, column_names, pieces

# A font whose accented capitals sit on another line breaks syllables: "nh\nững". See `_mend`.
_TORN = re.compile(
    r"(?<=[^\W\d_])\r?\n(?=[ăâêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ])|(?-i:(?<=[A-Z])\r?\n(?=Đ[A-Z]))",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a page and the boxes they stand in, in the page's frame; none for what the reader put in."""

    text: str
    boxes: tuple[Box, ...] = ()


Line = list[Run]
EVERYWHERE = Box(-inf, -inf, inf, inf)


@dataclass(slots=True)
class Layout:
    """Reads the pages of one document in order, and remembers the columns of the last table for its next page."""

    columns: tuple[float, ...] = ()
    names: tuple[str, ...] = ()

    def read(self, page: pdfium.PdfPage, text: pdfium.PdfTextPage) -> str:
        return words(self.lines(page, text, Frame.of(text)))

    def lines(self, page: pdfium.PdfPage, text: pdfium.PdfTextPage, frame: Frame) -> list[Line]:
        """What `read` gives, in the runs that it is made of."""
        plain = str(text.get_text_bounded())
        torn = _is_torn(plain)
        tables = find(page, frame)
        if tables:
            found = list(self._parts(text, frame, tables, _whole(page, frame), torn))
            if _letters(words(found)) >= _letters(plain):  # else words stand across lines: they are no tables
                return found
        self.columns = self.names = ()
        return [[Run(_TORN.sub("", plain) if torn else plain, (EVERYWHERE,))]]

    def _parts(
        self, text: pdfium.PdfTextPage, frame: Frame, tables: Sequence[RuledTable], page: Box, torn: bool
    ) -> Iterator[Line]:
        def inside(box: Box) -> str:
            found = frame.text_in(text, box) if box.left < box.right and box.bottom < box.top else ""
            return _TORN.sub("", found) if torn else found

        def run(left: float, bottom: float, right: float, top: float) -> Line:
            box = Box(left, bottom, right, top)
            return [Run(inside(box), (box,))]

        if frame.turned:  # page numbers and heads stand at the sides
            edges = min(table.box.left for table in tables), max(table.box.right for table in tables)
            yield run(page.left, page.bottom, edges[0], page.top)
            yield run(edges[1], page.bottom, page.right, page.top)
            page = replace(page, left=edges[0], right=edges[1])
        top = page.top
        for table in tables:
            box = table.box
            yield run(page.left, box.top, page.right, top)
            yield run(page.left, box.bottom, box.left, box.top)
            yield from self._rows(table, [(replace(cell, text=_line(inside(at))), at) for cell, at in table.cells])
            yield run(box.right, box.bottom, page.right, box.top)
            top = box.bottom
        yield run(page.left, page.bottom, page.right, top)

    def _rows(self, table: RuledTable, filled: Sequence[tuple[Cell, Box]]) -> Iterator[Line]:
        cells, at = [cell for cell, _ in filled], {id(cell): box for cell, box in filled}
        columns, names = tuple(table.columns), tuple(column_names(cells))
        goes_on = len(columns) == len(self.columns) and all(
            abs(here - there) < 2 * NEAR for here, there in zip(columns, self.columns, strict=True)
        )
        self.names = names or (self.names if goes_on else ())
        self.columns = columns
        yield []
        for line in pieces(cells, self.names):
            yield [Run(piece.text, tuple(at[id(cell)] for cell in piece.cells)) for piece in line]
        yield []


def words(lines: Sequence[Line]) -> str:
    return "\n".join("".join(run.text for run in line) for line in lines)


def _whole(page: pdfium.PdfPage, frame: Frame) -> Box:
    width, height = page.get_size()
    corners = (frame.point(0, 0), frame.point(width, height))
    (left, right), (bottom, top) = (sorted(sides) for sides in zip(*corners, strict=True))
    return Box(left, bottom, right, top)


def _line(text: str) -> str:
    return " ".join(text.split())


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _is_torn(text: str) -> bool:
    """Whether syllables are torn at their accented vowel again and again."""
    return len(_TORN.findall(text)) > max(5, 0.1 * text.count("\n"))
