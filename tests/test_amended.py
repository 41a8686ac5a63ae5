"""What holds after a change."""

from __future__ import annotations

import pytest
from answer_parts import asked, part

from rag.amended import is_before_change

LETTER = (
    'Công văn về việc đính chính\n1. Về mức hỗ trợ\nĐã ghi: "hỗ trợ 50 triệu đồng/căn".\n'
    'Nay sửa lại là: "hỗ trợ 60 triệu đồng/căn".\n2. Báo đã ghi: "xã có 4 thôn".'
    "\n" + "x " * 200 + "\n3. Đã ghi: dài 9 m; nay sửa lại là dài 12 m."
)
OLD, NEW = 'Đã ghi: "hỗ trợ 50 triệu đồng/căn".', 'Nay sửa lại là: "hỗ trợ 60 triệu đồng/căn".'


FEES = "Thông báo giá ki-ốt\nGiá ki-ốt 120.000 đồng, áp dụng từ ngày 01/5/2026."


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("Giá ki-ốt trước ngày 01/5/2026 là bao nhiêu?", True),
        ("Giá ki-ốt trước 1/5/2026 là bao nhiêu?", True),
        ("Giá ki-ốt từ ngày 01/5/2026 là bao nhiêu?", False),
        ("Giá ki-ốt trước ngày 01/6/2026 là bao nhiêu?", False),
    ],
)
def test_what_holds_from_a_day_held_not_before_it(question: str, before: bool) -> None:
    unit = part(FEES, "Giá ki-ốt 120.000 đồng, áp dụng từ ngày 01/5/2026.")
    assert is_before_change(asked(question), unit, None) == before


@pytest.mark.parametrize(
    ("question", "quote", "before"),
    [
        ("Mỗi căn được hỗ trợ bao nhiêu?", OLD, True),
        ("moi can duoc ho tro bao nhieu", OLD, True),
        ("Sau khi đính chính mỗi căn được hỗ trợ bao nhiêu?", OLD, True),
        ("Mỗi căn được hỗ trợ bao nhiêu?", NEW, False),
        ("Cầu dài bao nhiêu mét?", "Đã ghi: dài 9 m;", True),
        ("Cầu dài bao nhiêu mét?", "nay sửa lại là dài 12 m.", False),
        ("Trước khi đính chính ghi bao nhiêu?", OLD, False),
        ("Văn bản cũ ghi sai mức nào?", OLD, False),
        ("Xã có mấy thôn?", '2. Báo đã ghi: "xã có 4 thôn".', False),  # no correction follows
    ],
)
def test_what_a_correction_ends_holds_no_more(question: str, quote: str, before: bool) -> None:
    assert is_before_change(asked(question), part(LETTER, quote), None) == before
