"""BM25 as an inner product of sparse vectors that updates never make wrong.

A chunk's vector holds what does not change while it stands: how often a term is in it, saturated, by its length against
a fixed reference. What changes with every update, how rare a term is, is put on the query (`idf`). The sum of the
products is BM25 (Robertson & Zaragoza, 2009) as tantivy computes it, if the reference is the average length.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corpus.text import syllables
from index.lexical import FIELDS, Field, Words

K1, B = 1.2, 0.75  # tantivy's
Lengths = Mapping[Field, float]  # tokens of a field
Sparse = dict[int, float]  # dimension → weight
_DIMENSIONS = 2**32 - 2  # Milvus takes no larger number


def dimension(field: Field, text: str) -> int:
    """A token's place in the vectors. Of ten million tokens, one in five hundred shares its place with another."""
    return zlib.crc32(f"{field} {text}".encode()) % _DIMENSIONS


def idf(count: int, chunks: int) -> float:
    """How telling a token is that `count` of the chunks hold."""
    return math.log(1 + (chunks - count + 0.5) / (count + 0.5))


@dataclass(frozen=True, slots=True)
class Counted:
    """How often each token stands in each field of a chunk."""

    tokens: dict[Field, Counter[str]]

    @classmethod
    def of(cls, words: Words) -> Counted:
        keys, folded = syllables(words.text)
        context = syllables(words.context)[1]
        found: dict[Field, Iterable[str]] = {
            "folded": folded,
            "bigrams": _pairs(folded),
            "accented": keys,
            "context_folded": context,
            "context_bigrams": _pairs(context),
        }
        return cls({field: Counter(tokens) for field, tokens in found.items()})

    @property
    def lengths(self) -> dict[Field, int]:
        return {field: counts.total() for field, counts in self.tokens.items()}

    @property
    def dimensions(self) -> set[int]:
        return {dimension(field, text) for field, counts in self.tokens.items() for text in counts}

    def weights(self, reference: Lengths) -> Sparse:
        found: Sparse = {}
        for field, counts in self.tokens.items():
            share = kept_length(counts.total()) / (reference[field] or 1.0)
            norm = K1 * (1 - B + B * share)
            for text, count in counts.items():
                place = dimension(field, text)
                found[place] = found.get(place, 0.0) + (1 + K1) * count / (count + norm)
        return found


@dataclass(frozen=True, slots=True)
class Bag:
    """A document's share of the statistics: in how many of its chunks each dimension is, and its fields' tokens."""

    dimensions: NDArray[np.uint32]
    chunks: NDArray[np.uint32]
    lengths: dict[Field, int]

    @classmethod
    def of(cls, chunks: Iterable[Counted]) -> Bag:
        held: Counter[int] = Counter()
        lengths = dict.fromkeys(FIELDS, 0)
        for each in chunks:
            held.update(each.dimensions)
            for field, length in each.lengths.items():
                lengths[field] += length
        ordered = sorted(held)
        return cls(np.array(ordered, np.uint32), np.array([held[place] for place in ordered], np.uint32), lengths)

    def packed(self) -> bytes:
        """The dimensions, as steps from one to the next, and the counts; not the lengths."""
        steps = np.diff(self.dimensions, prepend=np.uint32(0))
        return zlib.compress(np.concatenate([steps, self.chunks]).astype("<u4").tobytes(), 1)

    @classmethod
    def unpacked(cls, packed: bytes, lengths: dict[Field, int]) -> Bag:
        steps, chunks = np.frombuffer(zlib.decompress(packed), "<u4").reshape(2, -1)
        return cls(np.cumsum(steps, dtype=np.uint32), chunks, lengths)


def kept_length(length: int) -> int:
    """A length as tantivy keeps it in one byte: exact up to 40, then in eight steps a doubling, rounded down."""
    start, step = 40, 2
    if length <= start:
        return length
    while length >= start + 8 * step:
        start, step = start + 8 * step, 2 * step
    return start + (length - start) // step * step


def _pairs(folded: list[str]) -> list[str]:
    return [f"{first}_{second}" for first, second in pairwise(folded)]
