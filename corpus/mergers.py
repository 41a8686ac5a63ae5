"""Which communes and provinces became which in July 2025, read once from `data/mergers.tsv` and the gazetteer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.gazetteer import COMMUNE, PROVINCE, Unit, load_gazetteer, marked_unit, spelling_of
from corpus.places import PlaceMention
from corpus.text import fold

_PATH = Path(__file__).parent / "data" / "mergers.tsv"


@dataclass(frozen=True, slots=True)
class Merger:
    """A unit since July 2025, and the units of the same rank that went into it."""

    new: Unit
    old: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Mergers:
    """By the folded name of the new unit, of an old one, and of an old one's district."""

    by_new: dict[str, tuple[Merger, ...]]
    by_old: dict[str, tuple[Merger, ...]]
    by_district: dict[str, tuple[Merger, ...]]

    def into(self, place: PlaceMention) -> tuple[Merger, ...]:
        """The mergers that may have made the place; several where its name alone does not tell which."""
        return tuple(merger for merger in self.by_new.get(place.key, ()) if may_be(merger.new, place))

    def out_of(self, place: PlaceMention) -> tuple[Merger, ...]:
        """The mergers that the place may have gone into, a district with its communes."""
        if place.level in _DISTRICTS and (found := self.by_district.get(place.key)):
            return tuple(merger for merger in found if any(_is_in(unit, place) for unit in merger.old))
        return tuple(
            merger for merger in self.by_old.get(place.key, ()) if any(may_be(unit, place) for unit in merger.old)
        )


_DISTRICTS = ("huyện", "quận", "thị xã", "thành phố")
_PROVINCES = ("tỉnh", "thành phố")


def may_be(unit: Unit, place: PlaceMention) -> bool:
    """Whether a text that names the place can mean the unit: level, district and province, as far as told, agree."""
    if unit.key != place.key:
        return False
    if unit.rank == PROVINCE:
        return place.level in _PROVINCES
    if unit.level != place.level or (unit.district and place.district and _key(unit.district) != _key(place.district)):
        return False
    return place.province is None or now(unit.province) == now(place.province)


def _is_in(unit: Unit, district: PlaceMention) -> bool:
    """Whether a commune was in the district."""
    if unit.district is None or _key(unit.district) != district.key:
        return False
    return district.province is None or now(unit.province) == now(district.province)


def now(province: str) -> str:
    """The folded name of the province, since July 2025, that an old or a new one is in."""
    return _key(_successors().get(_key(province), province))


@lru_cache(maxsize=1)
def load_mergers() -> Mergers:
    found = [*_communes(), *_provinces()]
    return Mergers(
        _grouped((merger.new.key, merger) for merger in found),
        _grouped((unit.key, merger) for merger in found for unit in merger.old),
        _grouped((_key(unit.district), merger) for merger in found for unit in merger.old if unit.district),
    )


def _communes() -> Iterable[Merger]:
    for line in _PATH.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        province, new, groups = line.split("\t")
        old: list[Unit] = []
        for group in groups.split("|"):
            district, _, communes = group.partition("=")
            before, _, district = district.rpartition("/")
            old += [marked_unit(COMMUNE, name, district[2:], before or province) for name in communes.split(";")]
        yield Merger(marked_unit(COMMUNE, new, None, province), tuple(old))


def _provinces() -> Iterable[Merger]:
    """The new provinces that more than one old one went into."""
    gazetteer = load_gazetteer()
    made: defaultdict[str, list[str]] = defaultdict(list)
    for old, new in gazetteer.successors.items():
        made[new].append(old)
    for new, olds in made.items():
        units = [next(unit for unit in gazetteer.units[_key(name)] if unit.rank == PROVINCE) for name in (new, *olds)]
        if len(olds) > 1 and not any(unit.key.endswith(f" {units[0].key}") for unit in units):  # "Thừa Thiên Huế"
            yield Merger(units[0], tuple(units[1:]))


@lru_cache(maxsize=1)
def _successors() -> dict[str, str]:
    return {_key(old): new for old, new in load_gazetteer().successors.items()}


def _grouped(pairs: Iterable[tuple[str, Merger]]) -> dict[str, tuple[Merger, ...]]:
    groups: defaultdict[str, dict[int, Merger]] = defaultdict(dict)
    for key, merger in pairs:
        groups[key][id(merger)] = merger
    return {key: tuple(group.values()) for key, group in groups.items()}


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return fold(spelling_of(name))
