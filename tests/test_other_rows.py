"""Rows and columns of a table that a question is not about."""

from __future__ import annotations

import pytest
from answer_parts import asked, part

from rag.other_rows import other_row

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
