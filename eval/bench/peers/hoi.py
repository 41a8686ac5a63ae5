"""Hỏi itself, as `hoi search` works: whole documents in, the question understood, passages found and ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.beir import read_beir
from eval.bench.peers.engine import Found, K, Opened, answering
from index.embed import load_embedder
from index.store import Store, Upload
from rag.assistant import open_assistant
from rag.effort import EffortName
from rag.settings import Settings


def read(pool: Path) -> Mapping[str, Upload]:
    """The documents, uncut: cutting them is part of our indexing."""
    return read_beir(pool).uploads


def build(uploads: Mapping[str, Upload], folder: Path) -> None:
    store = open_store(folder)
    store.add(uploads.values())
    store.snapshot()
    store.close()


def open_index(folder: Path) -> Opened[str]:
    return opened(folder, "full")


def opened(folder: Path, effort: EffortName) -> Opened[str]:
    """As the program opens it, with the settings' defaults but for the effort."""
    assistant = open_assistant(Settings(data=folder, effort=effort))

    def search(question: str) -> Sequence[Found]:
        return [Found(document_of(passage.file), passage.text) for passage in assistant.search(question, K)]

    return answering(search)


def open_store(folder: Path) -> Store:
    embedder, model = load_embedder()
    return Store.open(folder, embedder, model)


def document_of(file: str) -> str:
    """The set's own id of a document that `read_beir` made."""
    return file.removesuffix(".json")
