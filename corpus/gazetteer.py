"""The administrative units of Viet Nam, read once from `data/places.tsv`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.text import fold, same_tones

PROVINCE, DISTRICT, COMMUNE = 0, 1, 2
_PATH = Path(__file__).parent / "data" / "places.tsv"
_LEVELS = {
    "x": "xã", "p": "phường", "t": "thị trấn", "k": "đặc khu", "h": "huyện", "q": "quận", "s": "thị xã",
    "c": "thành phố", "n": "tỉnh",
}  # fmt: skip
_PARTED = str.maketrans("'’-", "   ")


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. `spelling` is the name as `tokens` spell it, accents kept; `province` as it was called at
    the time."""

    key: str  # folded
    rank: int
    level: str
    name: str
    spelling: str
    district: str | None
    province: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Units by folded name; `longest` is the most syllables of a name by its first one; `successors` are
    the provinces
    since July 2025 by those before."""

    units: dict[str, list[Unit]]
    longest: dict[str, int]
    successors: dict[str, str]

    def titled(self, name: str, rank: int) -> str:
        """The name with its level: "tỉnh Lâm Đồng", "thành phố Hà Nội"; the name alone when it is unknown."""
        key = fold(spelling_of(name))
        known = [unit for unit in self.units.get(key, ()) if unit.rank == rank]
        return f"{known[0].level} {name}" if known else name


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    units: dict[str, list[Unit]] = {}
    successors: dict[str, str] = {}
    for line in _PATH.read_text(encoding="utf-8").splitlines():
        kind, *columns = line.split("\t")
        if kind == "P":
            successors[columns[0][2:]] = columns[1][2:]
        for key, unit in _units(kind, columns):
            units.setdefault(key, []).append(unit)
    units["hcm"] = units["ho chi minh"]
    longest: dict[str, int] = {}
    for key in units:
        first, *others = key.split()
        longest[first] = max(longest.get(first, 0), 1 + len(others))
    return Gazetteer(units, longest, successors)


def _units(kind: str, columns: list[str]) -> Iterator[tuple[str, Unit]]:
    if kind == "P":
        yield _keyed(marked_unit(PROVINCE, columns[0], None, columns[0][2:]))
    elif kind == "D":
        name, province, communes = columns
        yield _keyed(marked_unit(DISTRICT, name, None, province))
        for commune in filter(None, communes.split(";")):
            yield _keyed(marked_unit(COMMUNE, commune, name[2:], province))
    elif kind == "W":
        for commune in columns[1].split(";"):
            yield _keyed(marked_unit(COMMUNE, commune, None, columns[0]))


def _keyed(unit: Unit) -> tuple[str, Unit]:
    return unit.key, unit


def marked_unit(rank: int, marked: str, district: str | None, province: str) -> Unit:
    """The unit of a table's "x Lạc Lâm": a letter for its level, and its name."""
    level, name = _LEVELS[marked[0]], marked[2:]
    spelling = spelling_of(name)
    return Unit(fold(spelling), rank, level, name, spelling, district, province)


def spelling_of(name: str) -> str:
    """A name as `tokens` spell it, accents kept."""
    return " ".join(same_tones(name).translate(_PARTED).split())
