"""Where in a document a quote stands: the headings over it, its page, its row and columns in a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.formats.table import BETWEEN
from corpus.structure import path_at

NAME = ": "  # between a column's name and a value
LONG, SHORT = 80, 36  # letters of a name that is shown, and of a heading with narrower ones below


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table's line; `column` is its column's name, "" where the table has none."""

    column: str
    value: str
    start: int
    end: int


def where(text: str, start: int, end: int) -> str:
    """ "Chương II › Điều 5 › khoản 2 · Bảng: dòng “Lạc Lâm”, cột “Số hộ”"; "" where nothing is said of the place."""
    path = path_at(text, start)
    shown = [_shown(label, LONG if label is path[-1] else SHORT) for label in path]
    return " · ".join(filter(None, [" › ".join(shown), _in_table(text, start, end)]))


def _in_table(text: str, start: int, end: int) -> str:
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", start)
    cells = _cells(text[begin : stop if stop >= 0 else len(text)], begin)
    if len(cells) < 2:
        return ""
    touched = [cell for cell in cells if cell.start < end and start < cell.end]
    columns = list(dict.fromkeys(cell.column for cell in touched if cell.column))
    row = f"dòng “{_shown(_row(cells))}”"
    named = ", ".join(f"“{_shown(column)}”" for column in columns)
    return f"Bảng: {row}, cột {named}" if columns and len(touched) < len(cells) else f"Bảng: {row}"


def _cells(line: str, begin: int) -> list[Cell]:
    """The cells of a line of the canonical text; one where it is no table's."""
    cells = []
    for part in line.split(BETWEEN):
        name, parted, value = part.partition(NAME)
        column, said = (name, value) if parted else ("", part)
        cells.append(Cell(column.strip(), said.strip(), begin, begin + len(part)))
        begin += len(part) + len(BETWEEN)
    return cells


def _row(cells: Sequence[Cell]) -> str:
    """What a row is called by: its first words; a running number only where it says nothing else."""
    return next((cell.value for cell in cells if any(map(str.isalpha, cell.value))), cells[0].value)


def _shown(name: str, length: int = LONG) -> str:
    return name if len(name) <= length else name[:length].rsplit(" ", 1)[0] + "…"
