"""What stands before a place in a text and says what it speaks of."""

from __future__ import annotations

from rag.around import before, opening

TEXT = """Điều 2. Mức hỗ trợ
1. Từ tháng 7, mỗi hộ được hỗ trợ như sau:
a) Hộ nghèo: 5 triệu đồng;

b) Hộ cận nghèo được các khoản sau:
- Tiền mặt: 3 triệu đồng. Trả một lần;
2. Hộ khác không được hỗ trợ.
Danh sách do xã lập:
Mỗi thôn một bản."""


def test_a_line_of_a_list_is_led_by_the_lines_that_open_it() -> None:
    first, second = "1. Từ tháng 7, mỗi hộ được hỗ trợ như sau:\n", "b) Hộ cận nghèo được các khoản sau:\n"
    assert opening(TEXT, TEXT.index("a) Hộ")) == first
    assert opening(TEXT, TEXT.index("- Tiền")) == first + second
    assert before(TEXT, TEXT.index("Trả")) == first + second + "- Tiền mặt: 3 triệu đồng. "


def test_what_is_no_item_has_no_opening() -> None:
    assert opening(TEXT, TEXT.index("1. Từ")) == ""  # a heading is above it, which ends in no colon
    assert opening(TEXT, TEXT.index("Mỗi thôn")) == ""
    assert before(TEXT, TEXT.index("không được")) == "2. Hộ khác "  # beside "1.", not under it
    assert opening("", 0) == ""
