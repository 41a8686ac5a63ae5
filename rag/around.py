"""What stands before a place in a text and says what it speaks of: its paragraph, and the line that opens its list."""

from __future__ import annotations

import re
from functools import lru_cache

_ITEM = re.compile(r"\s*(?:[-–+•*]|\(?\d{1,2}[.)]|\(?[a-zđ]\))\s")
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
    stop = text.find("\n", start)
    line = text[start : stop if stop >= 0 else len(text)]
    end, farthest = start - 1, start - _FARTHEST
    while len(found) < _LEVELS and _ITEM.match(line) and end > max(0, farthest):
        begin = text.rfind("\n", 0, end) + 1
        above = text[begin:end].rstrip()
        if above.endswith(":"):
            found.append(above[-_LONGEST:] + "\n")
            line = above
        elif above and not _ITEM.match(above):
            break
        end = begin - 1
    return "".join(reversed(found))
