"""Office abbreviations, both ways: "ubnd huyện" → "Ủy ban nhân dân huyện", and "Mặt trận Tổ quốc" → MTTQ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import Span
from corpus.text import Token, fold, tokens
from rag.language.abbreviation_table import AND, Table, is_shouted, letters_of, with_shipped
from rag.language.cover import Cover
from rag.language.document_numbers import KINDS, find_document_numbers
from rag.language.shorthand import roads
from rag.language.syllables import is_folded, is_syllable

_WORD = re.compile(r"[^\W\d_]+(?:[-&][^\W\d_]+){0,3}")
_PART = re.compile(r"[^\W\d_]+")
_BOUND = re.compile(r" ?[-–&/,] ?| (?:và|VÀ) | ")  # between the parts of "LĐ - TB & XH", "VH, TT và DL"
_TIED = re.compile(r" ?[-–&/] ?")  # … where these may be in small letters
_PARTS = 4  # at most
_POINT = re.compile(r"\.(?= ?[^\W\d_a-zđ]|[^\W\d_])")
_NUMBER = re.compile(r" (?:số |so )?\d")
_BEFORE = re.compile(r"(?<![^\W_])([^\W\d_]{1,8}) $")
_BEHIND = re.compile(r" ([^\W\d_]{1,8})(?![^\W_])")
_PLAIN_PAIRS = frozenset(
    ["tp", "tx", "vn", "tw", "qh", "vb", "bc"]
)  # two small letters that mean one thing to everybody


@dataclass(frozen=True, slots=True)
class Pair:
    """An abbreviation and its full form; `span` is where one of the two stands in the text that was given."""

    span: Span
    abbreviation: str
    full: str


@dataclass(frozen=True, slots=True)
class Expanded:
    text: str
    pairs: tuple[Pair, ...]


def expand(text: str, extra: Table | None = None) -> Expanded:
    """The text (NFC) with its abbreviations opened; `extra` is an office's table, before the shipped one."""
    table = with_shipped(extra)
    words = [token.folded for token in tokens(text)]
    said = f" {' '.join(words)} "
    clues = table.clues.intersection(words).union(clue for clue in table.phrases if f" {clue} " in said)
    numbers = [number.span for number in find_document_numbers(text)]
    found_roads = [Pair(span, span.of(text), full) for span, full in roads(text)]
    written = Cover.of(
        text, [*(span for span in numbers if text[span.start].isdigit()), *(road.span for road in found_roads)]
    )
    named = Cover.of(text, numbers)
    shouted = is_shouted(text, table)
    pairs = found_roads
    for span in _words(text, table):
        word = span.of(text)
        if written.touches(span.start, span.end) or (is_syllable(word) and _is_shouted(text, span, table)):
            continue
        numbered = named.touches(span.start, span.end) or _NUMBER.match(text, span.end) is not None
        if len(word) == 2 and word.islower() and not numbered and word not in _PLAIN_PAIRS:
            continue  # "kh" is also không, "nd" nội dung: only "kh 12" is a plan
        kind = _kind(word, table) if numbered else None
        whole = word.replace("–", "-") if fold(word) in table.folded else letters_of(word)
        if (full := kind or _open(whole, table, clues, shouted)) is not None:
            pairs.append(Pair(_with_point(text, span), word, full))
    pairs.sort(key=lambda pair: pair.span.start)
    return Expanded(_replaced(text, pairs), tuple(pairs))


def contract_forms(text: str, extra: Table | None = None) -> tuple[Pair, ...]:
    """The abbreviations of the full forms in a text (NFC); what is typed without accents matches too."""
    table = with_shipped(extra)
    words = tokens(text)
    found: list[Pair] = []
    for at, (first, second) in enumerate(pairwise(words)):
        for syllables, expansion in table.full_forms.get((first.folded, second.folded), ()):
            there = words[at : at + len(syllables)]
            if len(there) == len(syllables) and all(map(_same, syllables, there)):
                found.append(Pair(Span(there[0].start, there[-1].end), expansion.abbreviation, expansion.full))
    return tuple(found)


