"""Rows of a table as lines that name their columns, whatever format the table came in."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
import openpyxl
import pytest
from file_parts import make_docx, make_placed_pdf, make_xlsx

from corpus.formats.table import Cell, column_names, lines
from corpus.load import parse

ROWS = [["STT", "Tên xã", "Số hộ"], ["1", "Lạc Lâm", "120"], ["2", "Ka Đô", "64"]]
LINES = ["STT | Tên xã | Số hộ", "STT: 1 | Tên xã: Lạc Lâm | Số hộ: 120", "STT: 2 | Tên xã: Ka Đô | Số hộ: 64"]


def cells(rows: Sequence[Sequence[str]]) -> list[Cell]:
    return [Cell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row)]


def written(rows: Sequence[Sequence[str]]) -> list[str]:
    return list(lines(cells(rows)))


# What a table says of itself


def test_a_row_names_its_columns() -> None:
    assert written(ROWS) == LINES
    assert column_names(cells(ROWS)) == ["STT", "Tên xã", "Số hộ"]


def test_empty_cells_are_left_out_and_a_lone_cell_is_a_line() -> None:
    assert written([["Xã", "Hộ", "Ghi chú"], ["I. Vùng một", "", ""], ["Pró", "5", ""], ["", "", ""]]) == [
        "Xã | Hộ | Ghi chú",
        "I. Vùng một",
        "Xã: Pró | Hộ: 5",
    ]


def test_a_row_that_opens_a_group_names_no_columns() -> None:
    """On a page where a table goes on."""
    group = [Cell("II", 0, 0), Cell("Khối sự nghiệp", 0, 1, across=3)]
    body = [["1", "Đài Truyền thanh", "1.530", "75"], ["2", "Trung tâm Văn hóa", "3.410", "560"]]
    rows = [*group, *(Cell(text, r, c) for r, row in enumerate(body, 1) for c, text in enumerate(row))]
    assert column_names(rows) == []
    assert list(lines(rows, ["TT", "Đơn vị", "Chi", "Thu"]))[1:] == [
        "TT: 1 | Đơn vị: Đài Truyền thanh | Chi: 1.530 | Thu: 75",
        "TT: 2 | Đơn vị: Trung tâm Văn hóa | Chi: 3.410 | Thu: 560",
    ]


def test_a_title_above_the_heading_is_a_line() -> None:
    assert written([["Bảng 1", "", ""], *ROWS])[:2] == ["Bảng 1", LINES[0]]


def test_names_and_values_are_no_heading() -> None:
    rows = [["Họ và tên", "Lê Văn A"], ["Năm sinh", "1990"], ["Nơi ở", "xã Pró"]]
    assert written(rows) == ["Họ và tên | Lê Văn A", "Năm sinh | 1990", "Nơi ở | xã Pró"]


def test_a_marked_heading_of_two_columns() -> None:
    heading = [Cell("Xã", 0, 0, heading=True), Cell("Chủ tịch", 0, 1, heading=True)]
    assert list(lines([*heading, Cell("Pró", 1, 0), Cell("Ya B", 1, 1)])) == [
        "Xã | Chủ tịch",
        "Xã: Pró | Chủ tịch: Ya B",
    ]


def test_years_may_name_columns() -> None:
    assert written([["Chỉ tiêu", "2022", "2023"], ["Hộ nghèo", "5,1%", "4%"], ["Thu nhập", "40", "45"]])[1:] == [
        "Chỉ tiêu: Hộ nghèo | 2022: 5,1% | 2023: 4%",
        "Chỉ tiêu: Thu nhập | 2022: 40 | 2023: 45",
    ]


def test_a_heading_of_two_rows() -> None:
    heading = [
        Cell("Tên xã", 0, 0, down=2),
        Cell("Số hộ", 0, 1, across=2),
        Cell("Nghèo", 1, 1),
        Cell("Cận nghèo", 1, 2),
    ]
    body = [
        Cell("(1)", 2, 0),
        Cell("(2)", 2, 1),
        Cell("(3)", 2, 2),
        Cell("Pró", 3, 0),
        Cell("5", 3, 1),
        Cell("7", 3, 2),
    ]
    assert list(lines(heading + body)) == [
        "Tên xã | Số hộ",
        "Tên xã | Nghèo | Cận nghèo",
        "(1) | (2) | (3)",
        "Tên xã: Pró | Số hộ – Nghèo: 5 | Số hộ – Cận nghèo: 7",
    ]


def test_a_cell_over_several_rows_is_said_in_each() -> None:
    body = [Cell("Pró", 1, 0, down=2), Cell("Nam", 1, 1), Cell("5", 1, 2), Cell("Nữ", 2, 1), Cell("7", 2, 2)]
    assert list(lines([*cells([["Xã", "Giới", "Số người"]]), *body]))[1:] == [
        "Xã: Pró | Giới: Nam | Số người: 5",
        "Xã: Pró | Giới: Nữ | Số người: 7",
    ]


def test_a_table_on_its_side() -> None:
    rows = [
        ["Năm", "2021", "2022", "2023"],
        ["Mức", "1,05", "1,02", "1,00"],
        ["Năm", "2024", "", ""],
        ["Mức", "0,9", "", ""],
    ]
    assert written(rows) == [
        "Năm: 2021 | Mức: 1,05",
        "Năm: 2022 | Mức: 1,02",
        "Năm: 2023 | Mức: 1,00",
        "Năm: 2024 | Mức: 0,9",
    ]


def test_spans_out_of_all_measure() -> None:
    huge = [Cell("a", 0, 0, 10**9, 10**9), Cell("b", 5, 0), Cell("c", 10**9, 3), Cell("d", 0, 10**9)]
    assert list(lines(huge)) == ["a", "a"]
    assert list(lines([])) == []


# In each format


def test_docx() -> None:
    def build(document: docx.document.Document) -> None:
        table = document.add_table(4, 3)
        for row, texts in zip(table.rows, [*ROWS, ["", "Cộng", "184"]], strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        table.cell(2, 0).merge(table.cell(3, 0))

    assert parse(make_docx(build), "a.docx").text.split("\n") == [*LINES, "STT: 2 | Tên xã: Cộng | Số hộ: 184"]


def test_docx_heading_in_bold() -> None:
    def build(document: docx.document.Document) -> None:
        table = document.add_table(2, 2)
        for cell, text in zip(
            [c for row in table.rows for c in row.cells], ["Xã", "Chủ tịch", "Pró", "Ya B"], strict=True
        ):
            cell.paragraphs[0].add_run(text).bold = text in ("Xã", "Chủ tịch")

    assert parse(make_docx(build), "a.docx").text.split("\n") == ["Xã | Chủ tịch", "Xã: Pró | Chủ tịch: Ya B"]


def test_xlsx_with_merged_cells_and_shares() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(make_xlsx([["Vùng", "Xã", "Tỷ lệ"], ["Một", "Pró", 0.125], [None, "Ka Đô", 1]]))
    )
    sheet = book.active
    sheet.merge_cells("A2:A3")
    for row in (2, 3):
        sheet.cell(row, 3).number_format = "0.0%"
    stream = io.BytesIO()
    book.save(stream)
    assert parse(stream.getvalue(), "a.xlsx").text.split("\n")[2:] == [
        "Vùng: Một | Xã: Pró | Tỷ lệ: 12,5%",
        "Vùng: Một | Xã: Ka Đô | Tỷ lệ: 100%",
    ]


def test_html_with_spans() -> None:
    page = (
        "<html><body><table><tr><th rowspan=2>Xã<th colspan=2>Số hộ</tr><tr><th>Nghèo<th>Cận nghèo</tr>"
        "<tr><td>Pró<td>5<td>7</tr></table><table><tr><td>Một khối<table><tr><td>lồng</table></table></body></html>"
    )
    text = parse(page.encode(), "a.html").text
    assert "Xã: Pró | Số hộ – Nghèo: 5 | Số hộ – Cận nghèo: 7" in text.split("\n")
    assert "lồng" in text


GRID = " ".join(
    [f"{x} 600 m {x} 660 l S" for x in (50, 150, 300, 400)] + [f"50 {y} m 400 {y} l S" for y in (600, 620, 640, 660)]
)


def placed(rows: Sequence[Sequence[str]]) -> list[tuple[float, float, str]]:
    return [(x, 646 - 20 * r, text) for r, row in enumerate(rows) for x, text in zip((55, 155, 305), row, strict=True)]


@pytest.mark.parametrize(
    "matrix", ["1 0 0 1 0 0", "0 1 -1 0 800 0", "0 -1 1 0 -200 500"], ids=["upright", "up", "down"]
)
def test_a_ruled_table_of_a_pdf(matrix: str) -> None:
    around = [(50, 700, "Kết quả rà soát như sau:"), (50, 560, "Trên đây là kết quả.")]
    document = parse(make_placed_pdf([[*around, *placed(ROWS)]], GRID, matrix), "a.pdf")
    assert [line for line in document.text.split("\n") if line] == [
        "Kết quả rà soát như sau:",
        *LINES,
        "Trên đây là kết quả.",
    ]


def test_a_table_of_a_pdf_goes_on_under_the_names_of_the_page_before() -> None:
    more = [["3", "Pró", "5"], ["4", "Tu Tra", "301"], ["5", "Ka Đơn", "17"]]
    document = parse(make_placed_pdf([placed(ROWS), placed(more)], GRID), "a.pdf")
    assert [line for line in document.text.split("\n") if line][3:] == [
        "STT: 3 | Tên xã: Pró | Số hộ: 5",
        "STT: 4 | Tên xã: Tu Tra | Số hộ: 301",
        "STT: 5 | Tên xã: Ka Đơn | Số hộ: 17",
    ]
    assert document.page_at(document.text.index("Tu Tra")) == 2


def test_words_across_lines_are_no_table() -> None:
    line = [(60, 646, "Một dòng chữ dài chạy qua mọi đường kẻ của trang giấy này mà không dừng"), (60, 606, "hết")]
    assert "qua mọi đường kẻ của trang" in parse(make_placed_pdf([line], GRID), "a.pdf").text
