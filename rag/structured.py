"""Replies in JSON, for servers that can be held to a schema: sentences with the passage and words that they rest on.

Nothing of it is trusted: a quote that its passage does not hold only moves or loses the sentence's marker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.text import fold

_SPACE = re.compile(r"\s+")
_FENCE = re.compile(r"```(?:json)?\s*")


class _Sentence(BaseModel):
    model_config = ConfigDict(extra="forbid")

    passage: int
    quote: str
    sentence: str


class _Reply(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sentences: list[_Sentence]


def response_format() -> dict[str, Any]:
    """What an OpenAI-compatible server is asked for."""
    schema = {"name": "answer", "strict": True, "schema": _Reply.model_json_schema()}
    return {"type": "json_schema", "json_schema": schema}


def is_json(reply: str) -> bool:
    """Whether a reply, whole or so far, is JSON rather than sentences; a fence may stand around it."""
    return _FENCE.sub("", reply.lstrip(), count=1).startswith("{")


def as_draft(reply: str, passages: Sequence[str], nothing: str) -> str:
    """The sentences of a JSON reply, whole or so far, each behind it the marker of the passage that holds its quote.

    `nothing` for a whole reply without sentences; the empty string for what is no such reply.
    """
    text = _FENCE.sub("", reply.strip(), count=1)
    found = [_read(match[0]) for match in _OBJECT.finditer(text)]
    kept = [sentence for sentence in found if sentence is not None]
    if not kept:
        return nothing if _is_empty(text) else ""
    return " ".join(f"{_plain(each.sentence)}{_marker(each, passages)}." for each in kept)


_OBJECT = re.compile(
    r'\{[^{}"]*"(?:[^"\\]|\\.)*"\s*:(?:[^{}"]|"(?:[^"\\]|\\.)*")*\}'
)  # innermost, strings stepped over


def _read(text: str) -> _Sentence | None:
    try:
        return _Sentence.model_validate_json(text)
    except ValidationError:
        return None


def _is_empty(text: str) -> bool:
    try:
        return not _Reply.model_validate_json(text.removesuffix("```").strip()).sentences
    except ValidationError:
        return False


def _plain(sentence: str) -> str:
    return _SPACE.sub(" ", sentence).strip(" .")


def _marker(sentence: _Sentence, passages: Sequence[str]) -> str:
    """The passage that holds the quote: the one named, else the first; none where no passage does."""
    quote = _words(sentence.quote)
    holding = [number for number, passage in enumerate(passages, start=1) if quote and quote in _words(passage)]
    if not holding:
        return ""
    return f" [{sentence.passage if sentence.passage in holding else holding[0]}]"


def _words(text: str) -> str:
    return _SPACE.sub(" ", fold(text)).strip(" .,;:“”\"'")
