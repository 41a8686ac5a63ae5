"""LlamaIndex: `QueryFusionRetriever` over `BM25Retriever` (bm25s) and a `VectorStoreIndex` on FAISS, all saved.

No stemmer (it has none for Vietnamese), and words of one letter count as words.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import bm25s
import faiss
from llama_index.core import StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.core.embeddings import BaseEmbedding
from llama_index.core.llms import MockLLM
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import TextNode
from llama_index.retrievers.bm25 import BM25Retriever
from llama_index.vector_stores.faiss import FaissVectorStore

from eval.bench.peers.engine import DEPTH, Found, K, Opened, Passage, answering, read_passages
from eval.bench.peers.engines.model import DIMENSION, embed, embed_one

__all__ = ["build", "open_index", "read"]

read = read_passages
_WORD = r"(?u)\b\w+\b"


class Shipped(BaseEmbedding):  # type: ignore[misc]  # not installed where types are checked
    def _get_text_embedding(self, text: str) -> list[float]:
        return embed_one(text)

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = embed(texts).tolist()
        return vectors

    def _get_query_embedding(self, query: str) -> list[float]:
        return embed_one(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return embed_one(query)


def build(passages: Sequence[Passage], folder: Path) -> None:
    nodes = [TextNode(id_=each.id, text=each.whole, extra_info={"document": each.document}) for each in passages]
    for node in nodes:
        node.excluded_embed_metadata_keys = ["document"]
    store = FaissVectorStore(faiss_index=faiss.IndexFlatIP(DIMENSION))
    storage = StorageContext.from_defaults(vector_store=store)
    model = Shipped(embed_batch_size=1000)
    VectorStoreIndex(nodes, storage_context=storage, embed_model=model).storage_context.persist(str(folder))
    words = BM25Retriever.from_defaults(nodes=nodes, skip_stemming=True, language=[], token_pattern=_WORD)
    words.persist(str(folder / "words"))


def open_index(folder: Path) -> Opened[str]:
    store = FaissVectorStore.from_persist_dir(str(folder))
    storage = StorageContext.from_defaults(vector_store=store, persist_dir=str(folder))
    index = load_index_from_storage(storage, embed_model=Shipped())
    words = BM25Retriever(
        existing_bm25=bm25s.BM25.load(str(folder / "words"), load_corpus=True),
        similarity_top_k=DEPTH,
        skip_stemming=True,
        token_pattern=_WORD,
    )
    fusion = QueryFusionRetriever(
        [index.as_retriever(similarity_top_k=DEPTH), words],
        llm=MockLLM(),  # never asked: one query stays one query
        num_queries=1,
        mode="reciprocal_rerank",
        similarity_top_k=K,
        use_async=False,
    )

    def search(question: str) -> list[Found]:
        return [Found(each.node.metadata["document"], each.node.get_content()) for each in fusion.retrieve(question)]

    return answering(search)
