"""Whether files, rows, vectors and terms agree, and how to mend them where the database still knows the truth."""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from index import audit
from index.database import Database, StoreBusyError, StoreDamagedError
from index.durable import locked, quarantine, sha256_of
from index.embed import Embedder
from index.embedded import Generations
from index.embedding import count_change, current_model, embed_missing
from index.follow import Code, Finding, Follow, Follower
from index.pace import growing
from index.schema import SEALED, SEALED_CHUNK
from index.store import Store

_LOST: frozenset[Code] = frozenset(  # only a backup, the file added again, or a server's return mends these
    {"database", "audit", "row_damaged", "chunks", "original_missing", "original_damaged", "index_unreachable"}
)

Progress = Callable[[int, int, str], None]
_CHUNK = ", ".join(f"c.{column}" for column in SEALED_CHUNK.split(", "))


def examine(
    folder: Path,
    embedder: Embedder,
    model_id: str,
    repair: bool = False,
    follow: Follow = Generations,
    progress: Progress | None = None,
) -> list[Finding]:
    """Everything that is wrong in the store's folder; empty when it is sound. With `repair` what can be is mended.

    Damaged files are moved to `quarantine/`, never deleted. `progress` is told how many checks of how many are done
    and, in Vietnamese, what is looked at next. Raises `StoreBusyError` while another process writes, and
    `StoreDamagedError` when the database cannot be read at all.
    """
    if not (folder / "hoi.db").exists():
        return []
    database = Database(folder / "hoi.db")
    follower = follow(folder, database, model_id)
    try:
        with locked(folder / "LOCK"):
            checks: list[tuple[str, Callable[[], Iterator[Finding]]]] = [
                ("cơ sở dữ liệu", lambda: _of_database(database)),
                ("dòng, đoạn và vectơ", lambda: _of_rows(database)),
                ("tệp gốc", lambda: _of_files(folder, database)),
                ("chỉ mục tìm kiếm", lambda: _of_index(folder, follower)),
            ]
            findings = list[Finding]()
            for done, (what, check) in enumerate(checks):
                if progress:
                    progress(done, len(checks), what)
                findings += check()
                if findings and done == 0:
                    return findings  # what else the database says cannot be relied on
            if repair:
                _mend(folder, database, embedder, follower, findings)
    finally:
        follower.close()
        database.close()
    if not repair:
        return findings
    if not any(finding.code == "index_unreachable" for finding in findings):
        Store.open(folder, embedder, model_id, follow=follow).close()  # makes the index where there is none now
    return [replace(finding, mended=finding.code not in _LOST) for finding in findings]


def _of_database(database: Database) -> Iterator[Finding]:
    advice = "Hãy khôi phục từ bản sao lưu."
    try:
        with database.read() as connection:
            for (line,) in connection.execute("PRAGMA integrity_check(10)"):
                if line != "ok":
                    yield Finding("database", f"Cơ sở dữ liệu bị hỏng ({line}). {advice}")
            for table, row, *_ in connection.execute("PRAGMA foreign_key_check"):
                yield Finding("database", f"Một dòng của bảng {table} trỏ tới dữ liệu không còn.", str(row))
    except StoreDamagedError:
        yield Finding("database", f"Cơ sở dữ liệu bị hỏng. {advice}")


def _of_rows(database: Database) -> Iterator[Finding]:
    with database.read() as connection:
        yield from _of_seals(connection)
        yield from _of_chunks(connection)
        yield from _of_vectors(connection)
        broken = audit.first_broken(connection)
    if broken is not None:
        yield Finding("audit", f"Nhật ký đã bị sửa hoặc mất từ dòng {broken}.", str(broken))


def _of_seals(connection: sqlite3.Connection) -> Iterator[Finding]:
    damaged = (
        f"SELECT id FROM documents WHERE crc IS NOT seal({SEALED}) OR text_crc IS NOT seal(text) UNION SELECT d.id"
        f" FROM chunks c JOIN documents d ON d.row = c.document WHERE c.crc IS NOT seal({_CHUNK})"
    )
    for (id,) in connection.execute(damaged):
        yield Finding(
            "row_damaged", "Dữ liệu của tài liệu bị hỏng. Hãy khôi phục từ bản sao lưu, hoặc gỡ rồi thêm lại.", id
        )


