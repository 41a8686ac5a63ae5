"""One turn of the conversation: the question, then its answer with all that one can do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial

import streamlit as st

from ui import components
from ui.schemas import Answer
from ui.talk import export, feedback, live
from ui.talk.answer import reading, view
from ui.talk.session import Turn, attempt, client, error_line, session
from ui.talk.text import label, plain

RELATED = 3  # questions to go on with


def show(turn: Turn, index: int) -> None:
    """Draw a turn; the run that has to asks its question."""
    held = session()
    with st.chat_message("user", avatar=":material/person:"):
        plain(turn.question, "hoi-question")
    with st.chat_message("assistant", avatar=":material/menu_book:"):
        slot = st.empty()  # always there, so that what follows keeps its place when the draft goes
        if held.live and turn is held.turns[-1]:
            live.ask(turn, slot)
        if turn.answer:
            _answered(turn, turn.answer, index)
            slot.empty()
        elif turn.error:
            slot.empty()
            error_line(turn.error)
            _again(turn, index)
        else:
            plain("Câu hỏi này chưa được trả lời trọn vẹn.", "hoi-card-meta")
            _again(turn, index)


def _again(turn: Turn, index: int) -> None:
    def ask() -> None:
        session().turns.remove(turn)
        session().ask_like(turn)

    st.button("Hỏi lại", key=f"again-{index}", icon=":material/refresh:", on_click=ask)


def _answered(turn: Turn, answer: Answer, index: int) -> None:
    held = session()
    prefix = f"{index}:"
    open = held.reading.source if held.reading else ""
    current = open.removeprefix(prefix) if open.startswith(prefix) else ""

    def opened() -> None:
        chosen = st.session_state[f"answer-{index}"].open
        held.read(reading(answer, chosen, prefix + chosen) if chosen else held.reading)

    components.answer(
        key=f"answer-{index}",
        data=asdict(view(turn, answer, current, turn is held.turns[-1])),
        on_open_change=opened,
        on_as_typed_change=_if_set(index, "as_typed", partial(held.ask_like, turn, as_typed=True)),
        on_everywhere_change=_if_set(index, "everywhere", partial(held.ask_like, turn, everywhere=True)),
        on_print_change=_if_set(index, "print", partial(export.to_print, held.conversation)),
    )
    if turn.withdrawn:
        plain("Một văn bản được trích trong câu trả lời này đã bị xóa nên không mở lại được.", "hoi-card-meta")
    feedback.show(turn, answer, index)
    if turn is held.turns[-1] and not held.live:
        _related(turn, answer, index)


def _if_set(index: int, name: str, act: Callable[[], None]) -> Callable[[], None]:
    """A trigger's change back to nothing is a change, too."""

    def changed() -> None:
        if st.session_state[f"answer-{index}"][name]:
            act()

    return changed


def _related(turn: Turn, answer: Answer, index: int) -> None:
    """What to ask next, one touch each; what is refused within limits is rather asked without them."""
    if turn.related is None:
        limited = answer.abstained and turn.narrowing.any()
        turn.related = [] if limited else attempt(lambda: _next(answer), aside=True)
    if turn.related:
        plain("Có thể hỏi" if answer.abstained else "Hỏi tiếp", "hoi-card-meta")
    for number, question in enumerate(turn.related or []):
        asks = partial(session().ask, question)
        st.button(label(question), key=f"related-{index}-{number}", icon=":material/arrow_forward:", on_click=asks)


def _next(answer: Answer) -> list[str]:
    """Close to what was asked; after a refusal without such, what the documents do answer. Raises `ApiError`."""
    near = client().suggestions(RELATED, after=answer.understood)
    return near or (client().suggestions(RELATED) if answer.abstained else [])
