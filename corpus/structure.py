"""The headings of an office document: Phần, Chương, Mục, Điều, I., 1., 1.1., a), -."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.document import Span

HEADING_LENGTH = 200  # a longer numbered line is a paragraph of the list, not a heading
LABEL_LENGTH = 90

_KINDS = (  # from the widest to the narrowest; a document's levels are those it uses, from 1
    ("part", re.compile(
        r"(?:PHẦN|Phần)(?: THỨ| thứ)? (?:[IVXLC]{1,6}|[A-ZĐ]|\d{1,2}|[^\W\d_]{2,5}(?: [^\W\d_]{2,5})?)"
        r"(?=$|[.:]| [-–])"
    )),
    ("chapter", re.compile(r"(?:CHƯƠNG|Chương) (?:[IVXLC]{1,6}|\d{1,2})(?![^\W_])")),
    ("section", re.compile(r"(?:MỤC|Mục) (?:[IVXLC]{1,6}|\d{1,2}|[A-ZĐ])(?=$|[.:]| [-–]| [A-ZĐ])")),
    ("subsection", re.compile(r"(?:TIỂU MỤC|Tiểu mục) \d{1,2}(?![^\W_])")),
    ("article", re.compile(r"(?:ĐIỀU|Điều) \d{1,4}[a-zđ]?(?=\s*[.:]|$)")),
    ("letter", re.compile(r"[A-ZĐ](?=[.)/] |[.] ?[-–])(?<![IVXLC])|[CDL](?=[.)/] [A-ZĐÀ-Ỹ]{2})")),
    ("roman", re.compile(r"(?=[IVX])(?:X{0,3})(?:IX|IV|V?I{0,3})(?=\s?[.):-]\s*\S|/ )")),
    ("clause", re.compile(r"(?:Khoản )?\d{1,3}(?=[.)/:]\s*[^\W\d]|\s?[-–] [^\W\d])")),
    ("decimal", re.compile(r"\d{1,2}\.\d{1,2}(?=[.)]?\s+[^\W\d])")),
    ("deep", re.compile(r"\d{1,2}(?:\.\d{1,2}){2,3}(?=[.)]?\s+[^\W\d])")),
    ("point", re.compile(r"\(?[a-zđ]{1}(?:\.?\d{1,2})?\)|[a-zđ](?=\. )")),
    ("dash", re.compile(r"[-–•](?= ?[^\W\d_])")),
    ("plus", re.compile(r"[+*](?= ?[^\W\d_])")),
)  # fmt: skip
_MARKDOWN = re.compile(r"#{1,6} ")
_TITLED_BELOW = ("part", "chapter", "section", "subsection")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line, or a list item that begins with its own mark.

    `level` counts from 1 among the kinds of heading that this document uses; `label` is short: "Điều 5",
    "II. Phương hướng…".
    """

    span: Span
    level: int
    label: str
    # part, chapter, section, subsection, article, letter, roman, clause, decimal, deep, point, dash, plus
    kind: str
    item: bool  # a paragraph of a list rather than a line above others


def headings(text: str) -> list[Heading]:
    """The marked lines of a canonical text, in order."""
    found = [(kind, span, item) for kind, span, item in _marked(text)]
    used = [name for name in _ORDER if any(kind == name for kind, _, _ in found)]
    level = {name: rank for rank, name in enumerate(used, 1)}
    return [Heading(span, level[kind], _label(span.of(text)), kind, item) for kind, span, item in found]


def path_at(text: str, offset: int) -> list[str]:
    """The labels of the headings over a place in a canonical text, from the widest; of a list's item its number only,
    "khoản 2", "điểm a", which its own text shows."""
    path: list[Heading] = []
    for heading in headings(text):
        if heading.span.start > offset:
            break
        path = [*(above for above in path if above.level < heading.level), heading]
    in_article = any(above.kind == "article" for above in path)
    return [label for above in path if (label := _short(above, in_article))]


def _short(heading: Heading, in_article: bool) -> str:
    """The label of a heading, and of a paragraph of a list what a letter calls it by."""
    numbered = heading.item or (in_article and heading.kind in ("clause", "point"))
    if not numbered:
        return heading.label
    mark = heading.label.split()[0].strip("().:/") if heading.label else ""
    match heading.kind:
        case "article":
            return " ".join(heading.label.split()[:2]).rstrip(".:")
        case "clause":
            return f"khoản {mark}" if in_article else f"mục {mark}"
        case "point":
            return f"điểm {mark}"
        case "decimal" | "deep" | "roman" | "letter":
            return f"mục {mark}"
    return ""  # a dash has no name


_ORDER = (*(f"markdown{depth}" for depth in range(1, 7)), *(name for name, _ in _KINDS))


def _marked(text: str) -> list[tuple[str, Span, bool]]:
    lines = list(_lines(text))
    found: list[tuple[str, Span, bool]] = []
    for number, span in enumerate(lines):
        line = span.of(text)
        if mark := _MARKDOWN.match(line):
            found.append((f"markdown{len(mark[0]) - 1}", span, False))
        elif kind := _kind(line):
            if kind in _TITLED_BELOW and len(line) < 16:
                span = _with_title(text, lines, number)
            found.append((kind, span, _is_item(kind, span.of(text))))
    return found


def _lines(text: str) -> list[Span]:
    """Lines that hold something, without the spaces around."""
    return [Span(match.start(), match.end()) for match in re.finditer(r"[^\s\n](?:[^\n]*[^\s\n])?", text)]


def _kind(line: str) -> str | None:
    return next((name for name, pattern in _KINDS if (mark := pattern.match(line)) and mark[0]), None)


def _with_title(text: str, lines: list[Span], number: int) -> Span:
    """ "Chương II" stands alone; its title is the upper-case lines below it."""
    end = lines[number].end
    for below in lines[number + 1 : number + 5]:
        line = below.of(text)
        if not line.isupper() or _kind(line) or text.count("\n", end, below.start) > 2:
            break
        end = below.end
    return Span(lines[number].start, end)


def _is_item(kind: str, line: str) -> bool:
    if kind in ("dash", "plus"):
        return True
    if kind in _TITLED_BELOW:
        return False
    return len(line) > HEADING_LENGTH or (kind not in ("article", "roman", "letter") and line[-1] in ".;,")


def _label(line: str) -> str:
    line = " ".join(line.lstrip("# ").split())
    if len(line) <= LABEL_LENGTH:
        return line.rstrip(" .:;")
    return line[:LABEL_LENGTH].rsplit(" ", 1)[0].rstrip(" ,.:;") + "…"
