"""The pages of a document: where each begins, how it looks, and where on it a quote stands."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from corpus.document import Document, Span
from corpus.formats.source import MAX_LETTERS
from ui import schemas_documents as shapes
from ui.asking import no_document
from ui.auth import Caller
from ui.pages import is_drawn
from ui.services import Here, Reader, Services

router = APIRouter(prefix="/v1/documents/{id}/pages", tags=["Văn bản"])
Id = Annotated[str, Path(max_length=200)]
Number = Annotated[int, Path(ge=1, le=100_000, description="Trang, đếm từ 1", examples=[3])]
Width = Annotated[int, Query(ge=100, le=2000, description="Bề ngang của ảnh, tính bằng điểm ảnh")]
Place = Annotated[int, Query(ge=0, le=MAX_LETTERS, description="Vị trí trong toàn văn, như start và end của trích dẫn")]
PNG = {200: {"content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}}}


@router.get("", summary="Các trang của văn bản: mỗi trang bắt đầu và kết thúc ở đâu trong toàn văn")
def pages(id: Id, caller: Reader, here: Here) -> shapes.Pages:
    found = _document(here, caller, id)
    placed = [shapes.Page(number=each.number, start=each.span.start, end=each.span.end) for each in found.pages]
    return shapes.Pages(pages=placed, drawn=is_drawn(found))


@router.get("/{number}.png", response_class=Response, responses=PNG, summary="Một trang PDF hay ảnh, đúng như bản gốc")  # type: ignore[arg-type]
async def picture(id: Id, number: Number, caller: Reader, here: Here, width: Width = 1200) -> Response:
    found = _document(here, caller, id)
    return Response(await here.pool.run(lambda: here.pages.picture(found, number, width)), media_type="image/png")


@router.get("/{number}/boxes", summary="Một đoạn của toàn văn nằm ở những chỗ nào trên trang")
async def boxes(id: Id, number: Number, start: Place, end: Place, caller: Reader, here: Here) -> shapes.PageBoxes:
    found = _document(here, caller, id)
    marks = await here.pool.run(lambda: here.pages.marks(found, number, Span(start, end)))
    return shapes.PageBoxes.model_validate({"boxes": marks.marks, "machine_read": marks.machine_read})


def _document(here: Services, caller: Caller, id: str) -> Document:
    found = here.seen_by(caller).document(id)
    if found is None:
        raise no_document(id)
    return found
