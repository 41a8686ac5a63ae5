"""Names: the documents that a key or a figure may mean, found without looking at all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from store_parts import make, opened, upload

from index.names import use_names
from index.store import Store

NUMBERS = {"118-CV/BDVHU": "Một", "12/2019/NQ-HĐND": "Hai", "2019/UBND-VP": "Ba", "05-NQ/TU": "Bốn"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = opened(tmp_path)
    store.add([upload(f"{title}.", number=number) for number, title in NUMBERS.items()])
    yield store
    store.close()


@pytest.mark.parametrize(
    ("figures", "titles"),
    [
        (["118"], ["Một"]),
        (["118a", "5"], ["Một", "Bốn"]),
        (["05"], ["Bốn"]),
        (["2019"], ["Ba"]),  # a year behind a number is no figure of it
        (["11", "20"], []),
        ([], []),
    ],
)
def test_figures_find_the_numbers_that_hold_them(store: Store, figures: list[str], titles: list[str]) -> None:
    assert [document.header.title for document in store.snapshot().bearing(figures)] == [f"{each}." for each in titles]


def test_names_follow_what_is_added_and_removed_and_are_made_anew(store: Store) -> None:
    before = store.snapshot()
    assert [document.header.title for document in before.named("118/cv/bdvhu")] == ["Một."]
    store.add([upload("Năm.", number="118-CV/BDVHU")])
    assert [document.header.title for document in store.snapshot().bearing(["118"])] == ["Một.", "Năm."]
    assert [document.header.title for document in before.bearing(["118"])] == ["Một."]
    store.remove([make("Một.").id])
    assert [document.header.title for document in store.snapshot().named("118/cv/bdvhu")] == ["Năm."]
    with store.database.write() as connection:
        connection.execute("DELETE FROM names")
        connection.execute("DELETE FROM meta WHERE key = 'names'")
    use_names(store.database)
    assert [document.header.title for document in store.snapshot().bearing(["118"])] == ["Năm."]
    assert [document.header.title for document in store.snapshot().bearing(["2019"])] == ["Ba."]
