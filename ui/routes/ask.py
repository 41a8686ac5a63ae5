"""Questions: `/v1/ask`, its stream, `/v1/search` and suggestions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from fastapi import Request as HttpRequest
from fastapi.sse import EventSourceResponse, ServerSentEvent

from rag.answer import Answer, Event, Sources
from ui import problems, schemas
from ui.asking import Asking, check_documents
from ui.services import Here, Reader

router = APIRouter(prefix="/v1", tags=["Hỏi đáp"])
CONVERSATION = "X-Conversation-Id"


@router.post("/ask", response_model=schemas.Answer, summary="Hỏi, nhận câu trả lời có trích dẫn đã kiểm")
async def ask(body: schemas.AskRequest, caller: Reader, here: Here, response: Response) -> Answer:
    asking = Asking.of(here, caller, body)
    response.headers[CONVERSATION] = asking.conversation_id
    return await here.pool.run(asking.ask)


async def started(body: schemas.AskRequest, caller: Reader, here: Here, response: Response) -> AsyncIterator[Event]:
    """The events of an answer under way, so that a full pool is told by a status, not in the stream."""
    asking = Asking.of(here, caller, body)
    response.headers[CONVERSATION] = asking.conversation_id
    return here.pool.stream(asking.stream)


@router.post(
    "/ask/stream",
    response_class=EventSourceResponse,
    summary="Hỏi, nhận dần qua SSE: sources, token…, answer; hoặc error",
)
async def ask_stream(
    request: HttpRequest, events: Annotated[AsyncIterator[Event], Depends(started)]
) -> AsyncIterator[ServerSentEvent]:
    try:
        async for event in events:
            yield _sse(event)
    except Exception as error:  # the status is sent: the only way left to tell is an event
        found = problems.from_error(error)
        yield ServerSentEvent(event="error", data=found.as_object(problems.request_id(request)))


@router.post("/search", summary="Tìm các đoạn văn bản, không soạn câu trả lời")
async def search(body: schemas.SearchRequest, caller: Reader, here: Here) -> schemas.Found:
    def found() -> schemas.Found:
        check_documents(here, body)
        passages = here.assistant.search(body.query, body.k, body.ids(), body.inside_filters())
        return schemas.Found.model_validate({"passages": passages})

    return await here.pool.run(found)


@router.get("/suggestions", summary="Các câu hỏi gợi ý từ kho văn bản")
async def suggestions(caller: Reader, here: Here, n: Annotated[int, Query(ge=1, le=20)] = 4) -> schemas.Suggestions:
    return schemas.Suggestions(questions=await here.pool.run(lambda: here.suggested.questions(n)))


def _sse(event: Event) -> ServerSentEvent:
    if isinstance(event, Sources):
        return ServerSentEvent(event="sources", data=schemas.Found.model_validate(event))
    if isinstance(event, Answer):
        return ServerSentEvent(event="answer", data=schemas.Answer.model_validate(event))
    return ServerSentEvent(event="token", data=schemas.Token(text=event.text))
