"""A conversation to take away, as its owner alone may."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from corpus.document import Header
from ui.export_docx import word
from ui.export_words import POLICY, markdown, page
from ui.routes.conversations import Id, missing
from ui.services import Here, Reader
from ui.transcript import transcript

router = APIRouter(prefix="/v1/conversations", tags=["Hội thoại"])
Format = Annotated[Literal["docx", "md", "html"], Query(description="docx: Word; md: Markdown; html: trang để in")]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {"docx": DOCX, "md": "text/markdown; charset=utf-8", "html": "text/html; charset=utf-8"}
FILES = {200: {"content": {kind: {"schema": {"type": "string"}} for kind in (DOCX, "text/markdown", "text/html")}}}
SUMMARY = "Cuộc trò chuyện thành tệp: câu hỏi, câu trả lời, đoạn trích và dòng “Căn cứ …” của từng văn bản"


@router.get("/{id}/export", response_class=Response, responses=FILES, summary=SUMMARY)  # type: ignore[arg-type]
def export(id: Id, caller: Reader, here: Here, format: Format = "docx") -> Response:
    seen, now = here.seen_by(caller), datetime.now(UTC)
    found = here.memory.conversation(caller.id, id, seen.document)
    if found is None:
        raise missing()

    def header(document: str) -> Header | None:
        stored = seen.stored(document)
        return stored.header if stored else None

    taken = transcript(*found, header, now)
    content = word(taken) if format == "docx" else (markdown if format == "md" else page)(taken).encode()
    name = f"hoi-dap-{now.astimezone():%Y-%m-%d}.{format}"
    headers = {"Content-Disposition": f'{"inline" if format == "html" else "attachment"}; filename="{name}"'}
    if format == "html":
        headers["Content-Security-Policy"] = POLICY
    return Response(content, media_type=TYPES[format], headers=headers)
