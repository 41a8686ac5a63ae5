"""Documents that a unit cites: whose they are, and whether it says what they are about."""

from __future__ import annotations

import pytest
from answer_parts import asked, whole

from rag.cited import is_title, only_mentions, only_points
from rag.offers import offers


@pytest.mark.parametrize(
    ("question", "unit", "mentions"),
    [
        ("Chỉ thị 13-CT/HU nói về việc gì?", "Thực hiện tốt Chỉ thị số 13-CT/HU của Huyện ủy.", True),
        ("Nội dung Chỉ thị 13-CT/HU là gì?", "Thực hiện Chỉ thị số 13-CT/HU; tuyên truyền về an ninh.", True),
        ("Chỉ thị 13-CT/HU nói về việc gì?", "Thực hiện Chỉ thị số 13-CT/HU về bảo vệ rừng.", False),
        ("Chỉ thị 13-CT/HU nói về việc gì?", "Nghị quyết số 9-NQ/HU về thu ngân sách và Chỉ thị số 13-CT/HU.", True),
        ("Chỉ thị 13-CT/HU nói về việc gì?", "Chỉ thị số 13-CT/HU và Kết luận số 9-KL/HU về thu ngân sách.", False),
        ("Ai ký Chỉ thị 13-CT/HU?", "Thực hiện tốt Chỉ thị số 13-CT/HU của Huyện ủy.", False),
        ("Huyện nói về việc gì?", "Huyện nói về bảo vệ rừng.", False),
    ],
)
def test_a_number_alone_says_nothing_of_a_documents_content(question: str, unit: str, mentions: bool) -> None:
    assert only_mentions(asked(question), whole(unit)) == mentions


@pytest.mark.parametrize(
    ("question", "unit", "offered"),
    [
        ("Thực hiện chỉ thị nào của Huyện ủy?", "Chỉ thị số 24-CT/TU của Ban Thường vụ Tỉnh ủy.", False),
        ("Thực hiện chỉ thị nào của Huyện ủy?", "Chỉ thị số 24-CT/TU ngày 5/4/2018.", False),
        ("Thực hiện chỉ thị nào của BTV Huyện ủy?", "Chỉ thị số 13-CT/HU ngày 5/4/2018.", True),
        ("Thực hiện chỉ thị nào của Huyện ủy?", "Chỉ thị số 24-CT/TU của Tỉnh ủy, Chỉ thị số 13-CT/HU.", True),
        ("Thực hiện chỉ thị nào?", "Chỉ thị số 24-CT/TU của Tỉnh ủy.", True),
        ("Quyết định của huyện căn cứ nghị định nào của Chính phủ?", "Nghị định số 15/2018/NĐ-CP của Chính phủ.", True),
        ("Quyết định của huyện căn cứ nghị định nào của Chính phủ?", "Kế hoạch số 5/KH-UBND của huyện.", False),
        ("Thực hiện nghị quyết nào của huyện?", "Nghị quyết số 13-NQ/HU của Ban chấp hành Đảng bộ.", True),
    ],
)
def test_of_whom_the_document_is_that_is_asked_for(question: str, unit: str, offered: bool) -> None:
    assert offers(asked(question), whole(unit)) == offered


@pytest.mark.parametrize(
    ("question", "unit", "title"),
    [
        ("Mô hình còn điểm yếu gì?", "Công văn số 488-CV/HU “Về triển khai xây dựng mô hình”.", True),
        ("Mô hình còn điểm yếu gì?", "Theo Công văn số 488-CV/HU, mô hình còn ít.", False),
        ("Huyện ban hành văn bản gì?", "Công văn số 488-CV/HU “Về triển khai xây dựng mô hình”.", False),
    ],
)
def test_a_documents_name_is_not_what_is_so(question: str, unit: str, title: bool) -> None:
    assert is_title(asked(question), whole(unit)) == title


@pytest.mark.parametrize(
    ("question", "unit", "points"),
    [
        ("Căn cứ hòa giải", "Thực hiện hòa giải khi có căn cứ theo quy định tại Điều 16 của Luật này.", True),
        ("Căn cứ hòa giải", "Căn cứ hòa giải là yêu cầu của một bên theo quy định tại Điều 16.", False),
        ("Hòa giải theo điều nào?", "Hòa giải theo quy định tại Điều 16 của Luật này.", False),
    ],
)
def test_a_pointer_tells_nothing(question: str, unit: str, points: bool) -> None:
    assert only_points(asked(question), whole(unit)) == points
