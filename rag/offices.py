"""The offices a text names, so that what one office did is not told of another."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from corpus.text import Token, fold, tokens
from rag.units import opened_tokens

_TABLE = Path(__file__).parent / "data" / "offices.txt"


@cache
def _offices() -> dict[str, tuple[tuple[list[str], str], ...]]:
    """The names of the table, folded, by their first word, the longest first; with each its office: the first on its
    line."""
    lines = [line for line in _TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    named: dict[str, list[tuple[list[str], str]]] = {}
    for names in ([fold(name.strip()) for name in line.split("|")] for line in lines):
        for name in names:
            words = name.split()
            named.setdefault(words[0], []).append((words, names[0]))
    return {first: tuple(sorted(group, key=lambda name: -len(name[0]))) for first, group in named.items()}


def offices(text: str) -> frozenset[str]:
    """The offices named in a text, abbreviations opened, each by its first name in the table, folded."""
    return offices_among(tokens(text))


def offices_among(read: Iterable[Token]) -> frozenset[str]:
    """The same of a text that has been read."""
    words = [word.folded for token in read for word in (token, *opened_tokens(token.key))]
    named, found, at = _offices(), set[str](), 0
    while at < len(words):
        here = named.get(words[at], ())
        name, office = next((one for one in here if words[at : at + len(one[0])] == one[0]), ([], ""))
        if office:
            found.add(office)
        at += len(name) or 1
    return frozenset(found)
