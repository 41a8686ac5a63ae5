"""What a generation's folder holds: sizes and checksums of its files, sealed by the folder's own name."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
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
    paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if not path.is_dir()}
    return {name: shared.get(name) or (path.stat().st_size, sha256_of(path)) for name, path in paths.items()}


def shared_files(folder: Path, other: Path, manifest: Manifest) -> dict[str, tuple[int, str]]:
    """The entries of files in `folder` that are the very same on the disk as those of `other`, which were checked."""
    return {
        name: entry
        for name, entry in manifest.files.items()
        if (folder / name).exists() and (other / name).exists() and os.path.samefile(folder / name, other / name)
    }


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
        path = folder / name
        if path.stat().st_size != size:
            raise DamagedError(f"{name}: {path.stat().st_size} bytes, not {size}")
        if name not in shared and sha256_of(path) != digest:
            raise DamagedError(f"{name}: sha256 differs")
