"""`Document` and its header as JSON, for the database and for the pipe to the process that reads files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from corpus.document import Document, Header, Page, Span, Stripped


def header_json(header: Header) -> str:
    return _dumped(_header(header))


def header_from_json(content: str) -> Header:
    return _to_header(json.loads(content))


def document_json(document: Document) -> str:
    plain = {name: getattr(document, name) for name in ("id", "sha256", "file", "media_type", "text", "notes")}
    pages = [(page.number, page.span.start, page.span.end) for page in document.pages]
    stripped = [(piece.text, piece.reason, piece.at) for piece in document.stripped]
    return _dumped(plain | {"header": _header(document.header), "pages": pages, "stripped": stripped})


def document_from_json(content: str) -> Document:
    plain = json.loads(content)
    made = {
        "header": _to_header(plain["header"]),
        "pages": tuple(Page(number, Span(start, end)) for number, start, end in plain["pages"]),
        "stripped": tuple(Stripped(*piece) for piece in plain["stripped"]),
        "notes": tuple(plain["notes"]),
    }
    return Document(**plain | made)


def _header(header: Header) -> dict[str, Any]:
    day = header.issued_on and header.issued_on.isoformat()
    return {field.name: getattr(header, field.name) for field in fields(header)} | {
        "issued_on": day,
        "spans": {name: (span.start, span.end) for name, span in header.spans.items()},
    }


def _to_header(plain: Mapping[str, Any]) -> Header:
    day = plain["issued_on"]
    spans = {name: Span(*ends) for name, ends in plain["spans"].items()}
    entered = tuple(plain.get("entered", ()))
    return Header(**{**plain, "issued_on": day and date.fromisoformat(day), "spans": spans, "entered": entered})


def _dumped(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
