"""XLSX: each sheet's name, then a line a row; a row under a header names its columns: "Tên xã: Lạc Lâm |
Số hộ: 120"."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from itertools import islice

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from corpus.formats import archive
from corpus.formats.source import MAX_PAGES, Source, broken

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_ROWS, MAX_COLUMNS = 100_000, 200
HEADER_WITHIN = 15  # rows above the header: the table's title, its unit

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
    archive.unpack(content, "Excel")
    try:
        pages = tuple(_sheets(content))
    except _DAMAGE as error:
        raise broken("Excel") from error
    return Source(("\n\n".join(pages),), MEDIA_TYPE)


def _sheets(content: bytes) -> Iterable[str]:
    with warnings.catch_warnings():  # openpyxl remarks on extensions that it leaves out
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in islice(book.worksheets, MAX_PAGES):
            rows = [row for row in _rows(sheet) if any(row)]
            if rows:
                yield "\n".join([str(sheet.title), *_lines(rows)])
        book.close()


def _rows(sheet: ReadOnlyWorksheet) -> Iterable[list[str]]:
    for row in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True):
        yield [_cell(value) for value in row]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    return " ".join(str(value).split())


def _lines(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    header = _header_at(rows)
    for number, row in enumerate(rows):
        filled = [cell for cell in row if cell]
        if header is None or number <= header or len(filled) == 1:
            yield " | ".join(filled)
        else:
            yield " | ".join(
                f"{name}: {cell}" if name else cell for name, cell in zip(rows[header], row, strict=False) if cell
            )


def _header_at(rows: Sequence[Sequence[str]]) -> int | None:
    """The first row of two or more names, all words, that spans the widest rows below it."""
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        below = rows[number + 1 : number + 6]
        filled = [cell for cell in row if cell]
        widest = max((sum(map(bool, other)) for other in below), default=0)
        if len(filled) >= 2 and len(filled) >= widest and all(any(map(str.isalpha, cell)) for cell in filled):
            return number
    return None
