"""What one visitor's page holds between runs of the script: the key, the conversation, what is being read."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import Literal, TypeVar

import streamlit as st

from ui.client import ApiError, Client
from ui.schemas import Answer, ConversationSummary, Document, ExplainedPassage, Me, Role, may

T = TypeVar("T")
DEFAULT_URL = "http://127.0.0.1:8000"
Rating = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document open beside the answer, with the cited words; `source` names the card that opened it."""

    document_id: str
    start: int = 0
    end: int = 0
    section: str | None = None
    page: int | None = None
    source: str = ""


@dataclass(slots=True)
class Turn:
    """A question as typed, and what came of it: an answer, an error line, or neither when it was stopped."""

    question: str
    answer: Answer | None = None
    error: str = ""
    rating: Rating | None = None
    withdrawn: frozenset[int] = frozenset()
    related: list[str] | None = None  # what to ask next, once looked up
    why: list[ExplainedPassage] | None = None  # what its question finds and why, once looked up


@dataclass(slots=True)
class Session:
    """Everything of one visitor. `live` is true for the one run that asks the last turn's question."""

    key: str = ""
    me: Me | None = None
    conversation: str = ""
    turns: list[Turn] = field(default_factory=list)
    live: bool = False
    all_turns: bool = False
    reading: Reading | None = None
    history: list[ConversationSummary] | None = None
    documents: list[Document] | None = None
    known: dict[str, Document] = field(default_factory=dict)
    text: tuple[str, str] = ("", "")
    suggestions: list[str] | None = None
    error: str = ""
    unreachable: bool = False
    page: str = ""

    @property
    def may_edit(self) -> bool:
        return self.may("editor")

    def may(self, role: Role) -> bool:
        """What to offer; the server decides anew at every request."""
        return self.me is not None and may(self.me.role, role)

    def ask(self, question: str) -> None:
        self.conversation = self.conversation or uuid.uuid4().hex
        self.turns.append(Turn(question))
        self.live = True

    def begin(self) -> None:
        """A new, empty conversation."""
        self.conversation, self.turns, self.reading = "", [], None
        self.live = self.all_turns = False

    def read(self, reading: Reading | None) -> None:
        self.reading = reading

    def forget(self) -> None:
        """Ask the server again for what it may have changed."""
        self.documents = self.suggestions = None
        self.known, self.text = {}, ("", "")


def session() -> Session:
    if "hoi" not in st.session_state:
        st.session_state["hoi"] = Session()
    found: Session = st.session_state["hoi"]
    return found


def client() -> Client:
    """The API as this visitor: with the key they typed, else the one the server lends its own machine."""
    return _connected(os.environ.get("HOI_API_URL", DEFAULT_URL), session().key or os.environ.get("HOI_API_KEY", ""))


@st.cache_resource(max_entries=200, show_spinner=False)
def _connected(url: str, key: str) -> Client:
    return Client(url, key)


def attempt(call: Callable[[], T]) -> T | None:
    """The call's result; or None, with its Vietnamese message kept for `show_error`."""
    try:
        return call()
    except ApiError as error:
        if error.status == 401:
            session().me = None
        session().error, session().unreachable = error.detail, error.status not in (401, 403)
        return None


def show_error() -> None:
    """The last error as one calm line, once."""
    if message := session().error:
        error_line(message)
        session().error = ""


def error_line(message: str) -> None:
    st.html(f'<div class="hoi-error" role="alert">{escape(message)}</div>')


def documents() -> list[Document]:
    """All documents, asked for once until something changes them; empty when the server does not answer."""
    held = session()
    if held.documents is None:
        held.documents = attempt(client().documents)
    return held.documents or []


def document(id: str) -> Document | None:
    """A document's metadata, kept since ids are content hashes; None when it is gone."""
    held = session()
    if id not in held.known:
        try:
            held.known[id] = client().document(id)
        except ApiError:
            return None
    return held.known[id]


def text(id: str) -> str | None:
    """A document's canonical text; the last one read is kept."""
    held = session()
    if held.text[0] != id:
        found = attempt(lambda: client().text(id))
        if found is None:
            return None
        held.text = (id, found)
    return held.text[1]
