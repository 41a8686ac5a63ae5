"""Another of the same kind is not the one that is asked about."""

from __future__ import annotations

import pytest
from answer_parts import asked, part

from rag.namesakes import only_in_a_name, other_namesake

ELECTRIC = "Điện lực Tân Lập thay 40 công tơ."


@pytest.mark.parametrize(
    ("question", "text", "about", "differ"),
    [
        ("Điện lực Hòa Sơn thay bao nhiêu công tơ?", ELECTRIC, "", ("Hòa Sơn", "Tân Lập")),
        ("dien luc hoa son thay bao nhieu cong to", ELECTRIC, "", ("hoa son", "Tân Lập")),
        ("Điện lực Tân Lập thay bao nhiêu công tơ?", ELECTRIC, "", None),
        ("Điện lực thay bao nhiêu công tơ?", ELECTRIC, "", None),
        ("Điện lực Hòa Sơn thay bao nhiêu công tơ?", ELECTRIC, "Tin xã Hòa Sơn", None),  # told of it as a whole
        ("Điện lực Hòa Sơn thay bao nhiêu công tơ?", "Điện lực huyện thay 40 công tơ.", "", None),  # no other is named
        ("Điện lực Hòa Sơn thay bao nhiêu công tơ?", f"Tại xã Hòa Sơn, {ELECTRIC}", "", None),
        (
            "Công ty TNHH Minh Phát nộp bao nhiêu?",
            "Công ty TNHH An Khang nộp 12 tỷ đồng.",
            "",
            ("Minh Phát", "An Khang"),
        ),
        ("Độ mặn ở cống Bàu Sen là bao nhiêu?", "Độ mặn đo tại cống Ngọc Mỹ là 4 ‰.", "", ("Bàu Sen", "Ngọc Mỹ")),
        ("Độ mặn ở cống Bàu Sen là bao nhiêu?", "Đo tại cống Ngọc Mỹ, cống Bàu Sen là 4 ‰.", "", None),
        ("Ở làng Bàu Sen có mấy hộ?", "Từ cống Ngọc Mỹ có 4 hộ.", "", None),  # another kind of thing
        ("ĐIỆN LỰC THAY BAO NHIÊU CÔNG TƠ?", ELECTRIC, "", None),
    ],
)
def test_what_bears_another_name(question: str, text: str, about: str, differ: tuple[str, str] | None) -> None:
    assert other_namesake(asked(question), part(text, text.removeprefix("Tại xã Hòa Sơn, ")), about) == differ


CONTACT = "Liên hệ bà Hoàng Thị Mai Phương, điện thoại 0260 3855 233."


@pytest.mark.parametrize(
    ("question", "only"),
    [
        ("Mai có mưa không?", True),
        ("mai co mua khong", True),
        ("Mai liên hệ được không?", False),  # the unit says more of it
        ("Liên hệ với ai?", False),
        ("Điện thoại của bà Hoàng Thị Mai Phương?", False),
    ],
)
def test_a_syllable_of_a_name_is_no_word_of_the_question(question: str, only: bool) -> None:
    assert only_in_a_name(asked(question), part(CONTACT, CONTACT)) == only
