"""What there is to narrow a question by: kinds, issuers, places and years of the documents, and documents by name."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from corpus.text import fold
from index.records import StoredDocument

K = TypeVar("K")
V = TypeVar("V")
MOST = 200  # values of one facet


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet and how many documents have it."""

    value: str
    documents: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The values of each facet, the most frequent first; years the latest first."""

    kinds: tuple[Value, ...]
    issuers: tuple[Value, ...]
    places: tuple[Value, ...]
    years: tuple[Value, ...]
    named: tuple[tuple[str, StoredDocument], ...]  # each with its folded names

    @classmethod
    def of(cls, documents: Sequence[StoredDocument]) -> Facets:
        headers = [each.header for each in documents]
        years = _counted(str(header.issued_on.year) for header in headers if header.issued_on)
        return cls(
            _counted(header.kind for header in headers if header.kind),
            _counted(header.issuer for header in headers if header.issuer),
            _counted(part for header in headers for part in _parts(header.place)),
            tuple(sorted(years, key=lambda year: year.value, reverse=True)),
            tuple((_names(each), each) for each in documents),
        )

    def find(self, words: str, n: int) -> list[StoredDocument]:
        """Up to `n` documents whose number, title, subject, file, kind or issuer hold every word, accents or not."""
        wanted = fold(words).split()
        found = (each for names, each in self.named if all(word in names for word in wanted))
        return list(islice(found, n))


class Kept(Generic[K, V]):
    """Values made once until the documents change. Safe to share between threads."""

    def __init__(self, change: Callable[[], int]) -> None:
        self._now, self._lock = change, threading.Lock()
        self._change, self._values = -1, dict[K, V]()

    def get(self, key: K, make: Callable[[], V]) -> V:
        change = self._now()
        with self._lock:
            if change != self._change:
                self._change, self._values = change, {}
            if key not in self._values:
                self._values[key] = make()
            return self._values[key]


def _counted(values: Iterable[str]) -> tuple[Value, ...]:
    counts = sorted(Counter(values).items(), key=lambda each: (-each[1], each[0]))
    return tuple(Value(value, count) for value, count in counts[:MOST])


def _parts(place: str | None) -> list[str]:
    """ "huyện Đơn Dương, tỉnh Lâm Đồng" is in both."""
    return [part.strip() for part in (place or "").split(",") if part.strip()]


def _names(document: StoredDocument) -> str:
    header = document.header
    return fold(
        " ".join(filter(None, (header.kind, header.number, header.title, header.subject, header.issuer, document.file)))
    )
