"""Tables in the text of documents: rows with the names of their columns."""

from __future__ import annotations

from rag.tables import lines_above, tables_of, values

NAMED = "Biểu 1\nXã | Số hộ\nXã: Tân Hà | Số hộ: 12\nXã: Tân Văn | Số hộ: 7\nHết bảng."
PLAIN = "Xã | Số hộ | Tỷ lệ\nTân Hà | 12 | 3,2\nTân Văn | 7 | 1,5\nTổng | 19 | 2,4"


def test_rows_that_name_their_columns() -> None:
    [table] = tables_of(NAMED)
    assert [row.cells for row in table.rows] == [{"Xã": "Tân Hà", "Số hộ": "12"}, {"Xã": "Tân Văn", "Số hộ": "7"}]
    assert (table.columns, table.head, table.above) == (("Xã", "Số hộ"), None, "Biểu 1")
    assert table.rows[1].span.of(NAMED) == "Xã: Tân Văn | Số hộ: 7"


def test_rows_under_a_line_that_names_the_columns() -> None:
    [table] = tables_of(PLAIN)
    assert table.head is not None
    assert table.head.of(PLAIN) == "Xã | Số hộ | Tỷ lệ"
    assert table.rows[0].cells == {"Xã": "Tân Hà", "Số hộ": "12", "Tỷ lệ": "3,2"}
    assert [row.is_sum for row in table.rows] == [False, False, True]


def test_an_empty_cell_is_left_out() -> None:
    [table] = tables_of("Xã | Số hộ | Bò\nXã: Tân Hà | Bò: 3\nXã: Tân Văn | Số hộ: 7 | Bò: 4")
    assert table.rows[0].cells == {"Xã": "Tân Hà", "Bò": "3"}


def test_what_is_no_table() -> None:
    assert tables_of("UBND HUYỆN | CỘNG HÒA\nSố: 5 | Ngày 2\nchữ thường") == ()  # one row under a line
    assert tables_of("A | B\n1 | 2 | 3\n4 | 5 | 6\n7 | 8 | 9") == ()  # other columns than its head names
    assert tables_of("Không có bảng nào.") == ()


def test_the_lines_above_a_table_lead_to_it_from_its_article_on() -> None:
    text = f"Trước đó.\nĐiều 3. Số hộ\nSố hộ của từng xã như sau:\n\n{NAMED.partition(chr(10))[2]}"
    assert lines_above(text, text.index("Tân Văn")) == "Điều 3. Số hộ\nSố hộ của từng xã như sau:"
    second = f"Xã: Bắc Sơn | Số bò: 5\nXã: Nam Sơn | Số bò: 8\nSố hộ của từng xã:\n{NAMED.partition(chr(10))[2]}"
    assert lines_above(second, second.index("Tân Văn")) == "Số hộ của từng xã:"  # the table before leads to no other
    assert lines_above("A: 1 | B: 2", 3) == ""


def test_the_cells_of_a_row_without_their_names() -> None:
    assert values("Xã: Tân Hà | Số hộ: 12") == ["Tân Hà", "12"]
    assert values("Tân Hà | 12") == ["Tân Hà", "12"]
