"""The API's shapes: what the routes take and give. `Answer` here is the contract's JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, model_validator

from rag import answer as inside
from rag.answer import MAX_QUESTION
from rag.explain import Explained

if TYPE_CHECKING:
    pass

Role = Literal["reader", "editor", "admin"]
ROLES: tuple[Role, ...] = ("reader", "editor", "admin")  # each may do all that the ones before it may
Score = Annotated[float, AfterValidator(lambda score: round(score, 4))]
Id = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[0-9A-Za-z_-]+$")]


def check_question(text: str) -> str:
    """The text itself, or ValueError with a Vietnamese message where nobody could answer it."""
    if len(text) > MAX_QUESTION:
        raise ValueError(f"dài quá {MAX_QUESTION} ký tự ({len(text)} ký tự)")
    return check_text(text, "chưa có nội dung; hãy viết một câu hỏi")


def check_text(text: str, empty: str = "chưa có nội dung") -> str:
    """The text itself, or ValueError for what cannot be searched: no letters, NUL, half a surrogate pair."""
    if any("\ud800" <= letter <= "\udfff" or letter == "\0" for letter in text):
        raise ValueError("có ký tự không hợp lệ (NUL hoặc nửa cặp thay thế Unicode)")
    if not any(letter.isalnum() for letter in text):
        raise ValueError(empty)
    return text


def may(one: Role, demanded: Role) -> bool:
    """Whether one role may do what another is demanded for."""
    return ROLES.index(one) >= ROLES.index(demanded)


Question = Annotated[str, AfterValidator(check_question)]
Text = Annotated[str, Field(max_length=MAX_QUESTION), AfterValidator(check_text)]


class Taken(BaseModel):
    """What comes in: a misspelt field is an error, not silence."""

    model_config = ConfigDict(extra="forbid")


def example(**fields: JsonValue) -> ConfigDict:
    """A request as the OpenAPI page shows it."""
    return ConfigDict(json_schema_extra={"examples": [fields]})


class Given(BaseModel):
    """What goes out: built from the inside's dataclasses."""

    model_config = ConfigDict(from_attributes=True)


class Filters(Taken):
    """Restrictions on documents; every one that is set must hold."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)

    issued_from: date | None = Field(None, description="Ban hành từ ngày này", examples=["2019-01-01"])
    issued_to: date | None = Field(None, description="Ban hành đến hết ngày này", examples=["2019-12-31"])
    issuer: Text | None = Field(None, description="Cơ quan ban hành")
    kind: Text | None = Field(None, description="Loại văn bản", examples=["Công văn"])
    place: Text | None = Field(None, description="Địa danh")

    @model_validator(mode="after")
    def _in_order(self) -> Filters:
        if self.issued_from and self.issued_to and self.issued_from > self.issued_to:
            raise ValueError("issued_from phải không sau issued_to")
        return self

    def inside(self) -> inside.Filters:
        return inside.Filters(self.issued_from, self.issued_to, self.issuer, self.kind, self.place)


class Narrowed(Taken):
    document_ids: list[Id] | None = Field(
        None, min_length=1, max_length=1000, description="Chỉ tìm trong các văn bản này"
    )
    filters: Filters | None = Field(None, description="Chỉ tìm trong các văn bản thỏa mọi điều kiện")
    k: int | None = Field(
        None, ge=1, le=50, description="Số đoạn trả về; bỏ trống thì theo cài đặt của quản trị viên (8)", strict=True
    )

    def inside_filters(self) -> inside.Filters:
        return self.filters.inside() if self.filters else inside.Filters()

    def ids(self) -> tuple[str, ...] | None:
        return None if self.document_ids is None else tuple(self.document_ids)


class AskRequest(Narrowed):
    model_config = example(
        question="Xã nào phải đạt nông thôn mới kiểu mẫu?", filters={"issued_from": "2019-01-01"}, k=8
    )

    question: Question = Field(description="Câu hỏi, tối đa 4.000 ký tự", examples=["Văn bản nào còn hiệu lực?"])
    conversation_id: Id | None = Field(
        None, description="Để hỏi nối tiếp; bỏ trống thì máy chủ tạo (X-Conversation-Id)"
    )
    as_typed: bool = Field(
        False, description="Hỏi đúng như đã gõ: không thêm dấu, không mở viết tắt, không nối câu trước", strict=True
    )


class SearchRequest(Narrowed):
    model_config = example(query="nông thôn mới", filters={"issued_from": "2019-01-01"}, k=8, explain=True)

    query: Question = Field(description="Từ khóa", examples=["nông thôn mới"])
    explain: bool = Field(False, description="Kèm lý do có từng đoạn", strict=True)
    as_typed: bool = Field(False, description="Tìm đúng như đã gõ: không thêm dấu, không mở viết tắt", strict=True)


class Citation(Given):
    marker: int
    document_id: str
    file: str
    title: str
    number: str | None
    issued_on: date | None
    issuer: str | None
    section: str | None
    page: int | None
    quote: str
    start: int
    end: int
    url: str
    entered: list[str] = Field(
        default=[],
        exclude_if=lambda fields: not fields,
        description="Trường do người quản lý nhập mà nguyên văn không có; vắng mặt khi không có trường nào",
    )


class Passage(Given):
    document_id: str
    text: str
    start: int
    end: int
    score: Score


class FoundPassage(Passage):
    """A passage as search and the stream's `sources` give it: with what names it."""

    number: str | None
    title: str
    section: str | None


class Answer(Given):
    """The contract's `Answer`. `text[start:end] == quote` in code points of `GET /v1/documents/{id}/text`."""

    id: str
    question: str
    understood: str
    answer: str
    abstained: bool
    reason: inside.Reason | None
    confidence: float
    writer: str
    citations: list[Citation]
    passages: list[Passage]
    timings_ms: dict[str, float]
    notices: list[str] = Field(default=[], description="Lưu ý của chương trình, như văn bản được trích đã cũ")


class Found(Given):
    passages: list[FoundPassage]


class Change(Given):
    typed: str
    read: str


class Match(Given):
    words: str
    exact: bool = Field(description="Đúng cả dấu")


class ScorePart(Given):
    name: str
    label: str
    value: Score


class Explanation(Given):
    """Why a passage came."""

    understood: str
    changes: list[Change] = Field(description="Điều đã gõ và cách đã đọc")
    also: list[str] = Field(description="Tên và chữ viết tắt đã tìm thêm")
    matched: list[Match] = Field(description="Chữ của câu hỏi đứng liền nhau trong đoạn")
    missing: list[str] = Field(description="Chữ của câu hỏi không có trong đoạn")
    parts: list[ScorePart] = Field(description="Điểm theo từng phần; phần nào có là tùy cách xếp hạng")


class ExplainedPassage(FoundPassage):
    explain: Explanation

    @classmethod
    def of(cls, found: Explained) -> ExplainedPassage:
        given = FoundPassage.model_validate(found.passage)
        return cls(**given.model_dump(), explain=Explanation.model_validate(found.explanation))


class ExplainedFound(Given):
    passages: list[ExplainedPassage]

    @classmethod
    def of(cls, found: Sequence[Explained]) -> ExplainedFound:
        return cls(passages=[ExplainedPassage.of(one) for one in found])


class Token(Given):
    text: str
