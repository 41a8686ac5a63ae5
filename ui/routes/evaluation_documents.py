"""Documents that are brought for evaluations, apart from the store."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from eval.brought import Brought
from ui import schemas_evaluation as schemas
from ui.routes.documents import FORM, sent_files
from ui.routes.evaluation import Id
from ui.services import Editor, Here

router = APIRouter(prefix="/v1/evaluations/documents", tags=["Đánh giá"])


@router.get("", summary="Các tập văn bản đưa lên để chấm, mới nhất trước")
def collections(caller: Editor, here: Here) -> schemas.AllBrought:
    return schemas.AllBrought(documents=here.workbench.brought.all(caller.groups))


@router.post(
    "",
    status_code=201,
    summary="Đưa lên một tập văn bản (các tệp hay một tệp ZIP) để chấm trên đó; kho không đổi",
    openapi_extra={"requestBody": {"required": True, **FORM}},
)
async def create(
    request: Request, caller: Editor, here: Here, name: Annotated[schemas.Name, Query(description="Tên tập")]
) -> Brought:
    files = await sent_files(request)
    return await here.pool.run(lambda: here.workbench.brought.create(name, files, caller.name, caller.groups))


@router.delete("/{id}", status_code=204, summary="Xóa một tập văn bản; kết quả chấm trên nó vẫn còn")
def remove(id: Id, caller: Editor, here: Here) -> Response:
    here.workbench.brought.remove(here.workbench.documents(id, caller.groups).id)
    return Response(status_code=204)
