"""Of which person a unit speaks: named in it, called by the given name alone, or by the sentence before it."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.sentences import sentences
from corpus.text import Token, fold, tokens
from rag.around import before
from rag.shapes import names
from rag.units import Unit

_ADDRESS = r"(?:ong|ba|anh|chi|co|thay|dong chi|d/c)"
_CALLED = re.compile(rf"\b{_ADDRESS} (?P<given>\w+)\b")


def speaks_of(unit: Unit, name: tuple[str, ...]) -> bool:
    """Whether a person is named in a unit, else in the sentence nearest before it in its paragraph that names anybody.

    `name` are syllables, with accents where these are sure. "Ông Nghiêm" is Bùi Văn Nghiêm where the document names him
    and no other of that given name.
    """
    if _says(unit.quote, unit.text, name):
        return True
    above = before(unit.text, unit.span.start)
    if not _says(above, unit.text, name):
        return False
    near = next((said for said in _sentences(above) if _names_anybody(said, unit.text)), above)
    return _says(near, unit.text, name)


@lru_cache(maxsize=2048)
def _sentences(text: str) -> tuple[str, ...]:
    """From the last to the first; a list's opening counts with what stands in it."""
    *opened, last = text.split("\n")
    found = [span.of(last) for span in sentences(last)]
    return (*reversed(found), *reversed(opened))


@lru_cache(maxsize=4096)
def _names_anybody(said: str, text: str) -> bool:
    return bool(names(said)) or any(_named_alike(text, called["given"]) for called in _CALLED.finditer(fold(said)))


def _says(said: str, text: str, name: tuple[str, ...]) -> bool:
    found = tokens(said)
    if any(_is_named(found, at, name) for at in range(len(found))):
        return True
    given = fold(name[-1])
    if len(name) < 3 or not any(called["given"] == given for called in _CALLED.finditer(fold(said))):
        return False
    return _named_alike(text, given) == {" ".join(map(fold, name))}


def _is_named(found: list[Token], at: int, name: tuple[str, ...]) -> bool:
    """Whether a name stands there: with its accents where the question has them ("Bính" is not "Bình")."""
    return len(found) - at >= len(name) and all(
        syllable in (token.key, token.folded) for syllable, token in zip(name, found[at:], strict=False)
    )


@lru_cache(maxsize=256)
def _named_alike(text: str, given: str) -> frozenset[str]:
    """The full names of a document that end with a given name, folded."""
    folded = (fold(name.of(text)) for name in names(text))
    return frozenset(name for name in folded if name.count(" ") >= 2 and name.split()[-1] == given)
