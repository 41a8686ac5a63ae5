"""Cosine search: exact against numpy, best window of a chunk, restrictions, and large segments by inverted lists."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

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


def made(
    tmp_path: Path,
    ids: Ids,
    vectors: Vectors,
    cuts: list[int],
    gone: Ids | None = None,
    coded: bool = False,
    kept: bool = False,
) -> Dense:
    segments = []
    for number, rows in enumerate(np.split(np.arange(len(ids)), cuts)):
        path = tmp_path / f"{number}.faiss"
        write_segment(path, ids[rows], chunks_of(ids[rows]), vectors[rows], coded, kept)
        segments.append(read_segment(path))
    return Dense(segments, np.zeros(0, dtype=np.int64) if gone is None else gone)


def chunks_of(ids: Ids) -> Ids:
    """Each chunk a document of its own, whose row is the chunk's number."""
    chunks = np.unique(ids // PARTS)
    return np.stack((chunks, chunks), axis=1)


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


@pytest.mark.parametrize("coded", [False, True])
def test_restrictions_and_gone_documents_are_left_out_before_the_search(tmp_path: Path, coded: bool) -> None:
    ids, vectors = ids_of([2] * 50), unit(100)
    gone = np.array([3, 5, 48], dtype=np.int64)
    standing = set(range(1, 51)) - {3, 5, 48}
    index = made(tmp_path, ids, vectors, [30, 60], gone, coded)
    assert index.count == 2 * len(standing)
    for query in unit(10, seed=2):
        found = [chunk for chunk, _ in index.search(query, 8)]
        expected = by_hand(ids, vectors, query, 8, standing)
        assert len(found) == 8
        assert len(set(found) & set(expected)) >= (7 if coded else 8)
        assert set(found) <= standing
        allowed = np.arange(51) > 45  # 46, 47, 49, 50
        found = [chunk for chunk, _ in index.search(query, 8, allowed)]
        assert sorted(found) == [46, 47, 49, 50]
    assert index.search(vectors[0], 8, np.zeros(51, dtype=bool)) == []


def test_an_empty_index_finds_nothing() -> None:
    assert Dense([], np.zeros(0, dtype=np.int64)).search(unit(1)[0], 5) == []


@pytest.mark.parametrize("ids", [[64, 64, 65], [65, 64, 66], [64, 65]])
def test_ids_that_are_not_one_each_are_refused(tmp_path: Path, ids: list[int]) -> None:
    with pytest.raises(ValueError, match="strictly ascending"):
        write_segment(tmp_path / "a.faiss", np.array(ids, dtype=np.int64), np.ones((1, 2), dtype=np.int64), unit(3))


@pytest.mark.parametrize("dimension", [15, 16])
def test_codes_find_nearly_all_and_honour_restrictions(tmp_path: Path, dimension: int) -> None:
    vectors, ids = unit(4000, dimension), ids_of([1] * 4000)
    index = made(tmp_path, ids, vectors, [1500], coded=True)
    queries = unit(50, dimension, seed=1)
    everything = set(range(1, 4001))
    near = [
        len(set(by_hand(ids, vectors, query, 10, everything)) & {chunk for chunk, _ in index.search(query, 10)})
        for query in queries
    ]
    assert sum(near) / 500 >= 0.95
    for modulus in (7, 1.2):  # a few, and most
        allowed = np.arange(4001) % modulus < 1
        (allowed_ones,) = np.nonzero(allowed[1:])
        found = [chunk for chunk, _ in index.search(queries[0], 10, allowed)]
        assert len(found) == 10
        assert allowed[found].all()
        assert found[0] == by_hand(ids, vectors, queries[0], 1, set((allowed_ones + 1).tolist()))[0]
    assert (tmp_path / "1.faiss").stat().st_size < 2500 * dimension * 4 / 2


def test_vectors_that_are_kept_beside_their_codes_score_as_they_are(tmp_path: Path) -> None:
    vectors, ids = unit(4000, 16), ids_of([1] * 4000)
    index, exact = (made(tmp_path, ids, vectors, [1500], coded=coded, kept=True) for coded in (True, False))
    few = np.arange(4001) % 7 < 1
    for query in unit(50, 16, seed=1):
        for allowed in (None, few):
            np.testing.assert_allclose(index.search(query, 10, allowed), exact.search(query, 10, allowed), atol=1e-6)


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
