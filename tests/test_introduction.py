"""Openings that only name the source are taken off a claim; what they add of their own stays to be checked."""

from __future__ import annotations

import pytest

from rag.introduction import without_introduction

CONTEXT = "Công văn số 118-CV/BDVHU ngày 11/10/2019 của Ban Dân vận Huyện ủy Đơn Dương"
BODY = "năm 2018 xã đạt chuẩn"


@pytest.mark.parametrize(
    "opening",
    [
        "Theo Công văn số 118-CV/BDVHU ngày 11/10/2019 của Ban Dân vận Huyện ủy Đơn Dương:",
        "Theo Công văn số 118-CV/BDVHU,",
        "Theo công văn ngày 11 tháng 10 năm 2019,",
        "Tài liệu nêu rõ:",
        "Theo văn bản,",
        "Như vậy, theo Công văn 118-CV/BDVHU,",
    ],
)
def test_the_name_of_the_source_is_taken_off(opening: str) -> None:
    assert without_introduction(f"{opening} {BODY}", CONTEXT) == BODY


@pytest.mark.parametrize(
    "opening",
    [
        "Theo Công văn số 119-CV/BDVHU,",
        "Theo công văn ngày 11/10/2018,",
        "Theo ông Nguyễn Văn Nam,",
        "Theo Nghị quyết của Tỉnh ủy,",
        "Năm 2019,",
        "Xã",
    ],
)
def test_another_source_stays(opening: str) -> None:
    claim = f"{opening} {BODY}"
    assert without_introduction(claim, CONTEXT) == claim


def test_nothing_is_left_of_nothing() -> None:
    assert without_introduction("Theo văn bản,", CONTEXT) == "Theo văn bản,"
    assert without_introduction("", CONTEXT) == ""
