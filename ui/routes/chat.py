"""OpenAI's chat completions over the same assistant. Only verified text is streamed."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from typing import Literal

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from pydantic import BaseModel, Field, SerializerFunctionWrapHandler, model_serializer

from rag.answer import Answer, Request, Turn
from ui import schemas
from ui.auth import Caller
from ui.problems import ProblemError
from ui.services import Here, Reader

router = APIRouter(prefix="/v1", tags=["Tương thích OpenAI"])
MODEL = "hoi"
HISTORY = 6


class Part(BaseModel):
    type: str
    text: str = ""


class Message(BaseModel):
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None

    def words(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class Completion(BaseModel):
    """The request. Sampling settings and tools are ignored: the answer is quoted, not sampled."""

    model_config = schemas.example(model=MODEL, messages=[{"role": "user", "content": "Xã nào đạt nông thôn mới?"}])

    model: str = MODEL
    messages: list[Message] = Field(min_length=1, max_length=200)
    stream: bool = False


class Sparse(BaseModel):
    """Leaves out what is not set, as OpenAI does; our own citations inside keep all their fields."""

    @model_serializer(mode="wrap")
    def _set(self, write: SerializerFunctionWrapHandler) -> dict[str, object]:
        return {name: value for name, value in write(self).items() if value is not None}


class UrlCitation(BaseModel):
    url: str
    title: str
    start_index: int = Field(description="Vị trí dấu trích dẫn trong câu trả lời")
    end_index: int


class Annotation(BaseModel):
    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation


class Reply(Sparse):
    role: Literal["assistant"] | None = None
    content: str | None = None
    annotations: list[Annotation] | None = None


class Usage(BaseModel):
    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Choice(Sparse):
    index: int = 0
    message: Reply | None = None
    delta: Reply | None = None
    finish_reason: Literal["stop"] | None = None


class Completed(Sparse):
    id: str
    object: Literal["chat.completion", "chat.completion.chunk"]
    created: int
    model: str = MODEL
    choices: list[Choice]
    usage: Usage | None = None
    sources: list[schemas.Citation] | None = None
    abstained: bool | None = None
    understood: str | None = None
    notices: list[str] | None = None


class Model(BaseModel):
    id: str
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = "hoi"


class Models(BaseModel):
    object: Literal["list"] = "list"
    data: list[Model]


@router.get("/models", summary="Các mô hình, theo giao thức OpenAI")
def models(caller: Reader) -> Models:
    return Models(data=[Model(id=MODEL)])


@router.get("/models/{id}", summary="Một mô hình")
def model(id: str, caller: Reader) -> Model:
    if id != MODEL:
        raise ProblemError(404, "model_not_found", f"Chỉ có mô hình “{MODEL}”.")
    return Model(id=MODEL)


@router.post(
    "/chat/completions",
    response_model=Completed,
    summary="Hỏi theo giao thức OpenAI",
)
async def completions(body: Completion, caller: Reader, here: Here) -> Completed | StreamingResponse:
    request = _request(body, caller)
    answer = await here.pool.run(lambda: here.assistant.ask(request))
    here.metrics.answer(answer)
    if body.stream:
        return StreamingResponse(_chunks(answer), media_type="text/event-stream")
    reply = Reply(role="assistant", content=answer.answer, annotations=_annotations(answer))
    return _completed(answer, "chat.completion", Choice(message=reply, finish_reason="stop"), last=True)


def _request(body: Completion, caller: Caller) -> Request:
    """The last user message as the question, the earlier pairs as the conversation."""
    asked = [index for index, message in enumerate(body.messages) if message.role == "user"]
    if not asked:
        raise ProblemError(422, "invalid_question", "messages: cần ít nhất một tin nhắn của người dùng (role: user).")
    question = _checked(body.messages[asked[-1]].words())
    turns = [
        _turn(body.messages[one], body.messages[one + 1])
        for one in asked[:-1]
        if body.messages[one + 1].role == "assistant"
    ]
    return Request(question, tuple(turns[-HISTORY:]), groups=caller.groups)


def _checked(question: str) -> str:
    try:
        return schemas.check_question(question)
    except ValueError as error:
        raise ProblemError(422, "invalid_question", f"Câu hỏi: {error}.") from error


def _turn(user: Message, assistant: Message) -> Turn:
    question = user.words()
    return Turn(question, question, assistant.words())


def _annotations(answer: Answer) -> list[Annotation]:
    """One annotation for each marker in the text, at the marker's place."""
    cited = {citation.marker: citation for citation in answer.citations}
    found = [(match, cited.get(int(match[1]))) for match in re.finditer(r"\[(\d{1,4})\]", answer.answer)]
    return [
        Annotation(url_citation=UrlCitation(url=each.url, title=each.title, start_index=at.start(), end_index=at.end()))
        for at, each in found
        if each is not None
    ]


def _completed(
    answer: Answer, kind: Literal["chat.completion", "chat.completion.chunk"], choice: Choice, last: bool
) -> Completed:
    """The response, or a chunk of it; the last one tells what OpenAI's protocol has no place for as well."""
    completed = Completed(id=f"chatcmpl-{answer.id}", object=kind, created=int(time.time()), choices=[choice])
    if not last:
        return completed
    asked, written = len(answer.question.split()), len(answer.answer.split())
    told = {
        "usage": Usage(prompt_tokens=asked, completion_tokens=written, total_tokens=asked + written),
        "sources": [schemas.Citation.model_validate(each) for each in answer.citations],
        "abstained": answer.abstained,
        "understood": answer.understood,
        "notices": list(answer.notices),
    }
    return completed.model_copy(update=told)


async def _chunks(answer: Answer) -> AsyncIterator[bytes]:
    yield _chunk(answer, Reply(role="assistant", content=""))
    for word in re.findall(r"\s*\S+|\s+$", answer.answer):
        yield _chunk(answer, Reply(content=word))
    yield _chunk(answer, Reply(annotations=_annotations(answer)), last=True)
    yield format_sse_event(data_str="[DONE]")


def _chunk(answer: Answer, delta: Reply, last: bool = False) -> bytes:
    choice = Choice(delta=delta, finish_reason="stop" if last else None)
    chunk = _completed(answer, "chat.completion.chunk", choice, last)
    return format_sse_event(data_str=chunk.model_dump_json())
