"""The original bytes of the documents: files by their SHA-256 under `objects/`, there before any row names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from index.database import Database
from index.durable import quarantine, sha256_of, write_all


@dataclass(frozen=True, slots=True)
class Objects:
    """Those of one store's folder."""

    folder: Path

    def path(self, sha256: str) -> Path:
        return self.folder / "objects" / sha256[:2] / sha256

    def read(self, sha256: str) -> bytes | None:
        """None where it was removed this moment, or lost: the doctor says which."""
        try:
            return self.path(sha256).read_bytes()
        except FileNotFoundError:
            return None

    def keep(self, contents: Mapping[str, bytes]) -> None:
        """Puts bytes on the disk under their hashes; what stands there damaged goes to the quarantine."""
        missing: dict[Path, bytes] = {}
        for sha256, content in contents.items():
            path = self.path(sha256)
            if path.exists():
                if path.stat().st_size == len(content) and sha256_of(path) == path.name:
                    continue
                quarantine(self.folder, path)
            missing[path] = content
        write_all(missing)

    def drop(self, unused: Iterable[str], database: Database) -> None:
        """Removes the bytes of documents that are gone, after the rows; a crash leaves them to the doctor."""
        for sha256 in unused:
            with database.read() as connection:
                if connection.execute("SELECT 1 FROM documents WHERE sha256 = ?", (sha256,)).fetchone():
                    continue
            with suppress(FileNotFoundError):
                self.path(sha256).unlink()
