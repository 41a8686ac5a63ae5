"""Document → chunks along its own structure: headings, whole sentences, exact offsets, a searched context line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from corpus import official
from corpus.document import Document, Header, Span
from corpus.sentences import clauses, sentences
from corpus.structure import Heading, headings

LIMIT = 200  # syllables a chunk: long enough for a clause with its lead-in, short enough to be quoted from
SMALL = 40  # a remainder below this joins the chunk before it
WINDOW, OVERLAP = 120, 20  # syllables a vector; a static model's mean blurs beyond


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a document: `document.text[span.start:span.end]`. `context` is searched with it and never quoted."""

    document_id: str
    ordinal: int  # from 0
    span: Span
    heading: str | None  # "II. Phương hướng, nhiệm vụ › 1. …"
    context: str  # document, place, date and heading path in one line
    page: int | None
    id: int = 0  # given by the store, never reused


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading, itself included, up to the next."""

    span: Span
    path: tuple[str, ...]
    wall: bool  # nothing from before may join it


@dataclass(frozen=True, slots=True)
class Unit:
    """What packing never splits: a sentence, a clause of a long one, or a list item. `lead` opens a list."""

    span: Span
    size: int
    item: bool
    lead: bool


_WALLS = ("part", "chapter", "section", "subsection", "article", "letter", "roman")  # and markdown's


def chunk(document: Document) -> list[Chunk]:
    """The chunks of a document in order: at most about `LIMIT` syllables, never across a heading."""
    line = about(document)
    found: list[Chunk] = []
    marks = headings(document.text)
    items = frozenset(mark.span.start for mark in marks if mark.item)
    for section in _sections(document.text, [mark for mark in marks if not mark.item]):
        for span, lead in _packed(document.text, section.span, items):
            heading = " › ".join(section.path) or None
            context = " | ".join(part for part in (line, heading, lead) if part)
            found.append(Chunk(document.id, len(found), span, heading, context, document.page_at(span.start)))
    return found


def windows(text: str) -> list[Span]:
    """The parts of a chunk's text that get a vector each: even, overlapping, about `WINDOW` syllables."""
    words = [match.span() for match in re.finditer(r"\S{1,400}", text)]
    if not words:
        return []
    count = max(1, -(-(len(words) - OVERLAP) // (WINDOW - OVERLAP))) if len(words) > WINDOW * 1.2 else 1
    step = (len(words) - OVERLAP) / count if count > 1 else len(words)
    edges = [(round(n * step), min(len(words), round((n + 1) * step) + OVERLAP)) for n in range(count)]
    return [Span(words[first][0], words[last - 1][1]) for first, last in edges]


def about(document: Document) -> str:
    """The first part of every chunk's context: what the document is called, and what it is about."""
    header: Header = document.header
    parts = [official.name(replace(header, entered=()), header.kind)]  # remarks are nothing to be found by
    if header.number is not None and header.title not in parts[0]:
        parts.append(header.title)
    if header.subject and header.subject not in header.title:
        parts.append(header.subject)
    if header.place:
        parts.append(header.place)
    return " | ".join(parts)


def _sections(text: str, marks: Sequence[Heading]) -> list[Section]:
    """The text under each heading; a heading with nothing under it but narrower ones stays with the first of these."""
    if not marks:
        return [Section(Span(0, len(text)), (), True)]
    found: list[Section] = []
    path: list[Heading] = []
    start = 0
    following = [*((mark.span.start, mark.level) for mark in marks[1:]), (len(text), 0)]
    if text[: marks[0].span.start].strip():
        found.append(Section(Span(0, marks[0].span.start), (), True))
        start = marks[0].span.start
    for here, (end, level) in zip(marks, following, strict=True):
        path = [*(above for above in path if above.level < here.level), here]
        wall = here.kind in _WALLS or here.kind.startswith("markdown")
        if level <= here.level or text[here.span.end : end].strip():
            _join(found, Section(Span(start, end), tuple(above.label for above in path), wall), text)
            start = end
    return found


def _join(found: list[Section], section: Section, text: str) -> None:
    """Adds a section, or lets it run on from the one before when no wall stands between and one of them is small."""
    before = found[-1] if found else None
    if before is not None and not section.wall:
        sizes = _size(before.span.of(text)), _size(section.span.of(text))
        shared = tuple(
            one
            for one, other in takewhile(lambda pair: pair[0] == pair[1], zip(before.path, section.path, strict=False))
        )
        if min(sizes) < SMALL and sum(sizes) <= LIMIT and shared:
            found[-1] = Section(Span(before.span.start, section.span.end), shared, before.wall)
            return
    found.append(section)


def _packed(text: str, span: Span, items: frozenset[int]) -> Iterator[tuple[Span, str | None]]:
    """Spans of whole units, each with the line that opened its list when that line stands in an earlier span."""
    groups = _filled(list(_units(text, span, items)))
    lead: Unit | None = None
    for group in groups:
        carried = lead if lead and group[0].item else None
        yield Span(group[0].span.start, group[-1].span.end), carried.span.of(text) if carried else None
        for unit in group:
            lead = unit if unit.lead else lead if unit.item else None


def _filled(units: list[Unit]) -> list[list[Unit]]:
    groups: list[list[Unit]] = []
    size = 0
    for position, unit in enumerate(units):
        ahead = unit.size + (units[position + 1].size if unit.lead and position + 1 < len(units) else 0)
        if not groups or size + ahead > LIMIT:
            groups.append([])
            size = 0
        groups[-1].append(unit)
        size += unit.size
    if len(groups) > 1 and size < SMALL:
        small = groups.pop()
        groups[-1] += small
    return groups


def _units(text: str, span: Span, items: frozenset[int]) -> Iterator[Unit]:
    for sentence in _whole_items(text, sentences(text, span), items):
        lead = text[sentence.end - 1] == ":"
        for piece in _pieces(text, sentence):
            yield Unit(piece, _size(piece.of(text)), sentence.start in items, lead)


def _whole_items(text: str, found: Sequence[Span], items: frozenset[int]) -> Iterator[Span]:
    """Sentences, those of a list item on one line joined when they fit a chunk."""
    position = 0
    while position < len(found):
        first = last = found[position]
        position += 1
        while first.start in items and position < len(found) and "\n" not in text[last.end : found[position].start]:
            if _size(text[first.start : found[position].end]) > LIMIT:
                break
            last = found[position]
            position += 1
        yield Span(first.start, last.end)


def _pieces(text: str, sentence: Span) -> Iterator[Span]:
    """The sentence whole, or its clauses when it is too long, or runs of words when a clause is."""
    if _size(sentence.of(text)) <= LIMIT:
        yield sentence
        return
    for clause in clauses(text, sentence):
        if _size(clause.of(text)) <= LIMIT:
            yield clause
            continue
        words = list(re.finditer(r"\S{1,400}", clause.of(text)))
        room = LIMIT // 2 if max(len(word[0]) for word in words) < 40 else 4
        for first in range(0, len(words), room):
            last = words[min(first + room, len(words)) - 1]
            yield Span(clause.start + words[first].start(), clause.start + last.end())


def _size(text: str) -> int:
    """Syllables; by length where spaces are missing."""
    return max(len(text.split()), len(text) // 10)
