"""HTML: the main content of a page as lines, without menus, scripts and forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from corpus.formats.plain import decode
from corpus.formats.source import Source, broken
from corpus.formats.table import MAX_ROWS, Cell, lines

_DROPPED = {
    "script",
    "style",
    "nav",
    "aside",
    "form",
    "noscript",
    "iframe",
    "button",
    "select",
    "template",
    "svg",
    "head",
    "object",
}
_PARAGRAPHS = {
    "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "section", "article",
    "header", "footer", "blockquote", "pre", "figure", "figcaption", "main", "dl", "dt", "dd", "center",
    "address", "body",
}  # fmt: skip
_MAIN = re.compile(
    r"(?:^|[\s_-])(?:article|news|post|entry|main|page)?[_-]?(?:content|detail|details|chitiet|chi-tiet|noidung|noi-dung|article|body)"
    r"(?:[\s_-]|$)",
    re.I,
)
_MENU = re.compile(
    r"(?:^|[\s_-])(?:menu|navbar|nav|breadcrumb|sidebar|banner|pagination|share|social|related|comment|cookie)s?(?:[\s_-]|$)",
    re.I,
)
_CHARSET = re.compile(rb"charset\s*+=\s*+(?:[\"']\s*+)?([\w-]{3,20})", re.I)
MAX_CELL = 1_500  # letters; a longer cell holds a part of the page, not a value
MAX_SPAN = 100
MAIN_SHARE = 0.4  # of the page's letters that a marked block must hold to be its main content


def read(content: bytes) -> Source:
    root = _tree(_decoded(content))
    whole = _text(root)
    best = max((_text(node) for node in _candidates(root)), key=len, default="")
    text = best if len(best) >= MAIN_SHARE * len(whole) else whole
    return Source((_titled(root, text),), "text/html")


def _decoded(content: bytes) -> str:
    declared = _CHARSET.search(content[:4096])
    if declared and declared[1].lower() not in (b"utf-8", b"utf8"):
        try:
            return content.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(content)[0]


def _tree(text: str) -> etree._Element:
    parser = etree.HTMLParser(
        recover=True,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken("HTML") from error
    if root is None:
        raise broken("HTML")
    return root


def _candidates(root: etree._Element) -> Iterator[etree._Element]:
    for node in root.iter("main", "article", "div", "section", "td"):
        if node.tag in ("main", "article") or _MAIN.search(f"{node.get('id', '')} {node.get('class', '')}"):
            yield node


def _titled(root: etree._Element, text: str) -> str:
    """The page's own heading first, when the main block leaves it out."""
    for tag in ("h1", "title"):
        for node in root.iter(tag):
            title = " ".join("".join(node.itertext()).split())
            if title:
                return text if title in " ".join(text.split()) else f"{title}\n\n{text}"
    return text


def _text(root: etree._Element) -> str:
    pieces: list[str] = []
    skipping: etree._Element | None = None
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if event == "start" and skipping is None:
            if _is_dropped(node) and node is not root:
                skipping = node
            elif node.tag == "table" and node is not root and (rows := _table(node)):
                pieces += ["\n", "\n".join(rows), "\n"]
                skipping = node
            else:
                pieces.append(_folded(node.text, node) if node is root else _opening(node) + _folded(node.text, node))
        elif event == "end":
            if skipping is None:
                pieces.append("\n" if node.tag in _PARAGRAPHS else "")
            skipping = None if node is skipping else skipping
            if skipping is None and node is not root:
                pieces.append(_folded(node.tail, node))
    return "\n".join(re.sub(r"[ \t]+", " ", line).strip() for line in "".join(pieces).split("\n"))


def _table(table: etree._Element) -> list[str]:
    """The lines of a table of data; none of one that only lays out the page."""
    if next(table.iterdescendants("table"), None) is not None:
        return []
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(islice(table.iterdescendants("tr"), MAX_ROWS)):
        column = 0
        for node in row.iterchildren("td", "th"):
            while (number, column) in taken:
                column += 1
            across, down = _span(node, "colspan"), _span(node, "rowspan")
            taken |= {(number + r, column + c) for r in range(down) for c in range(across)}
            cells.append(
                Cell(" ".join(_text(node).split()).removeprefix("| "), number, column, down, across, _is_heading(node))
            )
            column += across
    laid_out = max((len(cell.text) for cell in cells), default=0) > MAX_CELL or all(cell.column == 0 for cell in cells)
    return [] if laid_out else list(lines(cells))


def _span(node: etree._Element, name: str) -> int:
    digits = node.get(name, "")
    return max(1, min(MAX_SPAN, int(digits))) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 1


def _is_heading(node: etree._Element) -> bool:
    """By its tag, or all in bold."""
    if node.tag == "th" or next(node.iterancestors("thead"), None) is not None:
        return True
    bold = sum(len("".join(each.itertext()).split()) for each in node.iterdescendants("b", "strong"))
    return bold > 0 and bold >= len("".join(node.itertext()).split())


def _is_dropped(node: etree._Element) -> bool:
    return node.tag in _DROPPED or bool(
        _MENU.search(f"{node.get('id', '')} {node.get('class', '')}") and node.tag not in ("body", "html")
    )


def _opening(node: etree._Element) -> str:
    if node.tag == "br" or node.tag in _PARAGRAPHS:
        return "\n"
    cells = node.getprevious() is not None and node.tag in ("td", "th")
    return " | " if cells else ""


def _folded(text: str | None, node: etree._Element) -> str:
    return (text or "") if node.tag == "pre" else re.sub(r"\s+", " ", text or "")
