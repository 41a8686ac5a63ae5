"""What a question says of whoever asks it weighs little, what it asks about weighs all."""

from __future__ import annotations

import pytest

from rag.asides import asides
from rag.understand import query_of


@pytest.mark.parametrize(
    ("question", "beside"),
    [
        ("Em ở khối dân vận xã, báo cáo quý nộp trước ngày mấy?", ["Em ở khối dân vận xã"]),
        ("Chị tôi lỡ đợt đầu, giờ nộp hồ sơ ở đâu?", ["Chị tôi lỡ đợt đầu"]),
        ("Anh làm báo cáo cho huyện nên cần tổng vốn của xã, bao nhiêu?", ["Anh làm báo cáo cho huyện"]),
        ("Sếp cần con số gấp để phát biểu: xã chi bao nhiêu?", ["Sếp cần con số gấp để phát biểu"]),
        ("Sếp bắt em giải trình tại sao vốn tiêu chậm", ["Sếp bắt em giải trình"]),
        ("Trạm em đang rà danh sách tiêm, gửi cho khoa nào?", ["Trạm em đang rà danh sách tiêm"]),
        ("Trạm y tế xã rà danh sách, gửi cho khoa nào?", []),
        ("Vì sao hồ sơ trễ hạn, anh chị trích giúp em với", ["anh chị trích giúp em với"]),
        ("Trạm y tế tiêm ngày nào? Cảm ơn anh chị nhiều!", ["Cảm ơn anh chị nhiều!"]),
        ("Giúp tôi tìm hạn nộp hồ sơ, ngày nào?", []),  # what is asked for stands behind it
        ("Chị Lê Thị Hoa ở thôn 3, nay giữ chức gì?", []),  # somebody else
        ("Tôi ở xã nào thì được hỗ trợ, mức bao nhiêu?", []),  # it asks
        ("Xã hỗ trợ bao nhiêu tiền cho con em hộ nghèo?", []),
    ],
)
def test_what_stands_beside_the_matter(question: str, beside: list[str]) -> None:
    assert [span.of(question) for span in asides(question)] == beside


def test_it_weighs_little_and_the_rest_all() -> None:
    weights = {term.key: term.kept for term in query_of("", "Em ở khối xã, báo cáo quý nộp ngày mấy?").terms}
    assert weights["khối"] == 0.3
    assert weights["báo"] == 1.0


def test_where_nothing_else_is_left_it_weighs_all() -> None:
    assert all(term.kept == 1.0 for term in query_of("", "Tôi đang làm thủ tục khai sinh, ạ?").terms)
