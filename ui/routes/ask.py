"""Questions: `/v1/ask`, its stream, `/v1/search` and suggestions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi import Request as HttpRequest
from fastapi.responses import StreamingResponse
from fastapi.sse import EventSourceResponse, format_sse_event

from rag.answer import Answer, Event, Sources
from ui import problems, schemas, schemas_talk
from ui.asking import Asking, check_documents
from ui.services import Here, Reader

router = APIRouter(prefix="/v1", tags=["Hỏi đáp"])
CONVERSATION = "X-Conversation-Id"


@router.post("/ask", response_model=schemas.Answer, summary="Hỏi, nhận câu trả lời có trích dẫn đã kiểm")
async def ask(body: schemas.AskRequest, caller: Reader, here: Here, response: Response) -> Answer:
    asking = Asking.of(here, caller, body)
    response.headers[CONVERSATION] = asking.conversation_id
    return await here.pool.run(asking.ask)


@router.post(
    "/ask/stream",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}},
    summary="Hỏi, nhận dần qua SSE: sources, token…, answer; hoặc error",
)
async def ask_stream(request: HttpRequest, body: schemas.AskRequest, caller: Reader, here: Here) -> EventSourceResponse:
    asking = Asking.of(here, caller, body)
    events = here.pool.stream(asking.stream)  # begun before the status is sent, so that a full pool is one
    headers = {CONVERSATION: asking.conversation_id, "X-Accel-Buffering": "no"}
    return EventSourceResponse(_encoded(request, events), headers=headers)


async def _encoded(request: HttpRequest, events: AsyncIterator[Event]) -> AsyncIterator[bytes]:
    # FastAPI's own encoding of a generator fails loudly when a client leaves: it sends into its closed channel.
    try:
        async for event in events:
            yield _sse(event)
    except Exception as error:  # the status is sent: the only way left to tell is an event
        found = problems.from_error(error).as_object(problems.request_id(request))
        yield format_sse_event(event="error", data_str=found.model_dump_json(exclude_none=True))


@router.post("/search", summary="Tìm các đoạn văn bản, không soạn câu trả lời")
async def search(body: schemas.SearchRequest, caller: Reader, here: Here) -> schemas.ExplainedFound | schemas.Found:
    def searched() -> schemas.ExplainedFound | schemas.Found:
        check_documents(here, caller, body)
        wanted = (body.query, here.passages(body.k), body.ids(), body.inside_filters(), caller.groups, body.as_typed)
        if body.explain:
            return schemas.ExplainedFound.of(here.assistant.explained(*wanted))
        return schemas.Found.model_validate({"passages": here.assistant.search(*wanted)})

    return await here.pool.run(searched)


@router.get("/suggestions", summary="Các câu hỏi gợi ý từ kho văn bản, hay nên hỏi gì tiếp sau một câu hỏi")
async def suggestions(
    caller: Reader,
    here: Here,
    n: Annotated[int, Query(ge=1, le=20)] = 4,
    after: Annotated[schemas.Question | None, Query(description="Câu vừa hỏi")] = None,
) -> schemas_talk.Suggestions:
    def found() -> schemas_talk.Suggestions:
        seen = caller.groups
        made = here.suggested.questions(n, seen) if after is None else here.assistant.related(after, n, seen)
        return schemas_talk.Suggestions(questions=made)

    return await here.pool.run(found)


def _sse(event: Event) -> bytes:
    name, data = _named(event)
    return format_sse_event(event=name, data_str=data.model_dump_json())


def _named(event: Event) -> tuple[str, schemas.Given]:
    if isinstance(event, Sources):
        return "sources", schemas.Found.model_validate(event)
    if isinstance(event, Answer):
        return "answer", schemas.Answer.model_validate(event)
    return "token", schemas.Token(text=event.text)
