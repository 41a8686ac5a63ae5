"""LangChain: `EnsembleRetriever` over `BM25Retriever` (rank_bm25) and `FAISS`.

FAISS and the documents are saved; `BM25Retriever` has no file format, so it is made anew from them at the start. Its
default tokens are those of `str.split`; the words in lower case that it gets here are what its documentation advises.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.retrievers import BM25Retriever
from langchain_community.vectorstores import FAISS
from langchain_community.vectorstores.utils import DistanceStrategy
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

from eval.bench.peers.engine import DEPTH, Found, K, Opened, Passage, answering, read_passages
from eval.bench.peers.engines.model import embed, embed_one

__all__ = ["build", "open_index", "read"]

read = read_passages


class Shipped(Embeddings):
    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = embed(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        return embed_one(text)


def build(passages: Sequence[Passage], folder: Path) -> None:
    documents = [Document(each.whole, metadata={"document": each.document}, id=each.id) for each in passages]
    store = FAISS.from_documents(documents, Shipped(), distance_strategy=DistanceStrategy.MAX_INNER_PRODUCT)
    store.save_local(str(folder))
    BM25Retriever.from_documents(documents, preprocess_func=words)


def open_index(folder: Path) -> Opened[str]:
    store = FAISS.load_local(
        str(folder),
        Shipped(),
        allow_dangerous_deserialization=True,
        distance_strategy=DistanceStrategy.MAX_INNER_PRODUCT,
    )
    documents = store.get_by_ids(list(store.index_to_docstore_id.values()))
    lexical = BM25Retriever.from_documents(documents, preprocess_func=words, k=DEPTH)
    dense = store.as_retriever(search_kwargs={"k": DEPTH})
    ensemble = EnsembleRetriever(retrievers=[lexical, dense], weights=[0.5, 0.5])

    def search(question: str) -> list[Found]:
        return [Found(each.metadata["document"], each.page_content) for each in ensemble.invoke(question)[:K]]

    return answering(search)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
