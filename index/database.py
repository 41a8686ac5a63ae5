"""The one truth: SQLite. Connections, transactions, migrations, the number of changes."""

from __future__ import annotations

import sqlite3
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from index.schema import MIGRATIONS

BUSY_SECONDS = 30.0
CACHE = 16_384  # KiB of pages a connection may keep: the tables of what documents are like are read all over


class StoreError(RuntimeError):
    """Something the store cannot do now. The message is Vietnamese, for whoever asked for it."""

    code: ClassVar[str] = "store_error"


class StoreBusyError(StoreError):
    code = "store_busy"

    def __init__(self) -> None:
        super().__init__("Kho tài liệu đang được một tiến trình khác ghi. Vui lòng thử lại sau ít phút.")


class StoreFullError(StoreError):
    code = "store_full"

    def __init__(self) -> None:
        super().__init__(
            "Ổ đĩa đã đầy nên chưa lưu được. Dữ liệu đã có vẫn nguyên vẹn; hãy giải phóng dung lượng rồi thử lại."
        )


class StoreDamagedError(StoreError):
    code = "store_damaged"

    def __init__(self) -> None:
        super().__init__("Cơ sở dữ liệu bị hỏng. Hãy chạy “hoi doctor”, hoặc khôi phục từ bản sao lưu.")


class ModelChangedError(StoreError):
    """The store has another embedding model than this process: it can be asked, and takes nothing in."""

    code = "model_changed"

    def __init__(self) -> None:
        super().__init__(
            "Kho tài liệu đã chuyển sang mô hình nhúng khác nên chưa nhận được thay đổi này; câu hỏi vẫn được trả lời."
            " Quản trị viên hãy khởi động lại chương trình với HOI_EMBEDDER mới."
        )


class Database:
    """A small pool of connections; reads never wait for a write. Safe to share between threads."""

    def __init__(self, path: Path, migrations: Sequence[str] = MIGRATIONS) -> None:
        """`migrations`: another file's, which is no store."""
        self.path = path
        self._idle: list[sqlite3.Connection] = []
        self._pool = threading.Lock()
        self._writer = threading.Lock()
        self._closed = False
        path.touch(mode=0o600)
        with self._opening() as connection:
            _migrate(connection, migrations)

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """One consistent view: every SELECT inside sees the same moment."""
        with self._taken() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.rollback()

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is on the disk when the block ends, or none of it if the block raises.

        Raises `StoreBusyError` and `StoreFullError`.
        """
        with self._writer, self._taken() as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.commit()
            except BaseException:
                connection.rollback()
                raise

    def change(self) -> int:
        """How many times documents were added, replaced or removed: the age of the truth."""
        with self._taken() as connection:
            return int(connection.execute("SELECT value FROM meta WHERE key = 'change'").fetchone()[0])

    def touched(self) -> int:
        """How many times an administrator's choices were changed."""
        with self._taken() as connection:
            return int(connection.execute("SELECT value FROM meta WHERE key = 'choices'").fetchone()[0])

    @staticmethod
    def touch(connection: sqlite3.Connection) -> None:
        """Tells, inside the caller's transaction, that a choice was changed."""
        connection.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'choices'")

    def settle(self) -> None:
        """Empties the write-ahead log into the database: what was deleted is then nowhere on the disk."""
        with self._taken() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        with self._pool:
            self._closed = True
            for connection in self._idle:
                connection.close()
            self._idle.clear()

    @contextmanager
    def _opening(self) -> Iterator[sqlite3.Connection]:
        """Where SQLite cannot make sense of the file, it says no more than that something is wrong."""
        try:
            with self._taken() as connection:
                yield connection
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:
                raise StoreDamagedError from error
            raise

    @contextmanager
    def _taken(self) -> Iterator[sqlite3.Connection]:
        with self._pool:
            connection = self._idle.pop() if self._idle else None
        try:
            connection = connection or _connect(self.path)
            yield connection
        except sqlite3.DatabaseError as error:
            if (ours := named(error)) is error:
                raise
            raise ours from error
        finally:
            with self._pool:
                if connection is not None and self._closed:
                    connection.close()
                elif connection is not None:
                    self._idle.append(connection)


def seal(*values: str | int | None) -> int:
    """The checksum of a row's values; the function of that name in SQL."""
    return zlib.crc32(repr(values).encode())


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.create_function("seal", -1, seal, deterministic=True)
    try:
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            f"cache_size=-{CACHE}",
        ):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _migrate(connection: sqlite3.Connection, migrations: Sequence[str]) -> None:
    if connection.execute("PRAGMA user_version").fetchone()[0] == len(migrations):
        return
    connection.execute("BEGIN IMMEDIATE")
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(migrations):
        connection.rollback()
        raise StoreError(
            f"Kho tài liệu thuộc phiên bản mới hơn ({version} > {len(migrations)}). Hãy nâng cấp chương trình."
        )
    for number, script in enumerate(migrations[version:], version + 1):
        for statement in _statements(script):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")
    connection.commit()


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def named(error: sqlite3.DatabaseError) -> Exception:
    """Our error for what SQLite reports, or SQLite's own where it is a mistake of ours."""
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreBusyError()
        case sqlite3.SQLITE_FULL:
            return StoreFullError()
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return StoreDamagedError()
    return error
