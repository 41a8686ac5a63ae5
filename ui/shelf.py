"""The documents as whoever keeps them sees them: found, filtered, counted and ordered, a page at a time.

Everything is made once until the documents change, so that a page of ten thousand documents is a walk through a list.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from corpus.text import fold
from index.access import Groups
from index.links import all_links
from index.records import StoredDocument, key
from index.similar import Pair, read_pairs
from index.snapshot import Snapshot

Mark = Literal["like", "replaced", "corrected", "incomplete"]
MARKS: tuple[Mark, ...] = get_args(Mark)
Order = Literal["added_at", "issued_on", "name", "kind", "issuer", "place", "passages"]
Facet = Literal["kind", "year", "issuer", "place", "group", "mark"]
MOST = 200  # values of one facet


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; every part that is set must hold. `find`: words of what names a document, accents aside."""

    find: str = ""
    kind: str | None = None
    year: int | None = None
    issuer: str | None = None
    place: str | None = None
    group: str | None = None
    mark: Mark | None = None
    order: Order = "added_at"
    down: bool = True
    first: int = 0
    n: int = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A document with what else is known of it, and the folded words by which it is found."""

    document: StoredDocument
    groups: tuple[str, ...]
    like: tuple[Pair, ...]
    replaces: tuple[str, ...]  # ids
    replaced_by: tuple[str, ...]
    names: str
    keys: Mapping[Facet, str]

    @property
    def marks(self) -> tuple[Mark, ...]:
        header = self.document.header
        found: dict[Mark, bool] = {
            "like": bool(self.like),
            "replaced": bool(self.replaced_by),
            "corrected": bool(self.document.corrected),
            "incomplete": not (header.number and header.issued_on and header.issuer),
        }
        return tuple(mark for mark in MARKS if found[mark])


@dataclass(frozen=True, slots=True)
class Page:
    """One page of what was found; each facet is counted among what all the other conditions leave."""

    total: int
    entries: tuple[Entry, ...]
    facets: Mapping[Facet, Counter[str]]


@dataclass(frozen=True, slots=True)
class Shelf:
    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, snapshot: Snapshot, groups: Groups | None) -> Shelf:
        """All documents of a snapshot, which is what somebody of these groups may see."""
        like, replaces, replaced = _like(snapshot), defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
        for link in all_links(snapshot, ("replaces", "revokes")):
            if link.link.part is None and link.target is not None:
                replaces[link.source.id].append(link.target.id)
                replaced[link.target.id].append(link.source.id)
        return cls(
            tuple(
                _entry(each, groups, like.get(each.id, ()), replaces.get(each.id, ()), replaced.get(each.id, ()))
                for each in snapshot.documents()
            )
        )

    def find(self, wanted: Wanted) -> Page:
        """A page in the order asked for; what has no value for that stands last."""
        tests = _tests(wanted)
        words = fold(wanted.find).split()
        facets: dict[Facet, Counter[str]] = {facet: Counter() for facet in get_args(Facet)}
        found = list[Entry]()
        for entry in self.entries:
            if not all(word in entry.names for word in words):
                continue
            failed = [facet for facet, test in tests.items() if not test(entry)]
            if not failed:
                found.append(entry)
            for facet in facets if not failed else failed if len(failed) == 1 else ():
                facets[facet].update(_values(entry, facet))
        found = _ordered(found, wanted)
        return Page(len(found), tuple(found[wanted.first : wanted.first + wanted.n]), facets)


def _like(snapshot: Snapshot) -> dict[str, list[Pair]]:
    """Of those that the snapshot shows, the ones that each is like."""
    found = defaultdict[str, list[Pair]](list)
    standing = {each.id for each in snapshot.documents()}
    with snapshot.database.read() as connection:
        pairs = read_pairs(connection)
    for pair in pairs:
        if pair.document_id in standing and pair.other_id in standing:
            found[pair.document_id].append(pair)
    return found


def _entry(
    stored: StoredDocument,
    groups: Groups | None,
    like: Iterable[Pair],
    replaces: Iterable[str],
    replaced: Iterable[str],
) -> Entry:
    header = stored.header
    named = (header.number, header.title, header.subject, header.issuer, header.place, header.kind, header.signer)
    return Entry(
        stored,
        tuple(sorted(stored.groups if groups is None else stored.groups & groups)),
        tuple(like),
        tuple(dict.fromkeys(replaces)),
        tuple(dict.fromkeys(replaced)),
        fold(" ".join(filter(None, (*named, stored.file)))),
        {"kind": key(header.kind), "issuer": key(header.issuer), "place": key(header.place)},
    )


def _tests(wanted: Wanted) -> dict[Facet, Callable[[Entry], bool]]:
    """Issuer and place match as whole words, as in a question's filters."""
    kind, issuer, place = key(wanted.kind), key(wanted.issuer), key(wanted.place)
    year, group, mark = wanted.year, wanted.group, wanted.mark
    tests: dict[Facet, Callable[[Entry], bool]] = {}
    if kind:
        tests["kind"] = lambda entry: entry.keys["kind"] == kind
    if issuer:
        tests["issuer"] = lambda entry: issuer in entry.keys["issuer"]
    if place:
        tests["place"] = lambda entry: place in entry.keys["place"]
    if year is not None:
        tests["year"] = lambda entry: _year(entry) == str(year)
    if group is not None:
        tests["group"] = lambda entry: group in entry.groups
    if mark is not None:
        tests["mark"] = lambda entry: mark in entry.marks
    return tests


