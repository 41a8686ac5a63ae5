"""Text → rows of numbers by which passages are compared, fast enough to be made while a question waits."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.text import syllables, written_apart
from index import interaction

Numbers = NDArray[np.uint32]
_MOST = 300_000  # distinct words, and pieces of text, remembered
_TEXTS = 4096  # … and whole texts, those read last
_COLUMNS, _BYTES = 3, 4  # of a token; of a number


def hashed(form: str) -> int:
    """The number that stands for a token's key or folded form; two of a million may share one."""
    return crc32(form.encode())


class _Words(dict[str, bytes]):
    """A word or number as it is written, packed."""

    def __missing__(self, word: str) -> bytes:
        if len(self) > _MOST:
            self.clear()
        keys, folded = syllables(word)
        rows = interaction.shipped().vocabulary.rows_of(keys, folded)
        numbers = zip(map(hashed, keys), map(hashed, folded), rows, strict=True)
        self[word] = packed = array("I", chain.from_iterable(numbers)).tobytes()
        return packed


class _Pieces(dict[str, bytes]):
    """The tokens in what stands between two spaces, packed: a language repeats itself."""

    def __missing__(self, piece: str) -> bytes:
        if len(self) > _MOST:
            self.clear()
        self[piece] = packed = b"".join([_WORDS[word] for word in written_apart(piece)])
        return packed


_WORDS = _Words()
_PIECES = _Pieces()


@lru_cache(_TEXTS)
def _packed(text: str) -> bytes:
    """Token by token."""
    return b"".join(map(_PIECES.__getitem__, text.split()))


@dataclass(frozen=True, slots=True)
class Packed:
    """Texts end to end, an entry a token; text `i` is `starts[i]:starts[i + 1]`.

    `exact` and `plain` are the hashes of key and folded form, `alike` the token's row in `index.interaction`.
    """

    exact: Numbers
    plain: Numbers
    alike: NDArray[np.int32]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Packed:
        packed = [_packed(text) for text in texts]
        starts = np.cumsum([0, *(len(rows) // (_COLUMNS * _BYTES) for rows in packed)], dtype=np.int64)
        rows = np.frombuffer(b"".join(packed), np.uint32).reshape(-1, _COLUMNS)
        exact, plain, alike = np.ascontiguousarray(rows.T)
        return cls(exact, plain, alike.view(np.int32), starts)

    @property
    def lengths(self) -> NDArray[np.int64]:
        return np.diff(self.starts)
