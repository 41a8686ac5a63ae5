"""The pieces of documents that can be quoted, sentences and their clauses, with the words they are matched by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from corpus.document import Span
from corpus.sentences import clauses, sentences
from corpus.text import Token, fold, tokens
from rag.around import opening
from rag.asked_units import units_told
from rag.language.abbreviation_table import shipped
from rag.language.syllables import is_syllable


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a document that can be quoted, with the tokens it is matched by (its abbreviations opened)."""

    text: str  # of the whole document; `span` counts in it
    span: Span
    words: tuple[Token, ...]
    found: frozenset[str]  # folded tokens, and those of opened abbreviations
    keys: frozenset[str]
    pairs: frozenset[tuple[str, ...]]  # adjacent folded tokens, also within opened abbreviations
    first: bool = False  # of its passage
    lead: frozenset[str] = frozenset()  # folded tokens of what opens the list in which it stands

    @property
    def quote(self) -> str:
        return self.span.of(self.text)


@lru_cache(maxsize=512)
def units_of(text: str, passage: Span) -> tuple[Unit, ...]:
    """The sentences of a passage, long ones cut into their clauses."""
    found: list[Unit] = []
    for sentence in sentences(text, passage):
        parts = clauses(text, sentence)
        line = _folded(opening(text, text.rfind("\n", 0, sentence.start) + 1))
        opener = _OPENER.match(text, sentence.start, parts[0].end) if len(parts) > 1 else None
        lead = line | _folded(opener[0]) if opener else line
        found += [unit(text, span, not found and not at, lead if at else line) for at, span in enumerate(parts)]
    return tuple(found)


_OPENER = re.compile(r"[^:\n]{3,160}?(?:\b(?:có|gồm|là)\b|:)")  # "Tham dự hội nghị có …; …; …"


def _folded(text: str) -> frozenset[str]:
    return frozenset(token.folded for token in tokens(text))


def unit(text: str, span: Span, first: bool = False, lead: frozenset[str] = frozenset()) -> Unit:
    """Reads a unit's words once."""
    own = tuple(tokens(span.of(text)))
    folded = [token.folded for token in own]
    found, keys, pairs = set(folded), {token.key for token in own}, set(pairwise(folded))
    for key in tuple(keys):
        if full := opened_tokens(key):
            found |= {token.folded for token in full}
            keys |= {token.key for token in full}
            pairs |= {(a.folded, b.folded) for a, b in pairwise(full)}
    for named in map(tokens, units_told(span.of(text))):
        found |= {token.folded for token in named}
        keys |= {token.key for token in named}
        pairs |= {(a.folded, b.folded) for a, b in pairwise(named)}
    return Unit(text, span, own, frozenset(found), frozenset(keys), frozenset(pairs), first, lead)


def before_in_paragraph(unit: Unit) -> str:
    """The unit's paragraph up to it."""
    return unit.text[unit.text.rfind("\n", 0, unit.span.start) + 1 : unit.span.start]


@lru_cache(maxsize=65536)
def opened_tokens(key: str) -> tuple[Token, ...]:
    """The tokens of an abbreviation's full forms; none for an ordinary syllable."""
    if is_syllable(key):
        return ()
    return tuple(token for expansion in shipped().folded.get(fold(key), ()) for token in tokens(expansion.full))


def opened_words(words: Sequence[Token]) -> str:
    """Folded, a blank at either end, with the abbreviations opened behind themselves."""
    return f" {' '.join([_opened(word.key) for word in words])} "


@lru_cache(maxsize=65536)
def _opened(key: str) -> str:
    return " ".join(fold(each) for each in (key, *(token.key for token in opened_tokens(key))))
