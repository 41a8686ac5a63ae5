"""The store: documents go in durably and come out as snapshots that can be searched.

HOI_DATA/hoi.db (the truth), objects/ (original bytes), LOCK, quarantine/; the searchable form is `index.follow`'s.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from pathlib import Path

from corpus.document import Document
from index import audit
from index.amend import amend
from index.corrections import Correction
from index.database import Database, ModelChangedError, StoreBusyError, StoreError, StoreFullError
from index.durable import LOCK_SECONDS, is_full, locked
from index.embed import Embedder
from index.embedded import Generations
from index.embedding import (
    count_change,
    embed_ahead,
    forget_other_models,
    has_another_model,
    knows_other_models,
    model_number,
    use_model,
)
from index.follow import Follow, IndexUnreachableError
from index.intake import Added, GoneError, Upload, batches, delete, row_of, write
from index.lengths import is_restricted, use_lengths
from index.links import use_links
from index.names import use_names
from index.objects import Objects
from index.pace import Pace, growing
from index.prepare import prepare
from index.receipt import Removed, counted, proved
from index.records import Prepared, Reading, StoredChunk, StoredDocument
from index.rows import read_reading, read_rows
from index.shown import Shown
from index.similar import use_pairs
from index.snapshot import Snapshot

__all__ = ["Added", "GoneError", "Removed", "Snapshot", "Store", "StoredChunk", "StoredDocument", "Upload"]

Progress = Callable[[int], None]


class Store:
    """Documents in a folder. One for a process; safe to share between threads."""

    def __init__(self, folder: Path, embedder: Embedder, model_id: str, follow: Follow) -> None:
        self.folder, self.model_id = folder, model_id
        self.database = Database(folder / "hoi.db")
        self.embedder = embedder
        self.follow, self._follower = follow, follow(folder, self.database, model_id)
        self._shown = Shown(self.database, self._follower)
        self.objects = Objects(folder)
        self._writer = threading.Lock()

    @classmethod
    def open(
        cls,
        folder: Path,
        embedder: Embedder,
        model_id: str,
        progress: Progress | None = None,
        follow: Follow = Generations,
    ) -> Store:
        """Opens or makes the store; with another model than before, embeds everything anew first, while others write.

        `progress` is told how many chunks were embedded. Raises `StoreBusyError` when another process keeps writing.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with ExitStack() as held:
            with locked(folder / "LOCK"):
                store = cls(folder, embedder, model_id, follow)
            if changes := has_another_model(store.database, model_id):
                held.enter_context(locked(folder / "MODEL"))
                embed_ahead(store.database, embedder, model_id, progress)  # others still add and remove
            held.enter_context(locked(folder / "LOCK"))
            use_model(store.database, embedder, model_id, progress)
            use_links(store.database)
            use_pairs(store.database)
            use_names(store.database)
            if is_restricted(store.database):
                use_lengths(store.database)
            try:
                store._shown.advance()
            except OSError as error:
                if not is_full(error):
                    raise
                store._shown.make_do(StoreFullError())
            except IndexUnreachableError as error:
                store._shown.make_do(error)
            else:
                store._forget_other_models(changes)
        return store

    def add(self, uploads: Iterable[Upload], progress: Progress | None = None, actor: str = "") -> list[Added]:
        """Stores documents: durable, and found by searches, when this returns. The same bytes again change nothing.

        `progress` is told how many more are stored: those stay even when it then raises `StoreBusyError` or
        `StoreFullError`.
        """
        added: list[Added] = []
        waiting: Future[list[Added]] | None = None
        with Pace(self.folder) as pace, ThreadPoolExecutor(1) as writer:  # the disk takes a batch, the next is embedded
            for batch in batches(uploads):
                prepared = self._prepare(batch)
                added += _settled(waiting, progress)
                waiting = writer.submit(self._take_in, batch, prepared, actor, pace)
            added += _settled(waiting, progress)
            if pace.behind:
                with self._writing():
                    self._shown.advance()
        return added

    def remove(self, ids: Sequence[str], actor: str = "") -> list[str]:
        """Removes documents; returns the ids of those that were there."""
        return [each.id for each in self._remove(ids, actor)]

    def remove_with_proof(self, ids: Sequence[str], actor: str = "") -> list[Removed]:
        """Removes documents, and looks for what is left of them: in the tables, on the disk, and by searching."""
        removed = self._remove(ids, actor)
        self.database.settle()
        return [proved(each, self.snapshot(), self.embedder, self.objects.path(each.sha256)) for each in removed]

    def correct(self, id: str, changes: Sequence[Correction], actor: str = "") -> bool:
        """Puts header fields right, or back to what was read; False when there is no such document."""
        with self._writing():
            with self.database.write() as connection:
                row = row_of(connection, id)
                if row is None:
                    return False
                amend(connection, row, changes, model_number(connection, self.model_id))
                for each in changes:
                    audit.append(connection, actor, "correct", id, f"{each.deed} {each.field}")
                count_change(connection)
            self._shown.advance()
        return True

    def documents(self) -> list[StoredDocument]:
        """All documents, the oldest first."""
        with self.database.read() as connection:
            rows = read_rows(connection)
        return self._shown.caches.stored_documents(self.database, rows)

    def is_empty(self) -> bool:
        with self.database.read() as connection:
            return connection.execute("SELECT 1 FROM documents LIMIT 1").fetchone() is None

    def document(self, id: str) -> Document | None:
        """A document with its text."""
        return self.snapshot().document(id)

    def reading(self, id: str) -> Reading | None:
        """What was read of a document's header, and what people put right since."""
        with self.database.read() as connection:
            row = row_of(connection, id)
            return None if row is None else read_reading(connection, row)

    def original(self, id: str) -> tuple[bytes, str] | None:
        """The uploaded bytes and their media type; None when there is no such document, or its file is lost."""
        with self.database.read() as connection:
            found = connection.execute("SELECT sha256, media_type FROM documents WHERE id = ?", (id,)).fetchone()
        content = self.objects.read(found[0]) if found else None
        return None if content is None else (content, str(found[1]))

    def snapshot(self) -> Snapshot:
        """What can be searched now. Cheap, unless another process died between storing and indexing."""
        change = self.database.change()
        snapshot = self._shown.snapshot
        if snapshot.index.change == change and not snapshot.index.doubtful:
            return snapshot
        if self._writer.acquire(blocking=False):  # else a thread of ours is about to bring the new snapshot
            try:
                self._catch_up(change)
            finally:
                self._writer.release()
        return self._shown.without_gone(change)

    def erase(self) -> None:
        """Leaves nothing outside of the folder, before a store is thrown away with it."""
        self._follower.erase()

    def close(self) -> None:
        self._follower.close()
        self.database.close()

    def _remove(self, ids: Sequence[str], actor: str) -> list[Removed]:
        with self._writing():
            with self.database.write() as connection:
                found = {id: row for id in ids if (row := row_of(connection, id)) is not None}
                removed = [counted(connection, row, self.objects.path) for row in found.values()]
                unused = [delete(connection, row) for row in found.values()]
                for id in found:
                    audit.append(connection, actor, "remove", id)
                if found:
                    count_change(connection)
            self.objects.drop(unused, self.database)
            with suppress(ModelChangedError):  # what is gone is masked in the index that goes on serving
                self._shown.advance()
        return removed

    def _forget_other_models(self, alone: bool) -> None:
        """Unless another process is making the vectors of the next model; `alone`: it is known that none is."""
        if knows_other_models(self.database, self.model_id):
            with suppress(StoreBusyError), nullcontext() if alone else locked(self.folder / "MODEL", wait=0):
                forget_other_models(self.database, self.model_id)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if not self._writer.acquire(timeout=LOCK_SECONDS):
            raise StoreBusyError
        try:
            with locked(self.folder / "LOCK"):
                yield
        except OSError as error:
            if is_full(error):
                raise StoreFullError from error
            raise
        finally:
            self._writer.release()

    def _prepare(self, batch: Sequence[Upload]) -> dict[str, Prepared]:
        """Chunks and vectors of those not stored yet: the slow part, outside any lock."""
        ready = {upload.document.id: upload.prepared for upload in batch if upload.prepared}
        with self.database.read() as connection:
            new = {
                upload.document.id: upload.document
                for upload in batch
                if upload.document.id not in ready and row_of(connection, upload.document.id) is None
            }
        return ready | dict(zip(new, prepare(self.embedder, list(new.values())), strict=True))

    def _take_in(
        self, batch: Sequence[Upload], prepared: Mapping[str, Prepared], actor: str, pace: Pace
    ) -> list[Added]:
        with self._writing():
            added = self._store(batch, prepared, actor)
            if pace.is_due():
                with pace.step():
                    self._shown.advance()
        return added

    def _store(self, batch: Sequence[Upload], prepared: Mapping[str, Prepared], actor: str) -> list[Added]:
        with self.database.read() as connection:
            model_number(connection, self.model_id)  # else it is refused before a byte is kept
        if any(upload.groups for upload in batch):
            use_lengths(self.database)
        self.objects.keep({upload.document.sha256: upload.content for upload in batch})
        added: list[Added] = []
        unused: list[str] = []
        with self.database.write() as connection:
            model = model_number(connection, self.model_id)
            for upload in batch:
                document = upload.document
                if row_of(connection, document.id) is None and document.id not in prepared:
                    prepared = {**prepared, **self._prepare([upload])}  # it was removed while we prepared
                done, replaced = write(connection, upload, prepared, model, actor)
                added.append(done)
                unused += replaced
            if any(done.status != "unchanged" for done in added):
                count_change(connection)
        self.objects.drop(unused, self.database)
        return added

    def _catch_up(self, change: int) -> None:
        """Takes the index another process made, or makes it if that one died first. The caller holds `_writer`."""
        newer = self._follower.newer()
        if newer is not None:
            self._shown.show(newer)
        if newer is None or newer.change != change or newer.doubtful:
            with suppress(StoreError, OSError), growing(self.folder), locked(self.folder / "LOCK", wait=0):
                self._shown.advance()  # else what we have is served, less what is gone


def _settled(waiting: Future[list[Added]] | None, progress: Progress | None) -> list[Added]:
    """What a batch came to, once it is stored; raises what stopped it."""
    added = waiting.result() if waiting else []
    if added and progress:
        progress(len(added))
    return added
