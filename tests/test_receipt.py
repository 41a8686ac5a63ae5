"""The receipt of a removed document: what went with it, and that nothing is left to be found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from store_parts import opened, upload

from index.access import groups, restricted
from index.receipt import Left
from index.store import Store

OWN = "Xã Lạc Lâm tiêm phòng dại cho 1.250 con chó."
TEXT = f"Thông báo.\n{OWN}"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = opened(tmp_path)
    yield store
    store.close()


def test_the_receipt_counts_what_went_and_finds_nothing_left(store: Store) -> None:
    added = store.add([upload(TEXT), upload("Chuyện khác.")])
    (receipt,) = store.remove_with_proof([added[0].document_id, "none"], "key7")
    assert (receipt.id, receipt.passages, receipt.vectors, receipt.links) == (added[0].document_id, 1, 1, 0)
    assert receipt.words == 11  # thông báo xã lạc lâm tiêm phòng dại cho/chó 1.250 con
    assert receipt.text_bytes == receipt.original_bytes == len(TEXT.encode())
    assert receipt.vector_bytes == 64 * 4
    assert receipt.sentence == OWN
    assert receipt.left == Left()
    assert receipt.clean
    assert [each.id for each in store.documents()] == [added[1].document_id]


def test_the_same_words_elsewhere_are_told(store: Store) -> None:
    first, other = store.add([upload(TEXT), upload(f"Báo cáo.\n{OWN}")])
    (receipt,) = store.remove_with_proof([first.document_id])
    assert receipt.left.elsewhere == (other.document_id,)
    assert receipt.clean


def test_a_file_that_another_group_has_too_stays_for_them(store: Store) -> None:
    staff = groups(["nhân-sự"])
    own = upload(TEXT)
    theirs = replace(own, document=restricted(own.document, staff), groups=staff)
    first, _ = store.add([own, theirs])
    (receipt,) = store.remove_with_proof([first.document_id])
    assert (receipt.left.original, receipt.left.shared, receipt.clean) == (True, True, True)
    (last,) = store.remove_with_proof([theirs.document.id])
    assert not last.left.original


def test_what_is_left_is_not_called_clean(store: Store) -> None:
    (added,) = store.add([upload(TEXT)])
    (receipt,) = store.remove_with_proof([added.document_id])
    for left in (Left(rows=1), Left(passages=1), Left(original=True)):
        assert not replace(receipt, left=left).clean
