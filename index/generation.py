"""The searchable form of one moment of the database: a folder that is never changed once named, with its manifest.

    generations/<seq>-<id>/   words/ (tantivy), vectors/ (faiss), chunks.npy, rows.npy, ids.npy, MANIFEST.json
    CURRENT                   "<folder> <sha256 of its MANIFEST.json>"

A new generation hard-links what did not change of the one before. All of it can be made anew from the database.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from uuid import uuid4

import numpy as np

from index import dense, lexical
from index.dense import Dense, Ids, Segment
from index.durable import quarantine, sha256_of, sync, write_whole
from index.lexical import Lexicon
from index.records import read_vectors, read_words

FORMAT = 1
_ARRAYS = ("chunks", "rows", "ids")
_WORN = 0.8  # a stretch is written anew when less of it stands


class DamagedError(ValueError):
    """A generation's files are not what was written."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A segment of vectors: its file and the chunk ids it covers, both included."""

    name: str
    first: int
    last: int
    chunks: int
    vectors: int


@dataclass(frozen=True, slots=True)
class Manifest:
    format: int
    seq: int
    change: int  # the database's, when this was made
    model: str
    dimension: int
    chunks: int
    vectors: int
    stretches: tuple[Stretch, ...]
    files: dict[str, tuple[int, str]]  # path → bytes, sha256


@dataclass(frozen=True)
class Generation:
    """An opened folder. `chunks` (n, 2): chunk id, ascending, and its document's row; `rows` and `ids` of documents."""

    line: str  # of CURRENT
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
    chunks: Ids  # as in `Generation`
    rows: dict[str, int]

    @classmethod
    def read(cls, connection: sqlite3.Connection) -> Truth:
        meta = dict(connection.execute("SELECT key, value FROM meta"))
        model = connection.execute(
            "SELECT id, dimension FROM models WHERE name = ?", (meta.get("model", ""),)
        ).fetchone()
        pairs = connection.execute("SELECT id, document FROM chunks ORDER BY id").fetchall()
        rows = dict(connection.execute("SELECT id, row FROM documents ORDER BY row"))
        chunks = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        return cls(int(meta["change"]), meta.get("model", ""), *(model or (0, 0)), chunks, rows)


def current(root: Path) -> str | None:
    """The line of CURRENT, or None before the first generation."""
    try:
        return (root / "CURRENT").read_text("ascii", "replace")
    except FileNotFoundError:
        return None


def open_generation(root: Path, line: str, known: Generation | None = None) -> Generation:
    """Opens the generation that `line` of CURRENT names after checking every byte of it.

    What it shares with `known`, an opened generation, is neither read nor checked again. Raises `DamagedError`.
    """
    name, _, seal = line.strip().partition(" ")
    if not name or "/" in name or name.startswith("."):
        raise DamagedError(f"CURRENT holds {line!r}")
    folder = root / "generations" / name
    try:
        manifest = _manifest(folder, seal)
        _check(folder, manifest, known)
        return _load(line, folder, manifest, known)
    except (OSError, ValueError) as error:
        raise DamagedError(f"{name}: {error}") from error


def build(root: Path, connection: sqlite3.Connection, known: Generation | None) -> str:
    """Makes the generation of what `connection` sees (one read transaction) and names it in CURRENT; returns that line.

    The caller holds the writer's lock. `known` must be the generation CURRENT names now.
    """
    truth = Truth.read(connection)
    generations = root / "generations"
    generations.mkdir(exist_ok=True)
    _sweep(generations)
    seq = 1 + max((_seq(path) for path in generations.iterdir()), default=0)
    folder = generations / f".tmp-{uuid4().hex}"
    (folder / "vectors").mkdir(parents=True)
    (folder / "words").mkdir()
    new = truth.chunks[:, 0] if known is None else np.setdiff1d(truth.chunks[:, 0], known.chunks[:, 0])
    _write_words(folder, connection, known, truth, new)
    same_model = known if known and known.manifest.model == truth.model else None
    stretches = _write_vectors(
        folder, connection, same_model, truth, new if same_model else truth.chunks[:, 0], seq
    )
    for array, content in zip(_ARRAYS, _arrays(truth), strict=True):
        np.save(folder / f"{array}.npy", content, allow_pickle=False)
    seal = _write_manifest(folder, seq, truth, stretches, known)
    name = f"{seq:08d}-{seal[:8]}"
    folder.rename(generations / name)
    sync(generations)
    write_whole(root / "CURRENT", f"{name} {seal}\n".encode())
    return f"{name} {seal}\n"


def prune(root: Path, used: Sequence[Path]) -> None:
    """Removes generations older than the one before CURRENT, except those `used` in this process."""
    folders = sorted(path for path in (root / "generations").iterdir() if _seq(path))
    for folder in folders[:-2]:
        if folder not in used:
            shutil.rmtree(folder, ignore_errors=True)  # what is left is tried again next time


