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
