"""The offices a text names, so that what one office did is not told of another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
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
    return _offices_in(tuple(read))


@lru_cache(maxsize=2048)
def _offices_in(read: tuple[Token, ...]) -> frozenset[str]:
    return frozenset(office for office, _ in _named_in(read))


def office_spans(text: str) -> list[tuple[str, Span]]:
    """The offices named in a text, each with where it stands."""
    return list(_named_in(tokens(text)))


def _named_in(read: Iterable[Token]) -> Iterator[tuple[str, Span]]:
    words = list[tuple[str, Token]]()
    for token in read:
        words += [(word.folded, token) for word in opened_tokens(token.key) or (token,)]
    named, at = _offices(), 0
    spoken = [word for word, _ in words]
    while at < len(words):
        if not (here := named.get(spoken[at])):
            at += 1
            continue
        name, office = next((one for one in here if spoken[at : at + len(one[0])] == one[0]), ([], ""))
        if office:
            yield office, Span(words[at][1].start, words[at + len(name) - 1][1].end)
        at += len(name) or 1


_NEXT_TO = 4  # characters between what is counted and the office it is of
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


def level_of_count(asked: str, counted: str, above: str, quote: str) -> tuple[str, str] | None:
    """An office with its level that is asked about, where all that is counted stands behind the same of other levels.

    The question folded with its abbreviations opened, the noun behind its "bao nhiêu" folded; what stands before the
    unit, and the unit.
    """
    wanted = set(_LEVELLED.findall(asked)) if counted else set[tuple[str, str]]()
    figures = list(re.finditer(rf"\d {re.escape(counted)}\b", fold(quote))) if wanted else []
    behind = [_last_in(_opened(f"{above} {quote[: figure.start()]}"), wanted) for figure in figures]
    others = [found for found in behind if found and found not in wanted]
    if not others or len(others) < len(behind):
        return None
    for figure in figures:  # "3 phó chủ tịch MTTQ xã": of what is counted
        next_to = _LEVELLED.search(_opened(quote[figure.end() :]))
        if next_to and next_to.start() <= _NEXT_TO and (next_to[1], next_to[2]) in wanted:
            return None
    office, level = others[0]
    return f"{office} {next(own for name, own in sorted(wanted) if name == office)}", f"{office} {level}"


def _last_in(text: str, wanted: set[tuple[str, str]]) -> tuple[str, str] | None:
    names = {office for office, _ in wanted}
    return next((found for found in reversed(_LEVELLED.findall(text)) if found[0] in names), None)


def _opened(text: str) -> str:
    """Folded words, those of abbreviations in their places."""
    found = (opened_tokens(token.key) or (token,) for token in tokens(text))
    return " ".join(word.folded for group in found for word in group)


def as_written(text: str, folded: str) -> str | None:
    """An office with its level as a text has it; None where it is abbreviated there or does not stand there."""
    found = (match for match in _LEVELLED.finditer(fold(text)) if f"{match[1]} {match[2]}" == folded)
    return next((text[match.start() : match.end()] for match in found), None)
