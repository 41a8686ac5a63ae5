"""JSON replies: sentences whose quotes decide their markers, whatever the model says."""

from __future__ import annotations

import json

import pytest

from rag.structured import as_draft, is_json, response_format

PASSAGES = ["Xã Lạc Lâm có 120 hộ nghèo.\nChợ mở cửa lúc 6 giờ.", "Huyện trồng 500 cây thông."]


def reply(*sentences: tuple[int, str, str]) -> str:
    named = [{"passage": passage, "quote": quote, "sentence": said} for passage, quote, said in sentences]
    return json.dumps({"sentences": named}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("passage", "quote", "marker"),
    [
        (1, "Xã Lạc Lâm có 120 hộ nghèo.", " [1]"),
        (1, "120 hộ nghèo. Chợ mở cửa", " [1]"),  # over a line break
        (2, "Chợ mở cửa lúc 6 giờ", " [1]"),  # named wrongly
        (9, "500 cây thông", " [2]"),
        (1, "Xã Lạc Lâm có 210 hộ nghèo", ""),  # no passage says so
        (1, "", ""),
    ],
)
def test_a_marker_names_the_passage_that_holds_the_quote(passage: int, quote: str, marker: str) -> None:
    assert as_draft(reply((passage, quote, "Đây là câu trả lời.")), PASSAGES, "–") == f"Đây là câu trả lời{marker}."


def test_a_reply_that_is_still_coming_gives_its_whole_sentences() -> None:
    whole = reply((2, "500 cây", 'Trồng 500 cây "thông" {nhựa}'), (1, "6 giờ", "Chợ mở lúc 6 giờ"))
    drafts = [as_draft(whole[:end], PASSAGES, "–") for end in range(len(whole) + 1)]
    last = 'Trồng 500 cây "thông" {nhựa} [2]. Chợ mở lúc 6 giờ [1].'
    assert list(dict.fromkeys(drafts)) == ["", 'Trồng 500 cây "thông" {nhựa} [2].', last]


def test_nothing_found() -> None:
    assert as_draft('{"sentences": []}', PASSAGES, "–") == "–"
    assert as_draft('```json\n{"sentences": []}\n```', PASSAGES, "–") == "–"


@pytest.mark.parametrize(
    "other", ["{}", '{"answer": "Xã Lạc Lâm"}', "{oops", '{"sentences": 5}', "{" * 5000, '{"' * 5000]
)
def test_other_json_gives_nothing(other: str) -> None:
    assert as_draft(other, PASSAGES, "–") == ""


def test_json_is_told_from_sentences() -> None:
    assert is_json(' {"sentences"')
    assert is_json('```json\n{"sentences"')
    assert not is_json("Xã Lạc Lâm {1}")
    assert not is_json("")


def test_the_schema_is_strict() -> None:
    schema = response_format()["json_schema"]["schema"]
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["sentences"]
