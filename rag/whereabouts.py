"""Where something is, told by a unit of text to a question that asks where."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.places import find_places
from corpus.text import same_tones, tokens
from rag.understand import Query
from rag.units import Unit

_ASKS = re.compile(r"\b(?:o|tai|noi|cho) (?:dau|nao)\b|\bdia diem nao\b")
_AT = ("tại", "ở")
_LABELS = frozenset(tuple(map(same_tones, pair.split())) for pair in ("địa điểm", "địa chỉ", "trụ sở", "nơi ở"))
_REACH = 4  # syllables behind "tại"
_TOWARDS = re.compile(
    r"(?<!\w)(?:đến|về|vào|qua|từ|trong|trên|sang) (?:[^\W\d_]+ ){0,2}?([A-ZĐ][^\W\d_]+(?: [A-ZĐ][^\W\d_]+)*)"
)


def asks_where(query: Query) -> bool:
    return query.expected.kind == "place" and bool(_ASKS.search(" ".join(query.words)))


def tells_where(query: Query, unit: Unit) -> bool:
    """Somewhere that the question does not name itself: "tại nhà văn hóa", "Địa điểm: …", "vào Dinh Độc Lập"."""
    keys = [word.key for word in unit.words]
    behind = [at + 1 for at, key in enumerate(keys) if key in _AT]
    behind += [at + 2 for at, pair in enumerate(pairwise(keys)) if pair in _LABELS]
    if any(word.folded not in query.words for at in behind for word in unit.words[at : at + _REACH]):
        return True
    named = [tokens(match[1]) for match in _TOWARDS.finditer(unit.quote)]
    places = [word.folded for name in named for word in name]
    places += [syllable for place in find_places(unit.quote) for syllable in place.key.split()]
    return any(syllable not in query.words for syllable in places)
