"""Draft questions for a person to accept or mend: of documents, near misses of those, of answers judged down."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from random import Random

from corpus.document import Document, Span
from corpus.gazetteer import load_gazetteer
from corpus.places import find_places
from corpus.text import fold
from eval.draft_rules import Made, questions_of
from eval.question import Question
from rag.answer import Answer

NEAR_MISS = "near-miss"
_YEAR = re.compile(r"(?<![\d/.,-])(?:19|20)\d\d(?![\d/.,-])")
_YEARS_ROUND = (1, -1, 2, -2, 3, -3)


@dataclass(frozen=True, slots=True)
class Draft:
    """A question with where it was made. `changed` tells, in Vietnamese, what makes a near miss unanswerable."""

    question: Question
    document_id: str
    source: Span
    changed: str = ""


def drafts(documents: Sequence[Document], n: int, near_misses: bool = True, known: Iterable[str] = ()) -> list[Draft]:
    """Up to `n` drafts, in turn from each document and of each kind; none with an id of `known`."""
    seen = set(known)
    found: list[Draft] = []
    for draft in _in_turn([_of_document(document, near_misses) for document in documents]):
        if draft.question.id not in seen and len(found) < n:
            seen.add(draft.question.id)
            found.append(draft)
    return found


def _of_document(document: Document, near_misses: bool) -> list[Draft]:
    """A document's drafts, the kinds in turn, the clauses drawn from all over it."""
    made = list(questions_of(document))
    Random(document.id).shuffle(made)
    kinds: dict[str, list[Draft]] = {}
    for each in made:
        kinds.setdefault(each.kind, []).append(_draft(document, each))
    if near_misses:
        missed = (near_miss(document, each) for each in made)
        kinds[NEAR_MISS] = [draft for draft in missed if draft is not None]
    return list(_in_turn(list(kinds.values())))


def _in_turn(lists: Sequence[Sequence[Draft]]) -> Iterator[Draft]:
    for row in zip_longest(*lists):
        yield from (draft for draft in row if draft is not None)


def _draft(document: Document, made: Made) -> Draft:
    question = Question(
        id=id_of(made.question),
        question=made.question,
        answerable=True,
        must=made.must,
        any_of=made.any_of,
        document=document.file,
        evidence=made.source.of(document.text),
        kind=made.kind,
    )
    return Draft(question, document.id, made.source)


def near_miss(document: Document, made: Made) -> Draft | None:
    """The question about another year, or another place, that the document does not name: it has no answer there."""
    changed = _other_year(document, made.question) or _other_place(document, made.question)
    if changed is None:
        return None
    text, was, now = changed
    question = Question(id=id_of(text), question=text, answerable=False, kind=NEAR_MISS)
    return Draft(question, document.id, made.source, f"“{was}” đổi thành “{now}”, tài liệu này không nói tới")


def _other_year(document: Document, question: str) -> tuple[str, str, str] | None:
    years = _YEAR.findall(question)
    if len(years) != 1:
        return None
    others = (str(int(years[0]) + step) for step in _YEARS_ROUND)
    other = next((year for year in others if year not in document.text), None)
    return (question.replace(years[0], other), years[0], other) if other else None


def _other_place(document: Document, question: str) -> tuple[str, str, str] | None:
    """Another place of the same level and province, the same one for the same question."""
    places = find_places(question)
    if len(places) != 1:
        return None
    place, text = places[0], fold(document.text)
    units = [unit for unit in load_gazetteer().units.get(place.key, ()) if unit.level == place.level]
    beside = _neighbours(units[0].level, units[0].province) if units else []
    others = [name for name in beside if fold(name) not in text]
    if not others:
        return None
    other = Random(question).choice(others)
    written = place.span.of(question)
    now = f"{written[: -len(place.name)]}{other}" if written.endswith(place.name) else f"{place.level} {other}"
    return question[: place.span.start] + now + question[place.span.end :], written, now


def _neighbours(level: str, province: str) -> list[str]:
    units = (unit for group in load_gazetteer().units.values() for unit in group)
    return sorted({unit.name for unit in units if unit.level == level and unit.province == province})


def judged_down(answer: Answer) -> Question:
    """The question that was answered badly, with what the answer rested on; what is right is for a person to say."""
    cited = next(iter(answer.citations), None)
    return Question(
        id=id_of(answer.question),
        question=answer.question,
        answerable=True,
        document=cited.file if cited else None,
        evidence=cited.quote if cited else None,
        kind="feedback",
    )


def id_of(question: str) -> str:
    """The same question has the same id, so that it comes into a set once."""
    return f"q-{hashlib.sha256(question.encode()).hexdigest()[:10]}"
