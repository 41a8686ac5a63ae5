"""XLSX: each sheet's name, then a line a row."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from itertools import islice

import openpyxl
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from corpus.formats import archive
from corpus.formats.source import MAX_PAGES, Source, broken
from corpus.formats.table import MAX_COLUMNS, MAX_ROWS, Cell, lines

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_UNNAMED = re.compile(r"(?:Sheet|Trang[ _]tính) ?\d+")  # as Excel calls a sheet that nobody named
MAX_MERGED = 20_000
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')

# What openpyxl raises on a damaged workbook: it has no error of its own for that.
_DAMAGE = (
    *archive.READ_ERRORS,
    InvalidFileException,
    TypeError,
    AttributeError,
    IndexError,
    SyntaxError,
    AssertionError,
)


def read(content: bytes) -> Source:
    parts = archive.unpack(content, "Excel")
    try:
        pages = tuple(_sheets(content, parts))
    except _DAMAGE as error:
        raise broken("Excel") from error
    return Source(("\n\n".join(pages),), MEDIA_TYPE)


def _sheets(content: bytes, parts: Mapping[str, bytes]) -> Iterable[str]:
    with warnings.catch_warnings():  # openpyxl remarks on extensions that it leaves out
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in islice(book.worksheets, MAX_PAGES):
            spans = _spans(parts.get(sheet._worksheet_path, b""))
            found = list(lines(_cells(sheet, spans)))
            if found:
                titled = [] if _UNNAMED.fullmatch(str(sheet.title)) else [str(sheet.title)]
                yield "\n".join([*titled, *found])
        book.close()


def _spans(sheet: bytes) -> dict[tuple[int, int], tuple[int, int]]:
    """Row and column of a merged cell → how many rows and columns it covers; openpyxl does not tell while streaming."""
    areas = (range_boundaries(area.decode()) for area in islice(_MERGED.findall(sheet), MAX_MERGED))
    return {(top, left): (bottom - top + 1, right - left + 1) for left, top, right, bottom in areas}


def _cells(sheet: ReadOnlyWorksheet, spans: Mapping[tuple[int, int], tuple[int, int]]) -> Iterable[Cell]:
    for row in sheet.iter_rows(max_row=MAX_ROWS):
        for cell in row[:MAX_COLUMNS]:
            if cell.value is not None and (text := _text(cell.value, cell.number_format or "")):
                down, across = spans.get((cell.row, cell.column), (1, 1))
                yield Cell(text, cell.row - 1, cell.column - 1, down, across, bool(cell.font.b))


def _text(value: object, form: str) -> str:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int | float) and form.endswith("%"):
        return f"{100 * value:.10g}%".replace(".", ",")
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    return " ".join(str(value).split())
