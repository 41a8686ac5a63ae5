"""A reading set in SQuAD's layout: questions with the paragraph that answers each, and where in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.text import clean
from eval.inputs import InputError, Line, content_of, parsed

FOLDS = 5


class _SquadAnswer(Line):
    text: str
    answer_start: int


class _SquadQuestion(Line):
    id: str
    question: str
    answers: tuple[_SquadAnswer, ...] = ()


class _SquadParagraph(Line):
    context: str
    qas: tuple[_SquadQuestion, ...]


class _SquadArticle(Line):
    paragraphs: tuple[_SquadParagraph, ...]


class _Squad(Line):
    data: tuple[_SquadArticle, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    text: str
    start: int | None  # in the paragraph; None where cleaning moved it


@dataclass(frozen=True, slots=True)
class Reader:
    """A question with the paragraph that answers it."""

    id: str
    question: str
    paragraph: str
    golds: tuple[Gold, ...]

    @property
    def answers(self) -> list[str]:
        return [gold.text for gold in self.golds]


def read_squad(file: Path) -> list[Reader]:
    """The answered questions of a SQuAD 1.1 file with their paragraphs, cleaned as a document's text is."""
    squad = parsed(_Squad, content_of(file), file.name)
    readers = [
        Reader(question.id, question.question, paragraph, _golds(question, paragraph))
        for article in squad.data
        for raw in article.paragraphs
        for paragraph in (clean(raw.context),)
        for question in raw.qas
        if question.answers
    ]
    if not readers:
        raise InputError(f"{file.name}: không có câu hỏi nào có đáp án.")
    return readers


def _golds(question: _SquadQuestion, paragraph: str) -> tuple[Gold, ...]:
    stands = [paragraph.startswith(answer.text, answer.answer_start) for answer in question.answers]
    return tuple(
        Gold(answer.text, answer.answer_start if there else None)
        for answer, there in zip(question.answers, stands, strict=True)
    )


def folds_of(sources: Sequence[Reader]) -> list[int]:
    """By question one of `FOLDS` parts of neighbouring paragraphs, so that a paragraph stands in one alone."""
    order = {text: at for at, text in enumerate(dict.fromkeys(source.paragraph for source in sources))}
    return [order[source.paragraph] * FOLDS // len(order) for source in sources]
