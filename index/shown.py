"""Which moment of the store is served: the last index there is, less what is gone since."""

from __future__ import annotations

from index.caches import Caches
from index.database import Database, StoreError
from index.follow import Follower, Index
from index.rows import gone_since
from index.snapshot import Snapshot


class Shown:
    """A snapshot that is replaced by one assignment; whoever reads the one before keeps it."""

    def __init__(self, database: Database, follower: Follower) -> None:
        self.caches = Caches.new()
        self._database, self._follower = database, follower
        self._snapshot: Snapshot | None = None
        self._masked: Snapshot | None = None

    @property
    def snapshot(self) -> Snapshot:
        assert self._snapshot is not None, "no index was opened"
        return self._snapshot

    def show(self, index: Index) -> None:
        self._snapshot = Snapshot(index, self._database, self.caches, index.change)

    def advance(self) -> None:
        """Brings the index and the snapshot up to the database. The caller holds both locks of the store."""
        self.show(self._follower.advance())

    def make_do(self, error: StoreError) -> None:
        """Where no new index can be made: answers from the last one, less what is gone."""
        last = self._follower.last()
        if last is None:
            raise error
        self.show(last)

    def without_gone(self, change: int) -> Snapshot:
        """The snapshot, less the documents that were removed up to this change."""
        snapshot, masked = self.snapshot, self._masked
        if snapshot.change == change:
            return snapshot
        if masked is not None and masked.change == change and masked.index is snapshot.index:
            return masked
        index = snapshot.index
        with self._database.read() as connection:
            gone = gone_since(connection, index.change, index.last_row)
        self._masked = Snapshot(index, self._database, self.caches, change, gone)
        return self._masked
