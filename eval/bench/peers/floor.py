"""The floor: faiss and tantivy alone, over the same vectors and terms, which are ready before the clock runs.

What is timed is tantivy's 200 best and faiss's 300 nearest, one after the other: nothing is understood, fused or read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import tantivy

from eval.bench.peers.engine import Found, Opened, Passage, read_passages
from index.dense import PARTS, write_segment
from index.embed import Vectors, load_embedder
from index.embedding import embed_chunks
from index.lexical import Term, Words, grow
from rag.retrieve import DEPTH, SearchQuery, lexical_query

__all__ = ["build", "open_index", "read"]

read = read_passages
_BATCH = 1000
Ready = tuple[tantivy.Query, Vectors]


def build(passages: Sequence[Passage], folder: Path) -> None:
    embedder, _ = load_embedder()
    (folder / "words").mkdir(parents=True)
    words = [Words(n, n, passage.text, passage.context) for n, passage in enumerate(passages)]
    grow(folder / "words", None, (), words, len(words))
    texts = [passage.text for passage in passages]
    parts = [part for at in range(0, len(texts), _BATCH) for part in embed_chunks(embedder, texts[at : at + _BATCH])]
    ids = [number * PARTS + place for number, part in enumerate(parts) for place in range(len(part))]
    chunks = np.repeat(np.arange(len(parts))[:, None], 2, axis=1)
    write_segment(folder / "vectors.faiss", np.array(ids, dtype=np.int64), chunks, np.concatenate(parts))


def open_index(folder: Path) -> Opened[Ready]:
    embedder, _ = load_embedder()
    index = tantivy.Index.open(str(folder / "words"))
    searcher, schema = index.searcher(), index.schema
    vectors: Any = faiss.read_index(str(folder / "vectors.faiss"))

    def prepare(question: str) -> Ready:
        vector = embedder.encode_query([question])
        terms = lexical_query(SearchQuery(question, vector[0])).terms
        wanted = [(tantivy.Occur.Should, _query(schema, term)) for term in terms]
        return tantivy.Query.boolean_query(wanted), vector

    def search(ready: Ready) -> Sequence[Found]:
        query, vector = ready
        faiss.omp_set_num_threads(1)
        hits = searcher.search(query, 2 * DEPTH, count=False).hits
        searcher.fast_field_values("chunk", [address for _, address in hits])
        vectors.search(vector, min(3 * DEPTH, vectors.ntotal))
        return ()

    return Opened(search, prepare)


def _query(schema: tantivy.Schema, term: Term) -> tantivy.Query:
    query = tantivy.Query.term_query(schema, term.field, term.text, index_option="freq")
    return tantivy.Query.boost_query(query, term.boost)
