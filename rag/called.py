"""What persons are called: "ông" or "bà", and the post that stands before or behind a name.

Each check takes the claim laid over its evidence and the pieces of the context; it gives what is wrong, or None.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rag.alignment import Alignment
from rag.pieces import Piece

_GENDERS = {"ông": "m", "anh": "m", "bà": "f", "chị": "f", "cô": "f"}
_ENDS_POST = frozenset("thư tịch nước trưởng đốc tướng thống án nhiệm".split())
_OPENS_POST = frozenset("chủ bí giám trưởng bộ thứ tổng chánh viện cục hiệu thủ deputy".split())


def titles(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """ "Bà" is not said of whom the evidence calls "ông"."""
    theirs: dict[str, set[str]] = {}
    for title, name in pairwise(laid.evidence):
        if title.key in _GENDERS and name.sort == "name" and not name.breaks:
            theirs.setdefault(name.folded, set()).add(_GENDERS[title.key])
    for title, name in pairwise(laid.claim):
        called = theirs.get(name.folded) if title.key in _GENDERS and name.sort == "name" else None
        if called and _GENDERS[title.key] not in called:
            return f"cách gọi “{title.said} {name.said}”"
    return None


def posts(laid: Alignment, known: tuple[Piece, ...]) -> str | None:
    """In "Chủ tịch A, Phó Chủ tịch B" each post is that of the name beside it, and no other's."""
    for held in (_before_names, _behind_names):
        theirs = set(held(laid.evidence))
        holders = {post for post, _ in theirs}
        wrong = (name for post, name in held(laid.claim) if post in holders and (post, name) not in theirs)
        if name := next(wrong, None):
            return f"chức vụ của “{name}”"
    return None


def _before_names(found: tuple[Piece, ...]) -> Iterator[tuple[str, str]]:
    """The last two words of each post with the name that follows at once."""
    for at in range(1, len(found) - 1):
        post, name = found[at], found[at + 1]
        if post.key in _ENDS_POST and name.sort == "name" and not name.breaks and found[at - 1].sort != "sense":
            yield f"{found[at - 1].key} {post.key}", name.folded


def _behind_names(found: tuple[Piece, ...]) -> Iterator[tuple[str, str]]:
    """The name's last word with how the post behind a comma or bracket begins."""
    for at in range(1, len(found) - 1):
        name, post = found[at], found[at + 1]
        if name.sort == "name" and found[at - 1].sort == "name" and post.breaks and post.key in _OPENS_POST:
            behind = found[at + 2].key if at + 2 < len(found) else ""
            yield f"{found[at - 1].folded} {name.folded}", f"{post.key} {behind}"
