"""The offices a text names, so that what one office did is not told of another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from corpus.document import Span
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
    return frozenset(office for office, _ in _named_in(read))


def office_spans(text: str) -> list[tuple[str, Span]]:
    """The offices named in a text, each with where it stands."""
    return list(_named_in(tokens(text)))


def _named_in(read: Iterable[Token]) -> Iterator[tuple[str, Span]]:
    words = [(word.folded, token) for token in read for word in (token, *opened_tokens(token.key))]
    named, at = _offices(), 0
    spoken = [word for word, _ in words]
    while at < len(words):
        here = named.get(spoken[at], ())
        name, office = next((one for one in here if spoken[at : at + len(one[0])] == one[0]), ([], ""))
        if office:
            yield office, Span(words[at][1].start, words[at + len(name) - 1][1].end)
        at += len(name) or 1


_LEVELLED = re.compile(
    r"\b(uy ban nhan dan|hoi dong nhan dan|mat tran to quoc(?: viet nam)?|cong an|hoi nong dan|hoi lien hiep phu nu|"
    r"hoi cuu chien binh|doan thanh nien|ban chi huy quan su)(?: (?:cac|cap))? "
    r"(tinh|huyen|xa|phuong|quan|thi tran|thi xa|thanh pho)\b"
)


def of_other_level(asked: str, there: str) -> tuple[str, str] | None:
    """An office with its level that is asked about ("hoi dong nhan dan", "tinh"), where the same stands of others only.

    Both texts folded, their abbreviations opened.
    """
    wanted, found = set(_LEVELLED.findall(asked)), set(_LEVELLED.findall(there))
    for office, level in sorted(wanted):
        others = {other for name, other in found if name == office}
        if others and not others & {own for name, own in wanted if name == office}:
            return f"{office} {level}", f"{office} {min(others)}"
    return None
