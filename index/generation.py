"""The searchable form of one moment of the database: a folder that is never changed once named, with its manifest.

    generations/<seq>-<id>/   words/ (tantivy), vectors/ (faiss), chunks.npy, rows.npy, ids.npy, MANIFEST.json
    CURRENT                   "<seq>-<id>"; id: the first digits of the manifest's sha256

A new generation hard-links what did not change of the one before. All of it can be made anew from the database.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import numpy as np

from index import dense, lexical, manifest
from index.dense import Dense, Ids, Segment
from index.durable import quarantine, sync, write_whole
from index.lexical import Lexicon
from index.manifest import DamagedError, Manifest, Stretch, seq_of
from index.records import read_vectors, read_words

_ARRAYS = ("chunks", "rows", "ids")
_WORTH_FLUSHING = 500  # new chunks
_WORN = 0.8  # a stretch is written anew when less of it stands


@dataclass(frozen=True)
class Generation:
    """An opened folder. `chunks` (n, 2): chunk id, ascending, and its document's row; `rows` and `ids` of documents."""

    folder: Path
    manifest: Manifest
    lexicon: Lexicon
    dense: Dense
    chunks: Ids
    rows: dict[str, int]  # document id → row
    segments: dict[str, Segment] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Truth:
    """What the database holds at the moment a generation is made of it."""

    change: int
    model: str
    model_number: int
    dimension: int
    audit: tuple[int, str]  # number and hash of the last line
    chunks: Ids  # as in `Generation`
    rows: dict[str, int]

    @classmethod
    def read(cls, connection: sqlite3.Connection) -> Truth:
        meta = dict(connection.execute("SELECT key, value FROM meta"))
        name = meta.get("model", "")
        model = connection.execute("SELECT id, dimension FROM models WHERE name = ?", (name,)).fetchone()
        audit = connection.execute("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1").fetchone()
        pairs = connection.execute("SELECT id, document FROM chunks ORDER BY id").fetchall()
        rows = dict(connection.execute("SELECT id, row FROM documents ORDER BY row"))
        chunks = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        number, dimension = model or (0, 0)
        return cls(int(meta["change"]), name, number, dimension, audit or (0, ""), chunks, rows)


def current(root: Path) -> str | None:
    """The name in CURRENT, or None before the first generation; perhaps damaged."""
    try:
        return (root / "CURRENT").read_text("ascii", "replace").strip()
    except FileNotFoundError:
        return None


def candidates(root: Path) -> list[str]:
    """The name in CURRENT and then the other generations, the newest first: what to fall back to when it is damaged."""
    generations = root / "generations"
    others = sorted((path.name for path in generations.glob("*-*") if seq_of(path)), reverse=True)
    return list(dict.fromkeys([*filter(None, [current(root)]), *others]))


def open_generation(root: Path, name: str, known: Generation | None = None) -> Generation:
    """Opens a generation after checking every byte of it.

    What it shares with `known`, an opened generation, is neither read nor checked again. Raises `DamagedError`.
    """
    folder = root / "generations" / name
    if folder.parent != root / "generations" or not seq_of(folder):
        raise DamagedError(f"no generation is named {name!r}")
    try:
        found = manifest.read(folder)
        manifest.check(folder, found, _shared(folder, known))
        return _load(folder, found, known)
    except (OSError, ValueError) as error:
        raise DamagedError(f"{name}: {error}") from error


def descends(connection: sqlite3.Connection, found: Manifest) -> bool:
    """Whether the database once was what the generation shows: an older copy put in its place gives ids anew."""
    line = connection.execute("SELECT hash FROM audit WHERE number = ?", (found.audit_number,)).fetchone()
    change = int(connection.execute("SELECT value FROM meta WHERE key = 'change'").fetchone()[0])
    return found.change <= change and (line[0] if line else "") == found.audit_hash


def build(root: Path, connection: sqlite3.Connection, known: Generation | None) -> str:
    """Makes the generation of what `connection` sees (one read transaction), names it in CURRENT and returns the name.

    The caller holds the writer's lock; `known` is what it grows from.
    """
    truth = Truth.read(connection)
    if known is not None and not descends(connection, known.manifest):
        known = None
    generations = root / "generations"
    generations.mkdir(exist_ok=True)
    _sweep(generations)
    seq = 1 + max(map(seq_of, generations.iterdir()), default=0)
    folder = generations / f".tmp-{uuid4().hex}"
    try:
        name = _write(folder, seq, connection, truth, known)
        folder.rename(generations / name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)  # room on a full disk
        raise
    point(root, name)
    return name


def _write(folder: Path, seq: int, connection: sqlite3.Connection, truth: Truth, known: Generation | None) -> str:
    """Fills the folder; returns the name it must have."""
    (folder / "vectors").mkdir(parents=True)
    (folder / "words").mkdir()
    new = truth.chunks[:, 0] if known is None else np.setdiff1d(truth.chunks[:, 0], known.chunks[:, 0])
    _write_words(folder, connection, known, truth, new)
    same_model = known if known and known.manifest.model == truth.model else None
    fresh = new if same_model else truth.chunks[:, 0]
    stretches = _write_vectors(folder, connection, same_model, truth, fresh, seq)
    for array, content in zip(_ARRAYS, _arrays(truth), strict=True):
        np.save(folder / f"{array}.npy", content, allow_pickle=False)
    name = _seal(folder, seq, truth, stretches, known)
    if len(new) >= _WORTH_FLUSHING:
        _flush(folder)
    return name


