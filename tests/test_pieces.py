"""What a sentence is cut into, and which pieces say the same."""

from __future__ import annotations

import pytest

from rag.pieces import alike, opened, pieces


def cut(text: str) -> list[tuple[str, str]]:
    return [(piece.sort, piece.said) for piece in pieces(text)]


def test_words_names_figures_dates_documents_and_sense() -> None:
    assert cut("Xã Ka Đô phải nộp 5 triệu đồng trước ngày 5/7/2019 theo Nghị quyết 12-NQ/HU") == [
        ("word", "Xã"), ("name", "Ka"), ("name", "Đô"), ("sense", "phải"), ("word", "nộp"), ("number", "5 triệu"),
        ("word", "đồng"), ("word", "trước"), ("date", "ngày 5/7/2019"), ("word", "theo"), ("name", "Nghị"),
        ("word", "quyết"), ("document", "12-NQ/HU"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "senses"),
    [
        ("chưa có thể nộp", ["not", "may"]),
        ("không khí trong lành, không gian rộng", []),
        ("trên 600 hộ ở trên núi", ["over"]),
        ("Phó Chủ tịch phó thác", ["deputy"]),
        ("cần phải nộp, nhu cầu cần thiết", ["must"]),
        ("dự kiến đã đạt", ["plan", "done"]),
        ("gồm cả, trừ hộ nghèo", ["except"]),
    ],
)
def test_what_turns_the_sense_of_the_words_behind_it(text: str, senses: list[str]) -> None:
    assert [piece.key for piece in pieces(text) if piece.sort == "sense"] == senses


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("99%", "99 %", True),
        ("99%", "99 người", False),
        ("4 mm", "4 m", False),
        ("5 km", "5 km", True),
        ("1.200 hộ", "1200 hộ dân", True),
        ("30% đến 40%", "40%", False),
        ("19/19", "19/20", False),
        ("ngày 5/7/2019", "ngày 05 tháng 7 năm 2019", True),
        ("năm 2019", "ngày 5/7/2019", True),
        ("ngày 5/7/2019", "năm 2019", False),
        ("năm 2019", "2019", True),
        ("12-NQ/HU", "12-QĐ/HU", False),
        ("hòa", "hoà", True),
        ("lý", "lí", True),
        ("hoa", "hòa", True),  # typed without accents
        ("hóa", "hòa", False),
        ("Lâm", "lâm", True),
    ],
)
def test_alike(one: str, other: str, same: bool) -> None:
    assert alike(pieces(f"x {one}")[1], pieces(f"x {other}")[1]) is same


def test_abbreviations_are_opened_on_both_sides_in_one_way() -> None:
    assert opened("UBND xã", "Ủy ban nhân dân xã đạt 5 phần trăm") == (
        "Ủy ban nhân dân xã",
        "Ủy ban nhân dân xã đạt 5%",
    )
    claim, evidence = opened("Chủ tịch HĐND", "Chủ tịch Hội đồng nhân dân")
    assert claim == evidence == "Chủ tịch Hội đồng nhân dân"
