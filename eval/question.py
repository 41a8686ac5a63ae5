"""A question set: a `.jsonl` file of questions, or of dialogues with their questions as turns."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from eval.inputs import InputError, Line, content_of, numbered, parsed


class Question(Line):
    """One line of a question set; see CONTRACT for when an answer to it is right."""

    id: str = Field(min_length=1)
    question: str
    answerable: bool
    must: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    document: str | None = None
    evidence: str | None = None
    kind: str = ""
    dialogue: str | None = None  # the one it is a turn of: it is asked after the turns before it


class _Dialogue(Line):
    """One line of a set of dialogues; its turns are counted under its kind."""

    id: str = Field(min_length=1)
    kind: str = ""
    turns: tuple[Question, ...] = Field(min_length=1)

    def questions(self) -> list[Question]:
        return [turn.model_copy(update={"dialogue": self.id, "kind": self.kind}) for turn in self.turns]


def read_questions(file: Path) -> list[Question]:
    """The questions of a `.jsonl` set, in order; a line may also be a dialogue, with its questions as `turns`."""
    return questions_in(content_of(file), file.name)


def questions_in(content: str, name: str) -> list[Question]:
    """The questions of a set's text; `name` is what errors call it."""
    questions: list[Question] = []
    seen: dict[str, int] = {}
    for number, line in numbered(content):
        for question in _questions_of(line, f"{name}, dòng {number}"):
            if question.id in seen:
                first = seen[question.id]
                raise InputError(f"{name}, dòng {number}: mã câu hỏi “{question.id}” đã có ở dòng {first}.")
            seen[question.id] = number
            questions.append(question)
    if not questions:
        raise InputError(f"{name}: không có câu hỏi nào.")
    return questions


def _questions_of(line: str, where: str) -> list[Question]:
    if '"turns"' in line:
        return parsed(_Dialogue, line, where).questions()
    return [parsed(Question, line, where)]
