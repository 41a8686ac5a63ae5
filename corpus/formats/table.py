"""Tables as lines of text: a row under a heading names its columns, "Tên xã: Lạc Lâm | Số hộ: 120", so that a quoted
cell brings its row and its column along."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

BETWEEN = " | "  # the cells of a row
MAX_ROWS, MAX_COLUMNS, MAX_SPAN = 100_000, 200, 1_000
HEADING_WITHIN = 15  # rows above the heading: the table's title, its unit
HEADING_LENGTH = 120  # letters of a cell that names a column
REPEATED_LENGTH = 200  # letters of a cell over several rows that is said again in each

_YEAR = re.compile(r"(?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)?")
_GROUP = re.compile(r"[IVXL]{1,5}|[A-ZĐ]|\d{1,2}")
_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-ZĐ])\)?(?: ?= ?[\d()+\-*/x: ]+)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at its first row and column; `heading` when the format itself marks it as one."""

    text: str
    row: int
    column: int
    down: int = 1
    across: int = 1
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line and the cells that they stand in; none for what no cell of this table says."""

    text: str
    cells: tuple[Cell, ...] = ()


Row = Sequence[Cell | None]  # a place a column; a cell over several columns or rows stands at each
Column = tuple[str, tuple[Cell, ...]]  # a name, and the cells that say it
Line = list[Piece]


def lines(cells: Iterable[Cell], names: Sequence[str] = ()) -> Iterator[str]:
    """A line a row, in order. `names` are of the columns of a table that goes on from another page."""
    return ("".join(piece.text for piece in line) for line in pieces(cells, names))


def pieces(cells: Iterable[Cell], names: Sequence[str] = ()) -> Iterator[Line]:
    """As `lines`, each line in the pieces that it is made of."""
    rows = _grid([cell for cell in cells if cell.row < MAX_ROWS and cell.column < MAX_COLUMNS])
    if _is_sideways(rows):
        yield from _sideways(rows)
        return
    heading = _heading(rows)
    columns = _columns(rows[heading.start : heading.stop]) or [(name, ()) for name in names]
    above = {id(cell) for row in rows[: heading.stop] for cell in row}
    for number, row in enumerate(rows):
        under = bool(columns) and number >= heading.stop
        shown = [found for found in _shown(row) if not (under and id(found[1]) in above)]
        under &= len(shown) > 1
        if under and not (number == heading.stop and _counts_columns([cell.text for _, cell in shown])):
            yield _line([*_named(columns[column]), _piece(cell)] for column, cell in shown)
        else:
            yield _line([_piece(cell)] for _, cell in shown)


def column_names(cells: Sequence[Cell]) -> list[str]:
    """The names of the columns; none when no row names them."""
    rows = _grid(cells)
    heading = _heading(rows)
    return [name for name, _ in _columns(rows[heading.start : heading.stop])]


def _line(cells: Iterable[Line]) -> Line:
    return [piece for number, cell in enumerate(cells) for piece in ([Piece(BETWEEN)] if number else []) + cell]


def _piece(cell: Cell) -> Piece:
    return Piece(cell.text, (cell,))


def _named(column: Column) -> Line:
    """What stands before a value: its column's name."""
    name, cells = column
    return [Piece(name, cells), Piece(": ")] if name else []


def _grid(cells: Sequence[Cell]) -> list[Row]:
    """The rows in which a cell begins; a span that reaches out of the table ends with it."""
    width = min(MAX_COLUMNS, max((cell.column + cell.across for cell in cells), default=0))
    grid: dict[int, list[Cell | None]] = {cell.row: [None] * width for cell in cells if cell.text}
    for cell in cells:
        for row in range(cell.row, cell.row + min(cell.down, MAX_SPAN)):
            for column in range(cell.column, min(cell.column + cell.across, width)) if row in grid else ():
                grid[row][column] = grid[row][column] or cell
    return [row for _, row in sorted(grid.items())]


def _distinct(row: Row) -> list[tuple[int, Cell]]:
    """The cells that hold something with the first column of each."""
    seen = {id(cell): (column, cell) for column, cell in reversed(list(enumerate(row))) if cell and cell.text}
    return sorted(seen.values(), key=lambda found: found[0])


def _shown(row: Row) -> list[tuple[int, Cell]]:
    """Without a long cell that an earlier row has said."""
    cells = _distinct(row)
    own = max((cell.row for _, cell in cells), default=0)
    return [found for found in cells if found[1].row == own or len(found[1].text) <= REPEATED_LENGTH]