def _year(entry: Entry) -> str:
    day = entry.document.header.issued_on
    return str(day.year) if day else ""


def _values(entry: Entry, facet: Facet) -> Sequence[str]:
    header = entry.document.header
    match facet:
        case "kind" | "issuer" | "place":
            value: str | None = getattr(header, facet)
            return (value,) if value else ()
        case "year":
            return (_year(entry),) if header.issued_on else ()
        case "group":
            return entry.groups
        case "mark":
            return entry.marks


def _ordered(entries: list[Entry], wanted: Wanted) -> list[Entry]:
    values = [(_value(entry, wanted.order), entry) for entry in entries]
    known = [(value, entry) for value, entry in values if value != ""]
    known.sort(key=lambda pair: pair[0], reverse=wanted.down)
    return [entry for _, entry in known] + [entry for value, entry in values if value == ""]


def _value(entry: Entry, order: Order) -> str:
    document, header = entry.document, entry.document.header
    match order:
        case "added_at":
            return document.added_at.isoformat()
        case "issued_on":
            return (header.issued_on or date.min).isoformat() if header.issued_on else ""
        case "name":
            return fold(header.number or header.title)
        case "passages":
            return f"{document.passages:09d}"
        case "kind" | "issuer" | "place":
            return entry.keys[order]


@dataclass(frozen=True, slots=True)
class Place:
    """A place with how many documents are about it or something in it; `value` is what to filter by."""

    name: str
    value: str
    documents: int
    inside: tuple[Place, ...]


def tree(places: Mapping[str, int]) -> tuple[Place, ...]:
    """Provinces, their districts and communes, from names that go from the smallest to the largest."""
    inside = defaultdict[str, Counter[str]](Counter)
    for written, count in places.items():
        *smaller, largest = (part.strip() for part in written.split(","))
        inside[largest][", ".join(smaller)] += count
    found = [
        Place(name, name, sum(rest.values()), tuple(_within(name, part) for part in tree(_named(rest))))
        for name, rest in inside.items()
    ]
    return tuple(sorted(found, key=lambda place: (-place.documents, place.name)))[:MOST]


def _named(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if name}


def _within(largest: str, place: Place) -> Place:
    inside = tuple(_within(largest, each) for each in place.inside)
    return Place(place.name, f"{place.value}, {largest}", place.documents, inside)
