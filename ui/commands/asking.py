"""`hoi ask` and `hoi search`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TypeVar

from index.store import Store
from rag.answer import Answer, Request
from rag.settings import Settings
from ui import schemas, why
from ui.commands.common import InputError, note, opened_assistant, print_json

ABSTAINED = 3
P = TypeVar("P", bound=schemas.FoundPassage)


def ask(given: argparse.Namespace, settings: Settings) -> int:
    _check(given)
    with opened_assistant(settings) as assistant:
        ids = _documents(given, assistant.store)
        answer = assistant.ask(Request(given.question, document_ids=ids, k=given.k))
    if given.json:
        print_json(schemas.Answer.model_validate(answer).model_dump(mode="json"))
    else:
        print(_told(answer))
        for remark in answer.notices:
            note(remark)
    return ABSTAINED if answer.abstained else 0


def search(given: argparse.Namespace, settings: Settings) -> int:
    _check(given)
    with opened_assistant(settings) as assistant:
        ids = _documents(given, assistant.store)
        if given.explain:
            return _explained(given, schemas.ExplainedFound.of(assistant.explained(given.question, given.k, ids)))
        found = schemas.Found.model_validate({"passages": assistant.search(given.question, given.k, ids)})
    if given.json:
        print_json(found.model_dump(mode="json"))
        return 0
    for place, passage in enumerate(_told_empty(found.passages), 1):
        print(f"{_passage(place, passage)}\n")
    return 0


def _explained(given: argparse.Namespace, found: schemas.ExplainedFound) -> int:
    if given.json:
        print_json(found.model_dump(mode="json"))
        return 0
    for place, passage in enumerate(_told_empty(found.passages), 1):
        if place == 1:
            print("\n".join(why.of_question(passage.explain)) + "\n")
        print("\n   ".join((_passage(place, passage), *why.of_passage(passage.explain))) + "\n")
    return 0


def _told_empty(passages: Sequence[P]) -> Sequence[P]:
    if not passages:
        note("Không tìm thấy đoạn nào.")
    return passages


def _passage(place: int, passage: schemas.FoundPassage) -> str:
    name = f"{place}. {passage.number or passage.title} [{passage.start}–{passage.end}]"
    return f"{name}\n   {_line(passage.text)}"


def _check(given: argparse.Namespace) -> None:
    try:
        schemas.check_question(given.question)
    except ValueError as error:
        raise InputError(f"Câu hỏi hoặc từ khóa {error}.") from error
    if not 1 <= given.k <= 50:
        raise InputError("--k phải từ 1 đến 50.")


def _documents(given: argparse.Namespace, store: Store) -> tuple[str, ...] | None:
    for id in given.doc or ():
        if store.document(id) is None:
            raise InputError(f"Không có văn bản nào mang mã {id}. Xem các mã: hoi list")
    return tuple(given.doc) if given.doc else None


def _told(answer: Answer) -> str:
    """The answer, and under it each source with its quote."""
    parts = [answer.answer]
    for each in answer.citations:
        section = f", {each.section}" if each.section else ""
        place = f"{each.file}, ký tự {each.start}–{each.end}"
        source = f"[{each.marker}] {each.number or each.title}{section} ({place})"
        parts.append(f"{source}\n    “{_line(each.quote)}”")
    return "\n\n".join(parts)


def _line(text: str) -> str:
    return " ".join(text.split())
