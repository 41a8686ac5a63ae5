"""What "bao nhiêu" counts, and what an office counts the same by."""

from __future__ import annotations

import pytest

from rag.asked_units import counted_alike


@pytest.mark.parametrize(
    ("noun", "alike"),
    [
        (("cháu",), {"chau", "be", "tre"}),
        (("học", "sinh"), {"chau", "be", "tre", "em"}),
        (("nhà", "chưa", "ký"), {"ho", "can", "ngoi"}),
        (("nhà", "máy"), set()),  # a word of its own
        (("học", "phần"), set()),
        (("xã",), set()),
    ],
)
def test_what_is_counted_alike(noun: tuple[str, ...], alike: set[str]) -> None:
    assert counted_alike(noun) == alike
