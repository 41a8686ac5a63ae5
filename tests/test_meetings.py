"""Which of the meetings that are held month after month is told of."""

from __future__ import annotations

import pytest
from answer_parts import asked, part, whole

from rag.meetings import of_other_month

OCTOBER = "Phiên họp thường kỳ tháng 10 năm 2025 của Ủy ban nhân dân xã"


@pytest.mark.parametrize(
    ("question", "title", "other"),
    [
        ("Ai chủ trì phiên họp thường kỳ tháng 12/2025?", OCTOBER, True),
        ("ai chu tri phien hop thang 12", OCTOBER, True),
        ("Ai chủ trì phiên họp thường kỳ tháng 10/2025?", OCTOBER, False),
        ("Ai chủ trì phiên họp thường kỳ?", OCTOBER, False),
        ("Ai chủ trì phiên họp thường kỳ tháng 12/2025?", "Phiên họp thường kỳ của Ủy ban nhân dân xã", False),
        ("Ai nộp báo cáo tháng 12/2025?", OCTOBER, False),  # no meeting is asked about
        ("Ai dự hội nghị tháng 12/2025?", "Báo cáo tháng 10 năm 2025", False),  # it tells of no meeting
    ],
)
def test_the_minutes_of_another_month(question: str, title: str, other: bool) -> None:
    assert bool(of_other_month(asked(question), whole("Chủ trì: ông Lê Hà."), title)) == other


def test_a_line_that_names_the_month_itself_may_tell_of_it() -> None:
    text = "Giao Văn phòng chuẩn bị phiên họp tháng 12. Ông Lê Hà chủ trì phiên ấy."
    assert (
        of_other_month(asked("Ai chủ trì phiên họp tháng 12?"), part(text, "Ông Lê Hà chủ trì phiên ấy."), OCTOBER)
        is None
    )
