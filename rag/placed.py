"""Whether a unit speaks of the place that a question is about: by its words, its document, or what stands before."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.places import PlaceMention, find_places
from corpus.text import fold, tokens
from rag.about import RANKS, About, prevailing
from rag.language.abbreviations import expand
from rag.understand import Query
from rag.units import Unit, opened_words

_UNDER = " › "  # between a heading and the one under it
_LETTERHEAD = 400  # characters in which a document says whose it is
_PLACES = re.compile(  # not "BAN NHÂN DÂN THÔN …"
    r"(?:thon|ban|ap|xom|buon|khom|lang|to dan pho|khu pho|khu|xa|phuong|thi tran)\b(?! (?:nhan dan|quan ly|chi))"
)
_SPOKEN_OF = 1_500  # characters for which a place that was named stays the one spoken of


def elsewhere(query: Query, unit: Unit, this: About, section: str | None = None) -> PlaceMention | None:
    """The place asked about that neither the unit, nor what is over it, nor its document is about; None when it keeps
    to all of them."""
    if not query.places:
        return None
    there = opened_words(unit.words)
    missing = [asked for asked in query.places if not _is_there(asked, query.text, this, there)]
    missing = [asked for asked in missing if not _is_over(asked, unit, section)]
    if not this.places or len(missing) < len(query.places):
        missing = [asked for asked in missing if not _governs(asked, unit)]
    missing = [asked for asked in missing if asked.key not in prevailing(unit.text, bool(this.places))]
    if not missing or (query.compares and len(missing) < len(query.places)):
        return None
    return missing[0]


def _is_there(asked: PlaceMention, question: str, this: About, words: str) -> bool:
    """Whether the document or the unit is about the place: "xã Bắc Hà" is not "huyện Bắc Hà"."""
    if any(f" {other} " in words or other in this.places for other in asked.also):
        return True
    named = f" {asked.key} " in words or asked.key in this.places
    rank = RANKS.get(asked.level)
    if not named or rank is None or not fold(asked.span.of(question)).startswith(fold(asked.level)):
        return named
    words = words.replace(" dia phuong ", " ")  # "Địa phương: Phú Mộc" is no phường
    said = {other for level, other in RANKS.items() if f" {fold(level)} {asked.key} " in words}
    said |= {other for other, key in this.levels if key == asked.key}
    return rank in said or not said


def _is_over(asked: PlaceMention, unit: Unit, section: str | None) -> bool:
    """Whether the unit's heading or a line of the letterhead names the place."""
    heading = (section or "").rpartition(_UNDER)[2]
    named = (place for text in (heading, *_heads(unit.text)) for place in find_places(text))
    return any(place.key == asked.key and _rank_of(place) == _rank_of(asked) for place in named)


@lru_cache(maxsize=1024)
def _heads(text: str) -> tuple[str, ...]:
    """The lines at the top of a document that are nothing but places: "THÔN THƯỢNG, XÃ AN KHÊ"."""
    lines = text[:_LETTERHEAD].split("\n")
    return tuple(line.title() for line in lines if line.isupper() and _PLACES.match(fold(line)))


def _governs(asked: PlaceMention, unit: Unit) -> bool:
    """Whether the last place of its rank that is named before the unit is the one asked about."""
    named = [
        place for place in _places_before(unit.text, unit.span.start, asked.key) if _rank_of(place) == _rank_of(asked)
    ]
    return bool(named) and (named[-1].key == asked.key or named[-1].key in asked.also)


@lru_cache(maxsize=2048)
def _places_before(text: str, position: int, key: str) -> tuple[PlaceMention, ...]:
    """The places named before a position; none where the one of this key is not."""
    near = text[max(0, position - _SPOKEN_OF) : position]
    return tuple(find_places(expand(near).text)) if f" {key} " in opened_words(tokens(near)) else ()


def _rank_of(place: PlaceMention) -> str:
    return RANKS.get(place.level) or ("province" if place.province == place.name else "district")