def _words(text: str, table: Table) -> Iterator[Span]:
    """Words; "KT-XH", "NN&PTNT" and "LĐ - TB & XH" as one where the table has them so, in parts or not."""
    end = 0
    for span in _in_parts(text, table):
        yield from _single_words(text, end, span.start, table)
        yield span
        end = span.end
    yield from _single_words(text, end, len(text), table)


def _in_parts(text: str, table: Table) -> Iterator[Span]:
    """Abbreviations written in parts, the longest first: in capitals, or tied by more than a space or a comma."""
    if text.islower() and not _TIED.search(text):
        return
    found, at = [part for part in _PART.finditer(text) if part[0] not in AND], 0
    while at < len(found):
        size = 1
        for more in range(min(_PARTS, len(found) - at), 1, -1):
            if _is_joined(text, found[at : at + more], table):
                yield Span(found[at].start(), found[at + more - 1].end())
                size = more
                break
        at += size


def _is_joined(text: str, parts: Sequence[re.Match[str]], table: Table) -> bool:
    if fold("".join(part[0] for part in parts)) not in table.joined:
        return False
    bound = _BOUND if all(part[0].isupper() for part in parts) else _TIED
    around = text[max(0, parts[0].start() - 1) : parts[0].start()] + text[parts[-1].end() : parts[-1].end() + 1]
    return not any(letter.isdigit() or letter == "_" for letter in around) and all(
        bound.fullmatch(text, one.end(), two.start()) for one, two in pairwise(parts)
    )


def _single_words(text: str, start: int, end: int, table: Table) -> Iterator[Span]:
    for match in _WORD.finditer(text, start, end):
        whole = fold(match[0]) in table.folded
        if not whole and match[0].isalpha():
            continue
        around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        if any(letter.isdigit() or letter == "_" for letter in around):
            continue
        for part in (match,) if whole else _PART.finditer(text, match.start(), match.end()):
            if whole or fold(part[0]) in table.folded:
                yield Span(part.start(), part.end())


def _is_shouted(text: str, span: Span, table: Table) -> bool:
    """Whether a word in capitals is one of several, and no abbreviation: "THÔNG TƯ số 38"."""
    before, behind = _BEFORE.search(text, max(0, span.start - 10), span.start), _BEHIND.match(text, span.end)
    beside = [match[1] for match in (before, behind) if match]
    return span.of(text).isupper() and any(
        len(word) > 1 and word.isupper() and is_syllable(word) and fold(word) not in table.folded for word in beside
    )


def _kind(word: str, table: Table) -> str | None:
    """The kind of document that a symbol before a number stands for: "TT 200" is a thông tư, no thị trấn."""
    return next((e.full for e in table.folded.get(fold(word), ()) if e.full.lower() in KINDS), None)


def _open(word: str, table: Table, clues: frozenset[str], shouted: bool) -> str | None:
    """The full form, or None when the word is no abbreviation here: "tu" in small letters is từ, tư or tù."""
    abbreviated = not shouted and sum(letter.isupper() for letter in word) >= 2
    if not abbreviated and (is_folded(fold(word)) or fold(word) != word.lower().replace("đ", "d")):
        return None
    alike = table.folded.get(fold(word)) or table.joined.get(fold(word), ())
    spelled = [e for e in alike if letters_of(e.abbreviation).lower() == letters_of(word).lower()]
    meanings = table.exact.get(word) or spelled or (alike if fold(word) == word.lower() else ())
    near = [e for e in meanings if not clues.isdisjoint(e.context)]
    return next((e.full for e in [*near, *meanings] if e in near or not e.context), None)


def _with_point(text: str, span: Span) -> Span:
    """The span with the point of "TP. Đà Lạt"."""
    point = _POINT.match(text, span.end) if span.end - span.start <= 2 else None
    return Span(span.start, point.end()) if point else span


def _replaced(text: str, pairs: list[Pair]) -> str:
    pieces: list[str] = []
    end = 0
    for pair in pairs:
        space = " " if text[pair.span.end : pair.span.end + 1].isalnum() else ""
        pieces += [text[end : pair.span.start], pair.full, space]
        end = pair.span.end
    return "".join([*pieces, text[end:]])


def _same(form: Token, typed: Token) -> bool:
    return form.folded == typed.folded and (typed.key == typed.folded or form.key == typed.key)