def point(root: Path, name: str) -> None:
    """Makes CURRENT name a generation."""
    write_whole(root / "CURRENT", f"{name}\n".encode())


def prune(root: Path, used: Sequence[Path]) -> None:
    """Removes generations older than the one before CURRENT, except those `used` in this process."""
    folders = sorted(path for path in (root / "generations").iterdir() if seq_of(path))
    for folder in folders[:-2]:
        if folder not in used:
            shutil.rmtree(folder, ignore_errors=True)  # what is left is tried again next time


def discard(root: Path, name: str) -> None:
    """Moves a damaged generation to the quarantine, or CURRENT when that is what is damaged."""
    folder = root / "generations" / name
    if folder.parent == root / "generations" and seq_of(folder) and folder.is_dir():
        quarantine(root, folder)
    elif current(root) == name:
        quarantine(root, root / "CURRENT")


def _sweep(generations: Path) -> None:
    for leftover in generations.glob(".tmp-*"):
        shutil.rmtree(leftover)


def _arrays(truth: Truth) -> tuple[Ids, Ids, np.ndarray[tuple[int], np.dtype[np.bytes_]]]:
    rows = np.array(list(truth.rows.values()), dtype=np.int64)
    return truth.chunks, rows, np.array(list(truth.rows), dtype="S")


def _write_words(
    folder: Path, connection: sqlite3.Connection, known: Generation | None, truth: Truth, new: Ids
) -> None:
    words = read_words(connection, new.tolist())
    if known is None:
        lexical.grow(folder / "words", None, [], words, len(new))
    else:
        gone = sorted(set(known.rows.values()) - set(truth.rows.values()))
        lexical.grow(folder / "words", known.folder / "words", gone, words, len(new))


def _write_vectors(
    folder: Path, connection: sqlite3.Connection, known: Generation | None, truth: Truth, new: Ids, seq: int
) -> tuple[Stretch, ...]:
    """Keeps the stretches that are large and whole; writes the others anew, joined (a log-structured merge)."""
    kept: list[Stretch] = []
    for first, last, old in _plan(known, truth, new):
        if old is not None and known is not None:
            for suffix in (".faiss", ".npy"):
                name = f"vectors/{old.name}{suffix}"
                (folder / name).hardlink_to(known.folder / name)
            kept.append(old)
            continue
        ids, vectors = read_vectors(connection, truth.model_number, first, last)
        if len(ids):
            name = f"{first}-{last}-{seq}"
            dense.write_segment(folder / "vectors" / f"{name}.faiss", ids, vectors)
            kept.append(Stretch(name, first, last, len(np.unique(ids // dense.PARTS)), len(ids)))
    return tuple(kept)


def _plan(known: Generation | None, truth: Truth, new: Ids) -> list[tuple[int, int, Stretch | None]]:
    """`(first, last, stretch to keep as it is)` in ascending order; None: to be read from the database."""
    planned: list[tuple[int, int, Stretch | None]] = []
    size, first, last = len(new), *((int(new[0]), int(new[-1])) if len(new) else (0, 0))
    for old in reversed(known.manifest.stretches if known else ()):
        standing = int(np.diff(np.searchsorted(truth.chunks[:, 0], (old.first, old.last + 1)))[0])
        if standing >= _WORN * old.chunks and (planned or standing > size):
            planned.append((old.first, old.last, old))
        elif not planned and size:
            first, size = old.first, size + standing
        elif standing:
            planned.append((old.first, old.last, None))
    planned.reverse()
    return [*planned, *([(first, last, None)] if size else [])]


def _seal(folder: Path, seq: int, truth: Truth, stretches: tuple[Stretch, ...], known: Generation | None) -> str:
    """Writes the manifest; returns the name the folder must have."""
    vectors = sum(stretch.vectors for stretch in stretches)
    files = manifest.files_of(folder, _shared(folder, known))
    moment = (truth.change, *truth.audit)
    counts = (len(truth.chunks), vectors)
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


def _shared(folder: Path, known: Generation | None) -> dict[str, tuple[int, str]]:
    return manifest.shared_files(folder, known.folder, known.manifest) if known is not None else {}


def _load(folder: Path, found: Manifest, known: Generation | None) -> Generation:
    chunks, rows, ids = (np.load(folder / f"{name}.npy", allow_pickle=False) for name in _ARRAYS)
    loaded = known.segments if known else {}
    segments = {
        stretch.name: loaded.get(stretch.name) or dense.read_segment(folder / "vectors" / f"{stretch.name}.faiss")
        for stretch in found.stretches
    }
    by_id = {id.decode("ascii"): row for id, row in zip(ids.tolist(), rows.tolist(), strict=True)}
    vectors = Dense(list(segments.values()), chunks[:, 0])
    lexicon = Lexicon(folder / "words")
    if lexicon.count != len(chunks):
        raise DamagedError(f"{lexicon.count} chunks have words, not {len(chunks)}")
    return Generation(folder, found, lexicon, vectors, chunks, by_id, segments)
