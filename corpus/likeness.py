"""How much two texts have in common, from sketches of a kilobyte: the smallest hashes of their shingles.

Broder, "On the resemblance and containment of documents" (1997).
"""

from __future__ import annotations

import re
import zlib
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from corpus.text import fold

Sketch = NDArray[np.uint32]
SIZE = 256  # hashes kept; the share is right within 6 points two times in three
SHINGLE = 4  # words
_FACTOR = np.uint32(0x9E3779B1)  # 2³² over the golden ratio, as Knuth hashes: products wrap round
_MOST = 100_000  # pieces whose checksums are remembered
_WORD = re.compile(r"\w+")


class _Codes(dict[str, tuple[int, ...]]):
    """The checksums of the words between two spaces: a language repeats itself."""

    def __missing__(self, piece: str) -> tuple[int, ...]:
        if len(self) > _MOST:
            self.clear()
        self[piece] = codes = tuple(zlib.crc32(word.encode()) for word in _WORD.findall(fold(piece)))
        return codes


_CODES = _Codes()
_NOTHING = (zlib.crc32(b""),)


def sketch(text: str) -> Sketch:
    """Ascending, at most `SIZE`. Accents, case and layout do not count."""
    pieces = map(_CODES.__getitem__, text.split())
    codes = np.array(list(chain.from_iterable(pieces)) or _NOTHING, np.uint32)
    length = min(SHINGLE, len(codes))
    hashes = np.zeros(len(codes) - length + 1, dtype=np.uint32)
    for place in range(length):
        hashes = hashes * _FACTOR + codes[place : place + len(hashes)]
    return _distinct((hashes ^ (hashes >> np.uint32(15))) * _FACTOR)[:SIZE]


def likeness(one: Sketch, other: Sketch) -> float:
    """The share of all shingles that both texts have, from 0 to 1; exact for texts shorter than a sketch."""
    both = np.concatenate((one, other))
    both.sort()
    shared = both[1:][both[1:] == both[:-1]]
    some = _distinct(both)[: max(SIZE, min(len(one), len(other)))]
    return int(np.searchsorted(shared, some[-1], "right")) / len(some)


def _distinct(hashes: Sketch) -> Sketch:
    """Ascending; `np.unique` takes ten times as long on so few."""
    hashes.sort()
    first = np.ones(len(hashes), dtype=bool)
    np.not_equal(hashes[1:], hashes[:-1], out=first[1:])
    return hashes[first]
