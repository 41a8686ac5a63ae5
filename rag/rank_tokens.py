"""Text → rows of hashes by which passages are compared, fast enough to be made while a question waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.text import tokens

Numbers = NDArray[np.uint32]
_MOST = 300_000  # distinct pieces of text remembered
_TEXTS = 4096  # … and whole texts, those read last
_BYTES = 8  # a token


def hashed(form: str) -> int:
    """The number that stands for a token's key or folded form; two of a million may share one."""
    return crc32(form.encode())


class _Pieces(dict[str, bytes]):
    """The tokens in what stands between two spaces, packed: a language repeats itself."""

    def __missing__(self, piece: str) -> bytes:
        if len(self) > _MOST:
            self.clear()
        pairs = [(hashed(token.key), hashed(token.folded)) for token in tokens(piece)]
        self[piece] = packed = np.array(pairs, np.uint32).tobytes()
        return packed


_PIECES = _Pieces()


@lru_cache(_TEXTS)
def _packed(text: str) -> bytes:
    return b"".join(map(_PIECES.__getitem__, text.split()))


@dataclass(frozen=True, slots=True)
class Packed:
    """Texts end to end: `rows` (n, 2) of key and folded form; text `i` is `starts[i]:starts[i + 1]`."""

    rows: Numbers
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Packed:
        packed = [_packed(text) for text in texts]
        starts = np.cumsum([0, *(len(piece) // _BYTES for piece in packed)], dtype=np.int64)
        return cls(np.frombuffer(b"".join(packed), np.uint32).reshape(-1, 2), starts)
