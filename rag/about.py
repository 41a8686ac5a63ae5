"""What a document is about as a whole: its places with their ranks, its own number, the year it speaks of."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import Document
from corpus.places import PlaceMention, find_places
from corpus.text import fold, same_tones
from rag.language.abbreviations import expand
from rag.language.dates import find_dates
from rag.language.document_numbers import DocumentNumber, find_document_numbers

_OPENING = 4_000  # characters that are looked through for the place a document keeps naming
_TWICE, _MOST = 2, 0.6  # how often it is named, and its share of all that are
_CITED = re.compile(  # the day of a document that is carried out: "Chương trình số 14-CTr/HU ngày 16/9/2021"
    r"(?:/|-)[^\W\d_]{1,12}\s*+(?:,\s*+)?(?:ngay\s*+)?$"
)
_NEAR = 24  # characters before a day
_AND_PLAN = re.compile(r"(?:,|;| và)\s+(?:phương hướng|nhiệm vụ|kế hoạch|mục tiêu|giải pháp|triển khai)(?!\w)", re.I)


@dataclass(frozen=True, slots=True)
class About:
    """What a document is about as a whole: its places, its own number, the year it speaks of."""

    places: frozenset[str]
    levels: frozenset[tuple[str, str]]  # rank and key of each place
    place_name: str | None
    number: tuple[DocumentNumber, ...]
    year: int | None
    years: frozenset[int]  # that one, or both of a season or a school year: "2021 - 2022"


@lru_cache(maxsize=4096)
def about(document_id: str, place: str, title: str, issuer: str, number: str, issued_year: int | None) -> About:
    """Read from the header's words; cached, since a document never changes under its id."""
    named = [*find_places(place), *find_places(title), *find_places(issuer)]
    periods = _periods(title)
    year = periods[-1][0] if periods else issued_year
    return About(
        frozenset(key for mention in named for key in place_keys(mention)),
        frozenset(level for mention in named for level in levels(mention)),
        place or None,
        tuple(find_document_numbers(number)),
        year,
        frozenset(periods[-1] if periods and periods[-1][1] - periods[-1][0] == 1 else [year] if year else ()),
    )


def titled_years(title: str) -> list[int]:
    """The years that a title names, without those of the plans it goes on with."""
    return [first for first, _ in _periods(title)]


def without_plans(title: str) -> str:
    """A title up to the plans it goes on with: "Kết quả năm 2023" of "Kết quả năm 2023, phương hướng năm 2024"."""
    plan = _AND_PLAN.search(title)
    return title[: plan.start()] if plan else title


def _periods(title: str) -> list[tuple[int, int]]:
    """The first and last year of each period that a title names, without the plans it goes on with."""
    return _spans(without_plans(title)) or _spans(title)


def _spans(title: str) -> list[tuple[int, int]]:
    dated = (
        date
        for date in find_dates(title)
        if not _CITED.search(fold(title[max(0, date.span.start - _NEAR) : date.span.start]))
    )
    return [(date.start.year, date.end.year) for date in dated if date.start and date.end]


def about_document(document: Document) -> About:
    header = document.header
    year = header.issued_on.year if header.issued_on else None
    return about(document.id, header.place or "", header.title, header.issuer or "", header.number or "", year)


@lru_cache(maxsize=1024)
def prevailing(text: str, placed: bool) -> frozenset[str]:
    """The district or province that a document keeps naming: most of those that it opens with.

    Where its header has no place (`placed`), the only one that is named is enough.
    """
    named = Counter(
        mention.key
        for mention in find_places(expand(text[:_OPENING]).text)
        if RANKS.get(mention.level) in ("district", "province") or mention.level == "thành phố"
    )
    if len(named) == 1 and not placed:
        return frozenset(named)
    return frozenset(key for key, times in named.items() if times >= _TWICE and times >= _MOST * named.total())


def place_keys(mention: PlaceMention) -> set[str]:
    """The names a mention stands for: its own and the district and province around it."""
    return {mention.key, *(fold(same_tones(name)) for name in (mention.district, mention.province) if name)}


def levels(mention: PlaceMention) -> set[tuple[str, str]]:
    around = (("huyện", mention.district), ("tỉnh", mention.province))
    found = {(RANKS[level], fold(same_tones(name))) for level, name in around if name}
    if rank := RANKS.get(mention.level):
        found.add((rank, mention.key))
    return found


RANKS = {
    "xã": "commune", "phường": "commune", "thị trấn": "commune", "đặc khu": "commune",
    "huyện": "district", "quận": "district", "thị xã": "district", "tỉnh": "province",
}  # fmt: skip
"""A "thành phố" may be a province or a district."""
