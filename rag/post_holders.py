"""Whether a unit tells of the post whose holder is asked for: who is secretary of the city is no other secretary."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.text import fold, tokens
from rag.posts import POSTS
from rag.understand import Query
from rag.units import Unit, before_in_paragraph, opened_words

_IS_WHO = re.compile(
    r"\b(?:la ai|ai la|ai dang la|ten (?:la )?gi|ho ten)\b|^(?:pho )?(?:bi thu|chu tich|truong|giam doc)\b"
)
_OFFICES = (
    "thanh uy|tinh uy|huyen uy|thi uy|quan uy|dang uy|chi bo|uy ban|hoi dong|mat tran|cong an|doan|hoi|lien doan|"
    "quan su|ban|bo|so|phong|cuc|vu|chi cuc|tong cuc|nuoc|trung uong"
)
_HELD = re.compile(rf"\b(?P<deputy>pho )?(?P<post>{'|'.join(POSTS)}) (?:\w+ ){{0,2}}?(?P<office>{_OFFICES})\b")


@lru_cache(maxsize=512)
def _held(question: str) -> re.Match[str] | None:
    """The post with its office whose holder is asked for."""
    asked = opened_words(tokens(question)).strip()
    return _HELD.search(asked) if _IS_WHO.search(asked) else None


def post_of_another(query: Query, unit: Unit) -> str | None:
    """The post with its office whose holder is asked for, when the unit and its paragraph before it name it nowhere."""
    held = _held(query.text) if query.expected.kind == "person" else None
    if held is None:
        return None
    there = opened_words(unit.words) + fold(before_in_paragraph(unit))
    rank = r"\bpho " if held["deputy"] else r"(?<!pho )\b"
    return None if re.search(rf"{rank}{held['post']} (?:\w+ ){{0,3}}{held['office']}\b", there) else held[0]
