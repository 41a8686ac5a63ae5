"""The commune, district or province that a document is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.dated import Dated
from corpus.document import Span, Stripped
from corpus.gazetteer import DISTRICT, load_gazetteer
from corpus.place_words import CLASSES, NO_NAME
from corpus.places import PlaceMention, find_places
from corpus.text import fold, same_tones

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
    text: str, office: str, spans: Mapping[str, Span], dateline: Dated | None, stripped: Sequence[Stripped]
) -> Whereabouts | None:
    """From the letterhead, the title, the dateline, the portal's footer, at last from what the body keeps
    naming. `office` is the issuer as it is read: its place may be one that no gazetteer has."""
    governed = place_of_office(office)
    sources = [spans[name] for name in ("issuer", "title") if name in spans]
    sources += [dateline.place] if dateline and dateline.place else []
    for span in sources:
        found = _smallest(find_places(span.of(text)))
        if governed and span is spans.get("issuer") and (found is None or found.key != governed.key):
            return Whereabouts(_told(governed, text).full_name, _named_in(text, span, governed.name))
        if found:
            own = Span(span.start + found.span.start, span.start + found.span.end)
            return Whereabouts(_told(found, text).full_name, own)
    for piece in stripped:
        if found := _district(find_places(piece.text)):
            return Whereabouts(found.full_name, _first_named(text, found))
    dominant = _dominant(find_places(text))
    return Whereabouts(_completed(dominant, text).full_name, dominant.span) if dominant else None


def place_of_office(office: str) -> PlaceMention | None:
    """The smallest place that an office's name ends in, known or not: "Ủy ban nhân dân xã Phú Ngàn"."""
    found = [_known_or_not(match) for match in _GOVERNED.finditer(office) if _is_name(match["name"])]
    return min(found, key=lambda place: SMALLEST.index(place.level), default=None)


def _known_or_not(match: re.Match[str]) -> PlaceMention:
    level, name = _PARTY_LEVELS.get(match["level"], match["level"]), match["name"]
    plain = PlaceMention(Span(*match.span()), name, level, fold(same_tones(name)))
    return next((known for known in find_places(f"{level} {name}") if known.key == plain.key), plain)


def _is_name(name: str) -> bool:
    return name.split()[0].lower() not in NO_NAME


_PARTY_LEVELS = {"Huyện ủy": "huyện", "Quận ủy": "quận", "Thị ủy": "thị xã", "Thành ủy": "thành phố", "Tỉnh ủy": "tỉnh"}
_GOVERNED = re.compile(
    rf"(?<!\w)(?P<level>{'|'.join((*SMALLEST[4:], *_PARTY_LEVELS))})"
    r" (?P<name>(?=[^\W\d_])[A-ZĐÀ-Ỹ][^\W\d_]*+(?:[ -][A-ZĐÀ-Ỹ][^\W\d_]*+){0,4}+)(?=$|[,;(]| -)"
)


def _named_in(text: str, span: Span, name: str) -> Span | None:
    at = fold(span.of(text)).find(fold(name))
    return Span(span.start + at, span.start + at + len(name)) if at >= 0 else None


def _told(place: PlaceMention, text: str) -> PlaceMention:
    """The place in its province, but for a commune without the district and province that the gazetteer has for its
    name, where the text names others only."""
    place = _completed(place, text)
    if CLASSES.get(place.level) != CLASSES["xã"] or not (place.district or place.province):
        return place
    own = {fold(name) for name in (place.district, place.province) if name}
    above = {mention.key for mention in find_places(text) if mention.level in SMALLEST[8:]}
    return replace(place, district=None, province=None) if above and not above & own else place


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
