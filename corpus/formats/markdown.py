"""Markdown's tables and emphasis as plain lines: a row names its columns, "**Số: 12**" reads "Số: 12"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.formats.table import Cell, lines
from corpus.genre import named_kind

_RULE = re.compile(r"\s*+(?:\|\s*+)?+(?::?-++:?\s*+\|\s*+)+(?::?-++:?\s*+)?$")  # |---|---:|
_CELL = re.compile(r"(?<!\\)\|")
_HEADING = re.compile(r"^#{1,6} ([^\n]+)$", re.M)
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3}|_{1,3})(?=[^\s*_])([^\n*_]+)(?<=\S)\1(?![\w*])")


def plain(text: str) -> str:
    """The text without the stars and underlines around words, and a document's kind ("# BÁO CÁO") without its mark."""
    return _HEADING.sub(_unmarked, _EMPHASIS.sub(r"\2", text))


def _unmarked(heading: re.Match[str]) -> str:
    return heading[1] if named_kind(heading[1], official=False) else heading[0]


def with_rows(text: str) -> str:
    """The text with its pipe tables, a line of names over a rule of dashes, written as rows; all else as it is."""
    if "|" not in text or "-|" not in text.replace(" ", "").replace(":", ""):
        return text
    return "\n".join(_written(text.split("\n")))


def _written(given: Sequence[str]) -> Iterator[str]:
    at = 0
    while at < len(given):
        if at + 1 < len(given) and "|" in given[at] and _RULE.match(given[at + 1]):
            end = next((n for n in range(at + 2, len(given)) if "|" not in given[n]), len(given))
            yield from lines(_cells([given[at], *given[at + 2 : end]]))
            at = end
        else:
            yield given[at]
            at += 1


def _cells(rows: Sequence[str]) -> Iterator[Cell]:
    for row, line in enumerate(rows):
        written = _CELL.split(line.strip().removeprefix("|").removesuffix("|"))
        for column, text in enumerate(written):
            yield Cell(text.replace("\\|", "|").strip(), row, column, heading=row == 0)
