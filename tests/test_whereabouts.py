"""Where something is, told to a question that asks where."""

from __future__ import annotations

import pytest
from answer_parts import asked, whole

from rag.whereabouts import asks_where, tells_where


@pytest.mark.parametrize(
    ("question", "where"),
    [("Lễ hội ở đâu?", True), ("le hoi dien ra tai dau", True), ("Xã nào đạt chuẩn?", False), ("Ai chủ trì?", False)],
)
def test_what_asks_where(question: str, where: bool) -> None:
    assert asks_where(asked(question)) == where


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        ("Lễ hội diễn ra tại nhà văn hóa thôn Đông.", True),
        ("Địa điểm: sân đình làng.", True),
        ("Đoàn rước vào Đền Thượng.", True),
        ("Lễ hội của xã Tân Lập có 300 người.", True),
        ("Lễ hội diễn ra từ ngày 12/3.", False),
        ("Lễ hội ở đâu cũng vui.", True),  # words behind "ở" are all that is looked at
        ("Lễ hội diễn ra trong 3 ngày.", False),
    ],
)
def test_a_place_of_its_own(unit: str, told: bool) -> None:
    assert tells_where(asked("Lễ hội diễn ra ở đâu?"), whole(unit)) == told


def test_the_place_of_the_whole_document_is_none() -> None:
    fund = whole("Quỹ khuyến học tỉnh Lào Cai có tài khoản riêng.")
    assert tells_where(asked("Quỹ khuyến học ở đâu?"), fund)
    assert not tells_where(asked("Quỹ khuyến học ở đâu?"), fund, "tỉnh Lào Cai")


def test_the_questions_own_place_is_none() -> None:
    assert not tells_where(asked("Lễ hội của xã Tân Lập ở đâu?"), whole("Lễ hội của xã Tân Lập có 300 người."))
