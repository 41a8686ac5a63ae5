"""The persons that a question names in small letters."""

from __future__ import annotations

import pytest
from answer_parts import asked

from rag.persons import with_names

PASSAGES = [
    "Đồng chí Vũ Đình Minh chủ trì. HỘI NGHỊ VŨ ĐÌNH LAN.",
    "Dân số TP. Hồ Chí Minh.",
    "Vụ Đông Xuân trúng mùa. Lúa vụ Đông Xuân tốt. Hồ Khe Mây cạn.",
]


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("vũ đình minh giữ chức gì", ["vũ đình minh"]),
        ("Vũ Đình Minh giữ chức gì", ["Vũ Đình Minh"]),
        ("vũ đình minh hùng giữ chức gì", ["vũ đình minh"]),
        ("chức của vũ đình minh", ["vũ đình minh"]),
        ("vũ đình lan giữ chức gì", []),  # nobody of that name is told of
        ("chủ tịch nước lê đức anh sinh năm nào", ["lê đức anh"]),  # behind a post: nobody of the passages is meant
        ("đồng chí trần là ai", []),
        ("phạm vi của kế hoạch là gì", []),
        ("dân số thành phố hồ chí minh", []),  # a place
        ("vụ đông xuân thu bao nhiêu tấn", []),  # written with a small letter elsewhere, so no surname
        ("Vụ Đông Xuân thu bao nhiêu tấn", []),
        ("hồ Khe Mây cạn chưa", []),  # a small letter before capitals
    ],
)
def test_a_person_typed_in_small_letters(question: str, named: list[str]) -> None:
    query = with_names(asked(question), PASSAGES)
    assert [span.of(query.text) for span in query.names] == named
