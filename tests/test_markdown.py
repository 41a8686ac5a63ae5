"""Markdown's tables and emphasis as plain lines."""

from __future__ import annotations

import pytest

from corpus.formats.markdown import plain, with_rows
from corpus.load import parse


def test_a_row_of_a_pipe_table_names_its_columns() -> None:
    table = "| STT | Khoản | Thu (triệu đồng) |\n|---|:---|---:|\n| 1 | Lệ phí | 10.804 |\n| | Cộng | 98.312 |"
    text = f"Thu:\n\n{table}\n\nHết."
    assert with_rows(text).split("\n") == [
        "Thu:",
        "",
        "STT | Khoản | Thu (triệu đồng)",
        "STT: 1 | Khoản: Lệ phí | Thu (triệu đồng): 10.804",
        "Khoản: Cộng | Thu (triệu đồng): 98.312",
        "",
        "Hết.",
    ]


@pytest.mark.parametrize("text", ["a | b\nc | d", "---\na | b", "|---|\n", "Giờ: 7 | 8\n-----", ""])
def test_what_is_no_table_stays(text: str) -> None:
    assert with_rows(text) == text


def test_bars_that_belong_to_a_cell_do_not_part_it() -> None:
    assert with_rows("|A|B|\n|-|-|\n|1\\|2|3|") == "A | B\nA: 1|2 | B: 3"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**Về thu ngân sách**", "Về thu ngân sách"),
        ("*Phú Sơn, ngày 28 tháng 6 năm 2023*", "Phú Sơn, ngày 28 tháng 6 năm 2023"),
        ("tên __Lê Tám__, ***rất*** rõ", "tên Lê Tám, rất rõ"),
        ("## I. Thu", "## I. Thu"),
        ("# BÁO CÁO", "BÁO CÁO"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("tep_so_1 và a*b*c", "tep_so_1 và a*b*c"),
        ("* mục một\n* mục hai", "* mục một\n* mục hai"),
    ],
)
def test_marks_are_taken_off(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_the_head_of_a_markdown_file_is_read() -> None:
    head = "ỦY BAN NHÂN DÂN HUYỆN TÂN SƠN\n\nSố: 245/BC-UBND\n\n*Tân Sơn, ngày 28 tháng 6 năm 2023*"
    text = f"{head}\n\n# BÁO CÁO\n\n**Tình hình thu ngân sách**\n\nCăn cứ Luật Ngân sách; thu đủ."
    header = parse(text.encode(), "a.md").header
    assert (str(header.issued_on), header.title) == ("2023-06-28", "Tình hình thu ngân sách")
