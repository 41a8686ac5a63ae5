"""How much two texts have in common, from sketches of a kilobyte: the smallest hashes of their shingles.

Broder, "On the resemblance and containment of documents" (1997).
"""

from __future__ import annotations

import re
import zlib

import numpy as np
from numpy.typing import NDArray

from corpus.text import fold

Sketch = NDArray[np.uint32]
SIZE = 256  # hashes kept; the share is right within 6 points two times in three
SHINGLE = 4  # words
_FACTOR = np.uint32(0x9E3779B1)  # 2³² over the golden ratio, as Knuth hashes: products wrap round
_MOST = 200_000  # words whose checksums are remembered
_WORD = re.compile(r"\w+")


class _Codes(dict[str, int]):
    """The checksums of words: a language repeats itself."""

    def __missing__(self, word: str) -> int:
        if len(self) > _MOST:
            self.clear()
        self[word] = code = zlib.crc32(word.encode())
        return code


_CODES = _Codes()


def sketch(text: str) -> Sketch:
    """Ascending, at most `SIZE`. Accents, case and layout do not count."""
    words = _WORD.findall(fold(text)) or [""]
    codes = np.array([_CODES[word] for word in words], np.uint32)
    length = min(SHINGLE, len(words))
    hashes = np.zeros(len(words) - length + 1, dtype=np.uint32)
    for place in range(length):
        hashes = hashes * _FACTOR + codes[place : place + len(hashes)]
    return np.unique((hashes ^ (hashes >> np.uint32(15))) * _FACTOR)[:SIZE]


def likeness(one: Sketch, other: Sketch) -> float:
    """The share of all shingles that both texts have, from 0 to 1; exact for texts shorter than a sketch."""
    both = np.union1d(one, other)[: max(SIZE, min(len(one), len(other)))]
    return float(np.mean(np.isin(both, one) & np.isin(both, other)))
