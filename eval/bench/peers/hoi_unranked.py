"""Hỏi without its ranking step: the question understood, words and vectors searched and fused, passages read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eval.bench.peers.engine import Found, K, Opened, answering
from eval.bench.peers.hoi import document_of, open_store
from index.embed import load_embedder
from rag.retrieve import DEPTH, SearchQuery, search
from rag.scope import places_of
from rag.understand import understand


def open_index(folder: Path) -> Opened[str]:
    embedder, _ = load_embedder()
    store = open_store(folder)

    def asked(question: str) -> Sequence[Found]:
        snapshot = store.snapshot()
        query = understand(question, (), places_of(snapshot), snapshot.frequency)
        vector = embedder.encode_query([query.text])[0]
        found = search(snapshot, SearchQuery(query.text, vector, (), query.unopened), DEPTH)
        chunks = snapshot.chunks(found.best(K))
        documents = snapshot.with_texts(chunk.document_id for chunk in chunks)
        return [Found(document_of(documents[chunk.document_id].file), chunk.text) for chunk in chunks]

    return answering(asked)