def _is_sideways(rows: Sequence[Row]) -> bool:
    """Two names at the left, again and again, with figures behind: "Năm | 2021 | 2022" over "Mức | 1,05 | 1,00"."""
    labels = [row[0].text if row[0] else "" for row in rows]
    if len(rows) < 2 or len(rows) % 2 or labels != labels[:2] * (len(rows) // 2) or labels[0] == labels[1]:
        return False
    values = [cell.text for row in rows for column, cell in _distinct(row) if column]
    figures = sum(map(_is_figure, values))
    return all(any(map(str.isalpha, label)) for label in labels) and len(values) >= 6 and 3 * figures > 2 * len(values)


def _sideways(rows: Sequence[Row]) -> Iterator[Line]:
    """A line a column, "Năm: 2021 | Mức: 1,05"."""
    for pair in zip(rows[::2], rows[1::2], strict=True):
        for column in list(zip(*pair, strict=True))[1:]:
            shown = [(row[0], cell) for row, cell in zip(pair, column, strict=True) if cell and cell.text]
            if len(shown) == 2:
                yield _line([_piece(label), Piece(": "), _piece(cell)] for label, cell in shown if label)


def _columns(heading: Sequence[Row]) -> list[Column]:
    """A name a column: "Số hộ – Nghèo" where one stands above the other."""
    columns = zip(*heading, strict=True) if heading else ()
    return [_column([cell for cell in column if cell and cell.text]) for column in columns]


def _column(cells: Sequence[Cell]) -> Column:
    said = {cell.text.rstrip(" :"): cell for cell in reversed(cells)}
    names = list(dict.fromkeys(cell.text.rstrip(" :") for cell in cells))
    return " – ".join(names), tuple(said[name] for name in names)


def _heading(rows: Sequence[Row]) -> range:
    """The rows that name the columns; none when the table does not show that it has them."""
    for number, row in enumerate(rows[:HEADING_WITHIN]):
        if len(_distinct(row)) < 2:
            continue
        if all(cell.heading for _, cell in _distinct(row)):
            return range(number, _end_of_marked(rows, number))
        if not _opens_group(row) and _names_columns(row, rows[number + 1 :]):
            return range(number, min(len(rows), number + _height(rows, number)))
    return range(0)


def _opens_group(row: Row) -> bool:
    """ "II | Khối sự nghiệp" over all the other columns."""
    (_, mark), *names = _distinct(row)
    return len(names) == 1 and names[0][1].across > 1 and bool(_GROUP.fullmatch(mark.text.strip(" .)")))


def _end_of_marked(rows: Sequence[Row], start: int) -> int:
    end = start
    while end < len(rows) and (cells := _distinct(rows[end])) and all(cell.heading for _, cell in cells):
        end += 1
    return end if end < len(rows) else start


def _height(rows: Sequence[Row], start: int) -> int:
    """Rows of a heading: under a cell over several columns, those may have names of their own."""
    height, over = 1, _distinct(rows[start])
    while any(cell.across > 1 for _, cell in over) and start + height + 1 < len(rows):
        known = {id(cell) for _, cell in over}
        over = [found for found in _distinct(rows[start + height]) if id(found[1]) not in known]
        if len(over) < 2 or not all(_has_letters(cell) and len(cell.text) <= HEADING_LENGTH for _, cell in over):
            break
        height += 1
    return height


def _names_columns(row: Row, below: Sequence[Row]) -> bool:
    """Short words over every column, and below them something else: figures, or a table of three columns and more."""
    names = [cell for _, cell in _distinct(row)]
    if any(len(cell.text) > HEADING_LENGTH or not (_YEAR.fullmatch(cell.text) or _has_letters(cell)) for cell in names):
        return False
    body = [other for other in below[:HEADING_WITHIN] if len(_distinct(other)) > 1]
    widest = max((len(_distinct(other)) for other in body), default=0)
    covered = sum(1 for cell in row if cell and cell.text)
    repeated = len({cell.text for cell in names}) < len(names)
    if not body or covered < widest or repeated or not any(map(_has_letters, names)):
        return False
    if covered > 2 and (len(body) > 1 or any(_is_figure(cell.text) for _, cell in _distinct(body[0]))):
        return True
    return _last_are_figures(body)


def _has_letters(cell: Cell) -> bool:
    return any(map(str.isalpha, cell.text))


def _last_are_figures(body: Sequence[Row]) -> bool:
    last = [_distinct(row)[-1][1].text for row in body]
    return all(map(_is_figure, last))


def _is_figure(text: str) -> bool:
    letters = text.replace(" ", "")
    return 2 * sum(map(str.isdigit, letters)) >= len(letters)


def _counts_columns(texts: Sequence[str]) -> bool:
    """The row "(1) | (2) | (3) = (1) + (2)" under a heading."""
    counted = [int(digits[0]) for text in texts if (digits := re.search(r"\d+", text))]
    in_order = counted == list(range(1, len(counted) + 1))
    return in_order and len(counted) > 1 and all(map(_COLUMN_NUMBER.fullmatch, texts))
