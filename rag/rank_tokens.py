"""Text → rows of numbers by which passages are compared, fast enough to be made while a question waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.text import syllables
from index import interaction

Numbers = NDArray[np.uint32]
_MOST = 300_000  # distinct pieces of text remembered
_TEXTS = 4096  # … and whole texts, those read last
_BYTES = 12  # a token


def hashed(form: str) -> int:
    """The number that stands for a token's key or folded form; two of a million may share one."""
    return crc32(form.encode())


class _Pieces(dict[str, bytes]):
    """The tokens in what stands between two spaces, packed: a language repeats itself."""

    def __missing__(self, piece: str) -> bytes:
        if len(self) > _MOST:
            self.clear()
        keys, folded = syllables(piece)
        rows = interaction.shipped().vocabulary.rows_of(keys, folded)
        numbers = [*map(hashed, keys), *map(hashed, folded), *rows]
        self[piece] = packed = np.array(numbers, np.uint32).reshape(3, -1).T.tobytes()
        return packed


_PIECES = _Pieces()


@lru_cache(_TEXTS)
def _packed(text: str) -> bytes:
    return b"".join(map(_PIECES.__getitem__, text.split()))


@dataclass(frozen=True, slots=True)
class Packed:
    """Texts end to end: `rows` (n, 3), a token each; text `i` is `starts[i]:starts[i + 1]`.

    A row is the hashes of key and folded form, and the row of the token in `index.interaction`.
    """

    rows: Numbers
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Packed:
        packed = [_packed(text) for text in texts]
        starts = np.cumsum([0, *(len(piece) // _BYTES for piece in packed)], dtype=np.int64)
        return cls(np.frombuffer(b"".join(packed), np.uint32).reshape(-1, 3), starts)

    @property
    def exact(self) -> Numbers:
        return self.rows[:, 0]

    @property
    def plain(self) -> Numbers:
        return self.rows[:, 1]

    @property
    def alike(self) -> NDArray[np.int32]:
        return self.rows[:, 2].astype(np.int32)

    @property
    def lengths(self) -> NDArray[np.int64]:
        return np.diff(self.starts)
