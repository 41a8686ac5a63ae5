"""What speaks for a unit besides its words: where it stands, and of what it tells."""

from __future__ import annotations

import pytest
from answer_parts import asked, found, make, part

from rag.leanings import left_to


def test_what_stands_around_a_unit_says_what_it_leaves_to_it() -> None:
    text = "Huyện mở lớp học nghề.\nHuyện mở chợ phiên."
    units = [part(text, "Huyện mở lớp học nghề."), part(text, "Huyện mở chợ phiên.")]
    query = asked("Nhiệm vụ cuối năm là mở gì?")
    first, second = left_to(query, units, [{"nhiem", "vu", "cuoi", "nam"}, {"ket", "qua"}])
    assert 0.5 < first < 1  # "nhiệm vụ cuối năm" of "nhiệm vụ cuối năm mở"
    assert second == 0


@pytest.mark.parametrize(
    ("question", "text", "number", "quote"),
    [
        (
            "Hội thi bò sữa diễn ra ở địa điểm nào?",
            "Hội thi bò sữa lần thứ hai diễn ra từ ngày 12/8. Hội thi diễn ra tại sân vận động huyện, có 30 con bò.",
            None,
            "Hội thi diễn ra tại sân vận động huyện, có 30 con bò.",
        ),
        (
            "Chi thường xuyên là bao nhiêu?",
            "Chi thường xuyên khác: 21 triệu đồng. Chi thường xuyên: 490 triệu đồng, gồm.",
            None,
            "Chi thường xuyên: 490 triệu đồng, gồm.",
        ),
        (
            "Thi vòng hai vào hôm nào?",
            "Thi tại trường. Công bố điểm thi vòng hai ngày 17/7/2024.\n2. Ngày thi vòng hai: 30/6/2024, từ 8 giờ.",
            None,
            "2. Ngày thi vòng hai: 30/6/2024, từ 8 giờ.",
        ),
        (
            "Hội nghị do ai chủ trì?",
            "Đồng chí Lê Văn Tám, Bí thư Huyện ủy kết luận hội nghị, giao hội nghị sau cho các xã."
            " Đồng chí Phạm Thị Hoa chủ trì.",
            None,
            "Đồng chí Phạm Thị Hoa chủ trì.",
        ),
        (
            "Thông tư 7/2022/TT-BYT có hiệu lực từ ngày nào?",
            "Thông tư số 3/2019/TT-BYT hết hiệu lực từ ngày Thông tư này có hiệu lực thi hành, tức ngày 2/3/2023."
            " Thông tư này có hiệu lực từ ngày 2 tháng 3 năm 2023.",
            "7/2022/TT-BYT",
            "Thông tư này có hiệu lực từ ngày 2 tháng 3 năm 2023.",
        ),
        (
            "Tổng mức đầu tư cầu Bến Đá đoạn Km3 là bao nhiêu?",
            "Tổng mức đầu tư cầu Bến Đá đoạn Km3 (Hình từ Internet) Theo quyết định, tổng mức đầu tư cầu là 4 tỷ đồng.",
            None,
            "Theo quyết định, tổng mức đầu tư cầu là 4 tỷ đồng.",
        ),
        (
            "Mức thu phí chợ Đồng Nà",
            "Báo cáo tuần\n\nMức thu phí chợ Đồng Nà\nMức thu từ ngày 1/5 là 3.000 đồng mỗi lượt đối với người bán"
            " ở chợ, và 5.000 đồng với người có ki-ốt.",
            None,
            "Mức thu từ ngày 1/5 là 3.000 đồng mỗi lượt đối với người bán ở chợ, và 5.000 đồng với người có ki-ốt.",
        ),
    ],
)
def test_the_unit_that_tells_is_before_the_one_that_only_speaks_of_it(
    question: str, text: str, number: str | None, quote: str
) -> None:
    _, findings, _ = found(question, make(text, title="Tin tuần", number=number))
    assert findings[0].unit.quote == quote
