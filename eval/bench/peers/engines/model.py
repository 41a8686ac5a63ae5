"""The shipped embedding model for every library: the same code, in the library's own process, on the clock."""

from __future__ import annotations

from functools import cache

from index.embed import SHIPPED, StaticModel, Vectors

DIMENSION = 256


@cache
def model() -> StaticModel:
    return StaticModel(SHIPPED)


def embed(texts: list[str]) -> Vectors:
    """A unit vector a text, shape (n, 256)."""
    return model().encode_document(texts)


def embed_one(text: str) -> list[float]:
    return [float(value) for value in embed([text])[0]]
