"""Headings by their marks, with the levels that a document uses."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.structure import Heading, headings

LAW = """THÔNG TƯ
Quy định tiêu chí
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Thông tư này quy định tiêu chí theo Điều 5 Nghị định số 12/2020/NĐ-CP.
Điều 2. Đối tượng áp dụng
1. Cơ quan nhà nước.
2. Thông tư này không áp dụng đối với:
a) Đơn vị thuộc Bộ Công an;
b) Đơn vị ở nước ngoài.
Chương II
TIÊU CHÍ PHÂN LOẠI
Mục 1. NGUYÊN TẮC
Điều 3. Nguyên tắc"""

REPORT = """BÁO CÁO
Kết quả năm 2019

I. Kết quả đạt được trong 9 tháng đầu năm 2019

1. Công tác tuyên truyền
1.1. Trong Đảng
Đã tổ chức 12 hội nghị.
- Cấp huyện: 5 hội nghị;
+ Cấp xã: 7 hội nghị.

II. Phương hướng, nhiệm vụ 3 tháng cuối năm 2019
V/v khác"""


def shape(text: str) -> list[tuple[int, str, bool]]:
    return [(found.level, found.label, found.item) for found in headings(text)]


def test_a_law() -> None:
    assert shape(LAW) == [
        (1, "Chương I QUY ĐỊNH CHUNG", False),
        (3, "Điều 1. Phạm vi điều chỉnh", False),
        (3, "Điều 2. Đối tượng áp dụng", False),
        (4, "1. Cơ quan nhà nước", True),
        (4, "2. Thông tư này không áp dụng đối với", False),
        (5, "a) Đơn vị thuộc Bộ Công an", True),
        (5, "b) Đơn vị ở nước ngoài", True),
        (1, "Chương II TIÊU CHÍ PHÂN LOẠI", False),
        (2, "Mục 1. NGUYÊN TẮC", False),
        (3, "Điều 3. Nguyên tắc", False),
    ]
    assert headings(LAW)[0].span.of(LAW) == "Chương I\nQUY ĐỊNH CHUNG"


def test_a_report_uses_its_own_levels() -> None:
    assert shape(REPORT) == [
        (1, "I. Kết quả đạt được trong 9 tháng đầu năm 2019", False),
        (2, "1. Công tác tuyên truyền", False),
        (3, "1.1. Trong Đảng", False),
        (4, "- Cấp huyện: 5 hội nghị", True),
        (5, "+ Cấp xã: 7 hội nghị", True),
        (1, "II. Phương hướng, nhiệm vụ 3 tháng cuối năm 2019", False),
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Phần thứ nhất", "part"),
        ("PHẦN II. THỰC TRẠNG", "part"),
        ("CHƯƠNG IV", "chapter"),
        ("Tiểu mục 2. Hồ sơ", "subsection"),
        ("Điều 12a. Bổ sung", "article"),
        ("A. ĐÁNH GIÁ CHUNG", "letter"),
        ("IV/ Tổ chức thực hiện", "roman"),
        ("XII. Kết luận", "roman"),
        ("3) Giải pháp", "clause"),
        ("2.3 Chỉ tiêu", "decimal"),
        ("2.3.1. Về kinh tế", "deep"),
        ("đ) Tổ chức khác", "point"),
        ("• Đang xử lý", "dash"),
        ("## Mục tiêu", "markdown2"),
    ],
)
def test_marks(line: str, kind: str) -> None:
    assert [found.kind for found in headings(line)] == [kind]


@pytest.mark.parametrize(
    "line",
    [
        "V/v báo cáo kết quả",
        "Điều 5 của Luật này quy định",
        "12 tháng đầu năm đạt kết quả",
        "2.500 hộ được hỗ trợ",
        "15/7/2016 là ngày ban hành",
        "Mục tiêu đến năm 2025",
        "Phần lớn các hộ đã thoát nghèo",
        "Chương trình mục tiêu quốc gia",
        "Chi bộ thôn",
        "-5 độ",
    ],
)
def test_ordinary_lines_are_no_headings(line: str) -> None:
    assert headings(line) == []


def test_a_long_numbered_paragraph_is_an_item_with_a_short_label() -> None:
    (found,) = headings("1. " + "Tăng cường công tác vận động quần chúng " * 10 + "năm 2020")
    assert found.item
    assert len(found.label) <= 91
    assert found.label.endswith("…")


@given(st.text(alphabet="IVX1ab.)- đĐiềuChương\n A", max_size=200))
def test_headings_lie_in_order(text: str) -> None:
    found: list[Heading] = headings(text)
    assert all(heading.span.of(text).strip() for heading in found)
    assert all(left.span.end <= right.span.start for left, right in pairwise(found))
    assert sorted({heading.level for heading in found}) == list(range(1, len({h.level for h in found}) + 1))


@pytest.mark.parametrize("piece", ["I. ", "Chương I\n", "1.", "Phần ", "- ", "A\n", " ", "# "])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    started = time.process_time()
    headings(piece * (100_000 // len(piece)))
    assert time.process_time() - started < 1.5
