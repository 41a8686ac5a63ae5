"""Haystack: a pipeline of the in-memory BM25 and embedding retrievers, joined by reciprocal ranks; the store as JSON.

The documentation's hybrid tutorial. BM25Okapi in place of the default BM25L was no faster and no better here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore

from eval.bench.peers.engine import DEPTH, Found, K, Opened, Passage, answering, read_passages
from eval.bench.peers.engines.model import embed, embed_one

__all__ = ["build", "open_index", "read"]

read = read_passages


def build(passages: Sequence[Passage], folder: Path) -> None:
    store = InMemoryDocumentStore(return_embedding=False)
    vectors = embed([each.whole for each in passages]).tolist()
    store.write_documents(
        [
            Document(id=each.id, content=each.whole, meta={"document": each.document}, embedding=vector)
            for each, vector in zip(passages, vectors, strict=True)
        ]
    )
    store.save_to_disk(str(folder / "store.json"))


def open_index(folder: Path) -> Opened[str]:
    store = InMemoryDocumentStore.load_from_disk(str(folder / "store.json"))
    pipeline = Pipeline()
    pipeline.add_component("words", InMemoryBM25Retriever(store, top_k=DEPTH))
    pipeline.add_component("vectors", InMemoryEmbeddingRetriever(store, top_k=DEPTH))
    pipeline.add_component("joined", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=K))
    pipeline.connect("words", "joined")
    pipeline.connect("vectors", "joined")

    def search(question: str) -> list[Found]:
        asked = {"words": {"query": question}, "vectors": {"query_embedding": embed_one(question)}}
        documents = pipeline.run(asked)["joined"]["documents"]
        return [Found(each.meta["document"], each.content) for each in documents]

    return answering(search)
