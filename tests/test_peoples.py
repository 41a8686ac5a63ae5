"""The ethnic group that a question is about."""

from __future__ import annotations

import pytest
from answer_parts import asked, part, whole

from rag.peoples import lacks_people

ROWS = "Danh sách\nHọ và tên | Dân tộc | Xã\nLò Văn Hà | Dao | Nậm Khao\nGiàng A Sính | Mông | Sủng Lìn"


@pytest.mark.parametrize(
    ("question", "unit", "lacks"),
    [
        ("Có bao nhiêu người có uy tín là dân tộc Dao?", "Toàn huyện có 121 người có uy tín.", True),
        ("Có bao nhiêu người có uy tín là dân tộc Dao?", "Dân tộc Mông 51 người, Dao 33 người.", False),
        ("Đồng bào Ê Đê có mấy hộ?", "Có 9 hộ Ê đê.", False),
        ("Có mấy hộ người Mông?", "Có 9 hộ.", True),
        ("Mấy người mạ được nuôi?", "Có 9 người.", False),
        ("Có bao nhiêu hộ dân tộc thiểu số?", "Có 9 hộ.", False),
    ],
)
def test_a_figure_of_all_is_none_of_one_group(question: str, unit: str, lacks: bool) -> None:
    assert bool(lacks_people(asked(question), whole(unit), "")) == lacks


def test_a_sentence_before_speaks_of_itself() -> None:
    text = "Năm 2024 có 118 người, trong đó Dao 33 người. Năm 2023 có 121 người."
    question = asked("Năm 2023 có bao nhiêu người là dân tộc Dao?")
    assert lacks_people(question, part(text, "Năm 2023 có 121 người."), "") == "dân tộc Dao"


def test_what_is_over_a_unit_may_name_it() -> None:
    question = asked("Bao nhiêu hộ dân tộc Dao thoát nghèo?")
    assert lacks_people(question, whole("Có 9 hộ thoát nghèo."), "1. Đồng bào Dao") is None
    assert lacks_people(asked("Ai là người dân tộc Mông?"), part(ROWS, "Giàng A Sính | Mông | Sủng Lìn"), "") is None
