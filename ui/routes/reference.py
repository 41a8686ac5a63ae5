"""`/docs`: the routes with examples from the OpenAPI document, without scripts or other hosts."""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from pathlib import Path
from string import Template

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

router = APIRouter(include_in_schema=False)
STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.6 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem}
h2{margin-top:2.5rem;border-bottom:1px solid #8886}
details{border:1px solid #8886;border-radius:.5rem;margin:.6rem 0;padding:.5rem .9rem}
summary{cursor:pointer;overflow-wrap:anywhere}
b{display:inline-block;min-width:4.2rem}
pre{background:#8882;padding:.7rem;border-radius:.4rem;overflow-x:auto}
table{border-collapse:collapse;width:100%}
td,th{text-align:left;padding:.2rem .6rem .2rem 0;vertical-align:top}
""".strip()
HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{HASH}'; frame-ancestors 'none'; form-action 'none'"
TEMPLATE = Template(Path(__file__).with_suffix(".html").read_text("utf-8"))
METHODS = ("get", "post", "put", "patch", "delete")


class Shape(BaseModel):
    """As much of a JSON Schema as the page shows."""

    ref: str = Field(default="", alias="$ref")
    type: str = ""
    description: str = ""
    properties: dict[str, Shape] = {}
    required: list[str] = []
    any_of: list[Shape] = Field(default=[], alias="anyOf")
    items: Shape | None = None
    examples: list[object] = []
    enum: list[object] = []
    default: object = None


class Media(BaseModel):
    shape: Shape = Field(Shape.model_construct(), alias="schema")


class Body(BaseModel):
    content: dict[str, Media] = {}


class Operation(BaseModel):
    summary: str = ""
    tags: list[str] = []
    body: Body | None = Field(default=None, alias="requestBody")


class Components(BaseModel):
    schemas: dict[str, Shape] = {}


class Specification(BaseModel):
    paths: dict[str, dict[str, Operation]]
    components: Components = Components()

    def resolved(self, shape: Shape) -> Shape:
        shape = next((each for each in shape.any_of if each.type != "null"), shape)
        return self.components.schemas.get(shape.ref.rsplit("/", 1)[-1], shape) if shape.ref else shape


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    specification = Specification.model_validate(request.app.openapi())
    host, port = request.scope["server"]  # not the Host header, which anybody may fill
    base = f"http://{host}:{port}"
    page = TEMPLATE.substitute(
        title=escape(request.app.title),
        description=escape(request.app.description),
        style=STYLE,
        groups=_groups(specification, base),
    )
    return HTMLResponse(page, headers={"Content-Security-Policy": POLICY})


def _groups(specification: Specification, base: str) -> str:
    groups: dict[str, list[str]] = {}
    for path, operations in specification.paths.items():
        for method in METHODS:
            if operation := operations.get(method):
                tag = operation.tags[0] if operation.tags else "Khác"
                groups.setdefault(tag, []).append(_operation(specification, base, path, method, operation))
    return "".join(f"<h2>{escape(tag)}</h2>{''.join(each)}" for tag, each in groups.items())


def _operation(specification: Specification, base: str, path: str, method: str, operation: Operation) -> str:
    kind, media = next(iter(operation.body.content.items()), ("", None)) if operation.body else ("", None)
    shape = specification.resolved(media.shape if media else Shape.model_construct())
    example = _curl(specification, base + path, method, kind, shape)
    return (
        f"<details><summary><b>{method.upper()}</b> <code>{escape(path)}</code> {escape(operation.summary)}"
        f"</summary>{_fields(specification, shape)}<pre>{escape(example)}</pre></details>"
    )


def _fields(specification: Specification, shape: Shape) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(name)}</code></td><td>{'bắt buộc' if name in shape.required else ''}</td>"
        f"<td>{escape(field.description or specification.resolved(field).description)}</td></tr>"
        for name, field in shape.properties.items()
    )
    return f"<table><tr><th>Trường</th><th></th><th>Ý nghĩa</th></tr>{rows}</table>" if rows else ""


def _curl(specification: Specification, url: str, method: str, kind: str, shape: Shape) -> str:
    command = f"curl -X {method.upper()} '{url}'"
    if kind == "multipart/form-data":
        return f"{command} -F 'file=@van-ban.pdf'"
    if kind == "application/x-ndjson":
        return f"curl -X {method.upper()} '{url}?name=Bo' --data-binary @bo-cau-hoi.jsonl"
    if not kind:
        return command
    body = {name: _example(specification, shape.properties[name]) for name in shape.required}
    data = json.dumps(body, ensure_ascii=False)
    return f"{command} \\\n  -H 'Content-Type: application/json' \\\n  -d '{data}'"


def _example(specification: Specification, shape: Shape) -> object:
    if shape.examples or shape.enum:
        return (shape.examples or shape.enum)[0]
    shape = specification.resolved(shape)
    if shape.type == "array" and shape.items is not None:
        return [_example(specification, shape.items)]
    if shape.properties:
        return {name: _example(specification, shape.properties[name]) for name in shape.required}
    return {"integer": 1, "number": 1, "boolean": False}.get(shape.type, "…")
