"""txtai: an `Embeddings` database with `hybrid` and `content` on, everything else as it comes.

Its keyword index reads through one SQLite cursor and breaks when threads search at once: clients wait for each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from txtai import Embeddings

from eval.bench.peers.engine import Found, K, Opened, Passage, answering, read_passages
from eval.bench.peers.engines.model import embed

__all__ = ["build", "open_index", "read"]

read = read_passages


def build(passages: Sequence[Passage], folder: Path) -> None:
    embeddings = Embeddings(method="external", transform=embed, hybrid=True, content=True)
    embeddings.index((f"{each.id} {each.document}", each.whole, None) for each in passages)
    embeddings.save(str(folder))


def open_index(folder: Path) -> Opened[str]:
    embeddings = Embeddings()
    embeddings.load(str(folder), config={"transform": embed})
    one_at_a_time = Lock()

    def search(question: str) -> list[Found]:
        with one_at_a_time:
            found = embeddings.search(question, K)
        return [Found(each["id"].split()[1], each["text"]) for each in found]

    return answering(search)
