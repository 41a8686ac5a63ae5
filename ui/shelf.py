"""The documents as whoever keeps them sees them: found, filtered, counted and ordered, a page at a time.

Everything is made once until the documents change, so that a page of ten thousand documents is a walk through a list.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
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
FACETS: tuple[Facet, ...] = get_args(Facet)
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
    """A document with what else is known of it, the folded words it is found by, and its values of each facet.

    `keys` are kind, issuer and place as filters compare them.
    """

    document: StoredDocument
    like: tuple[Pair, ...]
    replaces: tuple[str, ...]  # ids
    replaced_by: tuple[str, ...]
    names: str
    keys: Mapping[str, str]
    values: Mapping[Facet, tuple[str, ...]]


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
        documents = snapshot.documents()
        like = _like(snapshot, {each.id for each in documents})
        replaces, replaced = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
        for link in all_links(snapshot, ("replaces", "revokes")):
            if link.link.part is None and link.target is not None:
                replaces[link.source.id].append(link.target.id)
                replaced[link.target.id].append(link.source.id)
        known = cache(key)  # ten thousand documents have a few dozen kinds, issuers and places
        return cls(
            tuple(
                _entry(each, groups, known, like.get(each.id, ()), replaces.get(each.id, ()), replaced.get(each.id, ()))
                for each in documents
            )
        )

    def find(self, wanted: Wanted) -> Page:
        """A page in the order asked for; what has no value for that stands last."""
        tests, words = _tests(wanted), fold(wanted.find).split()
        counts: dict[Facet, list[Entry]] = {facet: [] for facet in FACETS}
        found = list[Entry]()
        for entry in self.entries:
            if words and not all(word in entry.names for word in words):
                continue
            failed = [facet for facet, test in tests.items() if not test(entry)]
            if not failed:
                found.append(entry)
            elif len(failed) == 1:
                counts[failed[0]].append(entry)
        facets = {
            facet: Counter(value for entry in chain(found, counts[facet]) for value in entry.values[facet])
            for facet in FACETS
        }
        ordered = _ordered(found, wanted)
        return Page(len(found), tuple(ordered[wanted.first : wanted.first + wanted.n]), facets)


def _like(snapshot: Snapshot, standing: Collection[str]) -> dict[str, list[Pair]]:
    """Of the documents that stand, the others that each is like."""
    found = defaultdict[str, list[Pair]](list)
    with snapshot.database.read() as connection:
        pairs = read_pairs(connection)
    for pair in pairs:
        if pair.document_id in standing and pair.other_id in standing:
            found[pair.document_id].append(pair)
    return found


def _entry(
    stored: StoredDocument,
    groups: Groups | None,
    known: Callable[[str | None], str],
    like: Iterable[Pair],
    replaces: Iterable[str],
    replaced: Iterable[str],
) -> Entry:
    header = stored.header
    named = (header.number, header.title, header.subject, header.issuer, header.place, header.kind, header.signer)
    like, replaced = tuple(like), tuple(dict.fromkeys(replaced))
    marks: dict[Mark, bool] = {
        "like": bool(like),
        "replaced": bool(replaced),
        "corrected": bool(stored.corrected),
        "incomplete": not (header.number and header.issued_on and header.issuer),
    }
    values: dict[Facet, tuple[str, ...]] = {
        "kind": _one(header.kind),
        "year": _one(str(header.issued_on.year) if header.issued_on else None),
        "issuer": _one(header.issuer),
        "place": _one(header.place),
        "group": tuple(sorted(stored.groups if groups is None else stored.groups & groups)),
        "mark": tuple(mark for mark in MARKS if marks[mark]),
    }
    keys = {"kind": known(header.kind), "issuer": known(header.issuer), "place": known(header.place)}
    names = fold(" ".join(filter(None, (*named, stored.file))))
    return Entry(stored, like, tuple(dict.fromkeys(replaces)), replaced, names, keys, values)


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _tests(wanted: Wanted) -> dict[Facet, Callable[[Entry], bool]]:
    """Issuer and place match as whole words, as in a question's filters."""
    kind, issuer, place = key(wanted.kind), key(wanted.issuer), key(wanted.place)
    tests: dict[Facet, Callable[[Entry], bool]] = {}
    if kind:
        tests["kind"] = lambda entry: entry.keys["kind"] == kind
    if issuer:
        tests["issuer"] = lambda entry: issuer in entry.keys["issuer"]
    if place:
        tests["place"] = lambda entry: place in entry.keys["place"]
    exact: dict[Facet, str | int | None] = {"year": wanted.year, "group": wanted.group, "mark": wanted.mark}
    tests |= {facet: partial(_has, facet, str(value)) for facet, value in exact.items() if value is not None}
    return tests


def _has(facet: Facet, value: str, entry: Entry) -> bool:
    return value in entry.values[facet]


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
            return header.issued_on.isoformat() if header.issued_on else ""
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
