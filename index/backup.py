"""A consistent copy of the store in one file, made while others write, and the way back into an empty folder.

The file is a tar: `MANIFEST.json` (format, sha256 of every other member), `hoi.db`, `objects/ab/<sha256>`,
`evaluations/…`. The searchable form is not in it: it is made anew from the database.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO
from uuid import uuid4

from index import audit
from index.database import Database, StoreError, StoreFullError, named
from index.durable import is_full, locked, sha256_of, sync

FORMAT = 1
ACTOR = "local"  # whoever runs the command on this machine
_MANIFEST, _DATABASE = "MANIFEST.json", "hoi.db"
_EVALUATIONS = "evaluations"  # question sets and runs, which are nowhere else
_NAME = re.compile(
    r"hoi\.db|objects/[0-9a-f]{2}/[0-9a-f]{64}|evaluations/(?:sets|runs)/[0-9a-f]{12}/[a-z]+\.(?:jsonl?|html)"
)
_HALF_MADE = shutil.ignore_patterns(".tmp-*", "LOCK*", "*.txt")


class BackupError(StoreError):
    """A backup that cannot be made or read. The message is Vietnamese."""

    code = "backup_error"


@dataclass(frozen=True, slots=True)
class Copied:
    documents: int
    files: int
    bytes: int


def backup(folder: Path, target: Path) -> Copied:
    """Copies everything acknowledged before the start into the file `target`, which must not exist yet.

    Writers wait only while the database is copied and the originals are linked. Raises `BackupError`, `StoreBusyError`.
    """
    if target.exists():
        raise BackupError(f"Tệp {target.name} đã có; hãy chọn tên khác.")
    if not (folder / _DATABASE).exists():
        raise BackupError("Chưa có kho tài liệu để sao lưu.")
    if not target.parent.is_dir():
        raise BackupError(f"Không có thư mục {target.parent.name} để ghi bản sao lưu.")
    try:
        with _scratch(folder) as stage, _scratch(target.parent) as made:
            with locked(folder / "LOCK"):
                _stage(folder, stage)
            copied = _pack(stage, made / target.name)
            verify(made / target.name)
            (made / target.name).rename(target)
        sync(target.parent)
        _note(folder, target.name)
    except OSError as error:
        if is_full(error):
            raise StoreFullError from error
        raise
    return copied


def verify(source: Path) -> None:
    """Reads a whole backup and checks every byte. Raises `BackupError`."""
    _read(source, None)


def restore(source: Path, folder: Path) -> Copied:
    """Unpacks a backup into `folder`, which must be empty or absent; all or nothing. Raises `BackupError`."""
    if not source.is_file():
        raise BackupError(f"Không có tệp {source.name}.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(not path.name.startswith(".tmp-") for path in folder.iterdir()):
        raise BackupError("Thư mục dữ liệu không trống. Chỉ khôi phục được vào thư mục trống.")
    with _scratch(folder) as stage:
        (stage / "objects").mkdir()
        files, size = _read(source, stage)
        for made in (path for path in stage.rglob("*") if path.is_dir()):
            sync(made)
        documents = _documents(stage / _DATABASE)
        (stage / "objects").rename(folder / "objects")
        if (stage / _EVALUATIONS).exists():
            (stage / _EVALUATIONS).rename(folder / _EVALUATIONS)
        (stage / _DATABASE).rename(folder / _DATABASE)  # last: without it the folder is no store
    sync(folder)
    return Copied(documents, files, size)


def _stage(folder: Path, stage: Path) -> None:
    """The database copied and the originals linked, as they are at this moment."""
    try:
        with closing(sqlite3.connect(folder / _DATABASE)) as connection:
            connection.execute("VACUUM INTO ?", (str(stage / _DATABASE),))
    except sqlite3.DatabaseError as error:
        raise named(error) from error
    for name in ("objects", _EVALUATIONS):
        if (folder / name).exists():
            shutil.copytree(folder / name, stage / name, ignore=_HALF_MADE, copy_function=os.link)


def _note(folder: Path, name: str) -> None:
    """Keeps in the log when the last backup was made. On a full disk the backup is none the worse."""
    database = Database(folder / _DATABASE)
    try:
        with suppress(StoreFullError), database.write() as connection:
            audit.append(connection, ACTOR, "backup", name)
    finally:
        database.close()


def last_backup(connection: sqlite3.Connection) -> str | None:
    """When the last backup was made, ISO 8601."""
    query = "SELECT at FROM audit WHERE action = 'backup' ORDER BY number DESC LIMIT 1"
    found = connection.execute(query).fetchone()
    return found and str(found[0])


def _pack(stage: Path, target: Path) -> Copied:
    paths = sorted(path for path in stage.rglob("*") if path.is_file())
    digests = {path.relative_to(stage).as_posix(): sha256_of(path) for path in paths}
    content = json.dumps({"format": FORMAT, "files": digests}, indent=1).encode()
    with target.open("xb") as file:
        os.chmod(target, 0o600)
        with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive:
            head = tarfile.TarInfo(_MANIFEST)
            head.size = len(content)
            archive.addfile(head, BytesIO(content))
            for name, path in zip(digests, paths, strict=True):
                archive.add(path, name)
        file.flush()
        os.fsync(file.fileno())
    return Copied(_documents(stage / _DATABASE), len(paths), sum(path.stat().st_size for path in paths))


def _read(source: Path, into: Path | None) -> tuple[int, int]:
    """Checks a backup against its manifest, and unpacks it when told where; returns the number of files and bytes."""
    files = size = 0
    try:
        with tarfile.open(source, "r:") as archive:
            expected = _manifest(archive, source.name)
            while (member := archive.next()) is not None:
                stream = archive.extractfile(member)
                digest = expected.pop(member.name, None)
                if stream is None or digest is None or digest != _copy(stream, into and into / member.name):
                    raise BackupError(f"Bản sao lưu bị hỏng: {member.name}.")
                files, size = files + 1, size + member.size
    except (tarfile.TarError, ValueError, KeyError, EOFError) as error:
        raise BackupError(f"{source.name} bị hỏng hoặc không phải bản sao lưu.") from error
    if expected:
        raise BackupError(f"Bản sao lưu thiếu {len(expected)} tệp.")
    return files, size


def _manifest(archive: tarfile.TarFile, name: str) -> dict[str, str]:
    """Member → sha256. Only names that a store's own files have: a backup may come from anywhere."""
    head = archive.next()
    stream = archive.extractfile(head) if head is not None and head.name == _MANIFEST else None
    if stream is None:
        raise BackupError(f"{name} không phải bản sao lưu.")
    manifest = json.loads(stream.read())
    if manifest["format"] != FORMAT:
        raise BackupError(f"Bản sao lưu thuộc phiên bản khác ({manifest['format']}).")
    files = {str(file): str(digest) for file, digest in manifest["files"].items()}
    if _DATABASE not in files or not all(_NAME.fullmatch(file) for file in files):
        raise BackupError(f"{name} không phải bản sao lưu.")
    return files


def _copy(stream: IO[bytes], target: Path | None) -> str:
    """Reads a member to its end, into `target` if there is one; returns its sha256."""
    digest = hashlib.sha256()
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
    with open(target or os.devnull, "wb") as file:
        while block := stream.read(1 << 20):
            digest.update(block)
            file.write(block)
        if target is not None:
            file.flush()
            os.fsync(file.fileno())
    return digest.hexdigest()


def _documents(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])


@contextmanager
def _scratch(parent: Path) -> Iterator[Path]:
    """A folder for half-made things, on the same disk as what it will become, gone afterwards."""
    folder = parent / f".tmp-{uuid4().hex}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
