"""What the clause beside a unit tells: if something rose or fell, and in whose charge it is."""

from __future__ import annotations

import pytest
from answer_parts import asked, part, whole

from rag.told_beside import lacks_beside, with_beside

FIRES = "Cả năm xảy ra 13 vụ cháy; so với năm 2022 giảm 3 vụ, 1 người chết."
LOTS = "3. Tổ chức đấu giá lại 04 lô đất trong tháng 9. Giao Phòng Kinh tế chủ trì. Báo cáo UBND xã."
WASTE = "Rác năm 2025 là 11.960 tấn; năm 2024 là 11.240 tấn."
TEAM = "1. Lập 4 đội hỗ trợ người già; Đoàn Thanh niên phường chủ trì, xong trong quý I."


@pytest.mark.parametrize(
    ("question", "text", "quote", "told"),
    [
        ("Số vụ cháy tăng hay giảm?", FIRES, "Cả năm xảy ra 13 vụ cháy", FIRES),
        ("so vu chay tang hay giam", FIRES, "so với năm 2022 giảm 3 vụ, 1 người chết.", FIRES),
        (
            "Việc đấu giá lại lô đất giao cho ai?",
            LOTS,
            "3. Tổ chức đấu giá lại 04 lô đất trong tháng 9.",
            "3. Tổ chức đấu giá lại 04 lô đất trong tháng 9. Giao Phòng Kinh tế chủ trì.",
        ),
        ("Đấu giá mấy lô đất?", LOTS, "3. Tổ chức đấu giá lại 04 lô đất trong tháng 9.", LOTS[:47]),
        ("Rác năm 2025 so với 2024 thế nào?", WASTE, "Rác năm 2025 là 11.960 tấn", WASTE),
        ("Rác năm 2025 là bao nhiêu?", WASTE, "Rác năm 2025 là 11.960 tấn", "Rác năm 2025 là 11.960 tấn"),
        ("Rác năm 2025 so với 2023 thế nào?", WASTE, "Rác năm 2025 là 11.960 tấn", "Rác năm 2025 là 11.960 tấn"),
        ("Có mấy vụ cháy?", FIRES, "Cả năm xảy ra 13 vụ cháy", "Cả năm xảy ra 13 vụ cháy"),
        ("Đội hỗ trợ người già giao cho ai?", TEAM, "1. Lập 4 đội hỗ trợ người già", TEAM),
        ("Lập mấy đội hỗ trợ người già?", TEAM, "1. Lập 4 đội hỗ trợ người già", "1. Lập 4 đội hỗ trợ người già"),
    ],
)
def test_a_unit_with_the_clause_beside_it(question: str, text: str, quote: str, told: str) -> None:
    assert with_beside(asked(question), part(text, quote)).quote == told


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("Số hộ nghèo tăng hay giảm?", "Số hộ nghèo là 173 hộ.", True),
        ("Số hộ nghèo tăng hay giảm?", "Hộ nghèo 173 hộ, giảm 58 hộ.", False),
        ("Số hộ nghèo giảm bao nhiêu?", "Số hộ nghèo là 173 hộ.", False),  # other rules hold the figure
        ("Ai phụ trách đội thu gom?", "Đội thu gom đi hằng tuần.", True),
        ("ai phu trach doi thu gom", "Đội thu gom do ông Lê Văn An lo.", False),
        ("Ai phụ trách đội thu gom?", "Đội thu gom giao Phòng Kinh tế.", False),
        ("Ai trong đội thu gom?", "Đội thu gom đi hằng tuần.", False),
    ],
)
def test_what_tells_neither(question: str, text: str, lacks: bool) -> None:
    assert lacks_beside(asked(question), whole(text)) == lacks
