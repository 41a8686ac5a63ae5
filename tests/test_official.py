"""The line by which an office cites a document in a letter of its own."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.document import Header
from corpus.official import basis, name

LETTER = Header("T", "Công văn", "118-CV/BDVHU", date(2019, 10, 11), "Ban Dân vận Huyện ủy Đơn Dương")
RULE = Header("T", "Thông tư", "01/2025/TT-BTC", date(2025, 1, 10), "Bộ Tài chính")
NEWS = Header("Hội nghị sơ kết", "Tin bài", issued_on=date(2024, 4, 5))
NAME = "Công văn số 118-CV/BDVHU ngày 11/10/2019 của Ban Dân vận Huyện ủy Đơn Dương"


def test_a_letter_is_named_by_kind_number_day_and_issuer() -> None:
    assert name(LETTER, "Công văn") == NAME


def test_a_text_without_a_number_goes_by_its_title_alone() -> None:
    assert basis(NEWS, "Tin bài", "Hội nghị") == "Căn cứ bài “Hội nghị sơ kết” ngày 05/04/2024"


@pytest.mark.parametrize(
    ("subject", "about"),
    [
        ("Thực hiện thông báo kết luận", " về việc thực hiện thông báo kết luận"),
        ("V/v tiêm phòng dại", " về việc tiêm phòng dại"),
        ("Về việc tiêm phòng dại", " về việc tiêm phòng dại"),
        ("UBND huyện tiếp công dân", " về việc UBND huyện tiếp công dân"),
        ("Đơn Dương tiếp công dân", " về việc Đơn Dương tiếp công dân"),
        ("TIÊM PHÒNG DẠI", " về “TIÊM PHÒNG DẠI”"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_letter_is_about_its_subject(subject: str | None, about: str) -> None:
    assert basis(LETTER, "Công văn", subject) == f"Căn cứ {NAME}{about}"


@pytest.mark.parametrize(
    ("subject", "about"),
    [
        ("Quy định mức điều chỉnh tiền lương", "quy định mức điều chỉnh tiền lương"),
        ("Sửa đổi, bổ sung một số điều", "sửa đổi, bổ sung một số điều"),
        ("Về việc chi trả", "về việc chi trả"),
        ("Kết quả công tác dân vận", "về kết quả công tác dân vận"),
    ],
)
def test_a_rule_says_what_it_does(subject: str, about: str) -> None:
    named = "Căn cứ Thông tư số 01/2025/TT-BTC ngày 10/01/2025 của Bộ Tài chính"
    assert basis(RULE, "Thông tư", subject) == f"{named} {about}"


def test_what_a_person_entered_is_told_apart() -> None:
    header = Header(
        "Phí chợ", number="99/TB-UBND", issued_on=date(2023, 1, 2), entered=("number", "issued_on", "place")
    )
    assert name(header, "Thông báo") == "Thông báo số 99/TB-UBND ngày 02/01/2023 (số, ngày do người quản lý nhập)"
    assert "(số, ngày do người quản lý nhập) về phí chợ" in basis(header, "Thông báo", "Phí chợ")
