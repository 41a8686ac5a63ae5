"""Cosine search: exact against numpy, best window of a chunk, restrictions, and large segments by inverted lists."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from index import dense
from index.dense import PARTS, Dense, Ids, read_segment, write_segment
from index.embed import Vectors


def unit(count: int, dimension: int = 16, seed: int = 0) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def ids_of(parts: list[int], first: int = 1) -> Ids:
    return np.array(
        [chunk * PARTS + part for chunk, count in enumerate(parts, first) for part in range(count)],
        dtype=np.int64,
    )


def made(tmp_path: Path, ids: Ids, vectors: Vectors, cuts: list[int], standing: Ids | None = None) -> Dense:
    segments = []
    for number, rows in enumerate(np.split(np.arange(len(ids)), cuts)):
        path = tmp_path / f"{number}.faiss"
        write_segment(path, ids[rows], vectors[rows])
        segments.append(read_segment(path))
    return Dense(segments, np.unique(ids // PARTS) if standing is None else standing)


def by_hand(ids: Ids, vectors: Vectors, query: Vectors, k: int, chunks: set[int]) -> list[int]:
    best: dict[int, float] = {}
    for id, score in zip(ids // PARTS, vectors @ query, strict=True):
        if int(id) in chunks:
            best[int(id)] = max(best.get(int(id), -2.0), float(score))
    return sorted(best, key=lambda chunk: -best[chunk])[:k]


@pytest.mark.parametrize("cuts", [[], [40], [10, 11, 70]])
@pytest.mark.parametrize("k", [1, 5, 60, 500])
def test_search_is_exact_whatever_the_segments(tmp_path: Path, cuts: list[int], k: int) -> None:
    ids = ids_of([1, 2, 3] * 20)  # 60 chunks, 120 vectors
    vectors, queries = unit(len(ids)), unit(10, seed=1)
    index = made(tmp_path, ids, vectors, cuts)
    for query in queries:
        found = index.search(query, k)
        assert [chunk for chunk, _ in found] == by_hand(ids, vectors, query, k, set(range(1, 61)))
        assert found[0][1] == pytest.approx(float((vectors @ query).max()), abs=1e-6)


def test_a_chunk_of_many_windows_does_not_crowd_out_the_others(tmp_path: Path) -> None:
    ids = ids_of([60, 1, 1, 1])
    vectors = np.concatenate([np.tile(unit(1), (60, 1)), unit(3, seed=3)])
    index = made(tmp_path, ids, vectors, [])
    assert [chunk for chunk, _ in index.search(vectors[0], 4)] == by_hand(ids, vectors, vectors[0], 4, {1, 2, 3, 4})


def test_restrictions_and_gone_chunks_are_left_out_before_the_search(tmp_path: Path) -> None:
    ids, vectors = ids_of([2] * 50), unit(100)
    standing = np.array([chunk for chunk in range(1, 51) if chunk % 3], dtype=np.int64)
    index = made(tmp_path, ids, vectors, [30, 60], standing)
    assert index.count == 2 * len(standing)
    for query in unit(10, seed=2):
        assert [chunk for chunk, _ in index.search(query, 8)] == by_hand(ids, vectors, query, 8, set(standing.tolist()))
        allowed = standing > 44  # 46, 47, 49, 50
        found = [chunk for chunk, _ in index.search(query, 8, allowed)]
        assert found == by_hand(ids, vectors, query, 8, {46, 47, 49, 50})
    assert index.search(vectors[0], 8, np.zeros(len(standing), dtype=bool)) == []


def test_an_empty_index_finds_nothing() -> None:
    assert Dense([], np.zeros(0, dtype=np.int64)).search(unit(1)[0], 5) == []


@pytest.mark.parametrize("ids", [[64, 64, 65], [65, 64, 66], [64, 65]])
def test_ids_that_are_not_one_each_are_refused(tmp_path: Path, ids: list[int]) -> None:
    with pytest.raises(ValueError, match="strictly ascending"):
        write_segment(tmp_path / "a.faiss", np.array(ids, dtype=np.int64), unit(3))


def test_a_large_segment_uses_inverted_lists_and_still_honours_restrictions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "FLAT_LIMIT", 1000)
    centres = unit(40, seed=4)
    vectors = centres[np.arange(4000) % 40] + 0.3 * unit(4000, seed=5)
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    ids = ids_of([1] * 4000)
    index = made(tmp_path, ids, vectors, [])
    near = [
        len(
            set(by_hand(ids, vectors, query, 10, set(range(1, 4001)))) & {chunk for chunk, _ in index.search(query, 10)}
        )
        for query in vectors[:50]
    ]
    assert sum(near) / 500 > 0.8
    allowed = np.arange(1, 4001) % 7 == 0
    found = [chunk for chunk, _ in index.search(vectors[0], 10, allowed)]
    assert len(found) == 10
    assert all(chunk % 7 == 0 for chunk in found)
    assert (tmp_path / "0.faiss").stat().st_size < 4000 * 16 * 4  # a byte a number


def test_threads_find_the_same(tmp_path: Path) -> None:
    ids, vectors = ids_of([1] * 3000), unit(3000)
    index = made(tmp_path, ids, vectors, [1000])
    queries = unit(40, seed=6)
    expected = [index.search(query, 10) for query in queries]
    wrong: list[int] = []

    def search() -> None:
        wrong.extend(n for n, query in enumerate(queries) if index.search(query, 10) != expected[n])

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
