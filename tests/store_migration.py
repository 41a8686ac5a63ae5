"""Opens copies of an old store, each killed one moment later than the one before; see test_migrations."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from store_parts import opened

from index import database


class Fuse:
    """Kills the process at the n-th moment."""

    def __init__(self, n: int) -> None:
        self.left = n

    def burn(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def watched(fuse: Fuse) -> None:
    """A moment before each statement of a migration, and before each commit."""
    statements, write = database._statements, database.Database.write

    def each(script: str) -> Iterator[str]:
        for statement in statements(script):
            fuse.burn()
            yield statement

    @contextmanager
    def written(self: database.Database) -> Iterator[sqlite3.Connection]:
        with write(self) as connection:
            yield connection
            fuse.burn()

    database._statements = each
    database.Database.write = written  # type: ignore[method-assign]


def main(old: Path, new: Path) -> None:
    versions, signals = list[int](), set[int]()
    for n in count(1):
        shutil.rmtree(new, ignore_errors=True)
        shutil.copytree(old, new)
        if (child := os.fork()) == 0:
            watched(Fuse(n))
            opened(new, 4)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code == 0:
            break
        signals.add(code)
        connection = sqlite3.connect(new / "hoi.db")
        versions.append(connection.execute("PRAGMA user_version").fetchone()[0])
        connection.close()
        opened(new, 4).close()  # goes on
    after = versions.count(max(versions))
    told = {"versions": versions, "in the migrations": len(versions) - after, "after them": after}
    print(json.dumps(told | {"signals": sorted(signals)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
