"""Tables in canonical text: lines whose cells stand between bars, each with the name of its column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import Span

BAR = " | "
_ABOVE, _FARTHEST = 5, 1_500  # lines over a table that say what it tells of, and their characters
_ARTICLE = re.compile(r"(?:Điều|Chương|Mục) [\dIVX]")
_NAMED = re.compile(r"(?P<label>[^:|]{1,120}): (?P<value>.*\S)")
_SUMS = re.compile(
    r"(?:tổng(?! cục)|cộng|toàn (?:huyện|tỉnh|xã|thành phố|quốc|ngành)|bình quân|trung bình|cả (?:huyện|tỉnh|nước))"
    r"(?!\w)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: where it stands, and its cells by the names of their columns."""

    span: Span
    cells: dict[str, str]

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


@lru_cache(maxsize=64)
def tables_of(text: str) -> tuple[Table, ...]:
    """The tables of a text with at least two rows under the names of their columns, in order."""
    return tuple(table for block in _blocks(text) if (table := _read(text, block)))


def _blocks(text: str) -> Iterator[list[Span]]:
    """Runs of lines with bars."""
    block: list[Span] = []
    start = 0
    for line in text.split("\n"):
        if BAR in line:
            lead = len(line) - len(line.lstrip())
            block.append(Span(start + lead, start + len(line.rstrip())))
        elif block:
            yield block
            block = []
        start += len(line) + 1
    if block:
        yield block


def _read(text: str, block: list[Span]) -> Table | None:
    columns = tuple(cell.strip() for cell in block[0].of(text).split(BAR))
    rows = [row for span in block[1:] if (row := _row(text, span, columns))]
    if len(rows) < 2 or len(rows) < len(block) - 2 or len(set(columns)) < len(columns) or not all(columns):
        return None
    named = all(_NAMED.match(cell) for cell in rows[0].span.of(text).split(BAR))
    above = text[: block[0].start].rstrip().rpartition("\n")[2]
    return Table(columns, tuple(rows), None if named else block[0], above)


def _row(text: str, span: Span, columns: tuple[str, ...]) -> Row | None:
    """A row that names its columns, or has a cell for each of them."""
    cells = [cell.strip() for cell in span.of(text).split(BAR)]
    named = [_NAMED.fullmatch(cell) for cell in cells]
    pairs = [(match["label"], match["value"]) for match in named if match and match["label"] in columns]
    if len(pairs) == len(cells):
        return Row(span, dict(pairs))
    return Row(span, dict(zip(columns, cells, strict=True))) if len(cells) == len(columns) and not any(named) else None


def values(row: str) -> list[str]:
    """The cells of a line without the names of their columns."""
    named = ((_NAMED.fullmatch(cell.strip()), cell) for cell in row.split(BAR))
    return [match["value"] if match else cell for match, cell in named]


@lru_cache(maxsize=8192)
def lines_above(text: str, position: int) -> str:
    """The lines that lead to the table in which a position stands, as far as its article's heading."""
    start = text.rfind("\n", 0, position) + 1
    while (start and BAR in (line := text[text.rfind("\n", 0, start - 1) + 1 : start])) or (start and not line.strip()):
        start -= len(line)
    found: list[str] = []
    for line in reversed(text[max(0, start - _FARTHEST) : start].split("\n")):
        if line.strip():
            found.append(line)
        if len(found) == _ABOVE or _ARTICLE.match(line):
            break
    return "\n".join(reversed(found))
