"""What a unit says in other words than the question: "cắt nước" where "cúp nước" is asked, "cao nhất" for "nhiều nhất".

It is found by the question's words, too; what is quoted stays as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from corpus.text import Token, fold, tokens
from rag import office_words, synonyms
from rag.superlatives import states, superlative
from rag.terms import is_phrase
from rag.understand import Query
from rag.units import Unit


@dataclass(frozen=True, slots=True)
class Meant:
    """A phrase of the question, and the other phrases that say the same, each between two blanks."""

    asked: tuple[Token, ...]
    others: tuple[str, ...]


class OtherWords:
    """What of a question may be said otherwise; reads each unit for it."""

    def __init__(self, query: Query) -> None:
        found = tokens(query.text)
        self._meant = tuple(_meant(found))
        self._superlative = superlative(query)
        self._degree = tuple(tokens(self._superlative.said)) if self._superlative else ()

    def read(self, unit: Unit) -> Unit:
        """The unit, found also by the question's words for what it says in others."""
        if self._superlative and states(self._superlative, unit.quote):
            unit = _found_by(unit, self._degree)
        if not self._meant:
            return unit
        said = f" {' '.join(word.key for word in unit.words)} "
        for meant in self._meant:
            if any(other in said for other in meant.others):
                unit = _found_by(unit, meant.asked)
        return unit


def _found_by(unit: Unit, words: Sequence[Token]) -> Unit:
    folded = [word.folded for word in words]
    return replace(
        unit,
        found=unit.found | set(folded),
        keys=unit.keys | {word.key for word in words},
        pairs=unit.pairs | set(pairwise(folded)),
    )


def _meant(found: Sequence[Token]) -> Iterator[Meant]:
    """The phrases of a question that stand in a table, with what else stands on their lines."""
    for at, token in enumerate(found):
        for phrase, others in _table().get(token.folded, ()):
            if is_phrase(found, at, phrase):
                yield Meant(tuple(found[at : at + len(phrase)]), others)


@cache
def _table() -> dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    """Phrases of two syllables and more with the others of their lines, by their first syllable folded.

    A single syllable may mean something else as well: the question is only tried with it.
    """
    others: dict[tuple[str, ...], list[str]] = {}
    for line in (*office_words.lines(), *synonyms.lines()):
        forms = [form for each in line if len(form := tuple(token.key for token in tokens(each))) > 1]
        for form in forms:
            others.setdefault(form, []).extend(f" {' '.join(other)} " for other in forms if other != form)
    table: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for form, same in others.items():
        table.setdefault(fold(form[0]), []).append((form, tuple(dict.fromkeys(same))))
    return {first: tuple(group) for first, group in table.items()}
