"""Header fields of several documents: asked behind a list, or of what the turn before told."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from answer_parts import asked

from rag.answer import Turn
from rag.each_document import fields_of, is_named_by, pointing, with_fields_behind

LISTED = Turn("những công văn nào về rừng?", "những công văn nào về rừng?", "Có 2 văn bản …", False, ("a", "b"))
TOLD = Turn("rừng rộng bao nhiêu?", "rừng rộng bao nhiêu?", "150 ha", False, ("a", "b"))


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("ai ký, ban hành ngày nào", ("signer", "issued_on")),
        ("hai công văn ấy do ai ký?", ("signer",)),
        ("ai ký từng văn bản và gửi cho ai", ("signer", "recipients")),
        ("ai ký và rừng rộng bao nhiêu", ()),
        ("rừng rộng bao nhiêu", ()),
    ],
)
def test_fields(question: str, fields: tuple[str, ...]) -> None:
    assert fields_of(question) == fields


def test_fields_behind_a_list() -> None:
    assert with_fields_behind("những công văn nào về rừng và ai ký từng văn bản?") == (
        "những công văn nào về rừng",
        ("signer",),
    )
    assert with_fields_behind("những công văn nào về rừng và biển?") == ("những công văn nào về rừng và biển?", ())


@pytest.mark.parametrize(
    ("history", "question", "meant", "each"),
    [
        ([LISTED], "hai công văn ấy do ai ký?", ("a", "b"), ("signer",)),
        ([LISTED], "ai ký?", ("a", "b"), ("signer",)),
        ([LISTED, Turn("cảm ơn", "cảm ơn", "", True)], "ai ký?", ("a", "b"), ("signer",)),
        ([LISTED], "văn bản thứ hai ai ký?", ("b",), ("signer",)),
        ([LISTED], "tóm tắt văn bản thứ nhất", ("a",), ()),
        ([LISTED], "rừng rộng bao nhiêu?", (), ()),
        ([LISTED], "ai ký công văn 118-CV/BDVHU?", (), ()),
        ([TOLD], "ai ký?", (), ()),  # of one document more likely than of both
        ([TOLD], "các văn bản đó do ai ký?", ("a", "b"), ("signer",)),
    ],
)
def test_what_is_meant(history: Sequence[Turn], question: str, meant: tuple[str, ...], each: tuple[str, ...]) -> None:
    found = pointing(asked(question), asked(question), history, ())
    assert (found.meant, found.each) == (meant, each)


def test_a_document_named_by_its_number_alone() -> None:
    assert is_named_by("công văn số 118-CV/BDVHU")
    assert not is_named_by("xã nào đạt chuẩn theo công văn 118-CV/BDVHU")
    assert not is_named_by("công văn về rừng")
