"""The chat for other sites' pages: one script, made of the parts in `ui/widget/`."""

from __future__ import annotations

import json
from pathlib import Path

from fastapi import APIRouter, Response

router = APIRouter(tags=["Vận hành"])
FOLDER = Path(__file__).parent.parent / "widget"
PARTS = ("elements.js", "service.js", "answer.js", "reader.js", "panel.js", "widget.js")
HEADERS = {"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "public, max-age=300"}


def _read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def script() -> str:
    """The parts as one script that adds no name to the page."""
    style = f"const STYLE = {json.dumps(_read('widget.css'))}"
    return "\n".join(['(() => {\n"use strict"', style, *map(_read, PARTS), "})()\n"])


@router.get("/widget.js", response_class=Response, summary="Khung hỏi đáp để nhúng vào trang khác")
async def widget() -> Response:
    return Response(script(), media_type="text/javascript; charset=utf-8", headers=HEADERS)
