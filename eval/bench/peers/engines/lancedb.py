"""LanceDB: a table with a full-text index, hybrid search with the default reranker (reciprocal ranks).

The analyser has no English stemming or stop words here; folding accents is its default, and stays on.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import lancedb
import pyarrow

from eval.bench.peers.engine import DEPTH, Found, K, Opened, Passage, answering, read_passages
from eval.bench.peers.engines.model import DIMENSION, embed

__all__ = ["build", "open_index", "read"]

read = read_passages
_TABLE = "passages"


def build(passages: Sequence[Passage], folder: Path) -> None:
    texts = [each.whole for each in passages]
    columns = {
        "document": pyarrow.array([each.document for each in passages]),
        "text": pyarrow.array(texts),
        "vector": pyarrow.FixedSizeListArray.from_arrays(embed(texts).ravel(), DIMENSION),
    }
    table = lancedb.connect(str(folder)).create_table(_TABLE, pyarrow.table(columns))
    table.create_fts_index("text", stem=False, remove_stop_words=False)


def open_index(folder: Path) -> Opened[str]:
    table = lancedb.connect(str(folder)).open_table(_TABLE)

    def search(question: str) -> list[Found]:
        query = table.search(query_type="hybrid").vector(embed([question])[0]).text(question)
        rows = query.distance_type("cosine").limit(DEPTH).to_list()[:K]
        return [Found(row["document"], row["text"]) for row in rows]

    return answering(search)
