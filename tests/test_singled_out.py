"""What a question singles out and a unit has otherwise: each beside what keeps to it."""

from __future__ import annotations

import pytest
from answer_parts import asked, found, make

from corpus.document import Document, Span
from rag.constraints import mismatch
from rag.decide import decide
from rag.singled_out import other_project
from rag.units import unit


def against(question: str, text: str, quote: str, title: str = "Tin") -> tuple[str, str | None] | None:
    document: Document = make(text, title=title)
    start = text.index(quote)
    differ = mismatch(asked(question), unit(text, Span(start, start + len(quote))), document, None)
    return (differ.what, differ.there) if differ else None


CONGRESS = "Đại hội nhiệm kỳ 2025 - 2030 họp ngày 13. Đại hội có 550 đại biểu."
ROUTE = "Tuyến đường sắt Lào Cai - Hà Nội - Hải Phòng dài 419 km."
ROW = "Tuyến đường sắt đô thị số 2 nối với Tuyến số 3 của thành phố. Chiều dài tuyến 21 km."
PLAN = "Năm 2023, Chi cục KL lập 15 hồ sơ."
CENTRE = "Trung tâm Phục vụ hành chính công xã nhận 15 hồ sơ."
AGE = "Người từ đủ 80 tuổi trở lên được ưu tiên khám trước."
OFFICES = (
    "UBND huyện đã giải quyết 7 đơn tố cáo và 18 đơn kiến nghị; UBND các xã đã giải quyết 109 đơn kiến nghị,"
    " gồm 3 khiếu nại."
)


@pytest.mark.parametrize(
    ("question", "text", "quote", "differ"),
    [
        (
            "Đại hội nhiệm kỳ 2020-2025 có bao nhiêu đại biểu?",
            CONGRESS,
            "Đại hội có 550 đại biểu.",
            ("nhiệm kỳ 2020-2025", "nhiệm kỳ 2025 - 2030"),
        ),
        ("Đại hội nhiệm kỳ 2025-2030 có bao nhiêu đại biểu?", CONGRESS, "Đại hội có 550 đại biểu.", None),
        (
            "Tuyến đường sắt Hà Nội - Vinh dài bao nhiêu km?",
            ROUTE,
            ROUTE,
            ("Hà Nội - Vinh", "Lào Cai - Hà Nội - Hải Phòng"),
        ),
        ("Tuyến đường sắt Lào Cai - Hải Phòng dài bao nhiêu km?", ROUTE, ROUTE, None),
        (
            "Tuyến đường sắt đô thị số 3 dài bao nhiêu km?",
            ROW,
            "Chiều dài tuyến 21 km.",
            ("Tuyến đường sắt đô thị số 3", "Tuyến đường sắt đô thị số 2"),
        ),
        ("Tuyến đường sắt đô thị số 2 dài bao nhiêu km?", ROW, "Chiều dài tuyến 21 km.", None),
        ("Cục Thủy sản lập bao nhiêu hồ sơ?", PLAN, PLAN, ("Cục Thủy…", None)),
        ("Trung tâm PVHCC xã nhận mấy hồ sơ?", CENTRE, CENTRE, None),
        ("Trung tâm DVNN xã nhận mấy hồ sơ?", CENTRE, CENTRE, ("Trung tâm DVNN…", None)),
        ("Chi cục Kiểm lâm lập bao nhiêu hồ sơ?", PLAN, PLAN, None),  # "Chi cục KL"
        ("Người từ đủ 75 tuổi có được ưu tiên khám không?", AGE, AGE, ("75 tuổi", "80 tuổi")),
        ("Người từ đủ 80 tuổi có được ưu tiên khám không?", AGE, AGE, None),
        (
            "Ủy ban nhân dân các xã đã giải quyết bao nhiêu đơn tố cáo?",
            OFFICES,
            OFFICES,
            ("Ủy ban nhân dân các xã", None),
        ),
        ("Ủy ban nhân dân các xã đã giải quyết bao nhiêu đơn kiến nghị?", OFFICES, OFFICES, None),
    ],
)
def test_what_is_singled_out(question: str, text: str, quote: str, differ: tuple[str, str | None] | None) -> None:
    assert against(question, text, quote) == differ


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Có đúng là người từ đủ 75 tuổi được ưu tiên khám trước không?", "Tài liệu nêu 80 tuổi, không nêu 75 tuổi."),
        ("Người từ đủ 75 tuổi được ưu tiên khám trước phải không?", "Tài liệu nêu 80 tuổi, không nêu 75 tuổi."),
        ("Có đúng là người từ đủ 80 tuổi được ưu tiên khám trước không?", ""),
    ],
)
def test_a_figure_to_be_confirmed_is_told_as_it_stands(question: str, told: str) -> None:
    query, findings, documents = found(question, make(AGE))
    decision = decide(query, findings, documents)
    assert [each.text for each in decision.quotes] == [AGE]
    assert "".join(decision.notes) == told


PROJECTS = "1. Dự án Đường Phan Kế Bính\nĐã giao 1,42 km mặt bằng.\n2. Dự án Kè Cái Tắc\nĐã giao 9 km mặt bằng."


@pytest.mark.parametrize(
    ("question", "section", "other"),
    [
        ("Dự án Kè Cái Tắc đã giao mấy km?", "1. Dự án Đường Phan Kế Bính", True),
        ("Dự án Kè Cái Tắc đã giao mấy km?", "2. Dự án Kè Cái Tắc và công viên", False),
        ("Dự án Kè Cái Tắc đã giao mấy km?", "2. Dự án Kè và công viên ven sông Cái Tắc", False),
        ("Dự án Kè Cái Tắc đã giao mấy km?", "2. Mặt bằng", False),  # of which, nothing says
        ("Dự án đã giao mấy km?", "1. Dự án Đường Phan Kế Bính", False),
    ],
)
def test_what_stands_under_another_project(question: str, section: str, other: bool) -> None:
    quote = "Đã giao 1,42 km mặt bằng."
    start = PROJECTS.index(quote)
    there = unit(PROJECTS, Span(start, start + len(quote)))
    assert bool(other_project(asked(question), there, (section,))) == other
