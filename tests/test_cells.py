"""The cell of a table that is asked for, by its row and its column; rows and columns that the table has not."""

from __future__ import annotations

import pytest
from answer_parts import asked, finding, make, part

from corpus.document import Document
from rag.cells import Cells, cells
from rag.constraints import mismatch
from rag.tables import heads_of, tables_of
from rag.understand import understand

BUDGET = (
    "Dự toán chi của huyện\nĐVT: triệu đồng\nSTT | Đơn vị | Năm 2024 | Dự toán năm 2025\n"
    "STT | Đơn vị | Năm 2024 | Chi thường xuyên | Chi đầu tư\nSTT: I | Đơn vị: Khối phòng, ban\n"
    "STT: 1 | Đơn vị: Phòng Nội vụ | Năm 2024: 870 | Dự toán năm 2025 – Chi thường xuyên: 985\n"
    "STT: 2 | Đơn vị: Phòng Tư pháp | Năm 2024: 120 | Dự toán năm 2025 – Chi thường xuyên: 260 |"
    " Dự toán năm 2025 – Chi đầu tư: 40\nSTT: II | Đơn vị: Khối sự nghiệp\n"
    "STT: 3 | Đơn vị: Đài Truyền thanh | Năm 2024: 415 | Dự toán năm 2025 – Chi thường xuyên: 530 |"
    " Dự toán năm 2025 – Chi đầu tư: 75\n"
    "STT: 4 | Đơn vị: Trung tâm Văn hóa - Thể thao | Năm 2024: 205 | Dự toán năm 2025 – Chi thường xuyên: 410 |"
    " Dự toán năm 2025 – Chi đầu tư: 56\n"
    "Đơn vị: Tổng cộng | Năm 2024: 1.610 | Dự toán năm 2025 – Chi thường xuyên: 2.185 |"
    " Dự toán năm 2025 – Chi đầu tư: 171\nNơi nhận: Như trên."
)
FEES = (
    "Lệ phí thủ tục\nTT | Tên thủ tục | Lệ phí (đồng) | Nơi nhận\nI. Lĩnh vực đất đai\n"
    "TT: 1 | Tên thủ tục: Tách thửa, hợp thửa đất | Lệ phí (đồng): 50.000 | Nơi nhận: Thôn 3\n"
    "II. Lĩnh vực hộ tịch\nTT: 2 | Tên thủ tục: Cải chính hộ tịch | Lệ phí (đồng): 28.000 | Nơi nhận: Thôn 5\n"
    "TT: 3 | Tên thủ tục: Đăng ký kết hôn | Lệ phí (đồng): 90.000 | Nơi nhận: Phòng Tư pháp"
)


def told(question: str, text: str = BUDGET, title: str = "Quyết định giao dự toán") -> Cells | None:
    document = make(text, title=title)
    return cells(asked(question), [finding(document, text.split("\n")[0])], {document.id: document})


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("Chi đầu tư năm 2025 của Phòng Tư pháp?", ["Phòng Tư pháp", "Chi đầu tư: 40"]),
        ("chi dau tu cua Trung tam Van hoa - The thao la bao nhieu", ["Trung tâm Văn hóa - Thể thao", "đầu tư: 56"]),
        ("Năm 2024 Đài Truyền thanh được bao nhiêu?", ["Đài Truyền thanh", "Năm 2024: 415"]),
        ("Tổng cộng dự toán chi thường xuyên năm 2025 là bao nhiêu?", ["Tổng cộng", "Chi thường xuyên: 2.185"]),
        ("Dự toán năm 2025 chi thường xuyên của đơn vị ở dòng thứ tư là bao nhiêu?", ["Trung tâm", "xuyên: 410"]),
    ],
)
def test_the_asked_cell_with_its_row_and_its_unit(question: str, quotes: list[str]) -> None:
    found = told(question)
    assert found is not None
    said = [quote.text for quote in found.quotes]
    assert len(said) == len(quotes) + 1
    assert all(part in whole for part, whole in zip(quotes, said, strict=False))
    assert said[-1] == "ĐVT: triệu đồng"


