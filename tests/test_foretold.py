"""What a document could not know yet when it was written."""

from __future__ import annotations

from datetime import date

import pytest
from answer_parts import asked

from rag.foretold import is_foretold


@pytest.mark.parametrize(
    ("question", "issued_on", "foretold"),
    [
        ("Cuối năm 2024 xã còn bao nhiêu hộ nghèo?", date(2023, 12, 8), True),
        ("cuoi nam 2024 xa con bao nhieu ho ngheo", date(2023, 12, 8), True),
        ("Cuối năm 2024 xã còn bao nhiêu hộ nghèo?", date(2024, 12, 8), False),  # reported before the year is over
        ("Cuối năm 2024 xã còn bao nhiêu hộ nghèo?", date(2024, 3, 8), True),
        ("Năm 2024 thực thu bao nhiêu tiền đất?", date(2023, 12, 20), True),
        ("Năm 2024 thực thu bao nhiêu tiền đất?", date(2024, 3, 20), False),  # of the part that is over
        ("Dự toán thu tiền đất năm 2024 là bao nhiêu?", date(2023, 12, 20), False),
        ("Ngày 28/3/2024 thu được bao nhiêu đơn vị máu?", date(2024, 3, 1), True),
        ("Ngày 28/3/2024 thu được bao nhiêu đơn vị máu?", date(2024, 4, 1), False),
        ("Ngày 28/3/2024 phải thu bao nhiêu đơn vị máu?", date(2024, 3, 1), False),  # what is ordered
        ("Ngày 28/3/2024 họp ở đâu?", date(2024, 3, 1), False),
        ("Xã Tân Hà có được công nhận đạt chuẩn trong năm 2024 không?", date(2023, 12, 8), True),
        ("Năm 2024 hộ cận nghèo có được miễn học phí không?", date(2023, 12, 8), False),  # a rule tells it before
        ("Năm 2024 huyện xếp thứ mấy?", date(2023, 12, 8), True),
        ("Doanh thu phiên chợ ngày 16/5/2026 được bao nhiêu?", date(2026, 4, 20), True),
        ("Doanh thu phiên chợ ngày 16/5/2026 được bao nhiêu?", date(2026, 5, 20), False),
        ("Doanh thu năm 2026 được bao nhiêu?", date(2025, 12, 20), False),  # what it is to be, perhaps
        ("Vụ cháy ngày 7/3/2026 mất bao nhiêu ha?", date(2026, 3, 2), True),
        ("Vụ cháy ngày 7/3/2026 mất bao nhiêu ha?", date(2026, 3, 8), False),
        ("mai ở xã Tân Hà có mưa không", date(2026, 3, 8), True),
        ("Ngày mai có mưa không?", None, True),
        ("Thời tiết hôm nay thế nào?", None, True),
        ("Trạm đo mưa có hỏng không?", None, False),
        ("Cuối năm 2024 xã còn bao nhiêu hộ nghèo?", None, False),
        ("Xã còn bao nhiêu hộ nghèo?", date(2023, 12, 8), False),
    ],
)
def test_how_something_came_out_is_not_told_before(question: str, issued_on: date | None, foretold: bool) -> None:
    assert is_foretold(asked(question), issued_on) == foretold
