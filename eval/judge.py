"""When an answer is right, when it is cited and when a quote is exact, as the contract has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import Document, Span
from corpus.text import clean
from eval.metrics import folded
from eval.question import Question
from rag.answer import Answer, Citation
from rag.compose import introduction
from rag.verify import check

Lookup = Callable[[str], Document | None]  # the document of an id
_MARKER = re.compile(r"\s*\[\d+\]")
_MARKED = re.compile(r"(?P<said>[^\[\]]+?)\s*(?P<markers>(?:\[\d+\])+)")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question's answer, judged.

    `cited` is None where the question names no evidence, `complete` (an F1) where it asks for no list, `supported`
    where nothing was answered.
    """

    question: Question
    asked: str  # as typed, after its perturbation
    answer: Answer
    right: bool
    cited: bool | None
    exact: tuple[bool, ...]  # a citation each
    complete: float | None
    supported: bool | None
    milliseconds: float


def judge(question: Question, asked: str, answer: Answer, lookup: Lookup, milliseconds: float) -> Outcome:
    """An answer held against its question; `lookup` gives the canonical texts that citations point into."""
    return Outcome(
        question,
        asked,
        answer,
        right=is_right(question, answer) if question.answerable else answer.abstained,
        cited=is_cited(question, answer, lookup),
        exact=tuple(is_exact(citation, lookup) for citation in answer.citations),
        complete=completeness(question, answer),
        supported=None if answer.abstained else is_supported(answer, lookup),
        milliseconds=milliseconds,
    )


def is_right(question: Question, answer: Answer) -> bool:
    """Not abstained, all of `must`, one of `any_of` if any, none of `must_not`; markers are left out."""
    text = folded(_MARKER.sub("", answer.answer))
    return (
        not answer.abstained
        and all(folded(part) in text for part in question.must)
        and (not question.any_of or any(folded(part) in text for part in question.any_of))
        and not any(folded(part) in text for part in question.must_not)
    )


def completeness(question: Question, answer: Answer) -> float | None:
    """F1 of a list: the share of `must` that was given, and the share of what was given that holds one of them."""
    if not question.answerable or len(question.must) < 2:
        return None
    wanted = [folded(part) for part in question.must]
    given = [folded(part) for part in _given(answer)]
    found = sum(any(part in each for each in given) for part in wanted) / len(wanted)
    telling = sum(any(part in each for part in wanted) for each in given) / (len(given) or 1)
    return 2 * found * telling / (found + telling) if found and telling else 0.0


def _given(answer: Answer) -> list[str]:
    """What an answer says before each of its markers."""
    return [] if answer.abstained else [match["said"] for match in _MARKED.finditer(answer.answer)]


def is_supported(answer: Answer, lookup: Lookup) -> bool:
    """Whether each thing said before markers is said by a quote that they name, its document being known by name."""
    said = list(_MARKED.finditer(answer.answer))
    return bool(said) and all(_is_said(match["said"], match["markers"], answer, lookup) for match in said)


def _is_said(said: str, markers: str, answer: Answer, lookup: Lookup) -> bool:
    named = {int(marker) for marker in re.findall(r"\d+", markers)}
    quoted = [(each, lookup(each.document_id)) for each in answer.citations if each.marker in named]
    said = said.rsplit("\n", 1)[-1].strip(" -.,;:")
    return any(
        check(
            said, citation.quote, f"{introduction(document)} {document.header.place or ''} {citation.section or ''}"
        ).supported
        for citation, document in quoted
        if document is not None
    )


def is_cited(question: Question, answer: Answer, lookup: Lookup) -> bool | None:
    """Whether a citation's quote overlaps the evidence in the question's document."""
    file, evidence = question.document, question.evidence
    if not question.answerable or file is None or evidence is None:
        return None
    return any(_is_evidence(citation, file, evidence, lookup) for citation in answer.citations)


def _is_evidence(citation: Citation, file: str, evidence: str, lookup: Lookup) -> bool:
    document = lookup(citation.document_id)
    if document is None or folded(document.file) != folded(file):
        return False
    quote = Span(citation.start, citation.end)
    return any(quote.overlaps(span) for span in find(document.text, evidence))


def is_exact(citation: Citation, lookup: Lookup) -> bool:
    """Whether the quote stands in the canonical text where the citation says."""
    document = lookup(citation.document_id)
    return document is not None and document.text[citation.start : citation.end] == citation.quote != ""


def find(text: str, part: str) -> list[Span]:
    """Where `part` stands in a canonical text, compared NFC, case-folded and with spaces folded."""
    letters, places = _folded_with_places(text)
    needle = "".join(_folded_with_places(clean(part).strip())[0])
    found: list[Span] = []
    at = letters.find(needle) if needle else -1
    while at >= 0:
        found.append(Span(places[at], places[at + len(needle) - 1] + 1))
        at = letters.find(needle, at + 1)
    return found


@lru_cache(maxsize=256)
def _folded_with_places(text: str) -> tuple[str, Sequence[int]]:
    """The folded letters, and for each the place in `text` that it comes from."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        low = letter.casefold() if not letter.isspace() else " "
        if low == " " and letters and letters[-1] == " ":
            continue
        letters.extend(low)
        places.extend([place] * len(low))
    return "".join(letters), places
