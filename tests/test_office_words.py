"""Questions in the words that documents use."""

from __future__ import annotations

import pytest

from rag.office_words import in_office_words


@pytest.mark.parametrize(
    ("question", "others"),
    [
        ("Phong trào có điểm yếu gì?", ["Phong trào có hạn chế gì?"]),
        (
            "Hồ sơ trễ hẹn qua mạng?",
            ["Hồ sơ trễ hạn qua mạng?", "Hồ sơ trễ hẹn trực tuyến?"],
        ),
        ("Hồ sơ trễ hạn ở đâu?", []),
        ("Ai chủ trì?", []),
        ("Cậu ta về hưng phấn?", []),  # "về hưu" is more than its first letters
    ],
)
def test_one_phrase_after_the_other(question: str, others: list[str]) -> None:
    assert list(in_office_words(question)) == others
