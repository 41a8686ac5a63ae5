"""What an administrator chose, as the next question uses it: read anew when the store tells that it changed."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from itertools import pairwise

from corpus.places import PlaceMention, find_places
from corpus.text import Token, tokens
from index.database import Database
from index.lexical import Term
from rag.language.abbreviation_table import Table
from rag.own_words import OwnPlace, OwnWords
from rag.tuning import UNCHANGED, Tuning, Tunings

ALSO = 0.5  # boost of a place's other name beside the words of the question


@dataclass(frozen=True, slots=True, eq=False)
class Aliases:
    """Other names of places: `Phố Núi` is opened as "thành phố Đà Lạt", and looked for beside it."""

    opened: tuple[tuple[tuple[Token, ...], str], ...] = ()  # the longest first
    keys: tuple[tuple[str, str], ...] = ()  # the folded name of a place, and of its other name

    @classmethod
    def of(cls, places: list[OwnPlace]) -> Aliases:
        named = [(tuple(tokens(place.name)), place.means) for place in places if place.means]
        meant = [(each.key, place.key) for place in places if place.means for each in find_places(place.means)[:1]]
        return cls(tuple(sorted(named, key=lambda one: -len(one[0]))), tuple(meant))

    def open(self, text: str) -> str:
        """The text with other names in place of what they mean; what is typed without accents counts too."""
        words, pieces, end, at = tokens(text) if self.opened else [], list[str](), 0, 0
        while at < len(words):
            name, means = next((one for one in self.opened if _stands(words, at, one[0])), ((), ""))
            if name:
                pieces += [text[end : words[at].start], means]
                end = words[at + len(name) - 1].end
            at += len(name) or 1
        return "".join((*pieces, text[end:]))

    def named(self, place: PlaceMention) -> PlaceMention:
        """The place with the other names it goes by."""
        also = tuple(other for key, other in self.keys if key == place.key)
        return place.known_as(also) if also else place

    def sought(self, places: tuple[PlaceMention, ...]) -> tuple[Term, ...]:
        """The other names to look for, each as a whole."""
        terms: list[Term] = []
        for name in (name.split() for place in places for name in place.also):
            terms += [Term("bigrams", f"{one}_{two}", ALSO) for one, two in pairwise(name)]
            terms += [Term("folded", name[0], ALSO)] if len(name) == 1 else []
        return tuple(terms)


def _stands(words: list[Token], at: int, name: tuple[Token, ...]) -> bool:
    there = words[at : at + len(name)]
    return len(there) == len(name) and all(
        word.key == part.key or (word.key == word.folded == part.folded) for word, part in zip(there, name, strict=True)
    )


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """Everything chosen. `abbreviations`: those of HOI_ABBREVIATIONS under those of the store; `places`: own ones."""

    tuning: Tuning = UNCHANGED
    abbreviations: Table | None = None
    places: tuple[PlaceMention, ...] = ()
    aliases: Aliases = Aliases()


NONE = Choices()


class ChoiceBook:
    """The choices of one store. Safe to share between threads; costs one read of a row where nothing changed."""

    def __init__(self, database: Database, abbreviations: Table | None = None) -> None:
        self._database, self._table, self._lock = database, abbreviations, threading.Lock()
        self._read: tuple[int, Choices] | None = None

    def current(self) -> Choices:
        change = self._database.touched()
        with self._lock:
            if self._read is None or self._read[0] != change:
                self._read = change, self._choices()
            return self._read[1]

    def _choices(self) -> Choices:
        words = OwnWords(self._database)
        own, places = words.abbreviations(), words.places()
        table = Table.from_expansions(own) if own else None
        both = self._table | table if self._table and table else self._table or table
        mentions = tuple(mention for place in places if (mention := place.mention))
        return Choices(Tunings(self._database).current(), both, mentions, Aliases.of(places))
