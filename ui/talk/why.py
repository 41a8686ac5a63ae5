"""Why the open passage was found, folded away in the reading view."""

from __future__ import annotations

import streamlit as st

from ui import why
from ui.schemas import ExplainedPassage
from ui.talk.session import Reading, Turn, attempt, client, session
from ui.talk.text import plain

FOUND = 20  # passages that are looked through for the open one


def show(reading: Reading) -> None:
    """An expander for a passage that an answer opened; nothing where the search does not find it."""
    turn = _turn(reading)
    found = turn and _explained(turn, reading)
    if not found:
        return
    with st.expander("Vì sao có đoạn này", icon=":material/help:"):
        for line in (*why.of_question(found.explain), *why.of_passage(found.explain)):
            plain(line, "hoi-card-meta")


def _turn(reading: Reading) -> Turn | None:
    """The turn whose card or chip opened it: "3:c1" is of the fourth."""
    index, turns = reading.source.partition(":")[0], session().turns
    return turns[int(index)] if index.isdigit() and int(index) < len(turns) else None


def _explained(turn: Turn, reading: Reading) -> ExplainedPassage | None:
    if turn.why is None:
        turn.why = _asked(turn)
    inside = (
        found
        for found in turn.why
        if found.document_id == reading.document_id and found.start <= reading.start and reading.end <= found.end
    )
    return next(inside, None)


def _asked(turn: Turn) -> list[ExplainedPassage]:
    """By the question as typed, which tells what was read into it; a follow-up by what it was understood as."""
    understood = turn.answer.understood if turn.answer else turn.question
    found = _explain(turn, turn.question)
    return _explain(turn, understood) if found and found[0].explain.understood != understood else found


def _explain(turn: Turn, question: str) -> list[ExplainedPassage]:
    """Looked for where the turn looked, and read as it was read."""
    explained = client().explained
    return attempt(lambda: explained(question, FOUND, turn.narrowing, turn.as_typed), aside=True) or []
