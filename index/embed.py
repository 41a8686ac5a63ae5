"""Text → vectors: the `Embedder` protocol, the shipped static model, and any sentence-transformers model by name."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """What a `sentence_transformers.SentenceTransformer` offers and the index needs."""

    def encode_query(self, inputs: list[str], /) -> Vectors:
        """One unit vector a text, shape (n, dimension)."""
        ...

    def encode_document(self, inputs: list[str], /) -> Vectors:
        """One unit vector a text, shape (n, dimension)."""
        ...
