"""The caller's own conversations, and what he thought of their answers. Others' look like none at all."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from ui import schemas_talk
from ui.problems import ProblemError
from ui.services import Here, Reader

router = APIRouter(prefix="/v1", tags=["Hội thoại"])
Id = Annotated[str, Path(max_length=200)]


def missing() -> ProblemError:
    return ProblemError(404, "conversation_not_found", "Không có cuộc trò chuyện này.")


@router.get("/conversations", summary="Các cuộc trò chuyện của mình, mới nhất trước; hay tìm theo tên và câu hỏi")
def conversations(
    caller: Reader,
    here: Here,
    find: Annotated[str, Query(max_length=200, description="Chữ trong tên hay câu hỏi")] = "",
    n: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> schemas_talk.Conversations:
    return schemas_talk.Conversations.model_validate({"conversations": here.memory.conversations(caller.id, n, find)})


@router.get("/conversations/{id}", summary="Một cuộc trò chuyện với các lượt hỏi đáp")
def conversation(id: Id, caller: Reader, here: Here) -> schemas_talk.Conversation:
    found = here.memory.conversation(caller.id, id, here.seen_by(caller).document)
    if found is None:
        raise missing()
    summary, turns = found
    return schemas_talk.Conversation(
        id=summary.id,
        title=summary.title,
        created_at=summary.created_at,
        updated_at=summary.updated_at,
        turns=[schemas_talk.Turn.model_validate(turn) for turn in turns],
    )


@router.patch("/conversations/{id}", status_code=204, summary="Đổi tên cuộc trò chuyện")
def rename(id: Id, body: schemas_talk.TitleChange, caller: Reader, here: Here) -> Response:
    if not here.memory.rename(caller.id, id, body.title):
        raise missing()
    return Response(status_code=204)


@router.delete("/conversations/{id}", status_code=204, summary="Xóa cuộc trò chuyện")
def forget(id: Id, caller: Reader, here: Here) -> Response:
    if not here.memory.forget(caller.id, id):
        raise missing()
    return Response(status_code=204)


@router.post("/feedback", summary="Đánh giá một câu trả lời")
def feedback(body: schemas_talk.Feedback, caller: Reader, here: Here) -> schemas_talk.Feedback:
    if not here.memory.rate(caller.id, body.answer_id, body.rating, body.reason):
        raise ProblemError(404, "answer_not_found", "Không có câu trả lời nào mang mã này.")
    return body
