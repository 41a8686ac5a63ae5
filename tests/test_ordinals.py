"""Which of several in a row is spoken of."""

from __future__ import annotations

import pytest
from answer_parts import asked, part, whole

from rag.ordinals import beside_other, other_ordinal


@pytest.mark.parametrize(
    ("question", "unit", "section", "title", "against"),
    [
        ("Đại hội lần thứ II họp khi nào?", "Đại hội lần thứ I họp ngày 13/10.", None, "", True),
        ("Đại hội lần thứ II họp khi nào?", "Đại hội lần thứ hai họp ngày 13/10.", None, "", False),
        ("Đại hội lần thứ 2 họp khi nào?", "Đại hội họp ngày 13/10.", None, "Đại hội lần thứ I", True),
        ("Đại hội lần thứ 2 họp khi nào?", "Đại hội họp ngày 13/10.", None, "Đại hội Đảng bộ", False),
        ("dai hoi khoa XIV bau bao nhieu nguoi", "Khóa XIII bầu 9 người.", None, "", True),
        ("Dự án thành phần 2 chi bao nhiêu?", "Dự án thành phần 1 chi 5 tỷ, thành phần 2 chi 3 tỷ.", None, "", False),
        ("Điều 25 quy định gì?", "Cơ quan thực hiện Điều 4.", "Điều 25. Trách nhiệm", "", False),
        ("Điều 25 quy định gì?", "Cơ quan thực hiện Điều 4.", "Điều 3. Trách nhiệm", "", True),
        ("Điều 25 quy định gì?", "Cơ quan thực hiện.", None, "", False),
        ("Mua loại 3 giá bao nhiêu?", "Giá loại III là 3 đồng.", None, "", False),
        ("Đất ở vị trí 3 giá bao nhiêu?", "Đất ở vị trí 1 giá 31 triệu đồng.", None, "", True),
        ("Đất ở vị trí 3 giá bao nhiêu?", "Đất ở vị trí 3 giá 11 triệu đồng.", None, "", False),
        ("Có 3 loại nào?", "Có loại 1 và loại 2.", None, "", False),
        ("Tuyến metro số 1 dài bao nhiêu?", "Dài 21 km.", "Tuyến đường sắt đô thị số 2", "", True),
        ("Tuyến metro số 1 dài bao nhiêu?", "Tuyến số 1 dài 21 km.", "Tuyến đường sắt đô thị số 2", "", False),
        ("Kỳ họp thứ 12 họp khi nào?", "Kỳ họp thứ mười một họp ngày 13/10.", None, "", True),
        ("Kỳ họp thứ 11 họp khi nào?", "Kỳ họp thứ mười một họp ngày 13/10.", None, "", False),
        ("Tiểu khu 407 mất mấy cây?", "Các Tiểu khu 402, 407 và 418 mất 9 cây.", None, "", False),
        ("Tiểu khu 409 mất mấy cây?", "Các Tiểu khu 402, 407 và 418 mất 9 cây.", None, "", True),
        ("Xã chậm báo cáo chuyển đổi số hai kỳ bị sao?", "Trừ điểm chuyển đổi số năm 2026.", None, "", False),
        ("Đội số 2 trồng mấy cây?", "Đội số 5 trồng 9 cây.", None, "", True),
        ("Lần 2 còn mấy trường hợp sai?", "Có 9 trường hợp sai.", "1. Kết quả đối soát lần 1", "", True),
        ("Lần 2 còn mấy trường hợp sai?", "Có 9 trường hợp sai.", "1. Đối soát lần thứ hai", "", False),
        ("Bão số 5 làm sập mấy nhà?", "Theo Thông báo số 4, sập 9 nhà.", None, "", False),
    ],
)
def test_another_one_of_the_row_is_no_evidence(
    question: str, unit: str, section: str | None, title: str, against: bool
) -> None:
    assert bool(other_ordinal(asked(question), whole(unit), section, title)) == against


def test_what_stands_before_a_unit_decides_where_it_says_nothing() -> None:
    text = "Kỳ họp thứ 3 khai mạc sáng nay. Có 50 đại biểu dự."
    found = other_ordinal(asked("Kỳ họp thứ 4 có bao nhiêu đại biểu?"), part(text, "Có 50 đại biểu dự."), None, "")
    assert found == ("Kỳ họp thứ 4", "Kỳ họp thứ 3")


def test_what_is_named_in_passing_is_not_spoken_of() -> None:
    text = "Tuyến số 2 nối với Tuyến số 1, kéo đến Tuyến số 3. Chiều dài 21 km."
    length = part(text, "Chiều dài 21 km.")
    assert other_ordinal(asked("Tuyến số 1 dài bao nhiêu?"), length, None, "") == ("Tuyến số 1", "Tuyến số 2")
    assert other_ordinal(asked("Tuyến số 2 dài bao nhiêu?"), length, None, "") is None


def test_a_document_of_another_storm_speaks_of_none_but_that() -> None:
    text = "Bão số 4 vào lúc 2 giờ.\nThiệt hại 9 tỷ đồng."
    loss = part(text, "Thiệt hại 9 tỷ đồng.")
    assert other_ordinal(asked("Bão số 5 thiệt hại bao nhiêu?"), loss, None, "") == ("Bão số 5", "Bão số 4")
    assert other_ordinal(asked("Bão số 4 thiệt hại bao nhiêu?"), loss, None, "") is None
    assert (
        other_ordinal(asked("Đợt 2 thiệt hại bao nhiêu?"), part(f"Đợt 1 xong.\n{text}", loss.quote), None, "") is None
    )


@pytest.mark.parametrize(
    ("question", "unit", "beside"),
    [
        ("Hội nghị lần 2 có bao nhiêu ý kiến?", "Sau lần thứ nhất (27 ý kiến), xã mở hội nghị lần thứ hai.", True),
        ("Hội nghị lần 1 có bao nhiêu ý kiến?", "Sau lần thứ nhất (27 ý kiến), xã mở hội nghị lần thứ hai.", False),
        ("Hội nghị lần 2 họp ngày nào?", "Sau lần thứ nhất ngày 20/8/2025, xã mở lần thứ hai.", True),
        ("Hội nghị lần 2 họp ngày nào?", "Sau lần thứ nhất ngày 20/8/2025, lần thứ hai ngày 5/12/2025.", False),
        ("Hội nghị lần 2 có bao nhiêu ý kiến?", "Có 30 ý kiến tại lần thứ hai, lần thứ nhất có 27.", False),
        ("Hội nghị lần 2 có bao nhiêu ý kiến?", "Lần thứ nhất có 27 ý kiến.", False),  # `other_ordinal` rules that out
        ("Hội nghị lần 2 do ai chủ trì?", "Sau lần thứ nhất (27 ý kiến), ông Lê Hà chủ trì lần thứ hai.", False),
    ],
)
def test_the_figures_of_another_one_beside_it(question: str, unit: str, beside: bool) -> None:
    assert bool(beside_other(asked(question), whole(unit))) == beside
