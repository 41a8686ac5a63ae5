"""Chroma: a persistent client and a collection with cosine. Locally it searches vectors alone.

Its hybrid `Search` (sparse vectors, BM25) says "not implemented for Local Chroma": it is for the cloud.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import chromadb
from chromadb.api.types import EmbeddingFunction
from chromadb.config import Settings

from eval.bench.peers.engine import Found, K, Opened, Passage, answering, read_passages
from eval.bench.peers.engines.model import embed

__all__ = ["build", "open_index", "read"]

read = read_passages
_COLLECTION = "passages"


class Shipped(EmbeddingFunction):  # type: ignore[misc]  # not installed where types are checked
    def __init__(self) -> None:
        pass

    def __call__(self, input: list[str]) -> list[object]:
        return list(embed(input))

    @staticmethod
    def name() -> str:
        return "hoi"

    def get_config(self) -> dict[str, object]:
        return {}

    @staticmethod
    def build_from_config(config: dict[str, object]) -> Shipped:
        return Shipped()


def build(passages: Sequence[Passage], folder: Path) -> None:
    client = _client(folder)
    collection = client.create_collection(
        _COLLECTION, embedding_function=Shipped(), configuration={"hnsw": {"space": "cosine"}}
    )
    batch = client.get_max_batch_size()
    for at in range(0, len(passages), batch):
        some = passages[at : at + batch]
        collection.add(
            ids=[each.id for each in some],
            documents=[each.whole for each in some],
            metadatas=[{"document": each.document} for each in some],
        )


def open_index(folder: Path) -> Opened[str]:
    collection = _client(folder).get_collection(_COLLECTION, embedding_function=Shipped())

    def search(question: str) -> list[Found]:
        found = collection.query(query_texts=[question], n_results=K, include=["documents", "metadatas"])
        pairs = zip(found["metadatas"][0], found["documents"][0], strict=True)
        return [Found(metadata["document"], text) for metadata, text in pairs]

    return answering(search)


def _client(folder: Path) -> chromadb.ClientAPI:
    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
