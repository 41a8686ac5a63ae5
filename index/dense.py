"""Vectors: cosine by FAISS. The only file that knows faiss.

A segment holds the vectors of a range of chunk ids and is never changed once written; positions map to our own ids
(`chunk * 64 + part`), which are strictly ascending, so none can stand twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embed import Vectors

Ids = NDArray[np.int64]
Mask = NDArray[np.bool_]
PARTS = 64  # vectors a chunk at most
SUFFIXES = (".faiss", ".npy", ".chunks.npy")  # of a segment's files
_PARAMETERS: Any = faiss.SearchParameters  # their keyword arguments are made at run time
_REFINED: Any = faiss.IndexRefineSearchParameters
_DEEPER = 2.0  # times as many as are wanted are found by their codes, to be scored anew …
_DEEPEST = 8.0  # … by the vectors themselves: then nothing is missed (docs/scale.md)
_MOST = 0.5  # of the vectors must be allowed for codes to be worth while
_LEAST = 640  # vectors to learn codes from
_SAMPLE = 20_000  # vectors that codes are learned from


@dataclass(frozen=True)
class Segment:
    """A faiss index whose position `i` is the vector `ids[i]`; `chunks` (n, 2): chunk id and its document's row."""

    index: Any
    ids: Ids
    chunks: Ids

    @cached_property
    def rows(self) -> Ids:
        """The row of each vector's document."""
        rows: Ids = self.chunks[np.searchsorted(self.chunks[:, 0], self.ids // PARTS), 1]
        return rows

    def standing(self, gone: Ids) -> Mask | None:
        """Which vectors are of documents that are not among the rows `gone`; None for all of them."""
        if not len(gone):
            return None
        mask = standing(self.rows, gone)
        return None if bool(mask.all()) else mask

    def search(self, vector: Vectors, k: int, mask: Mask | None) -> tuple[Ids, Vectors]:
        """Ids and cosines of the `k` best positions that `mask` allows, the best first."""
        k = min(k, len(self.ids))
        faiss.omp_set_num_threads(1)  # holds for the calling thread only
        if not is_coded(self):
            return self._found(*_exactly(self.index, vector, k, mask))
        positions, scores = self._by_codes(vector, k, mask)
        if len(positions) < k and mask is not None:
            positions, scores = _exactly(faiss.downcast_index(self.index.refine_index), vector, k, mask)
        return self._found(positions, scores)

    def _by_codes(self, vector: Vectors, k: int, mask: Mask | None) -> tuple[Ids, Vectors]:
        """The best by their codes, scored anew; none when `mask` leaves so few that looking at each is quicker."""
        share = 1.0 if mask is None else float(mask.mean())
        if share < _MOST:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        asked = min(len(self.ids), k if mask is None else round(1.2 * k / share) + 10)
        deeper = _DEEPEST if isinstance(self.index, faiss.IndexRefineFlat) else _DEEPER
        scores, positions = self.index.search(vector[None, :], asked, params=_REFINED(k_factor=deeper))
        kept = (positions[0] >= 0) & (True if mask is None else mask[positions[0]])
        return positions[0][kept][:k], scores[0][kept][:k]

    def _found(self, positions: Ids, scores: Vectors) -> tuple[Ids, Vectors]:
        return self.ids[positions], scores


def _exactly(index: Any, vector: Vectors, k: int, mask: Mask | None) -> tuple[Ids, Vectors]:
    bits = None if mask is None else np.packbits(mask, bitorder="little")
    selector = None if bits is None else faiss.IDSelectorBitmap(index.ntotal, faiss.swig_ptr(bits))
    parameters = _PARAMETERS(sel=selector) if selector is not None else None
    scores, positions = index.search(vector[None, :], k, params=parameters)
    found = positions[0] >= 0
    return positions[0][found], scores[0][found]


def write_segment(path: Path, ids: Ids, chunks: Ids, vectors: Vectors, coded: bool = False, kept: bool = False) -> None:
    """Writes `path` (faiss) with the ids (`.npy`) and the chunks (`.chunks.npy`) beside it.

    `coded`: a twentieth of the time and a third of the room, for a search that is exact but for one in a hundred; why
    these codes and not inverted lists is in docs/scale.md. With the vectors themselves `kept` to score by, a quarter of
    the time and a sixteenth more room. Too few vectors are never coded. Raises `ValueError` when ids and vectors differ
    in number, or ids are not strictly ascending.
    """
    if len(ids) != len(vectors) or not bool(np.all(np.diff(ids) > 0)):
        raise ValueError(
            f"{len(ids)} ids for {len(vectors)} vectors, strictly ascending: {bool(np.all(np.diff(ids) > 0))}"
        )
    flat = faiss.IndexFlatIP(vectors.shape[1])
    index = _coded(vectors, kept) if coded and len(vectors) >= _LEAST else flat
    index.add(vectors)
    path.write_bytes(
        faiss.serialize_index(index).tobytes()
    )  # ours to write: faiss reports a full disk as a RuntimeError
    np.save(path.with_suffix(".npy"), ids, allow_pickle=False)
    np.save(path.with_suffix(".chunks.npy"), chunks, allow_pickle=False)


def read_segment(path: Path) -> Segment:
    """Opens what `write_segment` wrote; the caller has checked the files' sha256, since faiss checks nothing."""
    index = faiss.read_index(str(path))
    ids: Ids = np.load(path.with_suffix(".npy"), allow_pickle=False)
    if index.ntotal != len(ids):
        raise ValueError(f"{path.name}: {index.ntotal} vectors for {len(ids)} ids")
    return Segment(index, ids, np.load(path.with_suffix(".chunks.npy"), allow_pickle=False))


def is_coded(segment: Segment) -> bool:
    return isinstance(segment.index, faiss.IndexRefine)


class Dense:
    """The segments of a generation, searched as one."""

    def __init__(self, segments: Sequence[Segment], gone: Ids) -> None:
        """`gone`: rows of documents that were removed since the segments were written; their vectors are masked."""
        self._segments = tuple(segment for segment in segments if len(segment.ids))
        self._standing = [segment.standing(gone) for segment in self._segments]

    @property
    def count(self) -> int:
        counted = zip(self._segments, self._standing, strict=True)
        return sum(len(segment.ids) if mask is None else int(mask.sum()) for segment, mask in counted)

    def search(self, vector: Vectors, k: int, allowed: Mask | None = None) -> list[tuple[int, float]]:
        """The `k` best `(chunk id, cosine of its best vector)`; `allowed` says so for each document's row."""
        vector = np.ascontiguousarray(vector, dtype=np.float32)
        masks = [self._mask(number, allowed) for number in range(len(self._segments))]
        asked = 3 * k  # most chunks have one to three vectors
        while True:
            parts = [
                segment.search(vector, asked, mask)
                for segment, mask in zip(self._segments, masks, strict=True)
                if mask is None or mask.any()
            ]
            best = best_of_each_chunk(parts, k)
            if len(best) >= k or all(len(ids) < asked for ids, _ in parts):
                return best
            asked *= 4

    def _mask(self, number: int, allowed: Mask | None) -> Mask | None:
        standing = self._standing[number]
        if allowed is None:
            return standing
        mask: Mask = allowed[self._segments[number].rows]
        return mask if standing is None else mask & standing


def standing(rows: Ids, gone: Ids) -> Mask:
    """Which of the ascending `rows` are not among those that are `gone`."""
    edges = np.zeros(len(rows) + 1, dtype=np.int64)
    np.add.at(edges, np.searchsorted(rows, gone), 1)
    np.add.at(edges, np.searchsorted(rows, gone, "right"), -1)
    mask: Mask = np.cumsum(edges[:-1]) == 0
    return mask


def best_of_each_chunk(parts: Sequence[tuple[Ids, Vectors]], k: int) -> list[tuple[int, float]]:
    """The `k` best chunks by their best vector, of ids and cosines that several searches found."""
    if not parts:
        return []
    ids = np.concatenate([found for found, _ in parts])
    scores = np.concatenate([found for _, found in parts])
    order = np.lexsort((ids, -scores))
    chunks = ids[order] // PARTS
    firsts = np.sort(np.unique(chunks, return_index=True)[1])[:k]
    return list(zip(chunks[firsts].tolist(), scores[order[firsts]].tolist(), strict=True))


def _coded(vectors: Vectors, kept: bool) -> Any:
    """Four bits for two numbers to find by; a byte for one, or the whole vector, to score by; trained on a sample."""
    count, dimension = vectors.shape
    faiss.omp_set_num_threads(1)
    groups = dimension // 2 if dimension % 2 == 0 else dimension
    index = faiss.index_factory(
        dimension, f"PQ{groups}x4fs,{'RFlat' if kept else 'Refine(SQ8)'}", faiss.METRIC_INNER_PRODUCT
    )
    sample = np.random.default_rng(0).choice(count, min(count, _SAMPLE), replace=False)
    index.train(vectors[np.sort(sample)])
    return index
