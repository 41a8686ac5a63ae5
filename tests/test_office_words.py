"""Questions in the words that documents use."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

import rag.office_words
from rag.office_words import in_office_words


@pytest.mark.parametrize(
    ("question", "others"),
    [
        ("Phong trào có điểm yếu gì?", ["Phong trào có hạn chế gì?"]),
        (
            "Hồ sơ trễ hẹn qua mạng?",
            ["Hồ sơ trễ hạn trực tuyến?", "Hồ sơ trễ hạn qua mạng?", "Hồ sơ trễ hẹn trực tuyến?"],
        ),
        ("Hồ sơ trễ hạn ở đâu?", []),
        ("Xã còn thiếu những tiêu chí nào?", ["Xã tiêu chí chưa đạt nào?"]),
        ("Xã còn thiếu bao nhiêu giáo viên?", []),
        ("Ai chủ trì?", []),
        ("Họp cuối năm ở đâu?", ["hội nghị tổng kết ở đâu?"]),
        ("Kỳ họp cuối năm ở đâu?", []),  # begins in the midst of "kỳ họp"
        ("Sửa cầu hết bao nhiêu tiền?", ["Sửa cầu tổng mức đầu tư hết mấy tiền?"]),
        ("Cậu ta về hưng phấn?", []),  # "về hưu" is more than its first letters
    ],
)
def test_all_phrases_at_once_then_one_after_the_other(question: str, others: list[str]) -> None:
    assert list(in_office_words(question)) == others


def test_each_form_of_the_table_means_one_thing() -> None:
    text = (Path(rag.office_words.__file__).parent / "data" / "office_words.txt").read_text(encoding="utf-8")
    lines = [line.partition(": ") for line in text.splitlines() if not line.startswith("#")]
    forms = [form.lower() for _, _, asked in lines for form in asked.split(", ")]
    assert unicodedata.is_normalized("NFC", text)
    assert len(forms) == len(set(forms))
    assert all(re.fullmatch(r"[\w/-]+( [\w/-]+)*", form) for form in forms)
    for written, _, asked in lines:  # else what is already in the documents' words would be changed again
        assert not any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", written, re.I) for form in asked.split(", "))
