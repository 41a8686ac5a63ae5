"""Questions to start with, made from the documents' own sentences and offered only when they are answered from them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from corpus.document import Document, Span
from corpus.places import find_places
from corpus.sentences import clauses, sentences
from corpus.text import tokens
from index.snapshot import Snapshot
from rag.answer import Answer, Request
from rag.language.numbers import find_numbers

Ask = Callable[[Request], Answer]
_LOOKED_AT = 12  # documents
_WORDS = range(5, 22)  # syllables of a clause worth asking about
_STARTS = re.compile(r"^(?:[\s\-–+•*.]+|\(?\d{1,2}[.)]\s+|\(\d{1,2}\)\s*)+")  # list marks; "05 đơn" is a figure
_ROUGHLY = re.compile(r"(?<!\s)\s++(?:hơn|gần|khoảng|trên|dưới)$")  # "hơn bao nhiêu" asks for nothing


def suggest(snapshot: Snapshot, ask: Ask, n: int) -> list[str]:
    """Up to `n` questions, each from another document as far as they go; the same documents give the same questions."""
    rows = snapshot.rows
    chosen = snapshot.stored_in(random.Random(len(rows)).sample(rows, min(_LOOKED_AT, len(rows))))
    makers = [answered_questions(document, ask) for one in chosen if (document := snapshot.document(one.id))]
    questions: list[str] = []
    while makers and len(questions) < n:
        for maker in list(makers):
            made = next(maker, None)
            if made is None:
                makers.remove(maker)
            elif len(questions) < n:
                questions.append(made[0])
    return questions


def answered_questions(document: Document, ask: Ask) -> Iterator[tuple[str, Span]]:
    """The document's questions that are answered with a quote from where they were made, each with that place."""
    for question, source in _questions(document):
        answer = ask(Request(question))
        if any(
            cited.document_id == document.id and Span(cited.start, cited.end).overlaps(source)
            for cited in answer.citations
        ):
            yield question, source


def _questions(document: Document) -> Iterator[tuple[str, Span]]:
    header = document.header
    if header.number and (span := header.spans.get("subject")):
        yield f"{header.kind or 'Văn bản'} số {header.number} nói về việc gì?", span
    place = next(iter(find_places(header.place or "")), None)
    for sentence in sentences(document.text):
        for clause in clauses(document.text, sentence):
            if question := about_a_number(clause.of(document.text), f"{place.level} {place.name}" if place else ""):
                yield question, clause


def about_a_number(clause: str, place: str) -> str | None:
    """ "nộp hồ sơ trực tuyến đạt tỷ lệ 99,72%" → "Nộp hồ sơ trực tuyến đạt tỷ lệ bao nhiêu?", if it has one figure."""
    clause = _STARTS.sub("", clause).rstrip(" .,;")
    numbers = [number for number in find_numbers(clause) if number.kind == "figure"]
    if len(numbers) != 1 or len(tokens(clause)) not in _WORDS or clause.count("(") or clause.count("“"):
        return None
    figure = numbers[0]
    if figure.unit is None or not clause[: figure.span.start].endswith(" "):  # "Covid-19", "Noel 2019" count nothing
        return None
    before, after = _ROUGHLY.sub("", clause[: figure.span.start].rstrip()), clause[figure.span.end :].strip()
    if len(tokens(before)) < 3 or any(letter.isdigit() for letter in before + after):
        return None
    percent = " phần trăm" if figure.unit == "%" and "tỷ lệ" not in before.lower() else ""
    where = f" ở {place}" if place and place.split()[-1] not in clause else ""
    question = " ".join(f"{before} bao nhiêu{percent} {after}{where}".split())
    return f"{question[0].upper()}{question[1:]}?"
