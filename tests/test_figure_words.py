"""The word that a figure is told with."""

from __future__ import annotations

import pytest
from answer_parts import asked, part, whole

from rag.figure_words import lacks_figure_word
from rag.offers import offers

RICE = "Lúa cả năm 620 ha.\nLúa mùa gieo 310 ha."
HERBS = "Trồng 38 ha sả, 27 ha nghệ. Giá thu mua sả bình quân 5.000 đồng/kg."


@pytest.mark.parametrize(
    ("question", "unit", "section", "lacks"),
    [
        ("Xã giảm được bao nhiêu hộ nghèo?", "Hộ nghèo đầu năm 45, cuối năm 32.", None, True),
        ("Xã giảm được bao nhiêu hộ nghèo?", "Có 13 hộ thoát nghèo.", None, False),
        ("xa giam duoc bao nhieu ho ngheo", "Hộ nghèo: đã giảm 13 hộ.", None, False),
        ("Xã giảm được bao nhiêu hộ nghèo?", "Xã Tân Hà: 13 hộ.", "2. Số hộ nghèo giảm trong năm", False),
        ("Xã có bao nhiêu hộ nghèo?", "Có 45 hộ nghèo.", None, False),
        ("Hộ nghèo tăng hay giảm mấy hộ?", "Có 45 hộ nghèo.", None, False),  # the clause beside may tell it
        ("Lương tăng bao nhiêu?", "Lương là 2,34 triệu đồng.", None, True),
        ("Lương tăng bao nhiêu?", "Lương từ 1,8 lên 2,34 triệu đồng.", None, False),
        ("xa tang bao nhieu suat qua", "Xã trao 12 suất quà.", None, False),  # it may be "tặng"
        ("Sau đợt tiêm còn dư mấy liều?", "Nhu cầu 260 liều.", None, True),
        ("Sau đợt tiêm còn dư mấy liều?", "Tồn kho 34 liều.", None, False),
        ("Còn bao nhiêu hộ nghèo?", "Hộ nghèo cuối năm: 45.", None, False),
        ("Thu ngân sách được bao nhiêu?", "Ngân sách huyện 60 tỷ đồng.", "III. Nguồn lực", True),
        ("Thu ngân sách được bao nhiêu?", "Ngân sách huyện 60 tỷ đồng.", "1. Tổng thu", False),
        ("Đường Lê Lợi rộng mấy mét?", "Đường Lê Lợi dài 940 m.", None, True),
        ("Đường Lê Lợi rộng mấy mét?", "Đường Lê Lợi dài 940 m, mặt đường 12 m.", None, False),
        ("Đường Lê Lợi dài bao nhiêu mét?", "Đường Lê Lợi dài 940 m.", None, False),
        ("Đường Lê Lợi dài bao nhiêu mét?", "Từ ngã ba đến cầu 940 m.", None, False),
        ("Vụ cháy ngày 7/3/2026 mất bao nhiêu ha?", "Xảy ra 02 vụ cháy, mất 3,7 ha.", None, True),
        ("Vụ cháy ngày 7/3/2026 mất bao nhiêu ha?", "Vụ cháy làm mất 1,9 ha.", None, False),
        ("Vụ cháy năm 2026 mất bao nhiêu ha?", "Xảy ra 02 vụ cháy, mất 3,7 ha.", None, False),
        ("Có mấy câu về lĩnh vực giáo dục?", "Nhận 47 câu hỏi.", None, True),
        ("Có mấy câu về lĩnh vực giáo dục?", "Giáo dục: 12 câu.", None, False),
        ("Ai giảm được bao nhiêu cân?", "Ông Lê Hà 60 kg.", None, True),
        ("Ai giảm cân?", "Ông Lê Hà 60 kg.", None, False),  # no figure is asked for
    ],
)
def test_a_figure_is_told_with_its_word(question: str, unit: str, section: str | None, lacks: bool) -> None:
    assert lacks_figure_word(asked(question), whole(unit), section) == lacks


def test_rice_of_a_season_is_told_as_such_in_the_unit_or_over_it() -> None:
    question = asked("Diện tích lúa mùa bao nhiêu ha?")
    assert lacks_figure_word(question, whole("Lúa cả năm 620 ha."), None)
    assert not lacks_figure_word(question, whole("Lúa 310 ha."), "2. Vụ mùa")
    assert not lacks_figure_word(question, part(RICE, "Lúa cả năm 620 ha."), None)  # the document speaks of it


def test_the_price_of_a_thing_is_not_that_of_another() -> None:
    price = part(HERBS, "Giá thu mua sả bình quân 5.000 đồng/kg.")
    assert lacks_figure_word(asked("Giá nghệ bao nhiêu một kg?"), price, None)
    assert not lacks_figure_word(asked("Giá sả bao nhiêu một kg?"), price, None)
    assert not lacks_figure_word(asked("Giá vé bao nhiêu?"), whole("Giá dịch vụ 20.000 đồng/vé."), None)


@pytest.mark.parametrize(
    ("question", "unit", "offered"),
    [
        ("Phường nhận mấy hồ sơ?", "Phường có 2.115 hộ kinh doanh.", False),
        ("phuong co may ho ngheo", "Phường có 2.115 hộ.", True),
        ("Phường nhận mấy hồ sơ?", "Phường nhận 2.115 hồ sơ.", True),
        ("phuong nhan may ho so", "Phường nhận 2.115 hồ sơ.", True),
        ("Phường có mấy hộ kinh doanh?", "Phường có 2.115 hộ.", True),
    ],
)
def test_what_is_counted_is_no_other_word_of_the_same_letters(question: str, unit: str, offered: bool) -> None:
    assert offers(asked(question), whole(unit)) == offered
