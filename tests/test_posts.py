"""Posts and the ranks they are held in."""

from __future__ import annotations

import pytest

from rag.posts import ranked


@pytest.mark.parametrize(
    ("words", "posts"),
    [
        ("dong chi pho bi thu huyen uy", {"bi thu": {"pho"}}),
        ("bi thu va pho bi thu", {"bi thu": {"", "pho"}}),
        ("ket luan cua ban bi thu", {}),  # an office
        ("nguyen chu tich nuoc", {"chu tich": {"nguyen"}}),
    ],
)
def test_posts_with_their_ranks(words: str, posts: dict[str, set[str]]) -> None:
    assert ranked(words) == posts
