"""A question from a door to the assistant and into the conversation, whole or as a stream."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from index.database import StoreError
from rag.answer import Answer, Event, Request
from rag.memory import Narrowing
from ui.auth import Caller
from ui.problems import ProblemError
from ui.schemas import AskRequest, Narrowed
from ui.services import Services

LOG = logging.getLogger("hoi.api")


@dataclass(frozen=True, slots=True)
class Asking:
    """One question of one caller. All methods block: they belong into the pool."""

    services: Services
    caller: Caller
    conversation_id: str
    body: AskRequest

    @classmethod
    def of(cls, services: Services, caller: Caller, body: AskRequest) -> Asking:
        return cls(services, caller, body.conversation_id or uuid.uuid4().hex, body)

    def ask(self) -> Answer:
        answer = self.services.assistant.ask(self._request())
        self._keep(answer)
        return answer

    def stream(self) -> Iterator[Event]:
        for event in self.services.assistant.stream(self._request()):
            if isinstance(event, Answer):
                self._keep(event)
            yield event

    def _request(self) -> Request:
        body = self.body
        check_documents(self.services, self.caller, body)
        history = self.services.memory.history(self.caller.id, self.conversation_id) if body.conversation_id else ()
        narrowed = (body.ids(), body.inside_filters(), self.services.passages(body.k))
        return Request(body.question, history, *narrowed, self.caller.groups, body.as_typed)

    def _keep(self, answer: Answer) -> None:
        self.services.metrics.answer(answer)
        try:
            narrowing = Narrowing(self.body.ids(), self.body.inside_filters())
            self.services.memory.remember(self.caller.id, self.conversation_id, answer, narrowing)
        except StoreError as error:  # a full disk must not keep anyone from an answer
            LOG.warning("turn not kept: %s", error.code)


def check_documents(services: Services, caller: Caller, body: Narrowed) -> None:
    """A 404 problem where the request is narrowed to a document that is not there for this caller."""
    seen = services.seen_by(caller).known(body.document_ids or ())
    for id in body.document_ids or ():
        if id not in seen:
            raise no_document(id)


def no_document(id: str) -> ProblemError:
    return ProblemError(404, "document_not_found", f"Không có văn bản nào mang mã {id}.")
