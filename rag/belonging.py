"""What goes with a figure: the words of its own part of a clause."""

from __future__ import annotations

import re

from corpus.document import Span

_BREAK = re.compile(
    r"[,;()]\s|\s\|\s|\s[–-]\s| và | còn (?!(?:lại )?\d)| trong đó "
)  # "xã A còn 54 hộ nghèo" is one part


def figure_part(text: str, figure: Span) -> Span:
    """The part of a clause around a figure, between commas, brackets and "và"."""
    start, end = 0, len(text)
    for match in _BREAK.finditer(text):
        if match.end() <= figure.start:
            start = match.end()
        elif match.start() >= figure.end:
            end = match.start()
            break
    return Span(start, end)
