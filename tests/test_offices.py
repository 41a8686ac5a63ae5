"""The offices a text names, each by one name."""

from __future__ import annotations

import pytest

from rag.offices import of_other_level, offices


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Ủy ban nhân dân xã", {"uy ban nhan dan"}),
        ("uy ban nhan dan xa", {"uy ban nhan dan"}),
        ("UBND huyện", {"uy ban nhan dan"}),
        ("MTTQ và Hội Nông dân", {"mat tran to quoc", "hoi nong dan"}),
        ("Mặt trận Tổ quốc", {"mat tran to quoc"}),
        ("Mặt trận", {"mat tran to quoc"}),
        ("Hội LHPN, tức Hội Liên hiệp Phụ nữ", {"hoi lien hiep phu nu"}),
        ("Hội Phụ nữ xã", {"hoi lien hiep phu nu"}),
        ("Phòng Giáo dục và Đào tạo", {"phong giao duc va dao tao"}),
        ("Phòng Giáo dục", {"phong giao duc va dao tao"}),
        ("Sở Giáo dục", {"so giao duc va dao tao"}),  # another office than the district's
        ("Ban Dân vận Huyện ủy", {"ban dan van"}),
        ("Khối Dân vận xã", {"khoi dan van"}),
        ("Sở GTVT", {"so giao thong"}),
        ("Trung tâm Y tế và Phòng Y tế", {"trung tam y te", "phong y te"}),
        ("Huyện có bao nhiêu hộ nghèo?", set()),
        ("", set()),
    ],
)
def test_offices(text: str, named: set[str]) -> None:
    assert offices(text) == named


def test_a_name_inside_a_longer_word_is_none() -> None:
    assert offices("xcông anh") == frozenset()


@pytest.mark.parametrize(
    ("asked", "there", "differ"),
    [
        ("nghi quyet cua hoi dong nhan dan tinh", "nghi quyet cua hoi dong nhan dan huyen", True),
        ("nghi quyet cua hoi dong nhan dan tinh", "nghi quyet cua hoi dong nhan dan", False),  # of no level
        ("nghi quyet cua hoi dong nhan dan tinh", "uy ban nhan dan huyen hop", False),  # another office
        ("uy ban nhan dan xa", "uy ban nhan dan cac xa", False),
        ("uy ban nhan dan huyen giao uy ban nhan dan xa", "uy ban nhan dan huyen giao", False),  # one of both
        ("hoi dong nhan dan", "hoi dong nhan dan huyen", False),
    ],
)
def test_an_office_of_another_level_is_another(asked: str, there: str, differ: bool) -> None:
    assert bool(of_other_level(asked, there)) == differ
