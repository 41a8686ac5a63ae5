"""Posts ("bí thư", "trưởng phòng") and the ranks they are held in."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.text import fold

POSTS = {
    fold(post): post
    for post in (
        "bí thư", "chủ tịch", "trưởng ban", "trưởng phòng", "giám đốc", "chủ nhiệm", "trưởng công an", "hiệu trưởng",
        "thủ trưởng", "bộ trưởng", "chánh văn phòng", "tổng giám đốc", "đội trưởng", "trưởng đoàn", "cục trưởng",
        "vụ trưởng", "thủ tướng",
    )
}  # fmt: skip
_RANKS = {fold(rank): rank for rank in ("phó", "nguyên", "quyền", "cựu")}
_RANKED = re.compile(rf"\b(?:({'|'.join(_RANKS)}) )?(?!(?<=\bban )bi thu)({'|'.join(POSTS)})\b")  # "Ban Bí thư"


@lru_cache(maxsize=4096)
def ranked(words: str) -> dict[str, set[str]]:
    """The posts named in folded words, each with the ranks ("pho", "") it is named with."""
    posts: dict[str, set[str]] = {}
    for match in _RANKED.finditer(words):
        posts.setdefault(match[2], set()).add(match[1] or "")
    return posts


def written(post: str, rank: str) -> str:
    """A post with its rank as a reader knows them: "phó chủ tịch"."""
    return f"{_RANKS.get(rank, '')} {POSTS[post]}".strip()
