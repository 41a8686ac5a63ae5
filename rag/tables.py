"""Tables in canonical text: lines whose cells stand between bars, each with the name of its column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.document import Span

BAR = " | "
_ABOVE, _FARTHEST = 5, 1_500  # lines over a table that say what it tells of, and their characters
_ARTICLE = re.compile(r"(?:Điều|Chương|Mục) [\dIVX]")
_NAMED = re.compile(r"(?P<label>[^:|]{1,120}): (?P<value>.*\S)")
_GROUP_MARK = re.compile(r"(?:[IVXL]{1,5}|[A-ZĐ]|[a-zđ])[.)]?")
_SUMS = re.compile(
    r"(?:tổng(?! cục)|cộng|toàn (?:huyện|tỉnh|xã|thành phố|quốc|ngành)|bình quân|trung bình|cả (?:huyện|tỉnh|nước))"
    r"(?!\w)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: its cells by the names of their columns, the places of both together, and the line of the
    group that it belongs to."""

    span: Span
    cells: dict[str, str]
    places: dict[str, Span]
    group: Span | None = None

    @property
    def is_sum(self) -> bool:
        """Whether the row tells of all others together."""
        return any(_SUMS.match(value) for value in self.cells.values())


@dataclass(frozen=True, slots=True)
class Table:
    """`head` is the line that names the columns, where the rows do not; `above` is the line over the table."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    head: Span | None
    above: str
    span: Span


@lru_cache(maxsize=64)
def tables_of(text: str) -> tuple[Table, ...]:
    """The tables of a text with at least two rows under the names of their columns, in order."""
    return tuple(table for block in _blocks(text) if (table := _named(text, block) or _plain(text, block)))


@lru_cache(maxsize=64)
def heads_of(text: str) -> frozenset[int]:
    """Where the lines begin that say nothing of their own in a table: its columns' names and its groups'."""
    found: set[int] = set()
    for block in _blocks(text):
        if table := _named(text, block) or _plain(text, block):
            found |= {line.start for line in block} - {row.span.start for row in table.rows}
    return frozenset(found)


def table_at(text: str, position: int) -> tuple[Table, Row] | None:
    """The row that stands at a position, with its table."""
    found = ((table, row) for table in tables_of(text) for row in table.rows)
    return next(((table, row) for table, row in found if row.span.start <= position < row.span.end), None)


def _blocks(text: str) -> Iterator[list[Span]]:
    """Runs of lines with bars, and the lone cells between rows that name the same columns: the names of groups."""
    block: list[Span] = []
    lines = list(_lines(text))
    for number, line in enumerate(lines):
        said = line.of(text)
        if BAR in said or (block and said and _stands_between(text, block[-1], lines[number + 1 : number + 2])):
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        lead = len(line) - len(line.lstrip())
        yield Span(start + lead, max(start + lead, start + len(line.rstrip())))
        start += len(line) + 1


def _stands_between(text: str, above: Span, below: Sequence[Span]) -> bool:
    """Whether the rows around a line are of one table: what is over it names the columns of what is below it."""
    labels = [match["label"] for match in _matches(text, below[0]) if match] if below else []
    over = above.of(text)
    return len(labels) > 1 and all(label.rpartition(" – ")[2] in over for label in labels)


def _matches(text: str, line: Span) -> list[re.Match[str] | None]:
    """Each cell of a line, read as a column's name and a value."""
    return [_NAMED.fullmatch(text, cell.start, cell.end) for cell in _cells(text, line)]


def _cells(text: str, line: Span) -> list[Span]:
    found, start = [], line.start
    for cell in line.of(text).split(BAR):
        lead = len(cell) - len(cell.lstrip())
        found.append(Span(start + lead, max(start + lead, start + len(cell.rstrip()))))
        start += len(cell) + len(BAR)
    return found


