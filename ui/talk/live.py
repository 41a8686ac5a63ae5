"""Asking: sources first, then the words as they come, until the verified answer takes their place."""

from __future__ import annotations

import time
from html import escape

from streamlit.delta_generator import DeltaGenerator

from ui.connection import ApiError
from ui.schemas import Answer, FoundPassage
from ui.talk.session import Turn, client, document, session, told
from ui.talk.text import day, element, joined, short

SOURCES = 3
REDRAW_SECONDS = 0.08  # as often as an eye follows; every word by itself would keep the browser busy


def ask(turn: Turn, slot: DeltaGenerator) -> None:
    """Ask the turn's question, drawing into `slot` what comes; the turn then holds its answer or its error."""
    held = session()
    held.live = False  # a run that is stopped does not ask again by itself
    slot.html('<div class="hoi-live hoi-wait" role="status">Đang tìm trong văn bản</div>')
    sources, words, drawn = "", "", 0.0
    try:
        for event in client().ask_stream(turn.question, held.conversation, turn.narrowing, turn.as_typed):
            if isinstance(event, Answer):
                turn.answer = event
            elif isinstance(event, str):
                words += event
                if time.monotonic() - drawn > REDRAW_SECONDS:
                    slot.html(_writing(sources, words))
                    drawn = time.monotonic()
            else:
                sources = _sources(event)
                slot.html(_writing(sources, words))
    except ApiError as error:
        turn.error = told(error)
    held.history = None


def _writing(sources: str, words: str) -> str:
    """The draft says that it is one: it stays so on the page when somebody stops it."""
    draft = element(words, "hoi-text") + element("Bản nháp, đang đối chiếu với nguyên văn", "hoi-wait")
    body = draft if words else element("Đang soạn câu trả lời", "hoi-wait")
    return f'<div class="hoi-live">{sources}{body}</div>'


def _sources(passages: list[FoundPassage]) -> str:
    """One card a document, the best first."""
    best = {passage.document_id: passage for passage in reversed(passages)}
    first = list(dict.fromkeys(passage.document_id for passage in passages))[:SOURCES]
    return f'<div class="hoi-cards">{"".join(_card(best[id]) for id in first)}</div>'


def _card(passage: FoundPassage) -> str:
    known = document(passage.document_id)
    meta = joined(day(known.issued_on) if known else "", passage.section or (known.issuer if known else ""))
    title = f'<span class="hoi-card-title">{escape(short(passage, known))}</span>'
    return f'<div class="hoi-card">{title}<span class="hoi-card-meta">{escape(meta)}</span></div>'
