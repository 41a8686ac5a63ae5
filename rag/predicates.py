"""Whether a unit tells of the very event or role that is asked for: when work began is not when it was approved."""

from __future__ import annotations

import re

from corpus.text import fold, tokens
from rag.around import before
from rag.synonyms import same_meaning
from rag.terms import Word, content_terms, words
from rag.understand import Query
from rag.units import Unit

_HEAVY = 4.0  # weight of a word that tells one event from another
_LIGHT = frozenset(  # said of any event
    tuple(word.split())
    for word in ("keo dai", "dien ra", "to chuc", "bat dau", "ket thuc", "thuc hien", "tien hanh", "ra doi", "ban hanh")
)
_WHEN = re.compile(
    r"\b(?:vao )?(?:(?:ngay|thang|nam|thoi gian|thoi diem|hom|luc) nao|khi nao|bao gio|may gio|ngay may|ngay bao nhieu|"
    r"nam bao nhieu)\b"
)
_WHO_IS = re.compile(r"\bai (?:la|lam) (?P<role>.+)")


def lacks_predicate(query: Query, unit: Unit) -> bool:
    """Whether the event before "ngày nào", or the role behind "ai là", stands neither in the unit nor before it."""
    asked = _asked(query)
    if asked is None or asked.weight < _HEAVY or asked.syllables in _LIGHT or _holds(asked, unit):
        return False
    near = [token.folded for token in tokens(before(unit.text, unit.span.start))]
    said = list(asked.syllables)
    if any(near[at : at + len(said)] == said for at in range(len(near))):
        return False
    return not same_meaning([*_keys(query, asked)], [word.key for word in unit.words])


def _asked(query: Query) -> Word | None:
    folded = fold(query.text)
    if query.expected.kind == "date" and not query.numbers and (when := _WHEN.search(folded)):
        found = words(content_terms(query.text[: when.start()]))
        return found[-1] if found else None
    if query.expected.kind == "person" and (who := _WHO_IS.search(folded)):
        found = words(content_terms(query.text[who.start("role") : who.end("role")]))
        return found[0] if found else None
    return None


def _holds(asked: Word, unit: Unit) -> bool:
    return asked.syllables in unit.pairs if len(asked.syllables) == 2 else asked.syllables[0] in unit.found


def _keys(query: Query, asked: Word) -> list[str]:
    return [token.key for token in tokens(query.text) if token.folded in asked.syllables]
