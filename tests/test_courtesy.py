"""What is nothing but courtesy, and what asks something behind it."""

from __future__ import annotations

import pytest

from rag.courtesy import courtesy, without_courtesy


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Chào bạn", "greeting"),
        ("xin chao", "greeting"),
        ("cảm ơn bạn nhé!", "thanks"),
        ("ok, cam on nhieu", "thanks"),
        ("hội nghị", None),
        ("cảm ơn, công văn 118 ai ký", None),
    ],
)
def test_courtesy(said: str, kind: str | None) -> None:
    assert courtesy(said) == kind


def test_the_question_behind_it() -> None:
    assert without_courtesy("Chào bạn, công văn 118 ai ký?") == "công văn 118 ai ký?"
    assert without_courtesy("Huyện Lâm Hà, năm 2023?") == "Huyện Lâm Hà, năm 2023?"
    assert without_courtesy("cảm ơn, nhé") == "nhé"
