"""What one visitor's page holds between runs of the script: the key, the conversation, what is being read."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import Literal, TypeVar

import streamlit as st

from ui import schemas_talk
from ui.client import Client
from ui.connection import ApiError
from ui.passes import Person
from ui.schemas import Answer, ExplainedPassage, Role, may
from ui.schemas_documents import Document, Facets
from ui.schemas_talk import ConversationSummary, Me, Narrowing
from ui.talk import sign_in

T = TypeVar("T")
DEFAULT_URL = "http://127.0.0.1:8000"
EXPIRED = "Phiên đăng nhập đã hết hạn. Hãy đăng nhập lại."
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
    narrowing: Narrowing = field(default_factory=Narrowing)  # where it is looked for
    as_typed: bool = False
    related: list[str] | None = None  # what to ask next, once looked up
    why: list[ExplainedPassage] | None = None  # what its question finds and why, once looked up

    @classmethod
    def of(cls, kept: schemas_talk.Turn) -> Turn:
        """A turn as the server remembers it."""
        answer, gone = kept.answer, frozenset(kept.withdrawn)
        return cls(answer.question, answer, rating=kept.rating, withdrawn=gone, narrowing=kept.narrowing)


@dataclass(slots=True)
class Session:
    """Everything of one visitor. `live` is true for the one run that asks the last turn's question."""

    token: str = field(default_factory=lambda: uuid.uuid4().hex)
    key: str = ""
    person: Person | None = None
    me: Me | None = None
    conversation: str = ""
    turns: list[Turn] = field(default_factory=list)
    live: bool = False
    all_turns: bool = False
    reading: Reading | None = None
    narrowing: Narrowing = field(default_factory=Narrowing)
    scoped: int = 0  # how often the narrowing changed otherwise than by its own widgets
    facets: Facets | None = None
    history: list[ConversationSummary] | None = None
    documents: list[Document] | None = None
    known: dict[str, Document | None] = field(default_factory=dict)
    text: tuple[str, str] = ("", "")
    suggestions: list[str] | None = None
    error: str = ""
    unreachable: bool = False
    page: str = ""
    printing: str = ""  # the conversation that is to be printed

    @property
    def may_edit(self) -> bool:
        return self.may("editor")

    def may(self, role: Role) -> bool:
        """What to offer; the server decides anew at every request."""
        return self.me is not None and may(self.me.role, role)

    def ask(self, question: str, as_typed: bool = False) -> None:
        self.conversation = self.conversation or uuid.uuid4().hex
        self.turns.append(Turn(question, narrowing=self.narrowing, as_typed=as_typed))
        self.live = True
        self.all_turns = False

    def ask_like(self, turn: Turn, as_typed: bool = False, everywhere: bool = False) -> None:
        """The turn's question once more: where it was looked for, or everywhere."""
        self.narrow(Narrowing() if everywhere else turn.narrowing)
        self.ask(turn.question, as_typed or turn.as_typed)

    def begin(self) -> None:
        """A new, empty conversation."""
        self.conversation, self.turns, self.reading = "", [], None
        self.live = self.all_turns = False
        self.narrow(Narrowing())

    def read(self, reading: Reading | None) -> None:
        self.reading = reading

    def narrow(self, narrowing: Narrowing) -> None:
        """From now on, look only there."""
        self.scoped += narrowing != self.narrowing
        self.narrowing = narrowing

    def forget(self) -> None:
        """Ask the server again for what it may have changed."""
        self.documents = self.suggestions = self.facets = None
        self.known, self.text = {}, ("", "")


def session() -> Session:
    if "hoi" not in st.session_state:
        st.session_state["hoi"] = Session()
    found: Session = st.session_state["hoi"]
    return found


def client() -> Client:
    """The API as this visitor."""
    return _connected(*address())


def address() -> tuple[str, str]:
    """Where the API is, and the key for it: the one they typed, their pass, or what the server lends this machine."""
    return os.environ.get("HOI_API_URL", DEFAULT_URL), _key(session())


def _key(held: Session) -> str:
    if held.person and not held.key:
        return sign_in.show_pass(held.person)
    return held.key or ("" if sign_in.offered() else os.environ.get("HOI_API_KEY", ""))


@st.cache_resource(max_entries=200, show_spinner=False)
def _connected(url: str, key: str) -> Client:
    return Client(url, key)


def attempt(call: Callable[[], T], aside: bool = False) -> T | None:
    """The call's result; or None, with its Vietnamese message kept for `show_error`: but not for what comes `aside`,
    which nobody waits for, and which the next run asks for again."""
    try:
        return call()
    except ApiError as error:
        if not aside or error.status == 401:
            session().error, session().unreachable = told(error), error.status not in (401, 403)
        return None


def told(error: ApiError) -> str:
    """What to say of an error; whoever the server no longer knows is asked anew who it is."""
    held = session()
    if error.status != 401:
        return error.detail
    held.me = None
    return EXPIRED if held.person and not held.key else error.detail


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
        except ApiError as error:
            if error.status != 404:
                return None
            held.known[id] = None
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
