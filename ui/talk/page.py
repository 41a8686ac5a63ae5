"""The page where one asks: the conversation, the document beside it, and the line to type in."""

from __future__ import annotations

import streamlit as st

from ui import components
from ui.connection import ApiError
from ui.schemas_talk import Narrowing
from ui.talk import reader, scope
from ui.talk import turn as chat_turn
from ui.talk.session import Turn, attempt, client, error_line, session, show_error, told
from ui.talk.text import label, plain

MAX_QUESTION = 4000
SUGGESTIONS = 4
SHOWN_TURNS = 6  # at most: the browser draws all of them anew for every question
STEP = 3  # turns that leave together, for when one leaves, those that stay are built anew


def show() -> None:
    """Draw the page. The two columns are always there, so that opening a document moves nothing."""
    _restore()
    held = session()
    with st.bottom:
        limits = st.container()
        st.chat_input(
            "Hỏi về các văn bản…", key="question", max_chars=MAX_QUESTION, submit_mode="stop", on_submit=_asked
        )
    with limits:  # after the line to type in, which need not wait for what there is to choose from
        scope.show()
    if held.conversation:
        st.query_params["c"] = held.conversation
    asking = held.turns[-1].question if held.live else ""
    shown = {"conversation": held.conversation, "turns": len(held.turns), "asking": asking}
    components.asking(key="asking", data={"session": held.token, **shown})
    with st.container(key="stage"):
        talk, beside = st.columns([6, 5], gap="medium")
        with beside:
            if held.reading:
                reader.show(held.reading)
        with talk:
            _conversation()
    _typing()


def _asked() -> None:
    typed = st.session_state["question"]
    if typed and typed.strip():
        session().ask(typed.strip())


def _conversation() -> None:
    held = session()
    show_error()
    if held.facets and not held.facets.found:
        _nothing_yet()
    welcome = st.empty()  # emptied at once, where what follows is long in coming
    if held.turns:
        welcome.empty()
    else:
        with welcome.container():
            _welcome()
    hidden = 0 if held.all_turns else _left_out(len(held.turns))
    if hidden and st.button(f"Xem {hidden} lượt hỏi trước", key="earlier", type="tertiary"):
        held.all_turns = True
        st.rerun()
    for index, turn in enumerate(held.turns[hidden:], hidden):
        chat_turn.show(turn, index)


def _left_out(turns: int) -> int:
    """How many of the first turns are not drawn."""
    return -(-max(0, turns - SHOWN_TURNS) // STEP) * STEP


def _restore() -> None:
    """After a reload the address still names the conversation, or the document that one came to ask about."""
    held = session()
    if about := st.query_params.get("vb", ""):
        del st.query_params["vb"]
        held.begin()
        held.narrow(Narrowing(document_ids=[about]))
    id = st.query_params.get("c", "")
    if not id or id == held.conversation or held.live:
        return
    try:
        found = client().conversation(id)
    except ApiError as error:
        _unopened(error)
        return
    held.begin()
    held.conversation = found.id
    held.turns = [Turn.of(each) for each in found.turns]
    if held.turns:
        held.narrow(held.turns[-1].narrowing)


def _unopened(error: ApiError) -> None:
    """A conversation that is gone is forgotten; one that only cannot be had now is asked for again at the next run."""
    if error.status == 404:
        session().begin()
        del st.query_params["c"]
    session().error = told(error)


def _typing() -> None:
    """Puts the cursor where one types, tells a screen reader what came, and forgets the question that was answered."""
    held = session()
    last = held.turns[-1] if held.turns else None
    said = (last.answer.answer if last.answer else last.error) if last else ""
    place = f"{held.conversation}/{len(held.turns)}"
    asked = last.question if last and said else ""
    components.typing(key="typing", data={"session": held.token, "place": place, "asked": asked, "said": said})


def _nothing_yet() -> None:
    """What to do about an empty store: fill it, or ask for it to be filled."""
    way = "Mở trang Văn bản ở thanh bên để nạp." if session().may_edit else "Hãy báo người quản lý kho văn bản."
    error_line(f"Kho chưa có văn bản nào nên chưa câu hỏi nào được trả lời. {way}")


def _welcome() -> None:
    held = session()
    st.title("Hỏi đáp trên văn bản", anchor=False)
    plain(
        "Hỏi bằng lời thường, có dấu hay không dấu. Mỗi câu trả lời đều dẫn nguyên văn; bấm vào số trích dẫn để đọc.",
        "hoi-welcome",
    )
    if not held.suggestions:  # an empty store may have been filled since
        held.suggestions = attempt(lambda: client().suggestions(SUGGESTIONS), aside=True)
    if held.suggestions:
        plain("Thử hỏi", "hoi-card-meta")
    for number, question in enumerate((held.suggestions or [])[:SUGGESTIONS]):
        st.button(
            label(question),
            key=f"suggestion-{number}",
            on_click=held.ask,
            args=(question,),
            width="stretch",
            wrap=True,
        )
