"""Posts ("bí thư", "trưởng phòng") and the ranks they are held in."""

from __future__ import annotations

import re
from functools import lru_cache

_POSTS = (
    "bi thu", "chu tich", "truong ban", "truong phong", "giam doc", "chu nhiem", "truong cong an", "hieu truong",
    "thu truong", "bo truong", "chanh van phong", "tong giam doc", "doi truong", "truong doan", "cuc truong",
    "vu truong", "thu tuong",
)  # fmt: skip
_RANKED = re.compile(rf"\b(?:(pho|nguyen|quyen|cuu) )?({'|'.join(_POSTS)})\b")


@lru_cache(maxsize=4096)
def ranked(words: str) -> dict[str, set[str]]:
    """The posts named in folded words, each with the ranks ("pho", "") it is named with."""
    posts: dict[str, set[str]] = {}
    for match in _RANKED.finditer(words):
        posts.setdefault(match[2], set()).add(match[1] or "")
    return posts
