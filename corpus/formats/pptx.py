"""PPTX: the words of each slide, a page each, its tables as rows, and the speaker's notes."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from lxml import etree

from corpus.formats import archive
from corpus.formats.source import MAX_PAGES, LoadError, Source, broken
from corpus.formats.table import MAX_COLUMNS, Cell, lines

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FURNITURE = ("sldNum", "dt", "ftr", "hdr", "sldImg")  # placeholders that say nothing of the slide
MAX_DEPTH = 30


def read(content: bytes) -> Source:
    parts = archive.unpack(content, "PowerPoint")
    order = archive.parsed(parts.get("ppt/presentation.xml", b""), "PowerPoint").iter(_P + "sldId")
    targets = _targets(parts, "ppt/presentation.xml")
    slides = [path for slide in order if (path := targets.get(slide.get(_R + "id", ""))) in parts]
    if not slides:
        raise broken("PowerPoint")
    if len(slides) > MAX_PAGES:
        raise LoadError("too_large", f"Tệp có {len(slides)} trang, nhiều hơn giới hạn {MAX_PAGES} trang.")
    return Source(tuple("\n".join(_slide(parts, path)) for path in slides), MEDIA_TYPE, paged=True)


def _targets(parts: Mapping[str, bytes], path: str) -> dict[str, str]:
    """The parts that a part refers to, by the id of the reference."""
    folder, name = posixpath.split(path)
    listed = parts.get(f"{folder}/_rels/{name}.rels")
    if listed is None:
        return {}
    found = archive.parsed(listed, "PowerPoint")
    return {each.get("Id", ""): posixpath.normpath(posixpath.join(folder, each.get("Target", ""))) for each in found}


def _slide(parts: Mapping[str, bytes], path: str) -> Iterator[str]:
    yield from _shapes(archive.parsed(parts[path], "PowerPoint"), 0)
    for target in _targets(parts, path).values():
        if "/notesSlides/" in target and target in parts:
            notes = [line for line in _shapes(archive.parsed(parts[target], "PowerPoint"), 0) if line.strip()]
            yield from ["", *notes]


def _shapes(parent: etree._Element, depth: int) -> Iterator[str]:
    """Paragraphs in the order of the file, which is that of the screen reader."""
    if depth > MAX_DEPTH:
        return
    for node in parent:
        kind = node.find(f".//{_P}nvPr/{_P}ph")
        if node.tag == _P + "sp" and kind is not None and kind.get("type") in _FURNITURE:
            continue
        if node.tag == _A + "p":
            yield _paragraph(node)
        elif node.tag == _A + "tbl":
            yield from lines(_cells(node))
            yield ""
        else:
            yield from _shapes(node, depth + 1)
            if node.tag == _P + "sp":
                yield ""


def _paragraph(node: etree._Element) -> str:
    pieces = ("\n" if child.tag == _A + "br" else child.text or "" for child in node.iter(_A + "t", _A + "br"))
    return "".join(pieces)


def _cells(table: etree._Element) -> Iterator[Cell]:
    marked = table.find(f"{_A}tblPr[@firstRow='1']") is not None
    for number, row in enumerate(table.findall(_A + "tr")):
        for column, node in enumerate(row.findall(_A + "tc")[:MAX_COLUMNS]):
            if node.get("hMerge") is None and node.get("vMerge") is None:
                text = " ".join(" ".join(map(_paragraph, node.iter(_A + "p"))).split())
                yield Cell(text, number, column, _span(node, "rowSpan"), _span(node, "gridSpan"), marked and not number)


def _span(node: etree._Element, name: str) -> int:
    digits = node.get(name, "")
    return max(1, min(MAX_COLUMNS, int(digits))) if digits.isascii() and digits.isdigit() and len(digits) < 5 else 1
