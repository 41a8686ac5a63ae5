"""What has an opposite."""

from __future__ import annotations

import pytest
from answer_parts import asked, part, whole

from rag.opposites import has_opposite, of_other_meeting, opposite, other_procedure, paid_the_other_way


def test_the_opposite_of_what_is_asked_is_no_evidence() -> None:
    assert opposite(asked("Tổng thu năm nay bao nhiêu?"), whole("Tổng chi 9 tỷ đồng.")) == ("tổng thu", "tổng chi")
    assert opposite(asked("Tổng thu năm nay bao nhiêu?"), whole("Tổng thu 9 tỷ, tổng chi 8 tỷ đồng.")) is None


@pytest.mark.parametrize(
    ("question", "unit", "there"),
    [
        ("Tỷ lệ trẻ thấp còi là bao nhiêu?", "Trẻ suy dinh dưỡng thể nhẹ cân 15,3%.", True),
        ("Tỷ lệ trẻ thấp còi là bao nhiêu?", "Trẻ thể nhẹ cân 15,3%, thể thấp còi 20%.", False),
        ("Có bao nhiêu học sinh khá?", "Học sinh giỏi: 139", True),
        ("Lúa mùa cấy bao nhiêu ha?", "Lúa xuân: 352 ha.", True),
        ("Mua trâu cái được mấy triệu?", "Mua bò cái không quá 12 triệu đồng.", True),
        ("Mua trâu cái được mấy triệu?", "Mua trâu, bò cái không quá 12 triệu đồng.", False),
        ("Bao nhiêu ca ly hôn?", "Đăng ký kết hôn 12 cặp.", True),
        ("Bao nhiêu cặp kết hôn?", "Đăng ký kết hôn 12 cặp.", False),
    ],
)
def test_the_neighbouring_indicator_is_another(question: str, unit: str, there: bool) -> None:
    assert (opposite(asked(question), whole(unit)) is not None) == there


@pytest.mark.parametrize(
    ("question", "unit", "title", "other"),
    [
        ("Tiếp xúc cử tri sau kỳ họp hôm nào?", "Thời gian: 14/11.", "Tiếp xúc cử tri trước kỳ họp", True),
        (
            "tiep xuc cu tri sau ki hop hom nao",
            "Thời gian: 14/11.",
            "Tiếp xúc cử tri trước kỳ họp",
            False,
        ),  # no accents
        ("Tiếp xúc cử tri sau kỳ họp hôm nào?", "Sau kỳ họp: 25/12.", "Tiếp xúc cử tri trước kỳ họp", False),
        ("Tiếp xúc cử tri hôm nào?", "Thời gian: 14/11.", "Tiếp xúc cử tri trước kỳ họp", False),
    ],
)
def test_a_meeting_before_a_session_is_none_after_it(question: str, unit: str, title: str, other: bool) -> None:
    assert (of_other_meeting(asked(question), whole(unit), title) is not None) == other


@pytest.mark.parametrize(
    ("question", "unit", "other_way"),
    [
        ("Mỗi người đóng Quỹ phòng, chống thiên tai bao nhiêu?", "Quỹ hỗ trợ nhà sập 40 triệu đồng/hộ.", True),
        ("Mỗi người đóng quỹ bao nhiêu?", "Mức đóng 10.000 đồng/người để hỗ trợ hộ nghèo.", False),
        ("Mỗi người đóng quỹ bao nhiêu?", "Người lao động: 10.000 đồng.", False),
        ("Nhà sập được hỗ trợ bao nhiêu tiền?", "Mỗi hộ nộp 50.000 đồng.", True),
        ("Nhà sập được hỗ trợ bao nhiêu tiền?", "Nhà sập: hỗ trợ 40 triệu đồng.", False),
        ("Hộ được hỗ trợ phải nộp bao nhiêu tiền?", "Hỗ trợ 40 triệu đồng.", False),  # both ways are asked about
        ("Quỹ hỗ trợ bao nhiêu hộ?", "Có 12 hộ nộp quỹ.", False),  # no money
    ],
)
def test_what_is_paid_in_is_not_what_is_paid_out(question: str, unit: str, other_way: bool) -> None:
    assert bool(paid_the_other_way(asked(question), whole(unit))) == other_way


def test_the_line_over_a_list_says_which_way_it_is_paid() -> None:
    text = "Mức đóng góp:\n- Hộ nghèo được hỗ trợ: 5.000 đồng;"
    query = asked("Hộ nghèo đóng bao nhiêu tiền?")
    assert paid_the_other_way(query, part(text, "Hộ nghèo được hỗ trợ: 5.000 đồng")) is None


@pytest.mark.parametrize(
    ("question", "unit", "differs"),
    [
        ("Lệ phí xóa đăng ký thường trú bao nhiêu?", "Đăng ký thường trú: 20.000 đồng.", True),
        ("Lệ phí xóa đăng ký thường trú bao nhiêu?", "Hủy đăng ký thường trú: 20.000 đồng.", False),
        ("Lệ phí đăng ký thường trú bao nhiêu?", "Xóa đăng ký thường trú: 20.000 đồng.", False),
        ("Cấp lại giấy phép xây dựng mấy ngày?", "Cấp giấy phép xây dựng: 20 ngày.", True),
        ("Cấp lại giấy phép xây dựng mấy ngày?", "Đổi giấy phép xây dựng: 20 ngày.", False),
        ("Trường đổi giờ vào lớp thành mấy giờ?", "Giờ vào lớp: 7 giờ 15.", False),  # no procedure
    ],
)
def test_another_procedure_with_the_same_thing(question: str, unit: str, differs: bool) -> None:
    assert bool(other_procedure(asked(question), whole(unit))) == differs


def test_a_column_of_the_opposite() -> None:
    assert has_opposite("Số hộ cận nghèo cuối năm 2024?", "Hộ nghèo cuối năm 2024")
    assert not has_opposite("Số hộ cận nghèo cuối năm 2024?", "Hộ cận nghèo")
    assert not has_opposite("Số hộ nghèo?", "Hộ nghèo")


def test_what_begins_does_not_end() -> None:
    start = whole("Đợt tiêm bắt đầu ngày 02/12.")
    assert opposite(asked("Đợt tiêm kết thúc ngày nào?"), start)
    assert not opposite(asked("Đợt tiêm bắt đầu ngày nào?"), start)
    assert not opposite(asked("Đợt tiêm kết thúc ngày nào?"), whole("Đợt tiêm từ ngày 02/12 đến ngày 05/12."))