def discard(root: Path, line: str) -> list[Path]:
    """Moves CURRENT and the damaged generation it names to the quarantine."""
    folder = root / "generations" / line.strip().partition(" ")[0].lstrip("./")
    damaged = [
        root / "CURRENT",
        *([folder] if folder.parent.name == "generations" and folder.is_dir() else []),
    ]
    return [quarantine(root, path) for path in damaged if path.exists()]


def _seq(folder: Path) -> int:
    number = folder.name.partition("-")[0]
    return int(number) if number.isdigit() else 0


def _sweep(generations: Path) -> None:
    for leftover in generations.glob(".tmp-*"):
        shutil.rmtree(leftover)


def _arrays(truth: Truth) -> tuple[Ids, Ids, np.ndarray[tuple[int], np.dtype[np.bytes_]]]:
    rows = np.array(list(truth.rows.values()), dtype=np.int64)
    return truth.chunks, rows, np.array(list(truth.rows), dtype="S")


def _write_words(
    folder: Path, connection: sqlite3.Connection, known: Generation | None, truth: Truth, new: Ids
) -> None:
    gone = sorted(set(known.rows.values()) - set(truth.rows.values())) if known else []
    words = read_words(connection, new.tolist())
    lexical.grow(folder / "words", known and known.folder / "words", gone, words, len(new))


def _write_vectors(
    folder: Path, connection: sqlite3.Connection, known: Generation | None, truth: Truth, new: Ids, seq: int
) -> tuple[Stretch, ...]:
    """Keeps the stretches that are large and whole; writes the others anew, neighbours joined (as a log-structured merge)."""
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


def _write_manifest(
    folder: Path, seq: int, truth: Truth, stretches: tuple[Stretch, ...], known: Generation | None
) -> str:
    shared = _shared(folder, known)
    files: dict[str, tuple[int, str]] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_dir():
            files[name] = shared.get(name) or (path.stat().st_size, sha256_of(path))
        if name not in shared:
            sync(path)
    vectors = sum(stretch.vectors for stretch in stretches)
    manifest = Manifest(
        *(
            FORMAT,
            seq,
            truth.change,
            truth.model,
            truth.dimension,
            len(truth.chunks),
            vectors,
            stretches,
            files,
        )
    )
    content = json.dumps(asdict(manifest), indent=1).encode()
    write_whole(folder / "MANIFEST.json", content)
    return hashlib.sha256(content).hexdigest()


def _shared(folder: Path, known: Generation | None) -> dict[str, tuple[int, str]]:
    """The entries of the files that are the very same on the disk as those of `known`, which were checked."""
    if known is None:
        return {}
    return {
        name: entry
        for name, entry in known.manifest.files.items()
        if (folder / name).exists() and os.path.samefile(folder / name, known.folder / name)
    }


def _manifest(folder: Path, seal: str) -> Manifest:
    content = (folder / "MANIFEST.json").read_bytes()
    if hashlib.sha256(content).hexdigest() != seal:
        raise DamagedError("MANIFEST.json is not the one CURRENT names")
    fields = json.loads(content)
    if fields["format"] != FORMAT:
        raise DamagedError(f"format {fields['format']}, not {FORMAT}")
    fields["stretches"] = tuple(Stretch(**stretch) for stretch in fields["stretches"])
    fields["files"] = {name: (size, digest) for name, (size, digest) in fields["files"].items()}
    return Manifest(**fields)


def _check(folder: Path, manifest: Manifest, known: Generation | None) -> None:
    shared = _shared(folder, known)
    for name, (size, digest) in manifest.files.items():
        path = folder / name
        if path.stat().st_size != size:
            raise DamagedError(f"{name}: {path.stat().st_size} bytes, not {size}")
        if name not in shared and sha256_of(path) != digest:
            raise DamagedError(f"{name}: sha256 differs")


def _load(line: str, folder: Path, manifest: Manifest, known: Generation | None) -> Generation:
    chunks, rows, ids = (np.load(folder / f"{name}.npy", allow_pickle=False) for name in _ARRAYS)
    loaded = known.segments if known else {}
    segments = {
        stretch.name: loaded.get(stretch.name)
        or dense.read_segment(folder / "vectors" / f"{stretch.name}.faiss")
        for stretch in manifest.stretches
    }
    by_id = {id.decode("ascii"): row for id, row in zip(ids.tolist(), rows.tolist(), strict=True)}
    vectors = Dense(list(segments.values()), chunks[:, 0])
    lexicon = Lexicon(folder / "words")
    if lexicon.count != len(chunks):
        raise DamagedError(f"{lexicon.count} chunks have words, not {len(chunks)}")
    return Generation(line, folder, manifest, lexicon, vectors, chunks, by_id, segments)
