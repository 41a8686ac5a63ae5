"""Words that may stand for one another, and words that may not."""

from __future__ import annotations

import pytest

from rag.synonyms import same_meaning


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("người dân", "nhân dân", True),
        ("tiến hành", "thực hiện", True),
        ("bắt đầu", "kết thúc", False),
        ("tại xã", "tại huyện", False),  # what both have proves nothing
        ("đã bắt đầu làm", "đã khởi đầu làm", True),
        ("", "xã", False),
    ],
)
def test_same_meaning(one: str, other: str, same: bool) -> None:
    assert same_meaning(one.split(), other.split()) is same
    assert same_meaning(other.split(), one.split()) is same
