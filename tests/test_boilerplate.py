"""Boilerplate: what a portal adds comes off whole; what a document says stays, whatever words it uses."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import boilerplate
from corpus.header import read_header
from corpus.load import parse

BODY = "Huyện đã giải quyết 40.766 hồ sơ, đạt 99%.\nCông tác dân vận được quan tâm lãnh đạo, chỉ đạo."


def loaded(text: str) -> tuple[str, list[tuple[str, str]]]:
    document = parse(text.encode(), "trang.txt")
    return document.text, [(piece.reason, piece.text) for piece in document.stripped]


@pytest.mark.parametrize(
    ("around", "reason"),
    [
        ("Tin huyện\nLượt xem: 175\n{}", boilerplate.COUNTER),
        ("Tin huyện\nSố lượt đọc: 1.204\n{}", boilerplate.COUNTER),
        ("Tin huyện\nĐã xem: 12 lần\n{}", boilerplate.COUNTER),
        ("Tin huyện\nIn trang\n{}", boilerplate.BUTTON),
        ("Tin huyện\n{}\nChia sẻ Facebook\nVề đầu trang", boilerplate.BUTTON),
        (
            "Tin huyện\n{}\nThống kê truy cập\n• 000421095\n• Đang online: 223\n• Trong tuần: 147",
            boilerplate.STATISTICS,
        ),
        ("Tin huyện\n{}\nĐang truy cập: 38\nHôm nay: 1,271\nTất cả: 626,530", boilerplate.STATISTICS),
        ("Tin huyện\n{}\nThống kê truy cập", boilerplate.STATISTICS),
        ("Tin huyện\n{}\nCác tin khác\nHội nghị giao ban tháng 7\nĐại hội chi bộ", boilerplate.RELATED),
        ("Tin huyện\n{}\nLiên kết website", boilerplate.RELATED),
        (
            "Tin huyện\n{}\nCơ quan chủ quản: UBND huyện\nĐịa chỉ: Thị trấn\nĐiện thoại: (0228) 38107; "
            "Fax: 38108 .\n"
            "Email: a@b.gov.vn .\nNgười chịu trách nhiệm chính: Ông A - Chủ tịch\nDesigned by VNPT",
            boilerplate.FOOTER,
        ),
        ("Tin huyện\n{}\n© 2024 Cổng thông tin điện tử huyện", boilerplate.FOOTER),
        ("Tin huyện\n{}\nBản quyền thuộc UBND huyện\nĐịa chỉ: Số 1, đường A", boilerplate.FOOTER),
        ("Tin huyện\n-----\n{}", boilerplate.RULE),
    ],
)
def test_a_portal_comes_off(around: str, reason: str) -> None:
    text, stripped = loaded(around.format(BODY))
    assert [line for line in text.split("\n") if line] == ["Tin huyện", *BODY.split("\n")]
    assert {found for found, _ in stripped} == {reason}


@pytest.mark.parametrize(
    "line",
    [
        "Huyện thực hiện thống kê truy cập cổng thông tin điện tử hằng tháng.",
        "Trong tuần: 147 hồ sơ được tiếp nhận.",
        "Cổng thông tin điện tử có 12.000 lượt xem trong năm 2023.",
        "Người dân đăng nhập Cổng dịch vụ công bằng tài khoản định danh.",
        "Đăng nhập",
        "Liên hệ",
        "Địa chỉ: Thị trấn Thạnh Mỹ, huyện Đơn Dương",
        "Điện thoại: 0263 3847 123",
        "Mọi ý kiến gửi về email: bandanvan@lamdong.gov.vn",
        "Bản quyền tác giả được bảo hộ theo Luật Sở hữu trí tuệ.",
        "Thông tin mới nhất về dịch bệnh được cập nhật hằng ngày.",
        "Đ/c Nguyễn Lương Thịnh, Phó trưởng công an huyện",
        "Trong năm: 12 mô hình",
        "Tổng số: 25",
        "x = 5",
        "2019",
    ],
)
@pytest.mark.parametrize("layout", ["Kế hoạch\n{line}\n" + BODY, "Kế hoạch\n" + BODY + "\n{line}", "{line}\n" + BODY])
def test_an_ordinary_document_keeps_every_line(line: str, layout: str) -> None:
    text = layout.format(line=line)
    assert loaded(text) == (text, [])


def test_the_contact_block_of_a_letter_stays() -> None:
    text = f"Giấy mời\n{BODY}\nĐịa chỉ: Thị trấn Mỹ Lộc\nĐiện thoại: 0228 3810724\nEmail: ubnd@namdinh.gov.vn"
    assert loaded(text) == (text, [])


def test_a_weak_button_comes_off_only_at_the_edge_of_a_portal_page() -> None:
    text, stripped = loaded(f"Trang chủ\nTin huyện\nLượt xem: 9\n{BODY}\nĐăng nhập\n{BODY}\nĐăng nhập")
    assert text == f"Tin huyện\n{BODY}\nĐăng nhập\n{BODY}"
    assert [text for reason, text in stripped if reason == boilerplate.BUTTON] == ["Trang chủ", "Đăng nhập"]


def test_print_button_and_repeated_headline_go_and_the_slogan_above_stays() -> None:
    banner, title = "QUYẾT TÂM THỰC HIỆN THẮNG LỢI NGHỊ QUYẾT", "Huyện tổng kết năm"
    head = f"{banner}\n{title} In trang\n05/04/2024 02:59 CH\n\n{title}\n"
    text, stripped = loaded(head + BODY)
    assert text == f"{banner}\nHuyện tổng kết năm\n05/04/2024 02:59 CH\n\n" + BODY
    assert read_header(text, "tin.txt", parse((head + BODY).encode(), "tin.txt").stripped).title == title
    assert stripped == [
        (boilerplate.BUTTON, "In trang"),
        (boilerplate.REPEATED, "Huyện tổng kết năm"),
    ]


def test_a_repeated_caption_is_dropped_once_and_a_table_is_not() -> None:
    text, stripped = loaded(f"{BODY}\n\nBộ phận một cửa huyện\nBộ phận một cửa huyện\n\nHết.")
    assert text == f"{BODY}\n\nBộ phận một cửa huyện\n\nHết."
    assert stripped == [(boilerplate.REPEATED, "Bộ phận một cửa huyện")]
    table = "Xã | Kết quả\nđạt chuẩn nông thôn | 1\nđạt chuẩn nông thôn | 1"
    assert loaded(table) == (table, [])


def test_every_cut_says_where_it_stood() -> None:
    document = parse(f"Tin huyện\nLượt xem: 175\n{BODY}\nIn trang".encode(), "a.txt")
    assert [(piece.text, piece.at) for piece in document.stripped] == [
        ("Lượt xem: 175", len("Tin huyện")),
        ("In trang", len(document.text)),
    ]


def test_running_heads_and_page_numbers() -> None:
    pages = [
        [
            f"Báo cáo công tác năm 2023 {number}",
            "Nội dung riêng của trang",
            f"Dòng {'abc'[number - 1]}",
            f"- {number} -",
        ]
        for number in (1, 2, 3)
    ]
    pages[1][1] = "Nội dung khác"
    pages[2][1] = "Nội dung khác nữa"
    assert boilerplate.find_running(pages) == {(page, line) for page in range(3) for line in (0, 3)}
    assert boilerplate.find_running([["Chỉ một trang", "2019 là năm", "Hết"]]) == set()


@given(st.lists(st.text(max_size=60), max_size=30))
def test_nothing_is_both_kept_and_removed(lines: list[str]) -> None:
    for number, cut in boilerplate.find(lines).items():
        assert cut.removed.strip()
        assert lines[number].strip() == (cut.kept + cut.removed).strip()


@pytest.mark.parametrize(
    "piece",
    ["Lượt xem: ", "- ", "Trong tuần: 1\n", "In trang ", "1.", "Email: \n", "a\n", "05/04/2024 ", "• "],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    lines = (piece * (100_000 // len(piece))).split("\n")
    started = time.process_time()
    boilerplate.find(lines)
    boilerplate.find_running([lines])
    assert time.process_time() - started < 1.5