SCHOOLS = (
    "Thống kê đầu năm học\nTT | Tên trường | Địa bàn | Số lớp | Số trẻ | Diện tích (m2)\n"
    "TT: 1 | Tên trường: MN Tà Lài | Địa bàn: Xã Tà Lài | Số lớp: 9 | Số trẻ: 263 | Diện tích (m2): 812,5\n"
    "TT: 2 | Tên trường: MN Phú An | Địa bàn: Thị trấn Phú An | Số lớp: 7 | Số trẻ: 168 | Diện tích (m2): 640,0\n"
    "Tên trường: Cộng mầm non | Số lớp: 16 | Số trẻ: 431 | Diện tích (m2): 1.452,5"
)
FUND = (
    "Thu Quỹ\nĐơn vị | Kế hoạch | Thực hiện | So với năm trước\n"
    "Đơn vị: Xã Tà Lài | Kế hoạch: 90 | Thực hiện: 83 | So với năm trước: tăng 6\n"
    "Đơn vị: Xã Phú An | Kế hoạch: 70 | Thực hiện: 45 | So với năm trước: giảm 4"
)
VACCINE = (
    "Kết quả tiêm chủng\nĐơn vị | Số trẻ dưới 1 tuổi | Tiêm đầy đủ\n"
    "Đơn vị: Xã Tà Lài | Số trẻ dưới 1 tuổi: 193 | Tiêm đầy đủ: 186\n"
    "Đơn vị: Xã Phú An | Số trẻ dưới 1 tuổi: 109 | Tiêm đầy đủ: 99"
)


@pytest.mark.parametrize(
    ("text", "question", "cell"),
    [
        (SCHOOLS, "MN Tà Lài có mấy cháu?", "Số trẻ: 263"),
        (SCHOOLS, "mn phu an bao nhieu em", "Số trẻ: 168"),
        (SCHOOLS, "MN Phú An rộng bao nhiêu m2?", "Diện tích (m2): 640,0"),
        (SCHOOLS, "Số lớp ở Tà Lài là bao nhiêu?", "Số lớp: 9"),  # called without its title
        (SCHOOLS, "Tổng số lớp mầm non là bao nhiêu?", "Số lớp: 16"),
        (VACCINE, "Tà Lài có mấy trẻ dưới 1 tuổi được tiêm đầy đủ?", "Tiêm đầy đủ: 186"),
        (VACCINE, "ta lai tiem day du bao nhieu tre duoi 1 tuoi", "Tiêm đầy đủ: 186"),
        (VACCINE, "Xã Tà Lài có bao nhiêu trẻ dưới 1 tuổi?", "Số trẻ dưới 1 tuổi: 193"),
        (FUND, "Tà Lài thu được bao nhiêu tiền quỹ?", "Thực hiện: 83"),
        (FUND, "Thu quỹ của xã Phú An giảm bao nhiêu so với năm trước?", "So với năm trước: giảm 4"),
    ],
)
def test_the_column_of_what_is_counted(text: str, question: str, cell: str) -> None:
    found = told(question, text, title="Báo cáo số 5")
    assert found is not None
    assert found.quotes[-1].text == cell


@pytest.mark.parametrize(
    "question",
    [
        "Số lớp ở huyện Tà Lài là bao nhiêu?",  # the row is of a xã
        "Tổng số lớp là bao nhiêu?",  # the sum is of the nursery schools alone
        "MN Tà Lài có bao nhiêu giáo viên?",
    ],
)
def test_another_level_sum_or_unit_is_no_cell(question: str) -> None:
    assert told(question, SCHOOLS, title="Báo cáo số 5") is None


@pytest.mark.parametrize(
    "question",
    [
        "Chi đầu tư của Phòng Y tế là bao nhiêu?",  # no such row
        "Chi cải cách tiền lương của Phòng Tư pháp là bao nhiêu?",  # no such column
        "Dự toán năm 2025 của Phòng Tư pháp là bao nhiêu?",  # two columns
        "Chi đầu tư của đơn vị ở dòng thứ chín là bao nhiêu?",
        "Ai là Trưởng phòng Phòng Tư pháp?",
    ],
)
def test_what_the_table_has_not_is_no_cell(question: str) -> None:
    assert told(question) is None


