"""Another of the same kind is not the one that is asked about."""

from __future__ import annotations

import pytest
from answer_parts import asked, part

from rag.namesakes import only_in_a_name, other_namesake, unnamed

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
        ("Chợ Bàu Sen ai quản lý?", "Ban Quản lý chợ Quế (Trưởng ban: ông An).", "", ("Bàu Sen", "Quế")),
        ("Chợ Bàu Sen ai quản lý?", "Chợ Quế do ông An quản lý.", "Giá ở chợ Quế, chợ Bàu Sen", ("Bàu Sen", "Quế")),
        ("Chợ Quế ai quản lý?", "Chợ Quế do ông An quản lý.", "Giá ở chợ Quế, chợ Bàu Sen", None),
        ("Chợ Thạch giá bao nhiêu?", "Loại: Ki-ốt | Chợ Quế: 55.000", "", ("Thạch", "Quế")),
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


@pytest.mark.parametrize(
    ("question", "about", "name"),
    [
        ("Mẫu nước của cơ sở Tấn Phát có đạt không?", "", "Tấn Phát"),
        ("Mẫu nước của cơ sở Tấn Phát có đạt không?", "Kiểm tra cơ sở Tấn Phát", None),
        ("mau nuoc cua co so tan phat co dat khong", "", None),  # nothing shows the name
        ("Mẫu nước ở Tấn Phát có đạt không?", "", None),  # nor what bears it
        ("Mẫu nước của cơ sở An Khang có đạt không?", "", None),
    ],
)
def test_a_firm_that_nothing_near_names(question: str, about: str, name: str | None) -> None:
    text = "Cơ sở An Khang ở thôn 2.\nLấy 25 mẫu nước, 10 mẫu đạt."
    assert unnamed(asked(question), part(text, "Lấy 25 mẫu nước, 10 mẫu đạt."), about) == name
