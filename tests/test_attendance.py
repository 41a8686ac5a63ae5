"""Who attended a meeting: the whole list of made-up news items, one quote for each."""

from __future__ import annotations

import pytest
from answer_parts import asked, found, make

from corpus.document import Document
from rag.attendance import asks_attendance, attendance

NEWS = make(
    "Hội nghị tổng kết nông thôn mới\nSáng ngày 08/12/2023, huyện họp tổng kết nông thôn mới.\n"
    "Dự hội nghị có đồng chí Trần Văn Bảy, Chủ tịch UBND huyện; đồng chí Nguyễn Thị Hoa, Phó Chủ tịch UBND huyện. "
    "Tham dự còn có lãnh đạo các phòng, ban.\nNăm 2023 có 3 xã đạt chuẩn. Xã Tân Hà dự kiến có 2 thôn về đích.",
    title="Hội nghị tổng kết nông thôn mới",
    place="huyện Tân Phú, tỉnh Đồng Nai",
)
MINUTES = make(
    "Biên bản họp thôn\nBiên bản họp thôn Ba về làm đường.\nThành phần tham dự:\n- Ông Lê Văn Tám, trưởng thôn;\n"
    "- Bà Trần Thị Sáu, thư ký.\nCuộc họp nhất trí góp công làm đường.",
    title="Biên bản họp thôn Ba về làm đường",
)


def present(question: str, *documents: Document) -> list[str]:
    return [quote.text for quote in attendance(*found(question, *documents))]


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Ai dự hội nghị tổng kết?", True),
        ("Thành phần tham dự gồm những ai?", True),
        ("Những đồng chí nào đến dự lễ khai giảng?", True),
        ("Lãnh đạo những cơ quan nào dự hội nghị?", True),
        ("Ai chủ trì hội nghị?", False),
        ("Ai đến dự và chỉ đạo hội nghị?", False),
        ("Ai duyệt dự toán?", False),
        ("Dự kiến ai làm chủ tịch?", False),
        ("Những ai không dự hội nghị?", False),
        ("Hội nghị có bao nhiêu người dự?", False),
    ],
)
def test_asked(question: str, asks: bool) -> None:
    assert asks_attendance(asked(question)) is asks


@pytest.mark.parametrize(
    "question",
    ["Ai dự hội nghị tổng kết nông thôn mới?", "Thành phần dự hội nghị tổng kết nông thôn mới ở huyện Tân Phú?"],
)
def test_everybody_in_the_order_of_the_text(question: str) -> None:
    assert present(question, MINUTES, NEWS) == [
        "Dự hội nghị có đồng chí Trần Văn Bảy, Chủ tịch UBND huyện",
        "đồng chí Nguyễn Thị Hoa, Phó Chủ tịch UBND huyện.",
        "Tham dự còn có lãnh đạo các phòng, ban.",
    ]


def test_the_lines_of_a_list() -> None:
    assert present("Ai tham dự cuộc họp thôn Ba về làm đường?", NEWS, MINUTES) == [
        "Thành phần tham dự",
        "Ông Lê Văn Tám, trưởng thôn",
        "Bà Trần Thị Sáu, thư ký.",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Ai dự hội nghị sơ kết công tác y tế dự phòng?",  # another meeting
        "Ai dự hội nghị tổng kết nông thôn mới ở huyện Bắc Hà?",
        "Ai dự hội nghị tổng kết nông thôn mới năm 2019?",
    ],
)
def test_not_of_another_meeting_place_or_year(question: str) -> None:
    assert present(question, NEWS) == []
