"""Whether a unit tells of the post whose holder is asked for."""

from __future__ import annotations

import pytest
from answer_parts import asked, part, whole

from rag.post_holders import post_of_another

TWO = "Bầu ông Lâm Đông giữ chức Chủ tịch HĐND tỉnh và ông Lê Hà giữ chức Phó Chủ tịch UBND tỉnh."


@pytest.mark.parametrize(
    ("question", "unit", "other"),
    [
        ("Ai là Chủ tịch UBND tỉnh?", TWO, True),
        ("Ai là Phó Chủ tịch UBND tỉnh?", TWO, False),
        ("Chủ tịch Hội đồng nhân dân tỉnh là ai?", TWO, False),
        ("chu tich hdnd tinh la ai", TWO, False),
        ("Bí thư Thành ủy là ai?", "Có đồng chí Lê Hà, Bí thư Trung ương Đảng.", True),
        ("Bí thư Huyện ủy là ai?", "Có đồng chí Lê Hà, Bí thư Huyện ủy.", False),
        ("Phó Bí thư Huyện ủy là ai?", "Có đồng chí Lê Hà, Phó Bí thư Thường trực Huyện ủy.", False),
        ("Bí thư Huyện ủy?", "Ý kiến của Bí thư và Trưởng thôn.", True),
        ("Ai chủ trì cùng Bí thư Huyện ủy?", "Đồng chí Lê Hà chủ trì.", False),  # another is asked for
    ],
)
def test_a_post_is_told_with_its_office_and_rank(question: str, unit: str, other: bool) -> None:
    assert bool(post_of_another(asked(question), whole(unit))) == other


def test_the_paragraph_may_have_named_it() -> None:
    text = "Họp bầu Bí thư Huyện ủy. Đồng chí Lê Hà trúng cử."
    assert post_of_another(asked("Bí thư Huyện ủy là ai?"), part(text, "Đồng chí Lê Hà trúng cử.")) is None
