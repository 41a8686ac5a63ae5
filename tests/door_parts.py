"""A ten-line assistant over a real store, and the API around it, for the tests of the doors."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.routing import Route
from store_parts import HashedSyllables, opened, upload

from corpus.document import Document
from index.store import Store
from rag.answer import Answer, Citation, Event, Filters, Passage, Reason, Request, Sources, Word
from rag.assistant import Assistant
from rag.explain import Explained
from rag.settings import Settings
from ui.api import create_app

TEXT = "Xã Lạc Lâm thực hiện đạt nông thôn mới kiểu mẫu.\n\nThị trấn Thạnh Mỹ đạt đô thị văn minh."
OTHER = "Hồ sơ thủ tục nộp tại bộ phận một cửa của xã Quảng Lập."


class FirstLine:
    """Answers every question with the first line of every allowed document; remembers what it was asked."""

    def __init__(self, store: Store) -> None:
        self.store, self.asked, self.writer = store, list[Request](), None

    def search(
        self,
        query: str,
        k: int = 10,
        document_ids: Sequence[str] | None = None,
        filters: Filters | None = None,
        groups: frozenset[str] | None = None,
        as_typed: bool = False,
    ) -> list[Passage]:
        seen = self.store.snapshot().seen_by(groups)
        ids = [each.id for each in seen.documents() if document_ids is None or each.id in document_ids]
        return [_first_line(each) for each in map(self.store.document, ids) if each][:k]

    def explained(
        self,
        query: str,
        k: int = 10,
        document_ids: Sequence[str] | None = None,
        filters: Filters | None = None,
        groups: frozenset[str] | None = None,
        as_typed: bool = False,
    ) -> list[Explained]:
        return Assistant(self.store, HashedSyllables()).explained(query, k, document_ids, filters, groups, as_typed)

    def ask(self, request: Request) -> Answer:
        *_, answer = self.stream(request)
        assert isinstance(answer, Answer)
        return answer

    def stream(self, request: Request) -> Iterator[Event]:
        self.asked.append(request)
        passages = tuple(self.search(request.question, request.k, request.document_ids, groups=request.groups))
        yield Sources(passages)
        text = " ".join(f"{each.text} [{marker}]" for marker, each in enumerate(passages, 1))
        for word in text.split():
            yield Word(word + " ")
        reason: Reason | None = None if passages else "not_in_documents"
        citations = tuple(_citation(*each) for each in enumerate(passages, 1))
        shown = (uuid.uuid4().hex, request.question, request.question, text, not passages, reason)
        yield Answer(*shown, 0.9, "extractive", citations, passages, {"write": 0.1})

    def suggestions(self, n: int = 4, groups: frozenset[str] | None = None) -> list[str]:
        return ["Xã nào đạt nông thôn mới kiểu mẫu?"][:n]

    def related(self, question: str, n: int = 3, groups: frozenset[str] | None = None) -> list[str]:
        return [f"Ngoài “{question}”, còn gì nữa?"][:n]


def _first_line(document: Document) -> Passage:
    line, title = document.text.split("\n")[0], document.header.title
    return Passage(document.id, line, 0, len(line), 1.0, document.file, title, None, None, None)


def _citation(marker: int, each: Passage) -> Citation:
    named = (each.document_id, each.file, each.title, None, None, None, None, None)
    return Citation(marker, *named, each.text, each.start, each.end)


def filled(folder: Path) -> Store:
    store = opened(folder)
    store.add([upload(TEXT), upload(OTHER)])
    return store


def api(store: Store, host: str = "127.0.0.1") -> FastAPI:
    return create_app(FirstLine(store), Settings(data=store.folder), host)  # type: ignore[arg-type]


def routes(app: FastAPI) -> set[tuple[str, str]]:
    """Every method and path that the app serves: a new route is in here by itself."""
    included = (getattr(each, "original_router", app).routes for each in app.routes)
    found = [route for group in included for route in group if isinstance(route, Route)]
    return {(method, route.path) for route in found for method in (route.methods or set()) - {"HEAD"}}


def client(app: FastAPI, key: str = "", peer: str = "127.0.0.1") -> TestClient:
    """A caller on this machine, unless `peer` says otherwise."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return TestClient(
        app, "http://127.0.0.1:8000", raise_server_exceptions=False, client=(peer, 50000), headers=headers
    )
