"""The searchable form of one moment of the database: a folder that is never changed once named, with its manifest.

    generations/<seq>-<id>/   words/ (tantivy), vectors/ (faiss), gone.npy, MANIFEST.json
    CURRENT                   "<seq>-<id>"; id: the first digits of the manifest's sha256

A new generation hard-links what did not change of the one before, and costs no more than what did (`index.growth`). All
of it can be made anew from the database.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from index import dense, manifest
from index.dense import Dense, Ids, Segment
from index.durable import quarantine, write_whole
from index.lexical import Lexicon
from index.manifest import DamagedError, Manifest, seq_of

GONE = "gone.npy"


@dataclass(frozen=True)
class Generation:
    """An opened folder. `gone`: the rows of documents that its stretches hold and that do not stand, ascending."""

    folder: Path
    manifest: Manifest
    lexicon: Lexicon
    dense: Dense
    gone: Ids
    segments: dict[str, Segment] = field(repr=False)

    @cached_property
    def chunks(self) -> Ids:
        """The chunks that stand, shape (n, 2): chunk id, ascending, and its document's row, which ascends too."""
        held = [segment.chunks for segment in self.segments.values()]
        chunks: Ids = np.concatenate([np.zeros((0, 2), dtype=np.int64), *held])
        return chunks[dense.standing(chunks[:, 1], self.gone)] if len(self.gone) else chunks


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
        manifest.check(folder, found, shared(folder, known))
        return _load(folder, found, known)
    except (OSError, ValueError) as error:
        raise DamagedError(f"{name}: {error}") from error


def descends(connection: sqlite3.Connection, found: Manifest) -> bool:
    """Whether the database once was what the generation shows: an older copy put in its place gives ids anew."""
    line = connection.execute("SELECT hash FROM audit WHERE number = ?", (found.audit_number,)).fetchone()
    change = int(connection.execute("SELECT value FROM meta WHERE key = 'change'").fetchone()[0])
    return found.change <= change and (line[0] if line else "") == found.audit_hash


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


def shared(folder: Path, known: Generation | None) -> dict[str, tuple[int, str]]:
    """The files that a folder has in common with a known generation, and what its manifest says of them."""
    return manifest.shared_files(folder, known.folder, known.manifest) if known is not None else {}


def _load(folder: Path, found: Manifest, known: Generation | None) -> Generation:
    gone: Ids = np.load(folder / GONE, allow_pickle=False)
    loaded = known.segments if known else {}
    segments = {
        stretch.name: loaded.get(stretch.name) or dense.read_segment(folder / "vectors" / f"{stretch.name}.faiss")
        for stretch in found.stretches
    }
    lexicon = Lexicon(folder / "words")
    if lexicon.count != found.chunks:
        raise DamagedError(f"{lexicon.count} chunks have words, not {found.chunks}")
    return Generation(folder, found, lexicon, Dense(list(segments.values()), gone), gone, segments)
