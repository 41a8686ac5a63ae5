"""The vectors of chunks: made when documents come in, and anew when the embedding model changes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from index.chunk import windows
from index.database import Database, ModelChangedError
from index.dense import PARTS
from index.embed import Embedder, Vectors
from index.rows import insert_vectors, read_words

_BATCH = 500  # chunks embedded and committed at a time when the model changes


def embed_chunks(embedder: Embedder, texts: Sequence[str]) -> list[Vectors]:
    """One array (windows, dimension) of unit vectors a text.

    Raises `ValueError` when the embedder gives another number of vectors, or one that is not finite.
    """
    spans = [windows(text)[:PARTS] for text in texts]
    inputs = [span.of(text) for text, found in zip(texts, spans, strict=True) for span in found]
    if not inputs:
        return [np.zeros((0, 1), dtype=np.float32) for _ in texts]
    vectors = np.asarray(embedder.encode_document(inputs), dtype=np.float32)
    if vectors.ndim != 2 or len(vectors) != len(inputs) or not np.isfinite(vectors).all():
        raise ValueError(
            f"{len(inputs)} texts gave vectors of shape {vectors.shape}, all finite: {np.isfinite(vectors).all()}"
        )
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 0)
    return np.split(vectors, np.cumsum([len(found) for found in spans])[:-1])


def current_model(connection: sqlite3.Connection) -> str | None:
    found = connection.execute("SELECT value FROM meta WHERE key = 'model'").fetchone()
    return found and str(found[0])


def model_number(connection: sqlite3.Connection, model_id: str) -> int:
    """The model's number in the tables. Raises `ModelChangedError` when another process has changed the model."""
    if current_model(connection) != model_id:
        raise ModelChangedError
    return int(connection.execute("SELECT id FROM models WHERE name = ?", (model_id,)).fetchone()[0])


def has_another_model(database: Database, model_id: str) -> bool:
    """Whether the documents are searched by another model as yet."""
    with database.read() as connection:
        return current_model(connection) not in (None, model_id)


def embed_ahead(
    database: Database, embedder: Embedder, model_id: str, progress: Callable[[int], None] | None = None
) -> None:
    """Gives every chunk its vectors of a model that is to be the store's, while others go on adding and removing.

    Can be stopped anywhere: what was embedded is kept.
    """
    dimension = int(np.asarray(embedder.encode_document(["văn bản"])).shape[1])
    with database.write() as connection:
        connection.execute("INSERT OR IGNORE INTO models (name, dimension) VALUES (?, ?)", (model_id, dimension))
        number = int(connection.execute("SELECT id FROM models WHERE name = ?", (model_id,)).fetchone()[0])
    embed_missing(database, embedder, number, progress)


def use_model(
    database: Database, embedder: Embedder, model_id: str, progress: Callable[[int], None] | None = None
) -> None:
    """Makes `model_id` the store's model once every chunk has its vectors. The caller holds the writer's lock."""
    with database.read() as connection:
        if current_model(connection) == model_id:
            return
    embed_ahead(database, embedder, model_id, progress)
    with database.write() as connection:
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('model', ?)", (model_id,))
        count_change(connection)


def knows_other_models(database: Database, model_id: str) -> bool:
    """Whether there are vectors of models that serve no more, or not yet."""
    with database.read() as connection:
        return connection.execute("SELECT 1 FROM models WHERE name != ?", (model_id,)).fetchone() is not None


def forget_other_models(database: Database, model_id: str) -> None:
    """Deletes the vectors of other models."""
    with database.write() as connection:
        connection.execute("DELETE FROM vectors WHERE model != ?", (model_number(connection, model_id),))
        connection.execute("DELETE FROM models WHERE name != ?", (model_id,))


def embed_missing(
    database: Database, embedder: Embedder, model: int, progress: Callable[[int], None] | None = None
) -> int:
    """Embeds the chunks that have no vector of the model; returns how many they were."""
    total = 0
    for ids in _lacking(database, model):
        with database.read() as connection:
            words = list(read_words(connection, _standing(connection, ids)))
        vectors = embed_chunks(embedder, [each.text for each in words])
        with database.write() as connection:
            standing = set(_standing(connection, ids))
            for each, found in zip(words, vectors, strict=True):
                if each.chunk in standing:
                    insert_vectors(connection, each.chunk, found, model)
        total += len(ids)
        if progress:
            progress(len(ids))
    return total


def count_change(connection: sqlite3.Connection) -> None:
    """Says that the documents, or what is searched of them, are others now."""
    connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'change'")


def _standing(connection: sqlite3.Connection, ids: Sequence[int]) -> list[int]:
    """Those of the chunks that nobody has removed meanwhile."""
    query = "SELECT id FROM chunks WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
    return [id for (id,) in connection.execute(query, (json.dumps(list(ids)),))]


def _lacking(database: Database, model: int) -> Iterator[list[int]]:
    last = 0
    while True:
        with database.read() as connection:
            found = connection.execute(
                "SELECT id FROM chunks WHERE id > ? AND NOT EXISTS"
                " (SELECT 1 FROM vectors WHERE chunk = chunks.id AND model = ?) ORDER BY id LIMIT ?",
                (last, model, _BATCH),
            ).fetchall()
        if not found:
            return
        last = found[-1][0]
        yield [id for (id,) in found]
