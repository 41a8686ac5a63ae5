"""Documents named in a text: numbers as offices write them, laws by name, days, and what is no document."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.document import Header
from corpus.references import Reference, find_references, header_keys, name_key, number_key


def one(text: str) -> Reference:
    [found] = find_references(text)
    return found


@pytest.mark.parametrize(
    ("text", "kind", "number", "day"),
    [
        (
            "theo Quyết định số 23-QĐ/TW ngày 30/7/2021 của Bộ Chính trị",
            "Quyết định",
            "23-QĐ/TW",
            date(2021, 7, 30),
        ),
        (
            "Nghị định số 62/2022/NĐ-CP ngày 12 tháng 9 năm 2022 của Chính phủ",
            "Nghị định",
            "62/2022/NĐ-CP",
            date(2022, 9, 12),
        ),
        (
            "NGHỊ QUYẾT SỐ 13-NQ/HU, NGÀY 14/12/2023 CỦA HUYỆN ỦY",
            "Nghị quyết",
            "13-NQ/HU",
            date(2023, 12, 14),
        ),
        ("Chỉ thị 04-CT/HU về tiếp dân", "Chỉ thị", "04-CT/HU", None),
        (
            "Quyết định số 12/QĐ-UBND của UBND huyện ngày 03/4/2020",
            "Quyết định",
            "12/QĐ-UBND",
            date(2020, 4, 3),
        ),
        ("Thông tư liên tịch số 37/2015/TTLT-BLĐTBXH-BNV", "Thông tư liên tịch", "37/2015/TTLT-BLĐTBXH-BNV", None),
        ("Tiếp theo Công văn số 118 ngày 11/10/2019", "Công văn", "118", date(2019, 10, 11)),
        ("văn bản 45/UBND-VX về đất đai", "Văn bản", "45/UBND-VX", None),
        ("Quyết định số 5/QĐ-UBND ngày 31/02/2020", "Quyết định", "5/QĐ-UBND", None),  # no such day
    ],
)
def test_a_numbered_document(text: str, kind: str, number: str, day: date | None) -> None:
    found = one(text)
    assert (found.kind, found.number, found.issued_on) == (kind, number, day)
    assert found.number is not None
    assert found.number.split("-")[0] in found.span.of(text).replace(" ", "")


def test_two_numbers_of_one_symbol_are_two_documents() -> None:
    assert [found.number for found in find_references("Quyết định số 217,218-QĐ/TW")] == ["217-QĐ/TW", "218-QĐ/TW"]


@pytest.mark.parametrize(
    "text",
    [
        "đạt 19/19 xã",
        "trực 24/24H",
        "ngày 05/2019",
        "đạt 80,73%",
        "pháp luật năm 2019",
        "COVID-19",
        "lớp 10/A",
        "Nghị định số .../2026/NĐ-CP",
    ],
)
def test_what_is_no_document(text: str) -> None:
    assert find_references(text) == []


def test_a_law_by_name_and_day_or_year() -> None:
    text = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; Bộ luật Lao động năm 2019"
    first, second = find_references(text)
    assert (first.name, first.issued_on, first.year) == (
        "Luật Tổ chức chính quyền địa phương",
        date(2015, 6, 19),
        2015,
    )
    assert (second.name, second.issued_on, second.year) == ("Bộ luật Lao động", None, 2019)
    assert second.span.of(text) == "Bộ luật Lao động năm 2019"


def test_a_law_with_its_number_keeps_its_name() -> None:
    found = one("Căn cứ Luật Ngân sách nhà nước số 89/2025/QH15;")
    assert (found.kind, found.number, found.name) == ("Luật", "89/2025/QH15", "Luật Ngân sách nhà nước")


def test_keys_are_the_same_however_a_number_is_written() -> None:
    assert number_key("118 -CV/BDVHU") == number_key("118-CV/BDVHU") == "118/cv/bdvhu"
    assert number_key("06/2023/TT-BLĐTBXH") == "6/2023/tt/bldtbxh"
    assert name_key("Luật Đất đai") == "= luat dat dai"


def test_the_keys_of_a_header() -> None:
    assert header_keys(Header("t", "Công văn", "118-CV/BDVHU")) == ("118/cv/bdvhu", "118")
    assert header_keys(Header("t", "Luật", "31/2024/QH15", subject="ĐẤT ĐAI")) == (
        "31/2024/qh15",
        "31",
        "= luat dat dai",
    )
    assert header_keys(Header("Tin")) == ()


def test_hostile_text_is_read_in_a_moment() -> None:
    import time

    for piece in ("Luật a ", "Quyết định số 1/QĐ-A ", "số 1,", "1-A", "Luật", "(ngày 1/1/", "của a của a "):
        started = time.perf_counter()
        find_references(piece * (100_000 // len(piece)))
        assert time.perf_counter() - started < 2, piece