def _of_index(folder: Path, follower: Follower) -> Iterator[Finding]:
    """That it is behind is no fault while somebody who adds very much will make it grow."""
    found = list(follower.examine())
    try:
        with growing(folder):
            yield from found
    except StoreBusyError:
        yield from (finding for finding in found if finding.code != "generation_behind")


def _of_chunks(connection: sqlite3.Connection) -> Iterator[Finding]:
    for (id,) in connection.execute(
        "SELECT d.id FROM documents d WHERE d.passage_count != (SELECT count(*) FROM chunks WHERE document = d.row)"
        " OR EXISTS (SELECT 1 FROM chunks WHERE document = d.row AND "
        " NOT (start >= 0 AND start < stop AND stop <= length(d.text)))"
    ):
        yield Finding("chunks", "Các đoạn của tài liệu không khớp với văn bản. Hãy gỡ rồi thêm lại tài liệu.", id)


def _of_vectors(connection: sqlite3.Connection) -> Iterator[Finding]:
    model, dimension = _model(connection)
    for chunk, blob, crc in connection.execute("SELECT chunk, vector, crc FROM vectors WHERE model = ?", (model,)):
        if zlib.crc32(blob) != crc or len(blob) != 4 * dimension:
            yield Finding("vector_damaged", "Vectơ của một đoạn bị hỏng.", str(chunk))
    for (chunk,) in connection.execute(
        "SELECT id FROM chunks WHERE NOT EXISTS (SELECT 1 FROM vectors WHERE chunk = chunks.id AND model = ?)",
        (model,),
    ):
        yield Finding("vector_missing", "Một đoạn chưa có vectơ.", str(chunk))
    strays = connection.execute("SELECT count(*) FROM vectors WHERE model != ?", (model,)).fetchone()[0]
    if strays:
        yield Finding("vector_stray", f"Còn {strays} vectơ của mô hình nhúng khác.")


def _of_files(folder: Path, database: Database) -> Iterator[Finding]:
    with database.read() as connection:
        expected = dict(connection.execute("SELECT sha256, id FROM documents"))
    for path in sorted((folder / "objects").glob("*/*")):
        name = path.name
        if not re.fullmatch("[0-9a-f]{64}", name):
            yield Finding(
                "leftover",
                "Tệp tạm còn sót lại sau khi chương trình dừng đột ngột.",
                f"{path.parent.name}/{name}",
            )
        elif name not in expected:
            yield Finding("original_orphan", "Tệp gốc không thuộc tài liệu nào.", f"{path.parent.name}/{name}")
        elif sha256_of(path) != name:
            yield Finding("original_damaged", "Tệp gốc bị hỏng; văn bản đã đọc vẫn còn.", f"{path.parent.name}/{name}")
    for sha256, id in expected.items():
        if not (folder / "objects" / sha256[:2] / sha256).exists():
            yield Finding("original_missing", "Mất tệp gốc; văn bản đã đọc vẫn còn. Hãy thêm lại tệp.", id)


def _mend(folder: Path, database: Database, embedder: Embedder, follower: Follower, findings: list[Finding]) -> None:
    codes = {finding.code for finding in findings}
    for finding in findings:
        if finding.code in ("original_orphan", "original_damaged", "leftover"):
            quarantine(folder, folder / "objects" / finding.subject)
    if codes & {"vector_damaged", "vector_missing", "vector_stray"}:
        with database.write() as connection:
            model, _ = _model(connection)
            for finding in findings:
                if finding.code == "vector_damaged":
                    connection.execute("DELETE FROM vectors WHERE chunk = ?", (int(finding.subject),))
            connection.execute("DELETE FROM vectors WHERE model != ?", (model,))
            connection.execute("DELETE FROM models WHERE id != ?", (model,))
        embed_missing(database, embedder, model)
        with database.write() as connection:
            count_change(connection)
    if codes & {"generation_damaged", "generation_differs", "vector_damaged", "vector_missing"}:
        follower.discard()


def _model(connection: sqlite3.Connection) -> tuple[int, int]:
    """Number and dimension of the model that serves; zeros in a store that never had one."""
    name = current_model(connection) or ""
    found = connection.execute("SELECT id, dimension FROM models WHERE name = ?", (name,)).fetchone()
    return found or (0, 0)
