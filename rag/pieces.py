"""A sentence as the pieces that a claim and its evidence are compared by: words, names, figures, dates, and what turns
the sense of the words behind it ("không", "phải", "dự kiến", "trên").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus.text import Token, fold, tokens
from rag.forms import in_one_form
from rag.language.abbreviations import Expanded, expand
from rag.language.cover import Cover
from rag.language.dates import DateMention, find_dates
from rag.language.document_numbers import DocumentNumber, find_document_numbers, matches
from rag.language.numbers import NumberMention, find_numbers
from rag.language.units import MEASURES
from rag.senses import sense_at
from rag.terms import idf

Sort = Literal["word", "name", "number", "date", "document", "sense"]
Mention = NumberMention | DateMention | DocumentNumber
FIGURES: tuple[Sort, ...] = ("number", "date", "document")
_FIGURE_WEIGHT = 6.0
_OPENS = (":", "“", '"')  # a word behind it may be in upper case without being a name
_PARTS_OF_YEAR = ("half", "months", "quarter")
_SENSE_WEIGHT = 1.5
_BREAK = re.compile(r"[,;:()“”\"|]|\s[–-]\s")


@dataclass(frozen=True, slots=True)
class Piece:
    """`key` is compared; `said` is shown; `breaks`: the comma, bracket, dash or "và" before it."""

    sort: Sort
    key: str
    folded: str
    said: str
    weight: float
    breaks: str = ""
    mention: Mention | None = None


def alike(claim: Piece, evidence: Piece) -> bool:
    """Whether a piece of the evidence says what a piece of the claim says."""
    one, other = claim.mention, evidence.mention
    if isinstance(one, DateMention) and isinstance(other, NumberMention):  # "năm 2019" and "Noel 2019"
        return one.precision == "year" and one.start is not None and other.value == one.start.year
    if isinstance(one, NumberMention) and isinstance(other, NumberMention):
        return same_number(one, other)
    if isinstance(one, DateMention) and isinstance(other, DateMention):
        return _same_time(one, other)
    if isinstance(one, DocumentNumber) and isinstance(other, DocumentNumber):
        return matches(one, other)
    if one is not None or other is not None or (claim.sort == "sense") != (evidence.sort == "sense"):
        return False
    unaccented = claim.key == claim.folded or evidence.key == evidence.folded
    return claim.key == evidence.key or (unaccented and claim.folded == evidence.folded)


def same_number(asked: NumberMention, known: NumberMention) -> bool:
    """The same value; per cent is compared with per cent and a measure with itself."""
    if (asked.value, asked.other) != (known.value, known.other) or (asked.unit == "%") != (known.unit == "%"):
        return False
    if ("‰" in asked.text) != ("‰" in known.text):
        return False
    first, second = fold(asked.unit or ""), fold(known.unit or "")
    if not first or not second or first == second:
        return True
    if first in MEASURES and second in MEASURES:
        return False
    return first.startswith(second) or second.startswith(first) or first.split()[0] == second.split()[0]


def _same_time(asked: DateMention, known: DateMention) -> bool:
    """The same day or period; a year or a month may stand for a day within it, not for six of its months."""
    if asked.start is None or asked.end is None or known.start is None or known.end is None:
        return False
    if (asked.start, asked.end) == (known.start, known.end):
        return True
    within = asked.start <= known.start and known.end <= asked.end
    return asked.precision in ("year", "month") and within and known.precision not in _PARTS_OF_YEAR


def opened(claim: str, evidence: str) -> tuple[str, str]:
    """Both texts with their abbreviations opened, each in one way: as the evidence's own words have it open."""
    claim, evidence = in_one_form(claim), in_one_form(evidence)
    known = {pair.abbreviation: pair.full for pair in _expanded(claim).pairs}
    known |= {pair.abbreviation: pair.full for pair in _expanded(evidence).pairs}
    return _opened(claim, known), _opened(evidence, known)


def _opened(text: str, known: dict[str, str]) -> str:
    found = _expanded(text)
    if all(known[pair.abbreviation] == pair.full for pair in found.pairs):
        return found.text
    parts, end = list[str](), 0
    for pair in found.pairs:
        parts += [text[end : pair.span.start], known[pair.abbreviation]]
        end = pair.span.end
    return "".join([*parts, text[end:]])


@lru_cache(maxsize=2048)
def _expanded(text: str) -> Expanded:
    return expand(text)


@lru_cache(maxsize=2048)
def pieces(text: str) -> tuple[Piece, ...]:
    """The pieces of a text in order."""
    found = tokens(text)
    mentions = _mentions(text)
    figures = {token.start: mention for token, mention in _firsts(found, mentions)}
    made: list[Piece] = []
    at, end = 0, 0
    while at < len(found):
        token = found[at]
        found_break = _BREAK.search(text, end, token.start)
        breaks = found_break[0] if found_break else token.key if token.key == "và" else ""
        if (mention := figures.get(token.start)) is not None:
            made.append(_figure(mention, text, breaks))
            end = mention.span.end
            while at < len(found) and found[at].start < end:
                at += 1
            continue
        length, sense = sense_at(found, at, figures)
        end = found[at + length - 1].end
        if sense:
            made.append(Piece("sense", sense, sense, text[token.start : end], _SENSE_WEIGHT, breaks))
        else:
            made.append(_word(token, text, not at or breaks in _OPENS, breaks))
        at += length
    return tuple(made)


def _firsts(found: list[Token], mentions: list[Mention]) -> Iterator[tuple[Token, Mention]]:
    """Each mention with the first token inside it."""
    at = 0
    for mention in mentions:
        while at < len(found) and found[at].start < mention.span.start:
            at += 1
        if at < len(found) and found[at].start < mention.span.end:
            yield found[at], mention


def _mentions(text: str) -> list[Mention]:
    """Documents, dates and numbers, none within another; a period without its year is read word by word."""
    found: list[Mention] = []
    taken = Cover.of(text)
    dates = (date for date in find_dates(text) if date.start)
    mentions: list[Mention] = [*find_document_numbers(text), *dates, *find_numbers(text)]
    for mention in mentions:
        if not taken.touches(mention.span.start, mention.span.end):
            found.append(mention)
            taken.add(mention.span)
    return sorted(found, key=lambda mention: mention.span.start)


def _figure(mention: Mention, text: str, breaks: str) -> Piece:
    said = mention.span.of(text)
    sort: Sort = "number"
    if isinstance(mention, DateMention):
        sort = "date"
    elif isinstance(mention, DocumentNumber):
        sort = "document"
    return Piece(sort, fold(said), fold(said), said, _FIGURE_WEIGHT, breaks, mention)


def _word(token: Token, text: str, first: bool, breaks: str) -> Piece:
    said = text[token.start : token.end]
    sort: Sort = "name" if said[0].isupper() and not first else "word"
    return Piece(sort, token.key, fold(token.key), said, idf(token), breaks)  # "lý" and "lí" share a key
