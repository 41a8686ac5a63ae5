"""Whether a quote tells of money where a question asks for it."""

from __future__ import annotations

import pytest
from answer_parts import asked, part, whole

from rag.money_asked import of_money

PRICES = (
    "Giá đất (đồng/m2)\nLoại đất | Vùng thấp | Vùng cao\nLoại đất: Đất lúa | Vùng thấp: 46.000 | Vùng cao: 35.000\n"
    "Loại đất: Đất vườn | Vùng thấp: 40.000 | Vùng cao: 30.000"
)
CROPS = PRICES.replace("Giá đất (đồng/m2)", "Diện tích (ha)")


@pytest.mark.parametrize(
    ("question", "unit", "of"),
    [
        ("Một liều vắc xin giá bao nhiêu?", "Cần 2.600 liều vắc xin.", False),
        ("Một liều vắc xin giá bao nhiêu?", "Mỗi liều 210.000 đồng.", True),
        ("Một liều vắc xin giá bao nhiêu?", "Vắc xin | Giá: 210.000", True),
        ("Giá lạc vụ đông xuân 2021-2022 bao nhiêu một kg?", "Lạc: năng suất 25,4 tạ/ha.", False),
        ("Giá lạc vụ đông xuân 2021-2022 bao nhiêu một kg?", "Lạc bán 25.000 đồng.", True),
        ("Giá lạc tăng bao nhiêu một năm?", "Lạc tăng 5%.", True),
        ("Huyện đánh giá bao nhiêu xã?", "Có 12 xã.", True),  # no price
        ("Giá trị bao nhiêu điểm?", "Đạt 12 điểm.", True),
        ("Thay máy bơm hết bao nhiêu tiền?", "Thay xong trước ngày 15/12.", False),
        ("Thiệt hại ước bao nhiêu tỷ?", "Thiệt hại tính đến 17 giờ ngày 15/9/2024 như sau:", False),
        ("Thiệt hại ước bao nhiêu tỷ?", "Thiệt hại 87,4 tỷ đồng.", True),
        ("Tiêm bao nhiêu triệu liều?", "Đã tiêm 2.600 liều.", False),
        ("Có bao nhiêu nghìn người dự?", "Có 2.600 người dự.", True),
    ],
)
def test_a_price_is_told_in_money(question: str, unit: str, of: bool) -> None:
    assert of_money(asked(question), whole(unit)) == of


def test_a_column_may_say_that_it_is_of_money() -> None:
    table = "Vốn năm 2024\nDự án | Tổng mức (tỷ đồng) | Vốn\nCầu Hà | 14,9 | 6,5\nCầu Lâm | 9 | 2"
    question = asked("Cầu Hà được mấy tỷ?")
    assert of_money(question, part(table, "Cầu Hà | 14,9 | 6,5"))
    assert not of_money(question, part(table.replace("tỷ đồng", "ha"), "Cầu Hà | 14,9 | 6,5"))


def test_what_is_over_a_table_may_say_that_it_is_of_money() -> None:
    question, row = asked("Đất lúa giá bao nhiêu?"), "Loại đất: Đất lúa | Vùng thấp: 46.000 | Vùng cao: 35.000"
    assert of_money(question, part(PRICES, row))
    assert not of_money(question, part(CROPS, row))
    assert not of_money(question, part(PRICES.replace("Giá đất (đồng/m2)", "Giá trị (triệu đồng)"), row))
