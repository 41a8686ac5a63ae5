"""The commune, district or province that a document is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.dated import Dated
from corpus.document import Span, Stripped
from corpus.gazetteer import DISTRICT, load_gazetteer
from corpus.places import PlaceMention, find_places

SMALLEST = (
    "thôn",
    "xóm",
    "ấp",
    "buôn",
    "xã",
    "phường",
    "thị trấn",
    "đặc khu",
    "huyện",
    "quận",
    "thị xã",
    "thành phố",
    "tỉnh",
)
OFTEN, CLEARLY = (
    3,
    2,
)  # a district of the body is the document's when named this often and this many times more than another


@dataclass(frozen=True, slots=True)
class Whereabouts:
    name: str  # "huyện Đơn Dương, tỉnh Lâm Đồng"
    span: Span | None  # where the text names it; None when only the portal around it did


def find_place(
    text: str, spans: Mapping[str, Span], dateline: Dated | None, stripped: Sequence[Stripped]
) -> Whereabouts | None:
    """From the letterhead, the title, the dateline, the portal's footer, at last from what the body keeps
    naming."""
    sources = [spans[name] for name in ("issuer", "title") if name in spans]
    sources += [dateline.place] if dateline and dateline.place else []
    for span in sources:
        if found := _smallest(find_places(span.of(text))):
            own = Span(span.start + found.span.start, span.start + found.span.end)
            return Whereabouts(_completed(found, text).full_name, own)
    for piece in stripped:
        if found := _district(find_places(piece.text)):
            return Whereabouts(found.full_name, _first_named(text, found))
    dominant = _dominant(find_places(text))
    return Whereabouts(_completed(dominant, text).full_name, dominant.span) if dominant else None


def _smallest(mentions: Sequence[PlaceMention]) -> PlaceMention | None:
    usable = [mention for mention in mentions if mention.level in SMALLEST[4:]]
    return min(usable, key=lambda mention: SMALLEST.index(mention.level), default=None)


def _district(mentions: Sequence[PlaceMention]) -> PlaceMention | None:
    """Of an address, the district before its town: the footer's "thị trấn" is only where the office
    stands."""
    known = [mention for mention in mentions if mention.level in SMALLEST[8:]] or list(mentions)
    return _smallest(known)


def _first_named(text: str, place: PlaceMention) -> Span | None:
    return next((mention.span for mention in find_places(text) if mention.key == place.key), None)


def _dominant(mentions: Sequence[PlaceMention]) -> PlaceMention | None:
    provinces = [mention for mention in mentions if mention.level == "tỉnh" or mention.province == mention.name]
    districts = [mention for mention in mentions if mention.level in SMALLEST[8:12] and mention not in provinces]
    for named in (districts, provinces):
        counts = Counter(mention.key for mention in named).most_common(2)
        if counts and counts[0][1] >= OFTEN and (len(counts) == 1 or counts[0][1] >= CLEARLY * counts[1][1]):
            return next(mention for mention in named if mention.key == counts[0][0])
    return None


def _completed(place: PlaceMention, text: str) -> PlaceMention:
    """A district that several provinces have is in the one that the text names most."""
    if place.province or place.level == "tỉnh":
        return place
    units = [unit for unit in load_gazetteer().units.get(place.key, ()) if unit.rank >= DISTRICT]
    named = Counter(
        mention.name for mention in find_places(text) if mention.level == "tỉnh" or mention.province == mention.name
    )
    likely = [name for name, _ in named.most_common() if any(unit.province == name for unit in units)]
    if not likely:
        return place
    return PlaceMention(place.span, place.name, place.level, place.key, place.district, likely[0])
