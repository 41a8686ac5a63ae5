"""Of which person a unit speaks."""

from __future__ import annotations

import pytest
from answer_parts import part

from rag.spoken_of import speaks_of

LIFE = (
    "Ông Lê Văn Tám làm Chủ tịch sau khi ông Vũ Văn Bảy nghỉ hưu. Ông Lê Văn Tám sinh năm 1966. Quê quán: xã Tân Hà.\n"
    "Tháng 10/1990, ông Tám là Phó Giám đốc xí nghiệp. Sau đó là Giám đốc.\n"
    "Đồng chí Vũ Văn Bảy yêu cầu:\n- Giữ nền nếp.\nTrước giờ họp có văn nghệ."
)


@pytest.mark.parametrize(
    ("quote", "name", "speaks"),
    [
        ("Ông Lê Văn Tám sinh năm 1966.", "lê văn tám", True),
        ("Quê quán: xã Tân Hà.", "lê văn tám", True),
        ("Quê quán: xã Tân Hà.", "vũ văn bảy", False),  # named before, but not in the sentence nearest before
        ("Tháng 10/1990, ông Tám là Phó Giám đốc xí nghiệp.", "lê văn tám", True),  # by the given name
        ("Sau đó là Giám đốc.", "lê văn tám", True),
        ("Tháng 10/1990, ông Tám là Phó Giám đốc xí nghiệp.", "vũ văn bảy", False),
        ("- Giữ nền nếp.", "vũ văn bảy", True),  # of a list that names who says it
        ("Trước giờ họp có văn nghệ.", "vũ văn bảy", False),
    ],
)
def test_of_whom(quote: str, name: str, speaks: bool) -> None:
    assert speaks_of(part(LIFE, quote), tuple(name.split())) == speaks


def test_a_given_name_that_two_bear_is_neithers() -> None:
    text = "Ông Lê Văn Tám và bà Vũ Thị Tám dự họp.\nÔng Tám phát biểu."
    assert not speaks_of(part(text, "Ông Tám phát biểu."), ("lê", "văn", "tám"))


ANSWERS = (
    "Câu 1. Ông Lê Văn Tám hỏi:\nTôi được hỗ trợ không?\nPhòng trả lời:\nGia đình ông mới có 350 m2 nên chưa được.\n"
    "Câu 2. Bà Vũ Thị Hoa hỏi:\nTôi nộp bao nhiêu?\nXã trả lời:\nBà nộp 37.500 đồng. Bà con nộp tại xã."
)


@pytest.mark.parametrize(
    ("quote", "name", "speaks"),
    [
        ("Gia đình ông mới có 350 m2 nên chưa được.", "lê văn tám", True),
        ("Gia đình ông mới có 350 m2 nên chưa được.", "vũ thị hoa", False),
        ("Bà nộp 37.500 đồng.", "vũ thị hoa", True),
        ("Bà nộp 37.500 đồng.", "lê văn tám", False),
        ("Phòng trả lời:", "lê văn tám", False),  # calls nobody
    ],
)
def test_ông_goes_back_to_the_last_who_is_called_so(quote: str, name: str, speaks: bool) -> None:
    assert speaks_of(part(ANSWERS, quote), tuple(name.split())) == speaks


def test_a_heading_or_a_title_names_whom_it_is_about() -> None:
    text = "Phần chồng lấn là 518 m2.\nÔng Vũ Văn Bảy dự họp."
    over = "Hòa giải giữa hộ ông Lê Văn Tám và hộ bà Hoa"
    assert speaks_of(part(text, "Phần chồng lấn là 518 m2."), ("lê", "văn", "tám"), over)
    assert not speaks_of(part(text, "Phần chồng lấn là 518 m2."), ("lê", "văn", "tám"), "Hòa giải tại xã")
    assert not speaks_of(part(text, "Ông Vũ Văn Bảy dự họp."), ("lê", "văn", "tám"), over)  # of another
