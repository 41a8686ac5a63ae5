"""Another of the same kind is not the one that is asked about."""

from __future__ import annotations

import pytest
from answer_parts import asked, part

from rag.namesakes import other_namesake

ELECTRIC = "Điện lực Tân Lập thay 40 công tơ."


@pytest.mark.parametrize(
    ("question", "text", "about", "differ"),
    [
        ("Điện lực Hòa Sơn thay bao nhiêu công tơ?", ELECTRIC, "", ("Hòa Sơn", "Tân Lập")),
        ("dien luc hoa son thay bao nhieu cong to", ELECTRIC, "", ("hoa son", "Tân Lập")),
        ("Điện lực Tân Lập thay bao nhiêu công tơ?", ELECTRIC, "", None),
        ("Điện lực thay bao nhiêu công tơ?", ELECTRIC, "", None),
        ("Điện lực Hòa Sơn thay bao nhiêu công tơ?", ELECTRIC, "Tin xã Hòa Sơn", None),  # told of it as a whole
        ("Điện lực Hòa Sơn thay bao nhiêu công tơ?", "Điện lực huyện thay 40 công tơ.", "", None),  # no other is named
        ("Điện lực Hòa Sơn thay bao nhiêu công tơ?", f"Tại xã Hòa Sơn, {ELECTRIC}", "", None),
        (
            "Công ty TNHH Minh Phát nộp bao nhiêu?",
            "Công ty TNHH An Khang nộp 12 tỷ đồng.",
            "",
            ("Minh Phát", "An Khang"),
        ),
        ("ĐIỆN LỰC THAY BAO NHIÊU CÔNG TƠ?", ELECTRIC, "", None),
    ],
)
def test_what_bears_another_name(question: str, text: str, about: str, differ: tuple[str, str] | None) -> None:
    assert other_namesake(asked(question), part(text, text.removeprefix("Tại xã Hòa Sơn, ")), about) == differ
