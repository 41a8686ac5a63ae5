"""Places before and after July 2025: the other names to look for, and how a place asked about and one found are kin.

A place that merged with another is not that other: what a document says of the one is never told of the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from corpus.gazetteer import DISTRICT, Unit, load_gazetteer, spelling_of
from corpus.mergers import Merger, load_mergers, may_be, now
from corpus.places import PlaceMention, find_places
from corpus.text import fold, tokens
from index.lexical import Term

BOOST = 0.5  # of a further name beside the words of the question
MOST = 15  # further names of a place
LISTED = 8  # old places that a sentence names
WHEN = "từ tháng 7/2025"


def sought(asked: Sequence[PlaceMention], known: Sequence[PlaceMention]) -> tuple[Term, ...]:
    """The names to look for beside those asked about, each as a whole."""
    terms: list[Term] = []
    for name in other_names(asked, known):
        keys = tokens(name)
        terms += [Term("bigrams", f"{one.folded}_{two.folded}", BOOST) for one, two in pairwise(keys)]
        terms += [Term("accented", keys[0].key, BOOST)] if len(keys) == 1 else []
    return tuple(terms)


def other_names(asked: Sequence[PlaceMention], known: Sequence[PlaceMention]) -> tuple[str, ...]:
    """What the places were or are now called; `known` places tell which of several of a name is meant."""
    names = (unit.name for place in asked for unit in _others(place, known))
    own = {place.name.lower() for place in asked}
    return tuple(name for name in dict.fromkeys(names) if name.lower() not in own)[:MOST]


def _others(place: PlaceMention, known: Sequence[PlaceMention]) -> Iterable[Unit]:
    mergers = load_mergers()
    for merger in _meant(mergers.into(place), known):
        yield from merger.old
    for merger in _meant(mergers.out_of(place), known):
        yield merger.new


def _meant(mergers: Sequence[Merger], known: Sequence[PlaceMention]) -> Sequence[Merger]:
    """All mergers of one province; where there are several, those of the one province that the documents are about."""
    if len({now(merger.new.province) for merger in mergers}) < 2:
        return mergers
    provinces = {now(place.province) for place in known if place.province}
    there = [merger for merger in mergers if now(merger.new.province) in provinces]
    return there if len({now(merger.new.province) for merger in there}) == 1 else ()


def kinship(asked: Sequence[PlaceMention], texts: Iterable[str]) -> str | None:
    """How a place asked about and one that the texts name are kin since July 2025, as a sentence; None: not at all."""
    if not any(_is_merged(place) for place in asked):
        return None
    there = [place for text in texts for place in find_places(text)]
    told = (_kinship(place, other) for place in asked for other in there if _differ(place, other))
    return next(filter(None, told), None)


def _is_merged(place: PlaceMention) -> bool:
    mergers = load_mergers()
    return bool(mergers.into(place) or mergers.out_of(place))


def _differ(first: PlaceMention, second: PlaceMention) -> bool:
    return (first.level, first.key) != (second.level, second.key)


def _kinship(asked: PlaceMention, there: PlaceMention) -> str | None:
    mergers = load_mergers()
    for merger in mergers.into(asked):
        if old := _one(merger.old, there):
            whole, part = _titled(merger.new), _titled(old)
            return f"{_first(whole)} {WHEN} gồm {_listed(merger)}; điều nói về {part} không phải của cả {whole}."
    for merger in mergers.out_of(asked):
        old = _one(merger.old, asked)
        if may_be(merger.new, there):
            gone = (
                f"thuộc {_titled(merger.new)}"
                if old
                else f"chia vào các xã, phường mới, trong đó có {_titled(merger.new)}"
            )
            return f"{_first(_placed(old) if old else f'{asked.level} {asked.name}')} {WHEN} {gone}."
        if old and (other := _one(merger.old, there)):
            return f"{_first(_placed(old))} và {_placed(other)} {WHEN} cùng thuộc {_titled(merger.new)}."
    return None


def _one(units: Iterable[Unit], place: PlaceMention) -> Unit | None:
    return next((unit for unit in units if may_be(unit, place)), None)


def _titled(unit: Unit) -> str:
    return f"{unit.level} {unit.name}"


def _placed(old: Unit) -> str:
    """ "xã Lạc Lâm (huyện Đơn Dương cũ)"."""
    if old.district is None:
        return _titled(old)
    alike = load_gazetteer().units.get(fold(spelling_of(old.district)), ())
    district = next((unit for unit in alike if unit.rank == DISTRICT and unit.province == old.province), None)
    return f"{_titled(old)} ({_titled(district) if district else old.district} cũ)"


def _listed(merger: Merger) -> str:
    named = [_titled(unit) for unit in merger.old]
    return f"{', '.join(named[:LISTED])}{' …' if len(named) > LISTED else ''} cũ"


def _first(words: str) -> str:
    return words[0].upper() + words[1:]
