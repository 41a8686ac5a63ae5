"""Tables of plain text whose cells stand between semicolons or tabs."""

from __future__ import annotations

import pytest

from corpus.formats.delimited import with_rows

TABLE = "STT; Đơn vị; Kế hoạch; Tỷ lệ\n1; Xã Tà Lài; 172,0; 98,2%\n2; Xã Phú An; 104,5; 80,0%"


@pytest.mark.parametrize("mark", ["; ", ";", "\t"])
def test_a_row_names_its_columns(mark: str) -> None:
    assert with_rows(f"Kết quả:\n{TABLE.replace('; ', mark)}\n\nHết.").split("\n") == [
        "Kết quả:",
        "STT | Đơn vị | Kế hoạch | Tỷ lệ",
        "STT: 1 | Đơn vị: Xã Tà Lài | Kế hoạch: 172,0 | Tỷ lệ: 98,2%",
        "STT: 2 | Đơn vị: Xã Phú An | Kế hoạch: 104,5 | Tỷ lệ: 80,0%",
        "",
        "Hết.",
    ]


def test_counted_rows_without_names_of_columns() -> None:
    text = "1; Ông Lê Tám; TDP 9\n2; Bà Vũ Hoa; TDP 4\n3; Ông Hồ An; TDP 1"
    assert with_rows(text) == text.replace("; ", " | ")


@pytest.mark.parametrize(
    "text",
    [
        "- Sở Y tế; Sở Nội vụ; UBND tỉnh\n- Lưu: VT; NV; TH\n- Đảng ủy; HĐND; UBND xã",  # who it is sent to
        "Xã nộp 12 triệu; chi 9 triệu; còn 3 triệu\nTrường nộp 8 triệu; chi 5 triệu; còn 3 triệu",  # two lines
        TABLE.replace("172,0", "172,0; 12").replace("Đơn vị; ", ""),  # as many cells in no two lines
        "a; b; c",
        "",
    ],
)
def test_what_is_no_table_stays(text: str) -> None:
    assert with_rows(text) == text


def test_prose_with_semicolons_is_no_table() -> None:
    said = "Tổ chức trồng rừng, chăm sóc rừng ở các xã vùng cao theo đúng kế hoạch đã được phê duyệt trong năm"
    text = "\n".join(f"{number} {said}; {said}; {number} {said}" for number in range(1, 4))
    assert with_rows(text) == text
