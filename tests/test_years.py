"""The year that a sentence speaks of where only its paragraph names one."""

from __future__ import annotations

import pytest
from answer_parts import asked, make, part

from rag.about import about_document
from rag.periods import other_year

TEXT = "Đến hết tháng 9 giải ngân 102 tỷ đồng. Cùng kỳ năm 2023 đạt 58%. Trong đó đường Kế Bính giải ngân 78,9 tỷ đồng."


@pytest.mark.parametrize(
    ("question", "quote", "other"),
    [
        ("Năm 2023 giải ngân bao nhiêu tỷ?", "Trong đó đường Kế Bính giải ngân 78,9 tỷ đồng.", True),
        ("Năm 2024 giải ngân bao nhiêu tỷ?", "Trong đó đường Kế Bính giải ngân 78,9 tỷ đồng.", False),
        ("Năm 2023 đạt bao nhiêu phần trăm?", "Cùng kỳ năm 2023 đạt 58%.", False),
    ],
)
def test_a_figure_of_the_year_before_ends_with_its_sentence(question: str, quote: str, other: bool) -> None:
    document = make(TEXT, title="Báo cáo kết quả 9 tháng năm 2024")
    assert bool(other_year(asked(question), part(TEXT, quote), None, about_document(document))) == other
