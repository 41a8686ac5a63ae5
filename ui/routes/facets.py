"""What a question can be narrowed by."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from ui import schemas_documents as shapes
from ui.services import Here, Reader

router = APIRouter(prefix="/v1", tags=["Văn bản"])
FOUND = 8  # documents


@router.get("/facets", summary="Loại, cơ quan, địa danh, năm của các văn bản, để thu hẹp câu hỏi; và tìm theo tên")
def facets(
    caller: Reader,
    here: Here,
    find: Annotated[str, Query(max_length=200, description="Chữ trong số, tên, trích yếu của văn bản")] = "",
) -> shapes.Facets:
    known = here.facets(caller)
    found = [shapes.document(each) for each in known.find(find, FOUND)]
    shown = {name: getattr(known, name) for name in ("kinds", "issuers", "places", "years")}
    return shapes.Facets.model_validate(shown | {"found": found})
