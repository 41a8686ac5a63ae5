"""The shapes of `/v1/admin`: keys, an office's own words, settings, the audit log and usage."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from rag.answer import Reason
from rag.language.abbreviations import Expansion
from rag.own_words import LONGEST, OwnPlace
from rag.tuning import Tuning
from ui.schemas import Given, Question, Role, Taken, example

Name = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Maybe = Annotated[str, Field(max_length=LONGEST)]
KeyState = Literal["valid", "expired", "revoked"]
DAYS = 36500


class Key(Given):
    id: str
    name: str
    role: Role
    groups: list[str]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    used_at: datetime | None = Field(description="Lần dùng cuối, chính xác đến phút")
    state: KeyState


class Keys(Given):
    keys: list[Key]


class KeyWanted(Taken):
    model_config = example(name="Cổng thông tin", role="reader", days=365, groups=["nội-vụ"])

    name: Annotated[str, Field(min_length=1, max_length=100)]
    role: Role
    days: Annotated[int, Field(ge=1, le=DAYS, strict=True)] | None = None
    groups: list[str] = Field(default=[], max_length=20)


class KeyMade(Key):
    key: str = Field(description="Khóa, chỉ có trong phản hồi này")


class KeyChange(Taken):
    """What is left out stays as it is."""

    model_config = example(days=30, groups=["nội-vụ"])

    days: Annotated[int, Field(ge=0, le=DAYS, strict=True)] | None = Field(
        None, description="Số ngày còn hiệu lực tính từ bây giờ; 0: hết hạn ngay; null: không hết hạn"
    )
    groups: list[str] | None = Field(None, max_length=20)


class Abbreviation(Taken):
    model_config = example(abbreviation="PKTHT", full="Phòng Kinh tế và Hạ tầng", context=["hạ tầng"])

    abbreviation: Name
    full: Name
    context: list[Name] = Field(
        default=[], max_length=20, description="Chỉ mở khi câu hỏi có một trong các từ này; bỏ trống: luôn mở"
    )

    @classmethod
    def of(cls, expansion: Expansion) -> Abbreviation:
        return cls(abbreviation=expansion.abbreviation, full=expansion.full, context=list(expansion.context))


class Abbreviations(Given):
    own: list[Abbreviation] = Field(description="Của cơ quan, giữ trong kho")
    file: list[Abbreviation] = Field(description="Trong tệp HOI_ABBREVIATIONS")
    shipped: list[Abbreviation] = Field(description="Có sẵn trong chương trình")


class WordsTried(Taken):
    model_config = example(question="ubnd xã có mấy pktht", added=None)

    question: Question
    added: Abbreviation | None = Field(None, description="Thử thêm chữ viết tắt này, chưa lưu")


class Opened(Given):
    abbreviation: str
    full: str


class WordsRead(Given):
    text: str = Field(description="Câu hỏi sau khi mở chữ viết tắt và tên khác của địa danh")
    opened: list[Opened]


class Place(Taken):
    """Either a place of its own, or another name of one."""

    model_config = example(name="Phố Núi", means="thành phố Đà Lạt")

    name: Name
    level: Maybe = ""
    inside: Maybe = Field("", description="Thuộc về", examples=["huyện Đơn Dương, tỉnh Lâm Đồng"])
    means: Maybe = Field("", description="Tên này chỉ nơi nào; khi ấy bỏ trống level và inside")

    @classmethod
    def of(cls, place: OwnPlace) -> Place:
        return cls(name=place.name, level=place.level, inside=place.inside, means=place.means)


class KnownPlace(Given):
    """A unit that the gazetteer knows."""

    name: str = Field(examples=["xã Lạc Lâm"])
    inside: str = Field(examples=["huyện Đơn Dương, tỉnh Lâm Đồng"])
    became: list[str] = Field(description="Từ tháng 7/2025 thuộc về")
    was: list[str] = Field(description="Từ tháng 7/2025 gồm")


class Places(Given):
    own: list[Place]
    found: list[KnownPlace]
    levels: list[str] = Field(description="Các cấp dùng được cho nơi của riêng cơ quan")


class Settings(Taken):
    """null: as the program or its environment has it."""

    model_config = example(threshold=0.5, k=8, llm=True, reranker=True, retention_days=None)

    threshold: Annotated[float, Field(ge=0, le=1)] | None = None
    k: Annotated[int, Field(ge=1, le=50, strict=True)] | None = None
    llm: bool = Field(True, strict=True)
    reranker: bool = Field(True, strict=True)
    retention_days: Annotated[int, Field(ge=0, le=DAYS, strict=True)] | None = None

    def inside(self) -> Tuning:
        return Tuning(**self.model_dump())


class Defaults(Given):
    """What stands where nothing is chosen; null: there is no such part to switch."""

    threshold: float
    k: int
    llm: str | None
    reranker: str | None
    retention_days: int


class Variable(Given):
    name: str
    value: str
    about: str


class Change(Given):
    number: int
    at: datetime
    actor: str
    name: str
    before: float | bool | None
    after: float | bool | None


class CoveragePoint(Given):
    threshold: float
    answered: float
    right: float
    let_through: float


class Coverage(Given):
    answerable: int
    unanswerable: int
    points: list[CoveragePoint]
    current: bool = Field(description="false: đo với mô hình chấm độ chắc trước đây")


class SettingsShown(Given):
    chosen: Settings
    defaults: Defaults
    environment: list[Variable]
    history: list[Change] = Field(description="Mọi thay đổi, mới nhất trước")
    coverage: Coverage


class Outcome(Given):
    answer: str
    abstained: bool
    reason: Reason | None
    confidence: float
    writer: str


class Tried(Given):
    question: str
    before: Outcome
    after: Outcome


class TrialResult(Given):
    questions: list[Tried]


class LanguageModel(Given):
    name: str | None
    reachable: bool | None = Field(description="null: không đặt mô hình ngôn ngữ")
    detail: str
    seconds: float | None = Field(description="Từ lúc hỏi đến chữ đầu tiên")


class AuditEntry(Given):
    number: int
    at: datetime
    actor: str
    actor_name: str
    action: str
    subject: str
    detail: str


class AuditLog(Given):
    entries: list[AuditEntry] = Field(description="Mới nhất trước")
    more: bool


class AuditCheck(Given):
    sound: bool
    lines: int
    first_broken: int | None


class UsageDay(Given):
    day: date
    questions: int
    refused: int


class MissingQuestion(Given):
    question: str
    times: int
    last_at: datetime
    reason: Reason


class KeyShare(Given):
    owner: str
    name: str
    questions: int
    refused: int


class Usage(Given):
    questions: int
    refused: int
    up: int
    down: int
    latency_ms: dict[int, float] = Field(description="Phân vị: 50, 95, 99")
    days: list[UsageDay]
    missing: list[MissingQuestion] = Field(description="Câu hỏi hay bị từ chối nhất: điều kho văn bản còn thiếu")
    keys: list[KeyShare]
