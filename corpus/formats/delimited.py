"""Tables that plain text writes with a mark between the cells: "STT; Đơn vị; Thu" over "1; Xã Tà Nung; 12,5"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.formats.table import Cell, lines

MARKS = (";", "\t")
FEWEST_COLUMNS, FEWEST_ROWS = 3, 3
LONGEST_CELL = 150  # letters


def with_rows(text: str) -> str:
    """The text with such tables written as rows; all else as it is."""
    for mark in MARKS:
        if text.count(mark) >= FEWEST_ROWS * (FEWEST_COLUMNS - 1):
            text = "\n".join(_written(text.split("\n"), mark))
    return text


def _written(given: Sequence[str], mark: str) -> Iterator[str]:
    at = 0
    while at < len(given):
        width = given[at].count(mark) + 1
        end = at + 1
        while end < len(given) and width >= FEWEST_COLUMNS and given[end].count(mark) + 1 == width:
            end += 1
        rows = [[cell.strip() for cell in line.split(mark)] for line in given[at:end]]
        yield from lines(_cells(rows)) if _is_table(rows) else given[at:end]
        at = end


def _cells(rows: Sequence[Sequence[str]]) -> Iterator[Cell]:
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            yield Cell(text, row, column, heading=row == 0 and _names(cells))


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether lines of as many cells each are a table: they are counted, or figures stand in one of their columns."""
    if len(rows) < FEWEST_ROWS or any(len(cell) > LONGEST_CELL for cells in rows for cell in cells):
        return False
    body = [cells for cells in rows[_names(rows[0]) :] if cells[0]]
    counted = [cells[0].rstrip(".") for cells in body] == [str(number) for number in range(1, len(body) + 1)]
    return counted or any(all(map(_is_figure, column)) for column in list(zip(*body, strict=True))[1:])


def _names(cells: Sequence[str]) -> bool:
    """Whether a line holds words alone, and in every cell: the columns' names."""
    return all(any(map(str.isalpha, cell)) and not cell[0].isdigit() for cell in cells)


def _is_figure(cell: str) -> bool:
    """ "83,6", "65%", "12 ha"; a cell without a figure has a dash."""
    return cell in ("-", "–") or (cell[:1].isdigit() and 2 * sum(map(str.isalpha, cell)) <= len(cell))
