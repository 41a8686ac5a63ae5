"""Of which person a unit speaks: named in it, called by the given name alone, or by what stands before or over it."""

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
_ADDRESSED = re.compile(  # "hồ sơ của ông", "Ông Lê Hà"; not "bà con", "anh hùng"
    r"(?<!\w)(?P<address>ông|bà|anh|chị)(?!\w)(?! (?:con|bà|em|chị|hùng|dũng|ngoại|nội)(?!\w))"
    r"(?P<name>[^\n,.;:()]{0,40})",
    re.I,
)
_FARTHEST = 1_500  # characters over which "ông" goes back to a name


def speaks_of(unit: Unit, name: tuple[str, ...], over: str = "") -> bool:
    """Whether a person is named in a unit, else in the sentence nearest before it in its paragraph that names anybody,
    else where nobody is named there, over it or as whom its "ông" goes back to.

    `name` are syllables, with accents where these are sure. "Ông Nghiêm" is Bùi Văn Nghiêm where the document names him
    and no other of that given name. `over` are the unit's heading and its document's title.
    """
    if _says(unit.quote, unit.text, name):
        return True
    above = before(unit.text, unit.span.start)
    if not _says(above, unit.text, name):
        alone = not any(_names_anybody(said, unit.text) for said in (unit.quote, above))
        return alone and (_says(over, unit.text, name) or _is_meant(unit, name))
    near = next((said for said in _sentences(above) if _names_anybody(said, unit.text)), above)
    return _says(near, unit.text, name)


def _is_meant(unit: Unit, name: tuple[str, ...]) -> bool:
    """Whether "ông" in a unit, or before it in its paragraph, goes back to a person: the last called so."""
    text, start = unit.text, unit.text.rfind("\n", 0, unit.span.start) + 1
    meant = next((one["address"].lower() for one in _addressed(text, start, unit.span.end) if not _named(one)), None)
    called = [
        one["name"]
        for one in _addressed(text, max(0, start - _FARTHEST), start)
        if _named(one) and one["address"].lower() == meant
    ]
    return bool(called) and _says(called[-1], text, name)


def _addressed(text: str, start: int, end: int) -> list[re.Match[str]]:
    return list(_ADDRESSED.finditer(text, start, end))


def _named(addressed: re.Match[str]) -> bool:
    return addressed["name"].strip()[:1].isupper()


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
