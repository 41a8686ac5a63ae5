"""Lines that say what is spoken of and not what is said of it, where no mark makes them headings."""

from __future__ import annotations

import re

from corpus.sentences import CAPTION
from rag.units import Unit

_LONGEST = 25  # syllables
_CAPTIONED = re.compile(CAPTION + "$")
_MARKED = re.compile(r"[-–+•*]|\(?\d{1,2}[.)]|\(?[a-zđ]\)")
_TOLD = re.compile(r"[.:;,!?…]\)?$")
_LINE = re.compile(r"[^\n]*")


def is_title_line(unit: Unit) -> bool:
    """A picture's caption, or a short line without a stop between a blank line and its own paragraph."""
    text, span = unit.text, unit.span
    if _CAPTIONED.search(unit.quote):
        return True
    alone = text[max(0, span.start - 2) : span.start] in ("\n\n", "\n", "") and text[span.end : span.end + 1] == "\n"
    if not alone or len(unit.words) > _LONGEST or _MARKED.match(unit.quote) or _TOLD.search(unit.quote):
        return False
    below = _LINE.match(text, span.end + 1)
    return below is not None and len(below[0]) > 2 * len(unit.quote)
