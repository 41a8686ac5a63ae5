"""The page where one asks: the conversation, the document beside it, and the line to type in."""

from __future__ import annotations

from html import escape

import streamlit as st

from ui import chat_reader, chat_turn
from ui.chat_session import Turn, attempt, client, document, session, show_error
from ui.chat_text import day, element, joined, label, plain, short
from ui.client import ApiError
from ui.schemas import Answer, FoundPassage

MAX_QUESTION = 4000
SUGGESTIONS = 4
LIVE_SOURCES = 3
SHOWN_TURNS = 15  # drawing fifty takes the browser a second


def show() -> None:
    """Draw the page. The two columns are always there, so that opening a document moves nothing."""
    _restore()
    held = session()
    typed = st.chat_input("Hỏi về các văn bản…", key="question", max_chars=MAX_QUESTION, submit_mode="stop")
    if typed and typed.strip():
        held.ask(typed.strip())
    if held.conversation:
        st.query_params["c"] = held.conversation
    with st.container(key="stage"):
        talk, beside = st.columns([6, 5], gap="medium")
        with beside:
            if held.reading:
                chat_reader.show(held.reading)
        with talk:
            _conversation()


def _conversation() -> None:
    held = session()
    show_error()
    welcome = st.empty()  # emptied at once, where what follows is long in coming
    if held.turns:
        welcome.empty()
    else:
        with welcome.container():
            _welcome()
    hidden = 0 if held.all_turns else max(0, len(held.turns) - SHOWN_TURNS)
    if hidden and st.button(f"Xem {hidden} lượt hỏi trước", key="earlier", type="tertiary"):
        held.all_turns = True
        st.rerun()
    for index, turn in enumerate(held.turns[hidden:], hidden):
        chat_turn.show(turn, index, _live)


def _restore() -> None:
    """After a reload the address still names the conversation."""
    held = session()
    id = st.query_params.get("c", "")
    if not id or id == held.conversation:
        return
    found = attempt(lambda: client().conversation(id))
    held.begin()
    if found is None:
        del st.query_params["c"]
        return
    held.conversation = found.id
    held.turns = [
        Turn(each.answer.question, each.answer, rating=each.rating, withdrawn=frozenset(each.withdrawn))
        for each in found.turns
    ]


def _welcome() -> None:
    held = session()
    st.title("Hỏi đáp trên văn bản", anchor=False)
    plain(
        "Hỏi bằng lời thường, có dấu hay không dấu. Mỗi câu trả lời đều dẫn nguyên văn; bấm vào số trích dẫn để đọc.",
        "hoi-welcome",
    )
    if held.suggestions is None:
        held.suggestions = attempt(lambda: client().suggestions(SUGGESTIONS))
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


def _live(turn: Turn) -> None:
    """Ask, showing sources first, then the words as they come; the verified answer then takes their place."""
    held = session()
    held.live = False  # a run that is stopped does not ask again by itself
    slot = st.empty()
    slot.html('<div class="hoi-live hoi-wait" role="status">Đang tìm trong văn bản</div>')
    sources, words = "", ""
    try:
        for event in client().ask_stream(turn.question, held.conversation):
            if isinstance(event, Answer):
                turn.answer = event
            elif isinstance(event, str):
                words += event
                slot.html(_writing(sources, words))
            else:
                sources = _sources(event)
                slot.html(_writing(sources, words))
    except ApiError as error:
        turn.error = error.detail
    held.history = None
    st.rerun()


def _writing(sources: str, words: str) -> str:
    """The draft says that it is one: it stays so on the page when somebody stops it."""
    draft = element(words, "hoi-text") + element("Bản nháp, đang đối chiếu với nguyên văn", "hoi-wait")
    body = draft if words else element("Đang soạn câu trả lời", "hoi-wait")
    return f'<div class="hoi-live" aria-live="polite">{sources}{body}</div>'


def _sources(passages: list[FoundPassage]) -> str:
    """One card a document, the best first."""
    best = {passage.document_id: passage for passage in reversed(passages)}
    first = list(dict.fromkeys(passage.document_id for passage in passages))[:LIVE_SOURCES]
    return f'<div class="hoi-cards">{"".join(_card(best[id]) for id in first)}</div>'


def _card(passage: FoundPassage) -> str:
    known = document(passage.document_id)
    meta = joined(day(known.issued_on) if known else "", passage.section or (known.issuer if known else ""))
    title = f'<span class="hoi-card-title">{escape(short(passage, known))}</span>'
    return f'<div class="hoi-card">{title}<span class="hoi-card-meta">{escape(meta)}</span></div>'
