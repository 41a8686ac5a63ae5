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
FLAT_LIMIT = 200_000  # vectors; beyond, exact search takes too long on one core
_PARAMETERS: Any = faiss.SearchParameters  # their keyword arguments are made at run time
_IVF_PARAMETERS: Any = faiss.SearchParametersIVF
_PROBED = 0.05  # of the lists of an IVF segment


@dataclass(frozen=True)
class Segment:
    """A faiss index whose position `i` is the vector `ids[i]`."""

    index: Any
    ids: Ids

    @cached_property
    def chunks(self) -> Ids:
        return self.ids // PARTS

    def search(self, vector: Vectors, k: int, mask: Mask | None) -> tuple[Ids, Vectors]:
        """Ids and cosines of the `k` best positions that `mask` allows, the best first."""
        k = min(k, len(self.ids))
        bits = None if mask is None else np.packbits(mask, bitorder="little")
        selector = None if bits is None else faiss.IDSelectorBitmap(len(self.ids), faiss.swig_ptr(bits))
        faiss.omp_set_num_threads(1)  # holds for the calling thread only
        scores, positions = self.index.search(vector[None, :], k, params=self._parameters(selector))
        found = positions[0] >= 0
        return self.ids[positions[0][found]], scores[0][found]

    def _parameters(self, selector: Any) -> Any:
        if isinstance(self.index, faiss.IndexIVF):
            probes = max(8, round(self.index.nlist * _PROBED))
            return _IVF_PARAMETERS(sel=selector, nprobe=probes)
        return _PARAMETERS(sel=selector) if selector is not None else None


def write_segment(path: Path, ids: Ids, vectors: Vectors) -> None:
    """Writes `path` (faiss) and the ids beside it (`.npy`).

    Raises `ValueError` when ids and vectors differ in number, or ids are not strictly ascending.
    """
    if len(ids) != len(vectors) or not bool(np.all(np.diff(ids) > 0)):
        raise ValueError(
            f"{len(ids)} ids for {len(vectors)} vectors, strictly ascending: {bool(np.all(np.diff(ids) > 0))}"
        )
    index = _index(vectors)
    index.add(vectors)
    path.write_bytes(
        faiss.serialize_index(index).tobytes()
    )  # ours to write: faiss reports a full disk as a RuntimeError
    np.save(path.with_suffix(".npy"), ids, allow_pickle=False)


def read_segment(path: Path) -> Segment:
    """Opens what `write_segment` wrote; the caller has checked the files' sha256, since faiss checks nothing."""
    index = faiss.read_index(str(path))
    ids: Ids = np.load(path.with_suffix(".npy"), allow_pickle=False)
    if index.ntotal != len(ids):
        raise ValueError(f"{path.name}: {index.ntotal} vectors for {len(ids)} ids")
    return Segment(index, ids)


class Dense:
    """The segments of a generation, searched as one."""

    def __init__(self, segments: Sequence[Segment], chunk_ids: Ids) -> None:
        """`chunk_ids` ascending: those that stand; vectors of others are masked."""
        self._segments = tuple(segments)
        self._chunk_ids = chunk_ids
        self._owners = [np.searchsorted(chunk_ids, segment.chunks) for segment in self._segments]
        self._standing = [
            self._stands(owner, segment) for owner, segment in zip(self._owners, self._segments, strict=True)
        ]

    @property
    def count(self) -> int:
        return int(sum(mask.sum() for mask in self._standing))

    def search(self, vector: Vectors, k: int, allowed: Mask | None = None) -> list[tuple[int, float]]:
        """The `k` best `(chunk id, cosine of its best vector)`; `allowed` says so for each of `chunk_ids`."""
        vector = np.ascontiguousarray(vector, dtype=np.float32)
        masks = [self._mask(number, allowed) for number in range(len(self._segments))]
        asked = 3 * k  # most chunks have one to three vectors
        while True:
            parts = [
                segment.search(vector, asked, mask)
                for segment, mask in zip(self._segments, masks, strict=True)
                if mask is None or mask.any()
            ]
            best = _best_of_each_chunk(parts, k)
            if len(best) >= k or all(len(ids) < asked for ids, _ in parts):
                return best
            asked *= 4

    def _stands(self, owner: NDArray[np.intp], segment: Segment) -> Mask:
        inside = owner < len(self._chunk_ids)
        standing: Mask = np.zeros(len(owner), dtype=bool)
        standing[inside] = self._chunk_ids[owner[inside]] == segment.chunks[inside]
        return standing

    def _mask(self, number: int, allowed: Mask | None) -> Mask | None:
        standing = self._standing[number]
        if allowed is None:
            return None if bool(standing.all()) else standing
        mask: Mask = standing.copy()
        mask[standing] = allowed[self._owners[number][standing]]
        return mask


def _best_of_each_chunk(parts: Sequence[tuple[Ids, Vectors]], k: int) -> list[tuple[int, float]]:
    if not parts:
        return []
    ids = np.concatenate([found for found, _ in parts])
    scores = np.concatenate([found for _, found in parts])
    best: dict[int, float] = {}
    for position in np.lexsort((ids, -scores)):
        best.setdefault(int(ids[position]) // PARTS, float(scores[position]))
        if len(best) == k:
            break
    return list(best.items())


def _index(vectors: Vectors) -> Any:
    count, dimension = vectors.shape
    if count <= FLAT_LIMIT:
        return faiss.IndexFlatIP(dimension)
    faiss.omp_set_num_threads(1)
    lists = int(4 * count**0.5)
    index = faiss.index_factory(dimension, f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
    rng = np.random.default_rng(0)
    index.train(vectors[rng.choice(count, min(count, 40 * lists), replace=False)])
    return index
