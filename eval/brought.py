"""Documents that an evaluator brings to ask a question set of: apart from the store, and in no backup.

    HOI_DATA/evaluation-documents/<id>/   manifest.json, files/0000/NAME, files/0001/NAME, …

They are read when a run begins, by the same loaders as all others, into a store that goes with the run.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from corpus.formats.archive import is_clutter
from corpus.load import SUFFIXES
from eval.inputs import InputError
from eval.kept import MANIFEST, Kept, folder_of, folders, manifest, new_id
from index.durable import write_all

FOLDER, FILES = "evaluation-documents", "files"
MOST, ROOM = 20, 1 << 30  # collections, and bytes of all of them
LONGEST = 200  # bytes of a name
File = tuple[str, bytes]


class Brought(Kept):
    """A collection's manifest; `size` in bytes."""

    files: int
    size: int


class BroughtDocuments:
    """The collections of one store, a folder each."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER

    def all(self, groups: Collection[str] | None = None) -> list[Brought]:
        """Those that somebody of these groups may see, the latest first."""
        found = [manifest(folder, Brought) for folder in folders(self._folder)]
        return sorted((each for each in found if each.seen_by(groups)), key=lambda each: each.created_at, reverse=True)

    def get(self, id: str) -> Brought:
        """Raises `MissingError`."""
        return manifest(folder_of(self._folder, id), Brought)

    def files(self, id: str) -> Path:
        """The folder to be read. Raises `MissingError`."""
        return folder_of(self._folder, id) / FILES

    def create(self, name: str, files: Sequence[File], by: str, groups: frozenset[str] | None = None) -> Brought:
        """Keeps the files that can be read at all, archives among them. Raises `InputError`."""
        kept = [(_named(each), content) for each, content in files if not is_clutter(each)]
        kept = [(each, content) for each, content in kept if PurePosixPath(each).suffix.lower() in SUFFIXES]
        if not kept:
            raise InputError("Không có tệp nào thuộc loại đọc được.")
        size = sum(len(content) for _, content in kept)
        self._admit(size)
        made = Brought(
            id=new_id(),
            name=name,
            created_at=datetime.now(UTC),
            created_by=by,
            groups=groups,
            files=len(kept),
            size=size,
        )
        self._folder.mkdir(parents=True, exist_ok=True)
        folder = self._folder / made.id
        for place, (each, content) in enumerate(kept):
            write_all({folder / FILES / f"{place:04d}" / each: content})
        write_all({folder / MANIFEST: made.model_dump_json(indent=1).encode()})  # last: without it there is nothing
        return made

    def remove(self, id: str) -> None:
        """Raises `MissingError`."""
        folder = folder_of(self._folder, id)
        (folder / MANIFEST).unlink()
        shutil.rmtree(folder)

    def _admit(self, size: int) -> None:
        there = self.all()
        if len(there) >= MOST or size + sum(each.size for each in there) > ROOM:
            raise InputError(f"Giữ được nhiều nhất {MOST} tập văn bản, tất cả không quá 1 GB. Hãy xóa bớt.")


def _named(path: str) -> str:
    """The file's own name, without its folders. Raises `InputError`."""
    name = PurePosixPath(path.replace("\\", "/")).name
    if not name or "\0" in name or len(name.encode()) > LONGEST:
        raise InputError(f"Tên tệp trống hoặc dài quá {LONGEST} byte: “{name[:60]}”.")
    return name
