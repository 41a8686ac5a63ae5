"""What to ask next: a refused question reworded, or more about the document that answered."""

from __future__ import annotations

import pytest

from rag.answer import Request
from rag.assistant import Assistant
from rag.constraints import Mismatch
from rag.related import reworded


@pytest.mark.parametrize(
    ("question", "against", "other"),
    [
        (
            "Huyện Lâm Hà có bao nhiêu cuộc đối thoại?",
            Mismatch("place", "huyện Lâm Hà", "huyện Bắc Hà, tỉnh Lào Cai"),
            "Huyện Bắc Hà có bao nhiêu cuộc đối thoại?",
        ),
        ("Năm 2020 thu bao nhiêu?", Mismatch("year", "2020", "2023"), "Năm 2023 thu bao nhiêu?"),
        ("Năm 2020 thu bao nhiêu?", Mismatch("year", "2020", "2021 – 2025"), None),  # no year to ask about
        ("Ai ký quyết định 12?", Mismatch("number", "12", None), None),
        ("Có mấy xã?", None, None),
    ],
)
def test_a_question_is_reworded_to_what_there_is(question: str, against: Mismatch | None, other: str | None) -> None:
    assert reworded(question, against) == other


def test_what_is_offered_after_a_refusal_is_answered(assistant: Assistant) -> None:
    question = "Năm 2020 Lâm Hà giải quyết bao nhiêu hồ sơ?"
    assert assistant.ask(Request(question)).abstained
    (other,) = assistant.related(question)
    assert other == "Năm 2023 Lâm Hà giải quyết bao nhiêu hồ sơ?"
    assert "40.766 hồ sơ" in assistant.ask(Request(other)).answer


def test_nothing_is_offered_after_a_refusal_where_nothing_is_near(assistant: Assistant) -> None:
    assert assistant.related("Thủ đô nước Pháp là gì?") == []


def test_more_about_the_document_that_answered(assistant: Assistant) -> None:
    question = "Xã nào phải đạt nông thôn mới kiểu mẫu?"
    cited = assistant.ask(Request(question)).citations[0].document_id
    offered = assistant.related(question, 2)
    assert len(offered) == 2
    for other in offered:
        assert cited in {each.document_id for each in assistant.ask(Request(other)).citations}


@pytest.mark.parametrize(("question", "offered"), [("bao nhiêu hồ sơ?", "Bao nhiêu hồ sơ ở huyện Lâm Hà?")])
def test_an_unclear_question_is_offered_with_what_it_lacks(assistant: Assistant, question: str, offered: str) -> None:
    assert assistant.ask(Request(question)).reason == "unclear"
    choices = assistant.related(question)
    assert offered in choices
    assert not any(assistant.ask(Request(choice)).abstained for choice in choices)
    assert assistant.related("asdf qwer zxcv") == []
