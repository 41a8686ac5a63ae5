"""Question sets that are kept: brought as JSONL, or grown question by question."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from eval.inputs import InputError
from eval.kept import FOLDER, MANIFEST, Kept, folder_of, folders, manifest, new_id
from eval.question import Question, questions_in
from index.durable import locked, write_all, write_whole

QUESTIONS = "questions.jsonl"
MOST_QUESTIONS = 20_000


class QuestionSet(Kept):
    """A set's manifest; `questions` and `sha256` are of its content as last written."""

    questions: int
    answerable: int
    kinds: tuple[str, ...]
    sha256: str


class Sets:
    """The sets of one store, a folder each: `manifest.json` and `questions.jsonl`."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER / "sets"

    def all(self, groups: frozenset[str] | None = None) -> list[QuestionSet]:
        """The sets that somebody of these groups may see, the latest first."""
        found = [manifest(folder, QuestionSet) for folder in folders(self._folder)]
        return sorted((each for each in found if each.seen_by(groups)), key=lambda each: each.created_at, reverse=True)

    def get(self, id: str) -> QuestionSet:
        """Raises `MissingError`."""
        return manifest(folder_of(self._folder, id), QuestionSet)

    def content(self, id: str) -> str:
        """The set as JSONL. Raises `MissingError`."""
        path = folder_of(self._folder, id) / QUESTIONS
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def questions(self, id: str) -> list[Question]:
        """Raises `MissingError`."""
        content = self.content(id)
        return questions_in(content, QUESTIONS) if content.strip() else []

    def create(self, name: str, content: str, by: str, groups: frozenset[str] | None = None) -> QuestionSet:
        """A new set; empty content makes an empty one. Raises `InputError` naming the line that cannot be read."""
        kept = Kept(id=new_id(), name=name, created_at=datetime.now(UTC), created_by=by, groups=groups)
        made = _described(kept, content)
        folder = self._folder / made.id
        self._folder.mkdir(parents=True, exist_ok=True)
        write_all({folder / QUESTIONS: content.encode(), folder / MANIFEST: _encoded(made)})
        return made

    def put(self, id: str, question: Question) -> QuestionSet:
        """Adds a question, or puts it in the place of the one with its id. Raises `MissingError`, `InputError`."""
        line = question.model_dump_json(exclude={"dialogue"} if question.dialogue is None else None)

        def changed(lines: list[str]) -> list[str]:
            kept = [line if _id_of(each) == question.id else each for each in lines]
            return kept if line in kept else [*kept, line]

        return self._change(id, changed)

    def take_out(self, id: str, question_id: str) -> QuestionSet:
        """Removes a question, or a whole dialogue by its id. Raises `MissingError`."""
        return self._change(id, lambda lines: [line for line in lines if _id_of(line) != question_id])

    def remove(self, id: str) -> None:
        """Raises `MissingError`."""
        folder = folder_of(self._folder, id)
        (folder / MANIFEST).unlink()
        shutil.rmtree(folder)

    def _change(self, id: str, change: Callable[[list[str]], list[str]]) -> QuestionSet:
        folder = folder_of(self._folder, id)
        with locked(self._folder / "LOCK"):
            lines = [line for line in self.content(id).split("\n") if line.strip()]
            content = "".join(f"{line}\n" for line in change(lines))
            made = _described(self.get(id), content)
            write_whole(folder / QUESTIONS, content.encode())
            write_whole(folder / MANIFEST, _encoded(made))
        return made


def _described(kept: Kept, content: str) -> QuestionSet:
    questions = questions_in(content, kept.name) if content.strip() else []
    if len(questions) > MOST_QUESTIONS:
        raise InputError(f"Một bộ có nhiều nhất {MOST_QUESTIONS} câu; bộ này có {len(questions)} câu.")
    return QuestionSet(
        **kept.model_dump(include=set(Kept.model_fields)),
        questions=len(questions),
        answerable=sum(each.answerable for each in questions),
        kinds=tuple(dict.fromkeys(each.kind for each in questions if each.kind)),
        sha256=hashlib.sha256(content.encode()).hexdigest(),
    )


def _encoded(made: QuestionSet) -> bytes:
    return made.model_dump_json(indent=1).encode()


def _id_of(line: str) -> str:
    return str(json.loads(line)["id"])
