"""Whether something is so is told by what speaks of that very thing."""

from __future__ import annotations

import pytest
from answer_parts import asked, part, whole

from rag.matter import lacks_event, lacks_matter


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("Thành viên tổ có được phụ cấp không?", "Thành lập tổ gồm 5 thành viên.", True),
        ("thanh vien to co duoc phu cap khong", "Thành viên tổ không hưởng phụ cấp.", False),
        ("Thành viên tổ có được phụ cấp không?", "Thành viên tổ kiêm nhiệm, phụ cấp 0,3.", False),
        ("Thành viên tổ được phụ cấp bao nhiêu?", "Thành lập tổ gồm 5 thành viên.", False),
        ("Có đúng là tổ có phụ cấp không?", "Thành lập tổ gồm 5 thành viên.", False),
        ("Vì sao chi chậm, báo cáo có nêu lý do gì không?", "Chi chậm do thiếu vốn.", False),  # why is asked
    ],
)
def test_the_matter_between_the_words_that_ask(question: str, text: str, lacks: bool) -> None:
    assert lacks_matter(asked(question), whole(text), None) == lacks


def test_the_line_or_the_heading_over_a_unit_may_name_it() -> None:
    text = "Phụ cấp của tổ:\n- Thành viên không hưởng."
    item = part(text, "- Thành viên không hưởng.")
    question = asked("Thành viên tổ có được phụ cấp không?")
    assert not lacks_matter(question, item, None)
    assert not lacks_matter(question, whole("Thành viên không hưởng."), "Điều 4. Phụ cấp")
    assert lacks_matter(question, whole("Thành viên không hưởng."), "Điều 4. Tổ chức")


@pytest.mark.parametrize(
    ("question", "text", "title", "lacks"),
    [
        ("Vì sao chung cư Kênh Bắc chưa nộp phạt?", "Do 63 nhà mới về Kênh Bắc, số trẻ phát sinh.", "Tuyển sinh", True),
        ("Vì sao chung cư Kênh Bắc chưa nộp phạt?", "Do Kênh Bắc khiếu nại mức phạt.", "Kiểm tra", False),
        ("Vì sao chung cư Kênh Bắc chưa nộp phạt?", "Do Kênh Bắc còn khiếu nại.", "Xử lý nộp phạt", False),
        ("vi sao kenh bac chua nop phat", "Do 63 nhà mới về Kênh Bắc.", "Tuyển sinh", False),  # no name is to be seen
        ("Kênh Bắc nộp phạt khi nào?", "Do 63 nhà mới về Kênh Bắc.", "Tuyển sinh", False),
    ],
)
def test_the_cause_of_another_thing_at_the_same_place(question: str, text: str, title: str, lacks: bool) -> None:
    assert lacks_event(asked(question), whole(text), None, title) == lacks
