"""Whether a unit tells of the post whose holder is asked for: who is secretary of the city is no other secretary."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.text import fold, tokens
from rag.around import before
from rag.posts import POSTS
from rag.understand import Query
from rag.units import Unit, before_in_paragraph, opened_words

_IS_WHO = re.compile(
    r"\b(?:la ai|ai la|ai dang la|ten (?:la )?gi|ho ten)\b|^(?:pho )?(?:bi thu|chu tich|truong|giam doc)\b"
)
_OFFICES = (
    "thanh uy|tinh uy|huyen uy|thi uy|quan uy|dang uy|chi bo|uy ban|hoi dong|mat tran|cong an|doan|hoi|lien doan|"
    "quan su|ban|bo|so|phong(?! (?:chay|chong|ngua|benh|trao))|cuc|vu|chi cuc|tong cuc|nuoc|trung uong"
)
_HELD = re.compile(
    rf"\b(?P<deputy>pho )?(?P<post>(?:chi )?(?:{'|'.join(POSTS)})) (?:\w+ ){{0,2}}?(?P<office>{_OFFICES})\b"
    r"(?P<of>(?: (?!la\b|ten\b|ai\b)\w+){0,2})"
)
_HEADED = re.compile(  # the head of "Ban Giám sát": the post is written with the name of what is headed
    r"\btruong (?P<body>(?:ban|phong|doan|khoa|tram|tieu ban) (?!la\b|ai\b|ten\b)\w+ (?!la\b|ai\b|ten\b)\w+)"
)
_ASKS_HEAD = re.compile(
    r"^\W*+(?:\w+ ){0,2}?(?<!phó )trưởng (?P<of>[^\W\d_]+) (?:\w+ ){0,5}(?:tên (?:là )?gì|là ai|họ tên)", re.I
)
_HEADS = re.compile(  # of what: "Trưởng Thuế"; a deputy is none
    r"(?<!\w)(?<!phó )trưởng(?: (?P<of>\w+))?|(?<!\w)(?:đứng đầu|giám đốc)(?!\w)", re.I
)
_HEAD_TOLD = re.compile(r"\b(?:truong|dung dau|giam doc|phu trach)\b")
_BODIES = frozenset("phòng ban thôn bản ấp khóm khoa trạm đoàn nhóm tổ đội chi bộ".split())  # that have a head, too
_NAMED = 2  # syllables behind an office's kind that tell which it is


@lru_cache(maxsize=512)
def _held(question: str) -> re.Match[str] | None:
    """The post with its office whose holder is asked for."""
    asked = opened_words(tokens(question)).strip()
    return _HELD.search(asked) if _IS_WHO.search(asked) else None


@lru_cache(maxsize=512)
def _headed(question: str) -> str | None:
    """What somebody is asked for as the head of, where the post's name holds its own: "ban giam sat"."""
    asked = opened_words(tokens(question)).strip()
    found = _HEADED.search(asked) if _IS_WHO.search(asked) else None
    return found["body"] if found else None


def post_of_another(query: Query, unit: Unit, section: str | None = None) -> str | None:
    """The post with its office whose holder is asked for, when the unit and its paragraph before it name it nowhere.

    The office may stand apart from the post by its full name, in the unit or over it: "Ban Giám sát do bà Hà làm
    Trưởng ban".
    """
    if query.expected.kind != "person":
        return None
    there = opened_words(unit.words) + fold(before_in_paragraph(unit))
    over = f"{there} {fold(before(unit.text, unit.span.start))} {fold(section or '')} "
    held = _held(query.text)
    if held is None:
        if (head := _ASKS_HEAD.search(query.text)) and not _tells_head(head["of"], unit):
            return "truong"
        headed = _headed(query.text)
        told = headed is None or (f" {headed} " in over.replace(",", " ") and _HEAD_TOLD.search(over))
        return None if told else headed
    rank = r"\bpho " if held["deputy"] else r"(?<!pho )\b"
    if re.search(rf"{rank}{held['post']} (?:\w+ ){{0,3}}{held['office']}\b", there):
        return None
    named = held["of"].count(" ") == _NAMED and f"{held['office']}{held['of']} " in over
    bare = re.search(rf"{rank}{held['post']}\b(?! (?:\w+ ){{0,2}}(?:{_OFFICES})\b)", opened_words(unit.words))
    return None if named and bare else held[0]


def _tells_head(of: str, unit: Unit) -> bool:
    """Whether a unit, or its paragraph before it, tells of a head that is not another body's: "Trưởng phòng"."""
    told = _HEADS.finditer(f"{before(unit.text, unit.span.start)} {unit.quote}")
    return any((one["of"] or of).lower() not in _BODIES - {of.lower()} for one in told)
