"""Lines that say what is spoken of: captions, and headings without a mark."""

from __future__ import annotations

import pytest
from answer_parts import part

from rag.title_lines import is_title_line

PARAGRAPH = "Người đề nghị nộp hồ sơ tại bộ phận một cửa của xã, và nhận kết quả sau năm ngày làm việc tại đó."


@pytest.mark.parametrize(
    ("text", "line", "title"),
    [
        (f"Tin\n\nThủ tục cấp giấy\n{PARAGRAPH}", "Thủ tục cấp giấy", True),
        (f"Thủ tục cấp giấy\n{PARAGRAPH}", "Thủ tục cấp giấy", True),
        (f"Tin\n\nThủ tục cấp giấy có ba bước.\n{PARAGRAPH}", "Thủ tục cấp giấy có ba bước.", False),  # a sentence
        (f"Tin\n\n- Nộp ở xã\n{PARAGRAPH}", "- Nộp ở xã", False),  # an item
        (f"Tin\n\nĐồng chí A, Chủ tịch xã\n\n{PARAGRAPH}", "Đồng chí A, Chủ tịch xã", False),  # nothing stands under it
        (f"Tin\n\n{PARAGRAPH}", PARAGRAPH, False),
        ("Cầu mới của xã (Ảnh: Lê An)", "Cầu mới của xã (Ảnh: Lê An)", True),
        ("Cầu mới của xã (Hình từ Internet)", "Cầu mới của xã (Hình từ Internet)", True),
        ("Cầu mới của xã (dài 30 m)", "Cầu mới của xã (dài 30 m)", False),
    ],
)
def test_a_title_line(text: str, line: str, title: bool) -> None:
    assert is_title_line(part(text, line)) == title
