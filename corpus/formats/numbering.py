"""The numbers that Word writes before paragraphs by itself: "Điều 3.", "1.2.", "a)", "-"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
MAX_LEVEL, MAX_COUNT, STYLE_DEPTH = 9, 9_999, 10


@dataclass(frozen=True, slots=True)
class _Level:
    form: str  # decimal, lowerLetter, upperRoman, bullet, …
    text: str  # "%1.%2."
    start: int


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs of one document as they are read, in order."""

    levels: dict[str, dict[int, _Level]]  # by list: its levels
    abstract: dict[str, str]  # list → the definition whose counters it shares
    styles: dict[str, tuple[str, int]]  # paragraph style → list and level
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def from_parts(cls, numbering: etree._Element | None, styles: etree._Element | None) -> Numbering:
        """From `word/numbering.xml` and `word/styles.xml`; a document may have neither."""
        if numbering is None:
            return cls({}, {}, {})
        definitions = {
            node.get(_W + "abstractNumId", ""): _levels(node) for node in numbering.findall(_W + "abstractNum")
        }
        abstract = {node.get(_W + "numId", ""): _value(node, "abstractNumId") for node in numbering.findall(_W + "num")}
        levels = {list_: definitions.get(definition, {}) for list_, definition in abstract.items()}
        return cls(levels, abstract, _styles(styles) if styles is not None else {})

    def label(self, paragraph: etree._Element) -> str:
        """What stands before the paragraph's own text, with a space behind it; often nothing."""
        list_, depth = self._list_of(paragraph)
        level = self.levels.get(list_, {}).get(depth)
        if level is None or not level.text:
            return ""
        counts = self.counts.setdefault(self.abstract[list_], {})
        counts[depth] = min(counts.get(depth, level.start - 1) + 1, MAX_COUNT)
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        return self._written(list_, level, counts) + " "

    def _list_of(self, paragraph: etree._Element) -> tuple[str, int]:
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        list_, depth = self.styles.get(style.get(_W + "val", "") if style is not None else "", ("", 0))
        if own is None:
            return list_, depth
        return _value(own, "numId") or list_, _whole(_value(own, "ilvl"), depth)

    def _written(self, list_: str, level: _Level, counts: dict[int, int]) -> str:
        if level.form == "bullet":
            return "-"

        def counted(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            other = self.levels[list_].get(depth)
            return _formatted(counts.get(depth, other.start if other else 1), other.form if other else "decimal")

        return re.sub(r"%([1-9])", counted, level.text).strip()


def _levels(definition: etree._Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for node in definition.findall(_W + "lvl"):
        depth = _whole(node.get(_W + "ilvl"), 0)
        if depth < MAX_LEVEL:
            levels[depth] = _Level(_value(node, "numFmt"), _value(node, "lvlText"), _whole(_value(node, "start"), 1))
    return levels


def _styles(styles: etree._Element) -> dict[str, tuple[str, int]]:
    """Paragraph styles that number, their own way or their parents'."""
    nodes = {node.get(_W + "styleId", ""): node for node in styles.findall(_W + "style")}
    found: dict[str, tuple[str, int]] = {}
    for name in nodes:
        node, steps = nodes.get(name), 0
        while node is not None and steps < STYLE_DEPTH:
            numbered = node.find(f"{_W}pPr/{_W}numPr")
            if numbered is not None:
                found[name] = (_value(numbered, "numId"), _whole(_value(numbered, "ilvl"), 0))
                break
            node, steps = nodes.get(_value(node, "basedOn")), steps + 1
    return found


def _value(node: etree._Element, child: str) -> str:
    found = node.find(_W + child)
    return str(found.get(_W + "val", "")) if found is not None else ""


def _whole(digits: str | None, default: int) -> int:
    return int(digits) if digits and digits.isascii() and digits.isdigit() and len(digits) < 5 else default


def _formatted(count: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman"):
        written, left = "", count
        for size, mark in _ROMAN:
            written += mark * (left // size)
            left %= size
        return written if form == "upperRoman" else written.lower()
    return f"{count:02d}" if form == "decimalZero" else str(count)
