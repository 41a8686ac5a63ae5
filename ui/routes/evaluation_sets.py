"""Question sets that are kept for evaluations: bring one, take one along, mend it question by question."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response

from eval.question import Question
from eval.sets import QuestionSet
from ui import schemas_evaluation as schemas
from ui.auth import Caller
from ui.problems import ProblemError
from ui.routes.evaluation import Id
from ui.services import Editor, Here, Services

router = APIRouter(prefix="/v1/evaluations/sets", tags=["Đánh giá"])
JSONL = "application/x-ndjson"
LINES = {"requestBody": {"content": {JSONL: {"schema": {"type": "string"}}}}}


@router.get("", summary="Các bộ câu hỏi, mới nhất trước")
def sets(caller: Editor, here: Here) -> schemas.Sets:
    return schemas.Sets(sets=here.workbench.sets.all(caller.groups))


@router.post(
    "",
    status_code=201,
    summary="Thêm một bộ câu hỏi JSONL, mỗi dòng một câu; thân rỗng thì tạo bộ trống",
    openapi_extra=LINES,
)
async def create(
    request: Request, caller: Editor, here: Here, name: Annotated[schemas.Name, Query(description="Tên bộ")]
) -> QuestionSet:
    body = await request.body()
    try:
        content = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProblemError(422, "invalid_set", "Bộ câu hỏi không phải văn bản UTF-8.") from error
    return await here.pool.run(lambda: here.workbench.sets.create(name, content, caller.name, caller.groups))


@router.get("/{id}", response_class=Response, summary="Bộ câu hỏi, đúng từng byte, JSONL")
def content(id: Id, caller: Editor, here: Here) -> Response:
    found = _set(here, caller, id)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}.jsonl"}
    return Response(here.workbench.sets.content(id).encode(), media_type=JSONL, headers=headers)


@router.put("/{id}/questions", summary="Thêm một câu, hoặc thay câu cùng mã")
def put(id: Id, body: schemas.SetQuestion, caller: Editor, here: Here) -> QuestionSet:
    _set(here, caller, id)
    return here.workbench.sets.put(id, Question.model_validate(body.model_dump()))


@router.delete("/{id}/questions/{question}", summary="Bỏ một câu khỏi bộ")
def take_out(id: Id, question: Annotated[str, Path(max_length=200)], caller: Editor, here: Here) -> QuestionSet:
    _set(here, caller, id)
    return here.workbench.sets.take_out(id, question)


@router.delete("/{id}", status_code=204, summary="Xóa một bộ câu hỏi")
def remove(id: Id, caller: Editor, here: Here) -> Response:
    here.workbench.sets.remove(_set(here, caller, id).id)
    return Response(status_code=204)


def _set(here: Services, caller: Caller, id: str) -> QuestionSet:
    return here.workbench.set(id, caller.groups)
