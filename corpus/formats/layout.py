"""The text of a PDF page as it is read: what stands above a table, its rows, what stands below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium

from corpus.formats.ruled import NEAR, Box, Frame, RuledTable, find
from corpus.formats.table import Cell, column_names, lines

# A font whose accented capitals sit on another line breaks syllables: "nh\nững". See `_mend`.
_TORN = re.compile(
    r"(?<=[^\W\d_])\r?\n(?=[ăâêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ])|(?-i:(?<=[A-Z])\r?\n(?=Đ[A-Z]))",
    re.I,
)


@dataclass(slots=True)
class Layout:
    """Reads the pages of one document in order, and remembers the columns of the last table for its next page."""

    columns: tuple[float, ...] = ()
    names: tuple[str, ...] = ()

    def read(self, page: pdfium.PdfPage, text: pdfium.PdfTextPage) -> str:
        plain = str(text.get_text_bounded())
        torn = _is_torn(plain)
        frame = Frame.of(text)
        tables = find(page, frame)
        if tables:
            width, height = page.get_size()
            corners = (frame.point(0, 0), frame.point(width, height))
            (left, right), (bottom, top) = (sorted(sides) for sides in zip(*corners, strict=True))
            whole = "\n".join(self._parts(text, frame, tables, Box(left, bottom, right, top), torn))
            if _letters(whole) >= _letters(plain):  # else words stand across lines: they are no tables
                return whole
        self.columns = self.names = ()
        return _TORN.sub("", plain) if torn else plain

    def _parts(
        self, text: pdfium.PdfTextPage, frame: Frame, tables: Sequence[RuledTable], page: Box, torn: bool
    ) -> Iterator[str]:
        def inside(left: float, bottom: float, right: float, top: float) -> str:
            found = frame.text_in(text, Box(left, bottom, right, top)) if left < right and bottom < top else ""
            return _TORN.sub("", found) if torn else found

        if frame.turned:  # page numbers and heads stand at the sides
            edges = min(table.box.left for table in tables), max(table.box.right for table in tables)
            yield inside(page.left, page.bottom, edges[0], page.top)
            yield inside(edges[1], page.bottom, page.right, page.top)
            page = replace(page, left=edges[0], right=edges[1])
        top = page.top
        for table in tables:
            box = table.box
            yield inside(page.left, box.top, page.right, top)
            yield inside(page.left, box.bottom, box.left, box.top)
            yield from self._rows(table, [replace(cell, text=_line(inside(*_sides(at)))) for cell, at in table.cells])
            yield inside(box.right, box.bottom, page.right, box.top)
            top = box.bottom
        yield inside(page.left, page.bottom, page.right, top)

    def _rows(self, table: RuledTable, cells: Sequence[Cell]) -> Iterator[str]:
        columns, names = tuple(table.columns), tuple(column_names(cells))
        goes_on = len(columns) == len(self.columns) and all(
            abs(here - there) < 2 * NEAR for here, there in zip(columns, self.columns, strict=True)
        )
        self.names = names or (self.names if goes_on else ())
        self.columns = columns
        yield ""
        yield from lines(cells, self.names)
        yield ""


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.bottom, box.right, box.top


def _line(text: str) -> str:
    return " ".join(text.split())


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _is_torn(text: str) -> bool:
    """Whether syllables are torn at their accented vowel again and again."""
    return len(_TORN.findall(text)) > max(5, 0.1 * text.count("\n"))