def _named(text: str, block: list[Span]) -> Table | None:
    """A table whose rows name their columns, as its head or an earlier page has them."""
    read = [(line, _matches(text, line)) for line in block]
    rows: list[Row] = []
    group: Span | None = None
    heads: list[Span] = []
    for line, matches in read:
        cells = [match for match in matches if match]
        if len(cells) < len(matches) or len({match["label"] for match in cells}) < len(cells):
            if BAR in line.of(text) and (not rows or line.of(text) in {head.of(text) for head in heads}):
                heads.append(line)
            else:
                group = line
        elif _names_group(cells):
            group = line
        else:
            places = {match["label"]: Span(*match.span()) for match in cells}
            row = Row(line, {match["label"]: match["value"] for match in cells}, places, group)
            rows.append(replace(row, group=None) if row.is_sum else row)
    columns = tuple(dict.fromkeys(label for row in rows for label in row.cells))
    if len(rows) < 2 or len(columns) < 2 or not _share(rows, columns) or not _are_said(text, heads, columns):
        return None
    first = block[0].start
    return Table(_in_order(rows, columns), tuple(rows), None, _line_over(text, first), Span(first, block[-1].end))


def _names_group(cells: Sequence[re.Match[str]]) -> bool:
    """ "STT: II | Đơn vị: Khối sự nghiệp"."""
    return len(cells) == 2 and bool(_GROUP_MARK.fullmatch(cells[0]["value"]))


def _share(rows: Sequence[Row], columns: Sequence[str]) -> bool:
    """Whether the rows have most of their columns in common: else they are lines of some other kind."""
    return sum(len(row.cells) for row in rows) * 2 > len(rows) * len(columns)


def _are_said(text: str, heads: Sequence[Span], columns: Sequence[str]) -> bool:
    """Whether the lines over the rows, where there are some, are the names of the columns."""
    said = " ".join(head.of(text) for head in heads)
    return not heads or sum(column.rpartition(" – ")[2] in said for column in columns) * 2 > len(columns)


def _in_order(rows: Sequence[Row], columns: Sequence[str]) -> tuple[str, ...]:
    """The columns as the fullest row has them, then those that it has not."""
    fullest = max(rows, key=lambda row: len(row.cells))
    return tuple(dict.fromkeys((*fullest.cells, *columns)))


def _plain(text: str, block: list[Span]) -> Table | None:
    """A table whose first line names the columns, with a cell for each of them in every row."""
    columns = tuple(cell.of(text) for cell in _cells(text, block[0]))
    rows = [row for line in block[1:] if (row := _row(text, line, columns))]
    if len(rows) < 2 or len(rows) < len(block) - 2 or len(set(columns)) < len(columns) or not all(columns):
        return None
    first = block[0].start
    return Table(columns, tuple(rows), block[0], _line_over(text, first), Span(first, block[-1].end))


def _row(text: str, line: Span, columns: tuple[str, ...]) -> Row | None:
    cells = _cells(text, line)
    if len(cells) != len(columns) or any(_matches(text, line)):
        return None
    places = dict(zip(columns, cells, strict=True))
    return Row(line, {column: cell.of(text) for column, cell in places.items()}, places)


def _line_over(text: str, start: int) -> str:
    return text[:start].rstrip().rpartition("\n")[2]


def values(row: str) -> list[str]:
    """The cells of a line without the names of their columns."""
    named = ((_NAMED.fullmatch(cell.strip()), cell) for cell in row.split(BAR))
    return [match["value"] if match else cell for match, cell in named]


@lru_cache(maxsize=8192)
def lines_above(text: str, position: int) -> str:
    """The lines that lead to the table in which a position stands, as far as its article's heading, and its group's
    name."""
    start = text.rfind("\n", 0, position) + 1
    group = ""
    if at := table_at(text, position):
        start = text.rfind("\n", 0, at[0].span.start) + 1
        group = at[1].group.of(text) if at[1].group else ""
    while (start and BAR in (line := text[text.rfind("\n", 0, start - 1) + 1 : start])) or (start and not line.strip()):
        start -= len(line)
    found: list[str] = []
    for line in reversed(text[max(0, start - _FARTHEST) : start].split("\n")):
        if BAR in line:
            break  # of the table before
        if line.strip():
            found.append(line)
        if len(found) == _ABOVE or _ARTICLE.match(line):
            break
    return "\n".join([*reversed(found), *([group] if group else [])])
