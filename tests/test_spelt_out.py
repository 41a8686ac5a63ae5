"""Abbreviations that no table opens are spelt out as the documents have them."""

from __future__ import annotations

import pytest

from rag.spelt_out import spelt_out

TEXT = "Kết quả tiêm chủng mở rộng năm 2022. Quỹ vì trẻ thơ. Tổ công nghệ số cộng đồng, tổ vì trẻ thơ."


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Chi cho TCMR bao nhiêu?", "Chi cho tiêm chủng mở rộng bao nhiêu?"),
        ("chi cho tcmr bao nhieu", "chi cho tiêm chủng mở rộng bao nhieu"),
        ("Tổ CNSCĐ có mấy người?", "Tổ công nghệ số cộng đồng có mấy người?"),
        ("Quỹ VTT thu bao nhiêu?", "Quỹ vì trẻ thơ thu bao nhiêu?"),  # three letters, twice
        ("Quỹ QVT thu bao nhiêu?", None),  # three letters, once: may stand so by chance
        ("Dự án RNQV là gì?", None),  # over the end of a sentence
        ("Chi bao nhiêu cho tổ?", None),
        ("Số 12/TCMR ban hành ngày nào?", None),  # of a document's number
    ],
)
def test_the_documents_spell_it(question: str, told: str | None) -> None:
    assert spelt_out(question, [TEXT]) == told


def test_two_ways_to_spell_it_are_none() -> None:
    assert spelt_out("Chi cho TCMR bao nhiêu?", [TEXT, "Tu sửa chợ mỗi rằm: tổ chức mừng rằm."]) is None
    assert spelt_out("Chi cho TCMR bao nhiêu?", [TEXT, "Thu của mỗi ruộng."])  # "của" is in no name
