"""What offices shorten with a point, a slash or before a number (`rag.language.shorthand`)."""

import pytest

from rag.language.abbreviations import expand
from rag.language.shorthand import opened
from rag.understand import understand


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("T.Ư Đoàn", "Trung ương Đoàn"),
        ("BCH T.W Đảng", "BCH Trung ương Đảng"),
        ("Q.1", "quận 1"),
        ("P. 5 Đà Lạt", "phường 5 Đà Lạt"),
        ("p.5", "phường 5"),
        ("H. Lâm Hà", "huyện Lâm Hà"),
        ("h.đức trọng", "huyện đức trọng"),
        ("h. don duong", "huyện don duong"),
        ("X. Phú Hội", "xã Phú Hội"),
        ("TT. Liên Nghĩa", "thị trấn Liên Nghĩa"),
        ("T.P Đà Lạt", "thành phố Đà Lạt"),
        ("T.X Bảo Lộc", "thị xã Bảo Lộc"),
        ("T. Lâm Đồng", "tỉnh Lâm Đồng"),
        ("đ/c Lê Văn Tám", "đồng chí Lê Văn Tám"),
        ("d/c bi thu", "đồng chí bi thu"),
        ("đ/c nào làm chủ tịch", "đồng chí nào làm chủ tịch"),
        ("đ/c trụ sở ở đâu", "địa chỉ trụ sở ở đâu"),
        ("V/v phòng chống dịch", "về việc phòng chống dịch"),
    ],
)
def test_is_written_out(typed: str, meant: str) -> None:
    assert opened(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "P. Giám đốc sở",
        "P. Văn hóa thông tin",
        "H. Nguyễn Văn",
        "khoản 2 p. 3",
        "mục 1.Q.5",
        "ngày 1/5",
        "Q.1234",
        "tv/v",
        "đ/c",
        "X. Hà",
    ],
)
def test_stays_where_something_else_may_be_meant(typed: str) -> None:
    assert opened(typed) == typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("QL20", "quốc lộ 20"),
        ("ql20b qua xã nào", "quốc lộ 20b qua xã nào"),
        ("ĐT.725", "đường tỉnh 725"),
        ("ĐT 725", "đường tỉnh 725"),
        ("TL 725", "tỉnh lộ 725"),
        ("ĐH 12", "đường huyện 12"),
        ("đường đh 12", "đường huyện 12"),
        ("điểm ĐH 2024", "điểm đại học 2024"),
        ("gọi đt 113", "gọi điện thoại 113"),
        ("ĐT 0263", "ĐT 0263"),
        ("ĐH 12/2024", "đại học 12/2024"),
    ],
)
def test_a_road_is_told_by_its_number(typed: str, meant: str) -> None:
    assert expand(typed).text == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("CT HU", "CT Huyện ủy"),
        ("HU", "Huyện ủy"),
        ("BTV HU", "Ban Thường vụ Huyện ủy"),
        ("UBND XA NAO", "Ủy ban nhân dân xã nào"),
    ],
)
def test_capitals_that_are_abbreviations_alone_lack_no_accents(typed: str, meant: str) -> None:
    assert understand(typed).text == meant
