"""What a generation's folder holds: sizes and checksums of its files, sealed by the folder's own name."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from index.durable import sha256_of

FORMAT = 2
FILE = "MANIFEST.json"
_SEAL = 16  # hex digits of the manifest's sha256 in the folder's name


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
    change: int  # the database's number of changes, and the last line of its audit log, when this was made
    audit_number: int
    audit_hash: str
    last_row: int  # of documents, those that were removed included
    model: str
    dimension: int
    chunks: int
    vectors: int
    stretches: tuple[Stretch, ...]
    files: dict[str, tuple[int, str]]  # path → bytes, sha256


def name_of(seq: int, content: bytes) -> str:
    """The name of the folder with this manifest: "<seq>-<seal>"."""
    return f"{seq:08d}-{hashlib.sha256(content).hexdigest()[:_SEAL]}"


def seq_of(folder: Path) -> int:
    """The number in a generation's name; 0 for any other folder."""
    number = folder.name.partition("-")[0]
    return int(number) if number.isascii() and number.isdigit() else 0


def files_of(folder: Path, shared: Mapping[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """Bytes and sha256 of every file below `folder`; those `shared` are not read again."""
    names = sorted(name for name, _ in _inodes(folder))
    return {name: shared.get(name) or ((folder / name).stat().st_size, sha256_of(folder / name)) for name in names}


def shared_files(folder: Path, other: Path, manifest: Manifest) -> dict[str, tuple[int, str]]:
    """The entries of files in `folder` that are the very same on the disk as those of `other`, which were checked."""
    mine = dict(_inodes(folder))
    try:
        theirs = dict(_inodes(other))
    except FileNotFoundError:  # another process has no more use for it
        return {}
    return {name: entry for name, entry in manifest.files.items() if name in mine and mine[name] == theirs.get(name)}


def _inodes(folder: Path, within: str = "") -> Iterator[tuple[str, int]]:
    """The files below a folder and the numbers by which the disk knows them.

    By reading the folder alone: a call to the system for each file costs a turn at the interpreter's lock.
    """
    with os.scandir(folder / within) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _inodes(folder, f"{within}{entry.name}/")
            else:
                yield f"{within}{entry.name}", entry.inode()


def encode(manifest: Manifest) -> bytes:
    return json.dumps(asdict(manifest), indent=1).encode()


def read(folder: Path) -> Manifest:
    """The manifest of a folder whose name seals it. Raises `DamagedError`; `OSError` when there is none."""
    content = (folder / FILE).read_bytes()
    if name_of(seq_of(folder), content) != folder.name:
        raise DamagedError(f"{FILE} is not the one that {folder.name} was named after")
    fields = json.loads(content)
    if fields["format"] != FORMAT:
        raise DamagedError(f"format {fields['format']}, not {FORMAT}")
    fields["stretches"] = tuple(Stretch(**stretch) for stretch in fields["stretches"])
    fields["files"] = {name: (size, digest) for name, (size, digest) in fields["files"].items()}
    return Manifest(**fields)


def check(folder: Path, manifest: Manifest, shared: Mapping[str, tuple[int, str]]) -> None:
    """Reads every file that is not `shared`. Raises `DamagedError`, and `OSError` when one is missing."""
    for name, (size, digest) in manifest.files.items():
        if name in shared:
            continue
        path = folder / name
        if path.stat().st_size != size:
            raise DamagedError(f"{name}: {path.stat().st_size} bytes, not {size}")
        if sha256_of(path) != digest:
            raise DamagedError(f"{name}: sha256 differs")
