"""Ruled tables of a page: the lines that a PDF draws, the cells between lines, the text in each.

All places here are in the frame in which the page is read, so that a table laid on its side is read like any other:
`left` to `right`, and down from `top` to `bottom`, in points.
"""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.formats.table import Cell

NEAR = 3.0  # points within which two lines are one, or touch
MAX_PATHS, MAX_SEGMENTS, MAX_RULES, MAX_LINES = 20_000, 2_000, 20_000, 400
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line: at `at` on the one axis, from `start` to `end` on the other."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page is turned: 0 upright, 1 when its lines run up the page, -1 when they run down."""

    turned: int

    @classmethod
    def of(cls, text: pdfium.PdfTextPage) -> Frame:
        """From the way in which most letters stand."""
        angles = (raw.FPDFText_GetCharAngle(text, number) for number in range(text.count_chars()))
        quarters = [round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0]
        turned = next((turn for turn, quarter in ((1, 3), (-1, 1)) if 2 * quarters.count(quarter) > len(quarters)), 0)
        return cls(turned)

    def point(self, x: float, y: float) -> Point:
        """From the page's own places."""
        return (x, y) if not self.turned else (self.turned * y, -self.turned * x)

    def back(self, x: float, y: float) -> Point:
        """To the page's own places."""
        return (x, y) if not self.turned else (-self.turned * y, self.turned * x)

    def text_in(self, text: pdfium.PdfTextPage, box: Box) -> str:
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if self.turned == 1:
            left, bottom, right, top = -box.top, box.left, -box.bottom, box.right
        elif self.turned == -1:
            left, bottom, right, top = box.bottom, -box.right, box.top, -box.left
        return str(text.get_text_bounded(left, bottom, right, top))


@dataclass(frozen=True, slots=True)
class RuledTable:
    box: Box
    cells: tuple[tuple[Cell, Box], ...]  # cells without their text

    @property
    def columns(self) -> list[float]:
        """Where the columns begin."""
        return sorted({box.left for _, box in self.cells})


def find(page: pdfium.PdfPage, frame: Frame) -> list[RuledTable]:
    """The tables of a page, from the top."""
    return tables(*_rules(page, frame))


def tables(across: Sequence[Rule], down: Sequence[Rule]) -> list[RuledTable]:
    """The tables that level and upright lines make: of two columns and two rows or more, none of two that overlap."""
    if len(across) < 3 or len(down) < 3 or len(across) + len(down) > MAX_RULES:
        return []
    found = [table for group in _groups(across, down) if (table := _table(*group))]
    found.sort(key=lambda table: -table.box.top)
    return [
        table for above, table in pairwise([None, *found]) if table and not (above and above.box.bottom < table.box.top)
    ]


def _rules(page: pdfium.PdfPage, frame: Frame) -> tuple[list[Rule], list[Rule]]:
    """Horizontal and vertical lines: what is stroked, and filled shapes that are thin. A filled box is a background."""
    across: list[Rule] = []
    down: list[Rule] = []
    paths = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4)
    for path in islice(paths, MAX_PATHS):
        for shape in _shapes(path):
            points = [frame.point(*point) for point in shape]
            for (x0, y0), (x1, y1) in pairwise(points) if _is_stroked(path) else [_diagonal(points)]:
                if abs(y0 - y1) < NEAR <= abs(x0 - x1):
                    across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
                elif abs(x0 - x1) < NEAR <= abs(y0 - y1):
                    down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return across, down


def _is_stroked(path: pdfium.PdfObject) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(path, fill, stroke) and stroke.value)


def _diagonal(points: Sequence[Point]) -> tuple[Point, Point]:
    """The corners of the box around them."""
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys)), (max(xs), max(ys))


def _shapes(path: pdfium.PdfObject) -> Iterator[list[Point]]:
    """The corners of each part of a path, the first one again where it is closed."""
    matrix = path.get_matrix()
    points: list[Point] = []
    for number in range(min(MAX_SEGMENTS, raw.FPDFPath_CountSegments(path))):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(matrix.on_point(x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _groups(across: Sequence[Rule], down: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Lines that touch one another, directly or over others."""
    leader = list(range(len(across) + len(down)))

    def root(member: int) -> int:
        while leader[member] != member:
            leader[member] = leader[leader[member]]
            member = leader[member]
        return member

    by_height = sorted(range(len(across)), key=lambda number: across[number].at)
    heights = [across[number].at for number in by_height]
    for other, vertical in enumerate(down, len(across)):
        for number in by_height[
            bisect_left(heights, vertical.start - NEAR) : bisect_left(heights, vertical.end + NEAR)
        ]:
            if across[number].start - NEAR <= vertical.at <= across[number].end + NEAR:
                leader[root(number)] = root(other)
    members: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for number, rule in enumerate((*across, *down)):
        members.setdefault(root(number), ([], []))[number >= len(across)].append(rule)
    yield from members.values()


def _table(across: Sequence[Rule], down: Sequence[Rule]) -> RuledTable | None:
    ys, xs = _merged(rule.at for rule in across)[::-1], _merged(rule.at for rule in down)
    if not (2 < len(ys) < MAX_LINES and 2 < len(xs) < MAX_LINES):
        return None
    cells = tuple(_cells(ys, xs, across, down))
    if not _has_columns(xs, cells):
        return None
    return RuledTable(Box(xs[0], ys[-1], xs[-1], ys[0]), cells)


def _has_columns(xs: Sequence[float], cells: Sequence[tuple[Cell, Box]]) -> bool:
    """Whether some line inside parts the cells of two rows: boxes drawn around words part those of one."""
    inner = [[cell.down for cell, box in cells if box.left == x] for x in xs[1:-1]]
    return any(len(spans) > 1 for spans in inner)


def _merged(places: Iterable[float]) -> list[float]:
    """Ascending, those closer than `NEAR` as one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > NEAR:
            found.append(place)
    return found


def _cells(
    ys: Sequence[float], xs: Sequence[float], across: Sequence[Rule], down: Sequence[Rule]
) -> Iterator[tuple[Cell, Box]]:
    """From left to right, from the top; a cell goes on where no line parts it from the next."""
    columns, rows = list(pairwise(xs)), list(pairwise(ys))
    under = [[_drawn(across, low, (left + right) / 2) for left, right in columns] for _, low in rows]
    beside = [[_drawn(down, right, (high + low) / 2) for _, right in columns] for high, low in rows]
    taken: set[tuple[int, int]] = set()
    for row in range(len(rows)):
        for column in range(len(columns)):
            if (row, column) in taken:
                continue
            last = column
            while last + 1 < len(columns) and not beside[row][last]:
                last += 1
            low = row
            while low + 1 < len(rows) and not any(under[low][column : last + 1]):
                low += 1
            taken |= {(y, x) for y in range(row, low + 1) for x in range(column, last + 1)}
            yield (
                Cell("", row, column, low - row + 1, last - column + 1),
                Box(xs[column], ys[low + 1], xs[last + 1], ys[row]),
            )


def _drawn(rules: Sequence[Rule], at: float, through: float) -> bool:
    return any(abs(rule.at - at) <= NEAR and rule.start - NEAR <= through <= rule.end + NEAR for rule in rules)
