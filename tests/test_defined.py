"""Questions after the meaning of a term, and what tells it."""

from __future__ import annotations

import pytest
from answer_parts import asked, whole

from rag.defined import defined, defines, lacks_meaning


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Công trình thủy lợi là gì?", "cong trinh thuy loi"),
        ("Theo thông tư 07/2024, phòng lao động là cơ quan gì, thuộc đâu?", "phong lao dong"),
        ("thế nào là hòa giải viên", "hoa giai vien"),
        ("Hòa giải viên được hiểu là gì?", "hoa giai vien"),
        ("Ai là chủ tịch xã?", ""),
        ("Xã có bao nhiêu hộ nghèo?", ""),
    ],
)
def test_what_is_to_be_defined(question: str, named: str) -> None:
    assert " ".join(defined(asked(question))) == named


def test_a_sentence_that_says_what_it_is() -> None:
    named = defined(asked("Phòng Lao động là gì?"))
    assert defines(named, whole("Phòng Lao động là cơ quan chuyên môn."))
    assert defines(named, whole("Phòng Lao động được hiểu là cơ quan."))
    assert not defines(named, whole("Sở Lao động là cơ quan."))
    assert not defines(named, whole("Xã báo cáo Phòng Lao động."))


@pytest.mark.parametrize(
    ("question", "unit", "lacks"),
    [
        ("Hòa giải viên là gì?", "Xã có 12 hòa giải viên.", True),
        ("Hòa giải viên là gì?", "Hòa giải viên là người được bầu.", False),
        ("Hòa giải viên là gì?", "Hòa giải viên gồm người có uy tín.", False),
        ("Hồ chứa là gì?", "Công trình chứa nước (hồ chứa) được đăng ký.", False),
        ("Nguyên tắc hòa giải là gì?", "Hòa giải phải tự nguyện.", False),  # asks what the principles are
        ("Chủ đề của năm 2024 là gì?", "Năm 2024: Chuyển đổi số.", False),
    ],
)
def test_a_term_that_is_only_mentioned_is_not_defined(question: str, unit: str, lacks: bool) -> None:
    assert lacks_meaning(asked(question), whole(unit)) is lacks
