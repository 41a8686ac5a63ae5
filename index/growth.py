"""How a generation grows from the one before: what stays is linked, what is new or worn is written.

Nothing in here is done once for every document there is.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import numpy as np

from index import dense, lexical, manifest
from index.dense import Ids
from index.durable import sync
from index.generation import GONE, Generation, descends, point, shared
from index.manifest import Manifest, Stretch, seq_of
from index.rows import gone_since, read_vectors, read_words

_WORTH_FLUSHING = 500  # new chunks
_WORN = 0.8  # a stretch is written anew when less of it stands
FULL = 200_000  # chunks; a stretch of so many is joined with no other, so that no step needs more time or memory
FLAT_LIMIT = 50_000  # chunks; up to there vectors are scored as they are, beyond by a quarter of their bytes
_SMALL = 0.15  # of the limit: in a stretch of fewer chunks vectors are also found by looking at each


@dataclass(frozen=True, slots=True)
class Truth:
    """What the database holds beyond a known generation, or all of it, at the moment a generation is made of it."""

    change: int
    model: str
    model_number: int
    dimension: int
    audit: tuple[int, str]  # number and hash of the last line
    last_row: int
    chunks: Ids  # the new ones, as in `Generation`
    gone: Ids  # rows of the documents removed since

    @classmethod
    def read(cls, connection: sqlite3.Connection, known: Manifest | None) -> Truth:
        meta = dict(connection.execute("SELECT key, value FROM meta"))
        name = meta.get("model", "")
        model = connection.execute("SELECT id, dimension FROM models WHERE name = ?", (name,)).fetchone()
        audit = connection.execute("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1").fetchone()
        row, change = (known.last_row, known.change) if known else (0, int(meta["change"]))
        pairs = connection.execute("SELECT id, document FROM chunks WHERE document > ? ORDER BY +id", (row,))
        last = connection.execute("SELECT max(row) FROM documents").fetchone()[0] or 0
        number, dimension = model or (0, 0)
        return cls(
            int(meta["change"]),
            name,
            number,
            dimension,
            audit or (0, ""),
            max(last, row),
            np.fromiter(pairs, dtype=np.dtype((np.int64, 2))),
            gone_since(connection, change, row),
        )


def build(root: Path, connection: sqlite3.Connection, known: Generation | None, flat_limit: int = FLAT_LIMIT) -> str:
    """Makes the generation of what `connection` sees (one read transaction), names it in CURRENT and returns the name.

    The caller holds the writer's lock; `known` is what it grows from. Beyond `flat_limit` chunks vectors are
    scored by codes.
    """
    if known is not None and not descends(connection, known.manifest):
        known = None
    truth = Truth.read(connection, known.manifest if known else None)
    generations = root / "generations"
    generations.mkdir(exist_ok=True)
    _sweep(generations)
    seq = 1 + max(map(seq_of, generations.iterdir()), default=0)
    folder = generations / f".tmp-{uuid4().hex}"
    try:
        name = _write(folder, seq, connection, truth, known, flat_limit)
        folder.rename(generations / name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)  # room on a full disk
        raise
    point(root, name)
    return name


def _write(
    folder: Path, seq: int, connection: sqlite3.Connection, truth: Truth, known: Generation | None, flat_limit: int
) -> str:
    """Fills the folder; returns the name it must have."""
    (folder / "vectors").mkdir(parents=True)
    (folder / "words").mkdir()
    _write_words(folder, connection, known, truth)
    gone = truth.gone if known is None else np.union1d(known.gone, truth.gone)
    planned = _plan(known, truth, gone)
    stretches = _write_vectors(folder, connection, planned, known, truth.model_number, seq, flat_limit)
    np.save(folder / GONE, _held(known, stretches, gone), allow_pickle=False)
    name = _seal(folder, seq, truth, sum(len(chunks) for chunks, _ in planned), stretches, known)
    if len(truth.chunks) >= _WORTH_FLUSHING:
        _flush(folder)
    return name


def _sweep(generations: Path) -> None:
    for leftover in generations.glob(".tmp-*"):
        shutil.rmtree(leftover)


def _write_words(folder: Path, connection: sqlite3.Connection, known: Generation | None, truth: Truth) -> None:
    words = read_words(connection, truth.chunks[:, 0].tolist())
    before = known.folder / "words" if known else None
    lexical.grow(folder / "words", before, truth.gone.tolist(), words, len(truth.chunks))


def _write_vectors(
    folder: Path,
    connection: sqlite3.Connection,
    planned: Sequence[tuple[Ids, Stretch | None]],
    known: Generation | None,
    model: int,
    seq: int,
    flat_limit: int,
) -> tuple[Stretch, ...]:
    """Links the stretches that stay and writes the others."""
    written: list[Stretch] = []
    total = sum(len(chunks) for chunks, _ in planned)
    for chunks, old in planned:
        if old is not None and known is not None:
            for suffix in dense.SUFFIXES:
                name = f"vectors/{old.name}{suffix}"
                (folder / name).hardlink_to(known.folder / name)
            written.append(old)
            continue
        first, last = int(chunks[0, 0]), int(chunks[-1, 0])
        ids, vectors = read_vectors(connection, model, first, last)
        name = f"{first}-{last}-{seq}"
        coded, kept = len(chunks) > _SMALL * flat_limit, total <= flat_limit
        dense.write_segment(folder / "vectors" / f"{name}.faiss", ids, chunks, vectors, coded, kept)
        written.append(Stretch(name, first, last, len(chunks), len(ids)))
    return tuple(written)


def _plan(known: Generation | None, truth: Truth, gone: Ids) -> list[tuple[Ids, Stretch | None]]:
    """The chunks of each stretch to be, in ascending order, and the old one that stays as it is.

    Those that are large and whole stay, the others are written anew, joined: a log-structured merge.
    """
    waiting, *later = np.split(truth.chunks, range(FULL, len(truth.chunks), FULL))
    planned: list[tuple[Ids, Stretch | None]] = [(chunks, None) for chunks in reversed(later)]
    same_model = known is not None and known.manifest.model == truth.model
    for old in reversed(known.manifest.stretches if known else ()):
        assert known is not None
        chunks = known.segments[old.name].chunks
        chunks = chunks[dense.standing(chunks[:, 1], gone)] if len(gone) else chunks
        whole = same_model and len(chunks) >= _WORN * old.chunks
        if 0 < len(waiting) <= FULL - len(chunks) and not (whole and len(chunks) > len(waiting)):
            waiting = np.concatenate((chunks, waiting))
            continue
        planned.append((waiting, None))
        if whole:
            planned.append((chunks, old))
        waiting = waiting[:0] if whole else chunks
    planned.append((waiting, None))
    return [one for one in reversed(planned) if len(one[0])]


def _held(known: Generation | None, stretches: Sequence[Stretch], gone: Ids) -> Ids:
    """Those of the rows that the stretches taken over from `known` hold."""
    held = np.zeros(len(gone), dtype=bool)
    for stretch in stretches:
        if known and (old := known.segments.get(stretch.name)):
            rows = old.chunks[:, 1]
            held |= np.searchsorted(rows, gone, "right") > np.searchsorted(rows, gone)
    return gone[held]


def _seal(
    folder: Path, seq: int, truth: Truth, chunks: int, stretches: tuple[Stretch, ...], known: Generation | None
) -> str:
    """Writes the manifest; returns the name the folder must have."""
    vectors = sum(stretch.vectors for stretch in stretches)
    files = manifest.files_of(folder, shared(folder, known))
    moment = (truth.change, *truth.audit, truth.last_row)
    counts = (chunks, vectors)
    made = Manifest(manifest.FORMAT, seq, *moment, truth.model, truth.dimension, *counts, stretches, files)
    content = manifest.encode(made)
    (folder / manifest.FILE).write_bytes(content)
    return manifest.name_of(seq, content)


def _flush(folder: Path) -> None:
    """Brings a large step safely to the disk.

    A small one is left to the system: should the power fail within its half minute, the checksums tell, and the
    generation before, which the disk has, grows again.
    """
    for path in [folder, *folder.rglob("*")]:
        sync(path)