def test_an_empty_cell_is_told_as_empty() -> None:
    found = told("Chi đầu tư năm 2025 của Phòng Nội vụ?")
    assert found is not None
    assert (found.quotes, found.empty) == ((), "Dự toán năm 2025 – Chi đầu tư")


@pytest.mark.parametrize(
    ("text", "question", "names"),
    [
        (BUDGET, "Khối sự nghiệp gồm những đơn vị nào?", ["Đài Truyền thanh", "Trung tâm Văn hóa - Thể thao"]),
        (FEES, "Lĩnh vực hộ tịch có những thủ tục nào?", ["Cải chính hộ tịch", "Đăng ký kết hôn"]),
    ],
)
def test_the_rows_of_a_group(text: str, question: str, names: list[str]) -> None:
    found = told(question, text)
    assert found is not None
    assert [quote.text.partition(": ")[2] for quote in found.quotes] == names


def test_the_group_of_a_row() -> None:
    found = told("Thủ tục cải chính hộ tịch thuộc lĩnh vực nào?", FEES)
    assert found is not None
    assert [quote.text for quote in found.quotes] == ["Tên thủ tục: Cải chính hộ tịch", "II. Lĩnh vực hộ tịch"]


def test_a_part_of_a_name_and_a_place_in_order_name_a_row() -> None:
    for question, fee in (
        ("Lệ phí tách thửa đất là bao nhiêu?", "50.000"),
        ("Lệ phí của thủ tục số 2 là bao nhiêu?", "28.000"),
    ):
        found = told(question, FEES)
        assert found is not None
        assert found.quotes[-1].text == f"Lệ phí (đồng): {fee}"


def test_rows_know_their_group_and_sums_have_none() -> None:
    [table] = tables_of(BUDGET)
    groups = [row.group.of(BUDGET) if row.group else None for row in table.rows]
    assert groups == [*["STT: I | Đơn vị: Khối phòng, ban"] * 2, *["STT: II | Đơn vị: Khối sự nghiệp"] * 2, None]
    heads = sorted(heads_of(BUDGET))
    assert [BUDGET[at : at + 6] for at in heads] == ["STT | ", "STT | ", "STT: I", "STT: I"]


def kind(question: str, quote: str, document: Document) -> str | None:
    against = mismatch(asked(question), part(document.text, quote), document, None)
    return against.kind if against else None


@pytest.mark.parametrize(
    ("question", "number", "against"),
    [
        ("Thủ tục nào nhận ở Thôn 4?", 5, "ordinal"),
        ("Thủ tục nào nhận ở Thôn 4?", 6, "ordinal"),  # a row without a "Thôn", in a column of them
        ("Thủ tục nào nhận ở Thôn 5?", 5, None),
        ("thu tuc nao nhan o thon 4", 5, "ordinal"),
        ("Thủ tục số 7 có lệ phí bao nhiêu?", 5, "ordinal"),
        ("Lệ phí là bao nhiêu?", 1, "title"),  # the names of the columns
    ],
)
def test_a_row_of_something_else_is_no_answer(question: str, number: int, against: str | None) -> None:
    document = make(FEES, title="Thông báo")
    assert kind(question, FEES.split("\n")[number], document) == against


@pytest.mark.parametrize("numbers", [("9", "10", "11"), ("10", "9", "11")])
def test_the_number_of_a_row_is_no_figure_of_it(numbers: tuple[str, str, str]) -> None:
    things = (("Thu nhập bình quân", "45,9"), ("Hộ nghèo", "8,1"), ("Lao động", "77,0"))
    rows = [
        f"Tiêu chí: {number} | Nội dung: {name} | Hiện trạng: {value}"
        for number, (name, value) in zip(numbers, things, strict=True)
    ]
    text = "\n".join(["Bảng tiêu chí", *rows])
    answer = told("Thu nhập bình quân theo bảng tiêu chí là bao nhiêu?", text)
    quoted = [quote.text for quote in answer.quotes] if answer else []
    assert (f"Tiêu chí: {numbers[0]}" in quoted) == (numbers[0] == "10")


