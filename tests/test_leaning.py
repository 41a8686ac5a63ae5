"""Accents in doubt: read as the documents write the same letters beside the same neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest
from store_parts import upload

from index.embed import load_embedder
from index.snapshot import Snapshot
from index.store import Store
from rag.language.paths import Paths
from rag.language.spelling import mend
from rag.neighbours import beside

TEXTS = (
    "Sổ đỏ được cấp sai diện tích thì người sử dụng đất đề nghị đính chính.",
    "Bị đơn có quyền yêu cầu phản tố đối với nguyên đơn.",
    "Nguyên đơn nộp đơn khởi kiện.",
)
FAR = 1000


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    embedder, model = load_embedder()
    store = Store.open(tmp_path_factory.mktemp("store"), embedder, model)
    store.add([upload(text) for text in TEXTS])
    yield store.snapshot()
    store.close()


@pytest.mark.parametrize(
    ("typed", "alone", "among"),
    [
        ("so do duoc cap sai dien tich", "số đó được cấp sai diện tích", "sổ đỏ được cấp sai diện tích"),
        ("phan to doi voi nguyen don", "phần to đối với nguyên đơn", "phản tố đối với nguyên đơn"),
        ("bo may to chuc", "bộ máy tổ chức", "bộ máy tổ chức"),  # the documents say nothing of it
        ("số đó được cấp sai diện tích", "số đó được cấp sai diện tích", "số đó được cấp sai diện tích"),  # typed so
    ],
)
def test_the_documents_settle_a_doubt(snapshot: Snapshot, typed: str, alone: str, among: str) -> None:
    assert mend(typed, snapshot.frequency).text == alone
    assert mend(typed, snapshot.frequency, None, beside(snapshot)).text == among


def test_neighbours_are_counted_once_a_passage(snapshot: Snapshot) -> None:
    found = beside(snapshot)([("nguyen", "don"), ("so", "do"), ("khong", "dau")])
    assert found == {
        ("nguyen", "don"): Counter({("nguyên", "đơn"): 2}),
        ("so", "do"): Counter({("sổ", "đỏ"): 1}),
        ("khong", "dau"): Counter(),
    }


def test_how_near_the_other_ways_come() -> None:
    """Between two stops (9) a word that is 1 for 0 + 1 or 2 for 3 + 0."""
    rows = np.array([[9, 9], [1, 2], [9, 9]])
    first = np.array([[0, 3], [FAR, FAR]])
    steps = np.array([[[[1, FAR], [0, FAR]], [[FAR, FAR], [FAR, FAR]]]])
    paths = Paths(rows, first, steps)
    assert paths.best() == [1]
    assert [paths.near(most) for most in (0, 1, 2)] == [[[1]], [[1]], [[1, 2]]]
