"""Why, and what for."""

from __future__ import annotations

import pytest
from answer_parts import asked, part, whole

from rag.causes import is_under_purpose, tells_cause

PLAN = "I. MỤC ĐÍCH, CHỈ TIÊU\n1. Mục đích: tăng miễn dịch.\n2. Chỉ tiêu\n- Ít nhất 95% trẻ được tiêm."
AIMS = "I. MỤC ĐÍCH, YÊU CẦU\n- Tăng miễn dịch cho trẻ."


@pytest.mark.parametrize(
    ("question", "unit", "told"),
    [
        ("Vì sao bãi rác Gò Dưa đóng cửa?", "Mức giá tăng do cự ly từ bãi rác Gò Dưa (đóng cửa) quá xa.", False),
        ("vi sao bai rac Go Dua dong cua", "Mức giá tăng do cự ly từ bãi rác Gò Dưa (đóng cửa) quá xa.", False),
        ("Vì sao bãi rác Gò Dưa đóng cửa?", "Bãi rác đóng cửa do quá tải.", True),
        ("Vì sao mức giá tăng?", "Mức giá tăng do cự ly từ bãi rác Gò Dưa (đóng cửa) quá xa.", True),
        ("Vì sao bãi rác đóng cửa?", "Do bãi rác quá tải nên phải đóng cửa.", True),
        ("Vì sao tôm bị dịch bệnh trong 9 tháng?", "Tôm thiệt hại do dịch bệnh trong 9 tháng là 186 ha.", False),
        ("Vì sao tôm bị thiệt hại?", "Bệnh đốm trắng 74 ha, nguyên nhân khác 13 ha.", False),
        ("Vì sao tôm bị thiệt hại?", "Tôm thiệt hại do dịch bệnh trong 9 tháng là 186 ha.", True),
        ("Vì sao chưa đạt chỉ tiêu đã đăng ký?", "Cấp ủy chưa quan tâm nên chưa đạt chỉ tiêu đã đăng ký.", True),
    ],
)
def test_what_is_asked_about_is_not_its_own_cause(question: str, unit: str, told: bool) -> None:
    assert tells_cause(asked(question), whole(unit), 0) == told


def test_a_heading_of_purposes_counts_where_no_line_tells_them() -> None:
    assert not is_under_purpose(part(PLAN, "- Ít nhất 95% trẻ được tiêm."), "I. MỤC ĐÍCH, CHỈ TIÊU")
    assert is_under_purpose(part(AIMS, "- Tăng miễn dịch cho trẻ."), "I. MỤC ĐÍCH, YÊU CẦU")
    assert not is_under_purpose(part(AIMS, "- Tăng miễn dịch cho trẻ."), "II. NỘI DUNG")
