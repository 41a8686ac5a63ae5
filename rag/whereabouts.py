"""Where something is, told by a unit of text to a question that asks where."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.places import find_places
from corpus.text import fold, same_tones, tokens
from rag.understand import Query
from rag.units import Unit

_ASKS = re.compile(r"\b(?:o|tai|noi|cho) (?:dau|nao)\b|\bdia diem nao\b")
_AT = ("tại", "ở")
_LABELS = frozenset(tuple(map(same_tones, pair.split())) for pair in ("địa điểm", "địa chỉ", "trụ sở", "nơi ở"))
_REACH = 4  # syllables behind "tại"
NOWHERE = re.compile(  # "ở cấp huyện", "tại Tờ trình số 54", "tại cuộc họp" tell not where
    r"(?:cap|muc|dieu \d+|khoan \d+|diem \w|to trinh|quyet dinh|nghi quyet|nghi dinh|cong van|bao cao|ke hoach|"
    r"thong bao|thong tu|luat|phu luc|bieu mau|van ban|thoi diem|hoi nghi|cuoc hop|buoi|ky hop|phien hop|do|day)(?= |$)"
)
_TOWARDS = re.compile(
    r"(?<!\w)(?:đến|về|vào|qua|từ|trong|trên|sang) (?:[^\W\d_]+ ){0,2}?([A-ZĐ][^\W\d_]+(?: [A-ZĐ][^\W\d_]+)*)"
)


def asks_where(query: Query) -> bool:
    return query.expected.kind == "place" and bool(_ASKS.search(" ".join(query.words)))


def behind_at(unit: Unit) -> list[int]:
    """The positions of the words behind "tại" and "ở" that may name a place."""
    folded = [word.folded for word in unit.words]
    behind = (at for at, word in enumerate(unit.words, 1) if word.key in _AT)
    return [at for at in behind if not NOWHERE.match(" ".join(folded[at : at + 2]))]


def tells_where(query: Query, unit: Unit, own: str = "") -> bool:
    """Somewhere that the question does not name itself: "tại nhà văn hóa", "Địa điểm: …", "vào Dinh Độc Lập"; not
    `own`, the place of which the whole document is."""
    keys = [word.key for word in unit.words]
    behind = behind_at(unit)
    behind += [at + 2 for at, pair in enumerate(pairwise(keys)) if pair in _LABELS]
    if any(word.folded not in query.words for at in behind for word in unit.words[at : at + _REACH]):
        return True
    named = [tokens(match[1]) for match in _TOWARDS.finditer(unit.quote)]
    places = [word.folded for name in named for word in name]
    places += [syllable for place in find_places(unit.quote) for syllable in place.key.split()]
    known = {*query.words, *fold(own).split()}
    return any(syllable not in known for syllable in places)