def test_a_row_named_by_an_abbreviation_and_a_column_of_what_is_done() -> None:
    text = (
        "Kết quả tuyển sinh: số học sinh\nTrường | Chỉ tiêu | Đã tuyển\nTrường: THCS Tân Hà | Chỉ tiêu: 300 | "
        "Đã tuyển: 293\nTrường: THCS Lộc An | Chỉ tiêu: 250 | Đã tuyển: 229"
    )
    document = make(text, title="Kết quả tuyển sinh")
    for question in ("THCS Tân Hà tuyển được bao nhiêu học sinh?", "thcs tan ha tuyen duoc bao nhieu hoc sinh"):
        found = cells(understand(question), [finding(document, text.split("\n")[0])], {document.id: document})
        assert found is not None
        assert found.quotes[-1].text.endswith("293")


PRIZES = (
    "Danh sách khen thưởng\nSTT | Họ và tên | Đơn vị | Số sáng kiến\n"
    "STT: 1 | Họ và tên: Lê Thị Hà | Đơn vị: Trạm Y tế | Số sáng kiến: 2\n"
    "STT: 2 | Họ và tên: Trần Văn Hùng | Đơn vị: Huyện đoàn | Số sáng kiến: 1"
)


def test_a_count_is_no_name() -> None:
    assert told("Sáng kiến của Trần Văn Hùng tên là gì?", PRIZES) is None
    assert told("Trần Văn Hùng có mấy sáng kiến?", PRIZES) is not None


SCHOOLS = (
    "Quy mô trường lớp\nTrường | Số học sinh | Số lớp | Phòng học\nTiểu học Long Hòa | 387 | 14 | 15\n"
    "Tiểu học Tân Hải | 726 | 25 | 24\nMầm non Hoa Biển | 571 | 21 | 17"
)
ELDERS = (
    "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN\nDanh sách người có uy tín\nHọ và tên | Năm sinh | Thôn | Xã\n"
    "Hạng Thị Dở | 1968 | Tả Lủng | Sủng Lìn\nPhàn Chòi Sơn | 1946 | Hồ Thầu | Tả Sín Chải"
)
POOR = "Kết quả rà soát\nẤp | Hộ nghèo cuối năm 2024 | Hộ cận nghèo cuối năm 2025\nCửa Vàm | 19 | 31\nBãi Bùn | 12 | 20"


@pytest.mark.parametrize(
    ("text", "question", "last"),
    [
        (SCHOOLS, "Tiểu học Long Hòa có bao nhiêu học sinh, mấy lớp?", ["387", "14"]),
        (SCHOOLS, "Tiểu học Long Hòa có bao nhiêu học sinh?", ["Tiểu học Long Hòa", "387"]),
        (ELDERS, "Bà Hạng Thị Dở sinh năm nào, ở thôn nào?", ["1968", "Tả Lủng"]),
    ],
)
def test_each_column_that_is_asked_for(text: str, question: str, last: list[str]) -> None:
    found = told(question, text, title="Danh sách")
    assert found is not None
    assert [quote.document.text[quote.span.start : quote.span.end] for quote in found.quotes][-2:] == last
    assert found.several == ("," in question)


def test_a_list_of_others_tells_no_holder_of_a_post() -> None:
    assert told("Ai là Chủ tịch UBND xã Tả Sín Chải?", ELDERS, title="Danh sách") is None
    chairs = ELDERS.replace("Danh sách người có uy tín", "Danh sách Chủ tịch UBND các xã")
    assert told("Ai là Chủ tịch UBND xã Tả Sín Chải?", chairs, title="Danh sách") is not None


def test_a_column_of_the_poor_tells_nothing_of_the_near_poor() -> None:
    assert told("Số hộ cận nghèo ấp Cửa Vàm cuối năm 2024?", POOR, title="Rà soát") is None
    assert told("Số hộ nghèo ấp Cửa Vàm cuối năm 2024?", POOR, title="Rà soát") is not None
