"""Which of two things that a question leaves open a unit tells."""

from __future__ import annotations

import pytest
from answer_parts import asked, whole

from rag.whether import leaves_open


@pytest.mark.parametrize(
    ("question", "unit", "open_"),
    [
        ("Bể bơi xã Tân Hà đã được huyện duyệt chưa?", "Đề nghị huyện hỗ trợ 350 triệu đồng xây bể bơi.", True),
        ("be boi xa Tan Ha da duoc huyen duyet chua", "Đề nghị huyện hỗ trợ 350 triệu đồng xây bể bơi.", True),
        ("Bể bơi xã Tân Hà đã được huyện duyệt chưa?", "Phê duyệt dự án xây bể bơi.", False),
        ("Sở đã cấp tủ lạnh cho trạm Hòa Bình chưa?", "Kiến nghị Sở cấp tủ lạnh cho trạm Hòa Bình.", True),
        ("Sở đã cấp tủ lạnh cho trạm Hòa Bình chưa?", "Sở đã cấp tủ lạnh cho trạm Hòa Bình.", False),
        ("Bể bơi đã xây xong chưa?", "Bể bơi đang làm phần móng.", False),
        ("Bể bơi đã xây xong chưa?", "Bể bơi hoàn thành ngày 2/9.", False),
        ("Đường Hòa Bình đã khởi công chưa?", "Đường Hòa Bình, dài 1,7 km: 2.960 triệu đồng.", True),
        ("Đường Hòa Bình đã khởi công chưa?", "Khởi công đường Hòa Bình ngày 2/9.", False),
        ("Bao nhiêu hộ đã nộp thuế mà chưa nhận biên lai chưa?", "Có 12 hộ.", False),  # asks how many
        ("Lớp hàn học buổi sáng hay buổi tối?", "Lớp hàn: 30 học viên, học 3 tháng.", True),
        ("Lớp hàn học buổi sáng hay buổi tối?", "Lớp hàn học các tối trong tuần.", False),
        ("Lớp hàn học buổi sáng hay buổi tối?", "Lớp hàn học từ 18 giờ.", False),
        ("Việc này nộp trực tiếp hay qua mạng?", "Nộp trên Cổng dịch vụ công.", False),  # other words may tell it
        ("Số vụ tăng hay giảm?", "Năm nay 5 vụ, năm trước 9 vụ.", False),
    ],
)
def test_what_settles_neither_tells_nothing(question: str, unit: str, open_: bool) -> None:
    assert leaves_open(asked(question), whole(unit)) == open_
