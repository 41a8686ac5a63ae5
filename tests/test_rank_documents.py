"""Documents read on: which of them, how far, and what they say of a title."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from store_parts import upload

from index.embed import Embedder, load_embedder
from index.store import Store
from rag.rank_documents import READ, WHOLE, likeliest, read_on
from rag.rank_question import asks
from rag.retrieve import SearchQuery, retrieve

FILLER = "Hội nghị nghe báo cáo về thời tiết, giá cả và giao thông trong vùng, rồi thảo luận ở tổ. " * 12
APART = f"Xã Lạc Lâm mở lớp dạy nghề cho nông dân.\n\n{FILLER}\n\nLớp học dạy trồng nấm trong ba tháng."
ONE = f"Xã Lạc Lâm mở lớp dạy nghề cho nông dân.\n\n{FILLER}\n\nLớp học dạy may mặc trong ba tháng."


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()[0]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Store]:
    store = Store.open(tmp_path_factory.mktemp("store"), embedder, "shipped")
    store.add([upload(APART, title="nấm"), upload(ONE, title="may")])
    yield store
    store.close()


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        ("Xã nào đạt chuẩn nông thôn mới", True),
        ("bao nhieu ho ngheo", True),
        ("Nhà văn hóa xã đã xây xong chưa?", True),
        ("Được nghỉ hay không nếu trời mưa", True),
        ("150 lít nước trong bồn xăng gây chết máy xe", False),
        ("Kết quả xây dựng nông thôn mới năm 2019", False),
        ("", False),
    ],
)
def test_what_asks_by_a_word(text: str, asking: bool) -> None:
    assert asks(text) == asking


def test_the_documents_of_the_best_candidates_are_read() -> None:
    assert likeliest(["a", "b", "a", "c"], np.array([1.0, 3.0, 2.0, 0.0])).tolist() == [1, 0, 1, 2]
    many = likeliest([str(number) for number in range(READ + 1)], np.arange(READ + 1.0))
    assert many.tolist() == [-1, *range(READ - 1, -1, -1)]


def test_a_document_is_measured_over_all_its_chunks(embedder: Embedder, store: Store) -> None:
    snapshot = store.snapshot()
    title = "Lạc Lâm dạy nông dân trồng nấm"
    hits = retrieve(snapshot, SearchQuery(title, embedder.encode_query([title])[0]), 20)
    lead = [hit.chunk for hit in hits if hit.chunk.ordinal == 0]
    assert len(lead) == 2
    assert all(snapshot.neighbours(chunk.id, 9)[-1].ordinal > 0 for chunk in lead)
    rows = read_on(snapshot, [title], lead, np.array([0, 1]))
    names = {document.id: document.header.title for document in store.documents()}
    cover = {names[chunk.document_id]: row[WHOLE.index("cover")] for chunk, row in zip(lead, rows, strict=True)}
    assert cover["nấm"] == pytest.approx(1.0)  # "Lạc Lâm dạy nông dân" at its beginning, "trồng nấm" at its end
    assert cover["may"] < 1.0
    assert names[hits[0].chunk.document_id] == "nấm"
