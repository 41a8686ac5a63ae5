"""Whose a figure is: what a sentence, or a whole document, counts for one commune is none of the district around it."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.document import Span
from corpus.places import PlaceMention, find_places
from corpus.text import fold, tokens
from rag.language.numbers import find_numbers
from rag.understand import Query
from rag.units import Unit

Differ = tuple[str, str]  # what was asked for, and what stands there instead
_OPENS = 3  # syllables of a part of a clause within which a place is whom it speaks of
_BREAK = re.compile(r"[,;:(|]|\s[–-]\s| và | còn ")
_WHOLE = re.compile(r"(?:toàn|cả) (?:huyện|tỉnh|xã|thành phố|thị xã|quận|nước)", re.I)


def other_owner(query: Query, unit: Unit) -> Differ | None:
    """The places that every figure of a unit belongs to, when the question names none of them."""
    if query.expected.kind not in ("number", "percent") or not query.places:
        return None
    asked = {key for place in query.places for key in (place.key, *place.also)}
    owners = owners_of(unit.quote)
    if not owners or any(not group or asked & {owner.key for owner in group} for group in owners):
        return None
    place, first = query.places[0], owners[0][0]
    return (f"{place.level} {place.name}".strip(), f"{first.level} {first.name}".strip())


def smaller_whole(query: Query, unit: Unit, place: str | None) -> Differ | None:
    """The commune that a document is of, where "toàn huyện" is asked about and the unit speaks of no district."""
    asked = _ASKED_WHOLE.search(fold(query.text))
    if asked is None or query.places or place is None:
        return None
    level = next(level for level in _RANKS if fold(level) == asked[1])
    own = next((rank for level, rank in _RANKS.items() if place.startswith(f"{level} ")), None)
    if own is None or own >= _RANKS[level] or _WHOLE.search(unit.quote) or unit.found.issuperset(asked[1].split()):
        return None
    return (f"toàn {level}", place.partition(",")[0])


_ASKED_WHOLE = re.compile(r"\b(?:toan|ca) (huyen|thanh pho|thi xa|tinh)\b")
_RANKS = {
    "xã": 0, "phường": 0, "thị trấn": 0, "đặc khu": 0, "huyện": 1, "quận": 1, "thị xã": 1, "thành phố": 1, "tỉnh": 2,
}  # fmt: skip


@lru_cache(maxsize=8192)
def owners_of(quote: str) -> tuple[tuple[PlaceMention, ...], ...]:
    """The places that each figure of a clause belongs to: those before it that open a part, back to the last figure's
    own; none for a figure of no place."""
    numbers = find_numbers(quote)
    places = [place for place in find_places(quote) if place.level and _opens(quote, place.span)] if numbers else []
    wholes = [match.end() for match in _WHOLE.finditer(quote)]
    owners: list[tuple[PlaceMention, ...]] = []
    start = 0
    for number in numbers:
        new = tuple(place for place in places if start <= place.span.start < number.span.start)
        last = new[-1].span.end if new else 0
        whole = any(max(start, last) < end <= number.span.start for end in wholes)
        owners.append(() if whole else new or (owners[-1] if owners else ()))
        start = number.span.end
    return tuple(owners)


def _opens(quote: str, span: Span) -> bool:
    """Whether a place stands at the head of its part of the clause: "tại xã A", "trong đó xã A"."""
    breaks = [match.end() for match in _BREAK.finditer(quote, 0, span.start)]
    start = breaks[-1] if breaks else 0
    return len(tokens(quote[start : span.start])) < _OPENS
