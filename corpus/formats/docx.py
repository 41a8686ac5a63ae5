"""DOCX: paragraphs and tables in the order of the page, read from the document's own XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from corpus.formats import archive
from corpus.formats.numbering import Numbering
from corpus.formats.source import Source, broken
from corpus.formats.table import MAX_COLUMNS, Cell, lines

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {_W + name for name in ("del", "moveFrom", "instrText", "delText", "pict", "fldData")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_BREAKS = {_W + "br": "\n", _W + "cr": "\n", _W + "tab": " ", _W + "noBreakHyphen": "-"}
_LAYOUT = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|^Nơi nhận|^\(?Đã ký\)?$", re.M)
MAX_DEPTH = 60


def read(content: bytes) -> Source:
    parts = archive.unpack(content, "Word")
    body = archive.parsed(parts.get("word/document.xml", b""), "Word").find(_W + "body")
    if body is None:
        raise broken("Word")
    listed, styled = parts.get("word/numbering.xml"), parts.get("word/styles.xml")
    counted = archive.parsed(listed, "Word") if listed else None
    numbering = Numbering.from_parts(counted, archive.parsed(styled, "Word") if styled else None)
    return Source(("\n".join(_blocks(body, numbering, 0)),), MEDIA_TYPE)


def _blocks(parent: etree._Element, numbering: Numbering, depth: int) -> Iterator[str]:
    """A line a paragraph and a table row; content controls and insertions are looked into."""
    if depth > MAX_DEPTH:
        return
    for child in parent:
        if child.tag == _W + "p":
            text = _paragraph(child)
            yield numbering.label(child) + text if text.strip() else text
        elif child.tag == _W + "tbl":
            yield from _table(child, numbering, depth + 1)
        elif child.tag in (_W + "sdt", _W + "sdtContent", _W + "ins", _W + "smartTag", _W + "customXml"):
            yield from _blocks(child, numbering, depth + 1)


def _paragraph(paragraph: etree._Element) -> str:
    pieces: list[str] = []
    skipping: etree._Element | None = None
    for event, node in etree.iterwalk(paragraph, events=("start", "end")):
        if event == "end":
            skipping = None if node is skipping else skipping
        elif skipping is None:
            if node.tag in _SKIPPED:
                skipping = node
            elif node.tag == _W + "t":
                pieces.append(node.text or "")
            elif node.tag in _BREAKS and node.getparent().tag == _W + "r":
                pieces.append(_BREAKS[node.tag])
    return "".join(pieces)


def _table(table: etree._Element, numbering: Numbering, depth: int) -> Iterator[str]:
    rows = table.findall(_W + "tr")
    places = [[(cell, list(_blocks(cell, numbering, depth))) for cell in _cells(row)] for row in rows]
    whole = "\n".join(line.strip() for row in places for _, content in row for line in content)
    if len(rows) <= 3 and _LAYOUT.search(whole):  # a letterhead or a signature block set in two columns
        for row in places:
            for _, content in row:
                yield from content
                yield ""
        return
    yield from lines(_grid(rows, places))
    yield ""


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row.iter(_W + "tc") if next(cell.iterancestors(_W + "tr"), None) is row]


def _grid(rows: list[etree._Element], places: list[list[tuple[etree._Element, list[str]]]]) -> list[Cell]:
    """The cells with their spans; a cell that is merged with the one above only makes that one longer."""
    cells: list[Cell] = []
    above: dict[int, int] = {}  # column → index of the cell that a merge would go on with
    for number, (row, contents) in enumerate(zip(rows, places, strict=True)):
        column = 0
        for node, content in contents:
            across = max(1, min(MAX_COLUMNS, _number(node, "gridSpan")))
            merge = node.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and merge.get(_W + "val", "continue") == "continue" and column in above:
                upper = cells[above[column]]
                cells[above[column]] = replace(upper, down=number + 1 - upper.row)
            else:
                above[column] = len(cells)
                text = " ".join(" ".join(content).split())
                heading = row.find(f"{_W}trPr/{_W}tblHeader") is not None or _is_bold(node)
                cells.append(Cell(text, number, column, 1, across, heading))
            column += across
    return cells


def _number(cell: etree._Element, name: str) -> int:
    found = cell.find(f"{_W}tcPr/{_W}{name}")
    digits = found.get(_W + "val", "") if found is not None else ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 5 else 1


def _is_bold(cell: etree._Element) -> bool:
    """Whether all its words are bold."""
    runs = [run for run in cell.iter(_W + "r") if "".join(run.itertext()).strip()]
    marks = [run.find(f"{_W}rPr/{_W}b") for run in runs]
    return bool(runs) and all(mark is not None and mark.get(_W + "val", "1") not in ("0", "false") for mark in marks)
