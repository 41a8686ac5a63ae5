"""Rows and columns of a table that a question is not about."""

from __future__ import annotations

import pytest
from answer_parts import asked, part

from rag.other_rows import is_any_row, other_row

WASTE = (
    "Rác thải năm 2024\n"
    "Địa phương | Tỷ lệ thu gom 2023 (%) | Tỷ lệ thu gom 2024 (%) | Tỷ lệ hộ phân loại rác 2024 (%)\n"
    "Địa phương: Xã Tân Hà | Tỷ lệ thu gom 2023 (%): 80,5 | Tỷ lệ thu gom 2024 (%): 79,8 |"
    " Tỷ lệ hộ phân loại rác 2024 (%): 14,6\n"
    "Địa phương: Xã Phú Sơn | Tỷ lệ thu gom 2023 (%): 71,7 | Tỷ lệ thu gom 2024 (%): 75,5 |"
    " Tỷ lệ hộ phân loại rác 2024 (%): 12,1\n"
)


@pytest.mark.parametrize(
    ("question", "differs"),
    [
        ("Tỷ lệ hộ phân loại rác xã Tân Hà năm 2023 là bao nhiêu?", True),
        ("ty le ho phan loai rac xa tan ha nam 2023 la bao nhieu", True),
        ("Tỷ lệ hộ phân loại rác xã Tân Hà năm 2024 là bao nhiêu?", False),
        ("Tỷ lệ thu gom của xã Tân Hà năm 2023 là bao nhiêu?", False),
        ("Năm 2023 xã Tân Hà bao nhiêu?", False),  # no column is asked for
    ],
)
def test_a_column_of_other_years(question: str, differs: bool) -> None:
    row = WASTE[WASTE.index("Địa phương: Xã Tân Hà") : WASTE.index("\nĐịa phương: Xã Phú Sơn")]
    assert (other_row(asked(question), part(WASTE, row)) is not None) == differs


VILLAGES = (
    "Hộ nghèo\nĐịa bàn | Hộ nghèo\nĐịa bàn: Hòa Sơn (cũ) | Hộ nghèo: 131\nĐịa bàn: Tân Hà (cũ) | Hộ nghèo: 90\n"
    "Địa bàn: Phú Sơn (cũ) | Hộ nghèo: 127"
)
HARVEST = (
    "Sản lượng lúa\nThôn | Sản lượng (tấn)\nThôn: Bản Tàn | Sản lượng (tấn): 238\n"
    "Thôn: Nà Luông | Sản lượng (tấn): 346\nThôn: Pắc Lạn | Sản lượng (tấn): 125"
)


@pytest.mark.parametrize(
    ("question", "differs"),
    [
        ("Thôn Hòa Sơn có bao nhiêu hộ nghèo?", True),
        ("thon hoa son co bao nhieu ho ngheo", True),
        ("Xã Hòa Sơn có bao nhiêu hộ nghèo?", False),
        ("Thôn Hòa Sơn cũ có bao nhiêu hộ nghèo?", False),
    ],
)
def test_a_former_commune_is_no_village_of_its_name(question: str, differs: bool) -> None:
    assert (other_row(asked(question), part(VILLAGES, "Địa bàn: Hòa Sơn (cũ) | Hộ nghèo: 131")) is not None) == differs


@pytest.mark.parametrize(
    ("question", "row", "any_row"),
    [
        ("Sản lượng lúa được mấy tấn?", "Thôn: Bản Tàn | Sản lượng (tấn): 238", True),  # "tấn" names no Bản Tàn
        ("Sản lượng lúa được mấy tấn?", "Thôn: Nà Luông | Sản lượng (tấn): 346", True),  # "lượng" no Nà Luông
        ("Sản lượng lúa Nà Luông được mấy tấn?", "Thôn: Nà Luông | Sản lượng (tấn): 346", False),
        ("san luong lua na luong duoc may tan", "Thôn: Nà Luông | Sản lượng (tấn): 346", False),
    ],
)
def test_a_row_is_named_by_its_own_word(question: str, row: str, any_row: bool) -> None:
    assert is_any_row(asked(question), part(HARVEST, row)) == any_row
