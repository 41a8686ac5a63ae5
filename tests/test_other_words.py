"""A unit is found also by the question's words for what it says in others."""

from __future__ import annotations

import pytest
from answer_parts import asked

from corpus.document import Span
from rag.other_words import OtherWords
from rag.units import unit


def found(question: str, text: str) -> frozenset[str]:
    return OtherWords(asked(question)).read(unit(text, Span(0, len(text)))).found


@pytest.mark.parametrize(
    ("question", "text", "word"),
    [
        ("Thôn nào bị cúp nước hôm thứ hai?", "Thôn Đông cắt nước từ 7 giờ.", "cup"),
        ("Có bao nhiêu hồ sơ trễ hẹn?", "Quá hạn 12 hồ sơ.", "hen"),
        ("bao nhieu ho so tre hen", "Quá hạn 12 hồ sơ.", "hen"),
        ("Xã nào có nhiều hộ nghèo nhất?", "Hộ nghèo cao nhất là xã Tân Hà.", "nhieu"),
        ("Mỗi hộ được hỗ trợ tối đa bao nhiêu?", "Tổng mức không quá 30 triệu đồng/hộ.", "da"),
    ],
)
def test_what_says_the_same_is_found(question: str, text: str, word: str) -> None:
    assert word in found(question, text)


@pytest.mark.parametrize(
    ("question", "text", "word"),
    [
        ("Thôn nào bị cúp nước hôm thứ hai?", "Thôn Đông sửa ống nước.", "cup"),
        ("Được bớt mấy phần trăm?", "Giảm 30% phí.", "bot"),  # a single syllable may be anything
        ("Có bao nhiêu hồ sơ trễ hẹn?", "Đúng hạn 12 hồ sơ.", "hen"),
        ("Xã nào có nhiều hộ nghèo nhất?", "Hộ nghèo thấp nhất là xã Tân Hà.", "nhieu"),
        ("Xã nào có nhiều hộ nghèo nhất?", "Xã nộp thuế cao nhất là xã Tân Hà.", "nhieu"),
    ],
)
def test_what_says_something_else_is_not(question: str, text: str, word: str) -> None:
    assert word not in found(question, text)


def test_a_unit_without_other_words_stays_as_it_is() -> None:
    plain = unit("Xã có 12 hộ nghèo.", Span(0, 18))
    assert OtherWords(asked("Xã có bao nhiêu hộ nghèo?")).read(plain) is plain
