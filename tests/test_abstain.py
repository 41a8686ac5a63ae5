"""The words of a refusal: Vietnamese, the reason, and the nearest documents by name."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from answer_parts import make

from rag.abstain import refusal
from rag.answer import Reason
from rag.constraints import Mismatch

REASONS: tuple[Reason, ...] = get_args(Reason)
NEAREST = [make(f"{n}", kind="Tin bài", title=f"Bài {n}") for n in (1, 2, 3)]
ENGLISH = re.compile(r"\b(?:the|not|documents?|answer|none|null|weak|scope)\b", re.I)


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_words_of_its_own(reason: Reason) -> None:
    told = refusal(reason, None, NEAREST)
    assert not ENGLISH.search(told)
    assert told.endswith(" Tài liệu gần nhất: bài “Bài 1”; bài “Bài 2”.")
    assert told.count(".") >= 2
    assert len({refusal(other, None, []) for other in REASONS}) == len(REASONS)


def test_without_documents_none_is_named() -> None:
    assert refusal("out_of_scope", None, []) == "Câu hỏi nằm ngoài phạm vi các tài liệu hiện có."


@pytest.mark.parametrize(
    ("against", "told"),
    [
        (Mismatch("number", "77-NQ/HU"), "không có và không nhắc đến văn bản “77-NQ/HU”."),
        (
            Mismatch("place", "huyện Sa Pa", "huyện Lâm Hà"),
            "không nêu điều này về huyện Sa Pa; đoạn gần nhất nói về huyện Lâm Hà.",
        ),
        (Mismatch("place", "huyện Sa Pa"), "hiện có không nêu điều này về huyện Sa Pa."),
        (Mismatch("year", "2020", "2023"), "không nêu điều này cho năm 2020; đoạn gần nhất nói về năm 2023."),
        (Mismatch("year", "2020"), "hiện có không nêu điều này cho năm 2020."),
        (Mismatch("name", "Lê Văn Tám"), "không nêu điều này về Lê Văn Tám."),
        (Mismatch("office", "Công an", "Ban Dân vận"), "về Công an; đoạn gần nhất nói về Ban Dân vận."),
        (Mismatch("office", ""), "không nêu điều này."),
        (Mismatch("kind", "number"), "không nêu điều này."),
        (Mismatch("title", ""), "không nêu điều này."),
        (Mismatch("rank", "truong cong an", "pho truong cong an"), "chỉ nêu “pho truong cong an”"),
    ],
)
def test_the_difference_is_told(against: Mismatch, told: str) -> None:
    said = refusal("not_in_documents", against, [])
    assert said.startswith("Các tài liệu hiện có ")
    assert told in said
    assert "None" not in said


def test_what_is_out_of_scope_tells_no_difference() -> None:
    assert "Sa Pa" not in refusal("out_of_scope", Mismatch("place", "huyện Sa Pa"), [])
