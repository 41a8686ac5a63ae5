"""The API's shapes of conversations, and of who one is."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from ui.schemas import (
    Answer,
    Filters,
    Given,
    Id,
    Role,
    Taken,
    check_text,
    example,
)


class Feedback(Taken):
    model_config = example(answer_id="0d4bd9aef3f54e6c9ac1ba4a4d3cbd4e", rating="down", reason="Thiếu ý")

    answer_id: Id
    rating: Literal["up", "down"]
    reason: Annotated[str, Field(max_length=2000)] | None = None


class TitleChange(Taken):
    model_config = example(title="Nông thôn mới năm 2019")

    title: Annotated[str, Field(max_length=200), AfterValidator(check_text)]


class ConversationSummary(Given):
    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    turns: int


class Narrowing(Given):
    """Where an answer was looked for; everywhere, when nothing is set."""

    document_ids: list[str] | None = None
    filters: Filters = Filters.model_construct()

    def any(self) -> bool:
        return self != Narrowing()


class Conversations(Given):
    conversations: list[ConversationSummary]


class Turn(Given):
    """A question and its answer. `withdrawn`: markers that no longer resolve, their document being gone."""

    answer: Answer
    at: datetime
    withdrawn: list[int]
    rating: Literal["up", "down"] | None
    narrowing: Narrowing


class Conversation(ConversationSummary):
    turns: list[Turn]  # type: ignore[assignment]


class Suggestions(Given):
    questions: list[str]


class Me(Given):
    """Who the key makes one: the name and role, and whether keys are demanded at all."""

    name: str
    role: Role
    keys_demanded: bool
    groups: list[str] = Field(
        default=[], exclude_if=lambda names: not names, description="Nhóm của khóa; quản trị viên: nhóm của mọi khóa"
    )


class Health(Given):
    status: Literal["ok", "ready", "starting"]
