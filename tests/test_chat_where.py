"""Where a quote stands: headings from the widest, a list's items by number, a table's row and columns."""

from __future__ import annotations

import pytest

from corpus.structure import path_at
from ui.talk.where import where

RULE = (
    "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nThông tư này quy định mức chi.\nĐiều 2. Mức chi\n"
    "1. Chi họp:\na) Cấp tỉnh 150.000 đồng;\nb) Cấp xã 100.000 đồng.\n2. Chi đi lại theo vé."
)
REPORT = (
    "I. Kết quả\nTên xã | Số hộ nghèo | Số hộ cận nghèo\n"
    "STT: 1 | Tên xã: Lạc Lâm | Số hộ nghèo: 31 | Số hộ cận nghèo: 44\nHết bảng."
)


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("mức chi.", ["Chương I QUY ĐỊNH CHUNG", "Điều 1. Phạm vi"]),
        ("Cấp xã", ["Chương I QUY ĐỊNH CHUNG", "Điều 2. Mức chi", "khoản 1", "điểm b"]),
        ("Chi đi lại", ["Chương I QUY ĐỊNH CHUNG", "Điều 2. Mức chi", "khoản 2"]),
        ("Chương", ["Chương I QUY ĐỊNH CHUNG"]),
    ],
)
def test_the_headings_over_a_place(words: str, path: list[str]) -> None:
    assert path_at(RULE, RULE.index(words)) == path


def test_above_the_first_heading_is_nothing() -> None:
    assert path_at("Mở đầu.\nI. Kết quả\nTốt.", 0) == []


@pytest.mark.parametrize(
    ("quote", "place"),
    [
        ("Số hộ nghèo: 31", "I. Kết quả · Bảng: dòng “Lạc Lâm”, cột “Số hộ nghèo”"),
        ("31 | Số hộ cận", "I. Kết quả · Bảng: dòng “Lạc Lâm”, cột “Số hộ nghèo”, “Số hộ cận nghèo”"),
        ("STT: 1 | Tên xã: Lạc Lâm | Số hộ nghèo: 31 | Số hộ", "I. Kết quả · Bảng: dòng “Lạc Lâm”"),
        ("Hết bảng", "I. Kết quả"),
    ],
)
def test_a_cell_is_named_by_row_and_column(quote: str, place: str) -> None:
    start = REPORT.index(quote)
    assert where(REPORT, start, start + len(quote)) == place


def test_a_wide_heading_is_cut_where_a_narrower_one_follows() -> None:
    text = "Chương II\nTIÊU CHÍ PHÂN LOẠI, ĐIỀU KIỆN THÀNH LẬP ĐƠN VỊ\nĐiều 3. Tiêu chí\nCó ba loại."
    assert where(text, text.index("Có"), len(text)) == "Chương II TIÊU CHÍ PHÂN LOẠI, ĐIỀU… › Điều 3. Tiêu chí"
