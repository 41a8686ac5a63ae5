"""What stands before a place in a text and says what it speaks of: its paragraph, and the line that opens its list."""

from __future__ import annotations

import re
from functools import lru_cache

_ITEM = re.compile(r"\s*(?:(?P<dash>[-–+•*])|\(?(?P<number>\d{1,2})[.)]|\(?(?P<letter>[a-zđ])\))\s")
_LEVELS = 2  # of lists within lists
_LONGEST = 400  # characters of an opening line, its end
_FARTHEST = 3_000  # characters between an item and the line that opens its list


def before(text: str, position: int) -> str:
    """The paragraph up to a position, after the lines that open the list in which it stands."""
    start = text.rfind("\n", 0, position) + 1
    return opening(text, start) + text[start:position]


@lru_cache(maxsize=8192)
def opening(text: str, start: int) -> str:
    """The lines ending in ":" above the list item whose line begins at `start`; empty when it is none."""
    found: list[str] = []
    end = text.find("\n", start)
    item = _ITEM.match(text, start, end if end >= 0 else len(text))
    while item and len(found) < _LEVELS:
        above = _above(text, item, start)
        if above is None or not text[above[0] : above[1]].rstrip().endswith(":"):
            break
        found.append(text[above[0] : above[1]].rstrip()[-_LONGEST:] + "\n")
        start = above[0]
        item = _ITEM.match(text, *above)
    return "".join(reversed(found))


def _above(text: str, item: re.Match[str], start: int) -> tuple[int, int] | None:
    """Start and end of the line above the list to which an item belongs; None at the text's beginning or too far."""
    kind, mark = item.lastgroup or "", item[item.lastgroup or 0]
    end, farthest = start - 1, max(0, start - _FARTHEST)
    while end > farthest:
        begin = text.rfind("\n", 0, end) + 1
        line = _ITEM.match(text, begin, end)
        if line and line.lastgroup == kind:
            mark = line[kind]
        elif text[begin:end].strip() and (kind == "dash" or mark in ("1", "01", "a")):
            return begin, end
        end = begin - 1
    return None
