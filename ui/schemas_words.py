"""The shapes of an office's own words in `/v1/admin`: its abbreviations and its places."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from rag.language.abbreviation_table import Expansion
from rag.own_words import LONGEST, OwnPlace
from ui.schemas import Given, Question, Taken, example

Name = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Maybe = Annotated[str, Field(max_length=LONGEST)]


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
