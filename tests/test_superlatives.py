"""Questions after the most or the least, and texts that say who has it."""

from __future__ import annotations

import pytest
from answer_parts import asked

from rag.superlatives import states, superlative


@pytest.mark.parametrize(
    ("question", "noun", "words", "most", "share"),
    [
        ("xã nào có nhiều hộ nghèo nhất?", "xa", "ho ngheo", True, False),
        ("xa nao it ho ngheo nhat", "xa", "ho ngheo", False, False),
        ("Đơn vị nào có tỷ lệ hồ sơ trễ hạn thấp nhất?", "don vi", "ho so tre han", False, True),
        ("Số học sinh đông nhất ở trường nào?", "truong", "hoc sinh", True, False),
        ("Xã nào thu ngân sách nhiều nhất?", "xa", "thu ngan sach", True, False),  # "ngân" is no "ngắn"
        ("xã nào nghèo nhất huyện?", "xa", "ngheo", True, True),
        ("Khoản nào chi to nhất?", "khoan", "chi", True, False),
        ("Xã nào còn nhiều hộ nghèo nhất, mấy hộ?", "xa", "ho ngheo", True, False),
        ("Lớp nghề nào tốn kinh phí nhiều nhất?", "nghe", "kinh phi", True, False),
        ("Trường nào có nhiều lớp nghề nhất?", "truong", "lop nghe", True, False),
        ("Ai có diện tích lớn nhất xã?", "ai", "dien tich", True, False),
        ("Huyện nào có diện tích rừng lớn nhất năm 2023?", "huyen", "dien tich rung", True, False),
    ],
)
def test_whom_of_what_and_which_end(question: str, noun: str, words: str, most: bool, share: bool) -> None:
    found = superlative(asked(question))
    assert found is not None
    said = {syllable for word in found.words for syllable in word.syllables}
    assert (found.noun, said, found.most, found.share) == (noun, set(words.split()), most, share)


@pytest.mark.parametrize(
    "question",
    [
        "Văn bản mới nhất về rừng là gì?",
        "Huyện có bao nhiêu hộ nghèo?",
        "xã nào có hộ nghèo, nhất là hộ già?",
        "Khi nào nhiều hồ sơ nhất?",
        "Cần chú ý việc nào nhất?",
        "Xã nào nhiều nhất?",  # of what?
    ],
)
def test_no_superlative(question: str) -> None:
    assert superlative(asked(question)) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Xã Tân Hà có nhiều mô hình nhất (12 mô hình).", True),
        ("Xã có số mô hình cao nhất là Tân Hà (12 mô hình), tiếp đến là xã Tân Lập.", True),
        ("Xã có ít mô hình nhất là Tân Lập.", False),  # the other end
        ("Về mô hình, cao nhất là xã Tân Hà, thấp nhất là xã Tân Lập.", True),
        ("Xã có số mô hình tăng cao nhất là Tân Hà.", False),  # who gained most is not who has the most
        ("Xã nộp cao nhất là Tân Hà.", False),  # of something else
        ("Dẫn đầu là xã Tân Hà.", True),
        ("Giải nhất thuộc về mô hình xã Tân Hà.", False),
        ("Các xã, nhất là xã Tân Hà, trồng rừng.", False),
        ("Mô hình đạt hiệu quả cao, nhất là ở xã Tân Hà.", False),
        ("Chi 12 triệu đồng, nhất là cho xã Tân Hà.", False),  # "đồng" is no "đông"
        ("Đạt kết quả nhất định.", False),
        ("Các xã thống nhất nộp mô hình trước ngày 5/9.", False),
    ],
)
def test_a_text_that_says_it_itself(text: str, says: bool) -> None:
    most = superlative(asked("Xã nào có nhiều mô hình nhất?"))
    assert most is not None
    assert states(most, text) is says


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Ít nhất 95% trẻ được tiêm.", False),  # an aim
        ("Xã có tỷ lệ tiêm thấp nhất là Tân Lập.", True),
        ("Tỷ lệ tiêm ít nhất là xã Tân Lập.", True),
    ],
)
def test_at_least_is_not_the_least(text: str, says: bool) -> None:
    least = superlative(asked("Xã nào có tỷ lệ tiêm thấp nhất?"))
    assert least is not None
    assert states(least, text) is says
