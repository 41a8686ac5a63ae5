"""Questions made from a clause by rules: a figure, a person, a place or a day gives way to the word asking for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.document import Document, Span
from corpus.places import find_places
from corpus.sentences import clauses, sentences
from corpus.text import tokens
from rag.language.dates import DateMention, find_dates
from rag.language.numbers import find_numbers
from rag.shapes import names
from rag.suggest import about_a_number

_WORDS = range(6, 26)  # syllables of a clause worth asking about
_STARTS = re.compile(r"^(?:[\s\-–+•*.]+|\(?\d{1,2}[.)]\s+|\(\d{1,2}\)\s*|[a-zđ]\)\s*)+")  # list marks
_ADDRESS = re.compile(r"(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|TS\.?|ThS\.?|[Bb]ác sĩ)\s+$")
_UNEVEN = '():“”"[]'  # brackets and quotations that a question would carry along by half
_TITLE = re.compile(r"^[,–-]\s+")
_LEFT = 4  # syllables beside the asking word
_ASKED_DAY = {"day": "ngày nào", "month": "tháng nào", "year": "năm nào"}
_DAY_WORD = re.compile(r"(?:ngày|tháng|năm)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Made:
    """A question with what its answer has to hold, and where the document says it. `kind` is a label for the set."""

    question: str
    kind: str
    source: Span
    must: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()


Found = tuple[str, str, tuple[str, ...], tuple[str, ...]]  # question, kind, must, any_of


def questions_of(document: Document) -> Iterator[Made]:
    """Every question that the rules make of a document, in its order, the header's first."""
    yield from _about_the_document(document)
    place = next(iter(find_places(document.header.place or "")), None)
    home = f"{place.level} {place.name}" if place else ""
    for sentence in sentences(document.text):
        for clause in clauses(document.text, sentence):
            said = _STARTS.sub("", clause.of(document.text)).rstrip(" .,;")
            if len(tokens(said)) not in _WORDS or "\n" in said or said.isupper():
                continue
            for made in (_figure(said, home), _person(said), _place(said), _day(said)):
                if made is not None:
                    question, kind, must, any_of = made
                    yield Made(question, kind, clause, must, any_of)


def _about_the_document(document: Document) -> Iterator[Made]:
    header = document.header
    if not header.number:
        return
    name = f"{header.kind or 'Văn bản'} số {header.number}"
    spans = header.spans
    if header.issued_on and "issued_on" in spans:
        yield Made(f"{name} ban hành ngày nào?", "metadata", spans["issued_on"], any_of=day_forms(header.issued_on))
    if header.signer and "signer" in spans:
        yield Made(f"Ai ký {name[0].lower()}{name[1:]}?", "metadata", spans["signer"], must=(header.signer,))


def _figure(clause: str, place: str) -> Found | None:
    question = about_a_number(clause, place)
    if question is None:
        return None
    figure = next(number for number in find_numbers(clause) if number.kind == "figure")
    return question, "number", (clause[figure.span.start : figure.span.end],), ()


def _person(clause: str) -> Found | None:
    found = names(clause)
    if len(found) != 1 or _is_uneven(clause):
        return None
    name = found[0]
    before = _ADDRESS.sub("", clause[: name.start])
    question = _asked(before, "ai", clause[name.end :])
    return (question, "who", (name.of(clause),), ()) if question else None


def _place(clause: str) -> Found | None:
    found = find_places(clause)
    if len(found) != 1 or _is_uneven(clause):
        return None
    place = found[0]
    written = place.span.of(clause)
    if not written.lower().startswith(place.level):  # a bare name: what it is, is not said
        return None
    question = _asked(clause[: place.span.start], f"{place.level} nào", clause[place.span.end :])
    return (question, "place", (place.name,), ()) if question else None


def _day(clause: str) -> Found | None:
    found = [each for each in find_dates(clause) if each.precision in _ASKED_DAY]
    if len(found) != 1 or _is_uneven(clause):
        return None
    day = found[0]
    before = _DAY_WORD.sub("", clause[: day.span.start])
    question = _asked(before, _ASKED_DAY[day.precision], clause[day.span.end :])
    return (question, "when", (), _forms(clause, day)) if question else None


def _forms(clause: str, day: DateMention) -> tuple[str, ...]:
    """The day as written and, where it is a whole one, in every usual form."""
    written = day.span.of(clause)
    usual = day_forms(day.start) if day.precision == "day" and day.start else ()
    return tuple(dict.fromkeys((written, *usual)))


def _is_uneven(clause: str) -> bool:
    return any(sign in clause for sign in _UNEVEN)


def _asked(before: str, word: str, after: str) -> str | None:
    """The clause with the asking word; None where too little is left to go by."""
    before, after = before.strip(), after.strip()
    if len(tokens(f"{before} {after}")) < _LEFT:
        return None
    if not before and (title := _TITLE.sub("", after)) != after:  # "Ai, Phó chủ tịch": who that is
        word, after = (f"{word} là", title) if word == "ai" else (word, title)
    question = " ".join(f"{before} {word} {after}".split()).replace(" ,", ",")
    return f"{question[0].upper()}{question[1:]}?"


def day_forms(day: date) -> tuple[str, ...]:
    """ "11/10/2019", "11-10-2019", "11 tháng 10 năm 2019", with and without zeros in front."""
    short, full = (day.day, day.month), (f"{day:%d}", f"{day:%m}")
    forms = [f"{d}{sign}{m}{sign}{day.year}" for d, m in (full, short) for sign in "/-"]
    return tuple(dict.fromkeys([*forms, *(f"{d} tháng {m} năm {day.year}" for d, m in (full, short))]))
