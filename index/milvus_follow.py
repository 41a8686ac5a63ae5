"""Milvus follows the store's database: by the lines of its audit log, in steps that may be repeated.

The database is written first and is the truth; a step is done once the ledger says so, and is taken again after
whatever broke off. An index made anew is a new pair of collections, searched once it is whole.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import numpy as np

from index.database import Database
from index.durable import write_whole
from index.follow import Finding, IndexUnreachableError
from index.growth import FLAT_LIMIT
from index.lengths import use_lengths
from index.milvus import PARTS, Address, CollectionGoneError, Collections
from index.milvus_bring import Truth, bring, differing, lengths_of_a_sample, take_away
from index.milvus_index import Doubt, Served
from index.milvus_ledger import Ledger, Moment

_DRIFT = 0.2  # of the reference lengths, from which on the chunks are weighed anew
_MANY = 500  # documents brought at once, after which the server puts away what it holds in memory
_LINGER = 60.0  # seconds that a replaced pair is kept, for the questions that still search it
logger = logging.getLogger(__name__)


class Following:
    """The `index.follow.Follower` that keeps a pair of collections on a Milvus server."""

    def __init__(
        self,
        folder: Path,
        database: Database,
        model_id: str,
        address: Address,
        tenant: str = "",
        flat_limit: int = FLAT_LIMIT,
    ) -> None:
        """`tenant` is part of the collections' names; up to `flat_limit` vectors are searched exactly."""
        self._database, self._model_id = database, model_id
        self._collections, self._tenant, self._flat_limit = Collections(address), tenant, flat_limit
        self._folder = folder / "milvus"
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._ledgers: dict[str, Ledger] = {}
        self._shown: Served | None = None
        self._doubt = Doubt()

    def advance(self) -> Served:
        use_lengths(self._database)
        try:
            with self._database.read() as connection:
                truth = Truth.read(connection, self._model_id)
                ledger = self._current()
                if ledger is None or not self._follows(truth, ledger):
                    ledger = self._rebuilt(truth)
                self._prune(ledger)
                return self._show(ledger, truth)
        except IndexUnreachableError:
            self._doubt.failed()
            raise

    def newer(self) -> Served | None:
        ledger = self._current()
        moment = ledger.moment if ledger else None
        if ledger is None or moment is None or moment.model != self._model_id:
            return None
        if self._shown and (self._shown.ledger.name, self._shown.moment) == (ledger.name, moment):
            return None
        with self._database.read() as connection:
            return self._show(ledger, Truth.read(connection, self._model_id))

    def last(self) -> Served | None:
        self._shown = None
        return self.newer()

    def examine(self) -> Iterator[Finding]:
        ledger = self._current()
        moment = ledger.moment if ledger else None
        if ledger is None or moment is None:
            yield Finding("generation_behind", "Milvus chưa có chỉ mục tìm kiếm.")
            return
        with self._database.read() as connection:
            truth = Truth.read(connection, self._model_id)
            if not truth.continues(moment):
                yield Finding("generation_differs", "Kho tài liệu không nối tiếp chỉ mục trong Milvus.", ledger.name)
            elif moment.change != truth.moment.change:
                yield Finding("generation_behind", "Chỉ mục trong Milvus cũ hơn kho tài liệu.", ledger.name)
            else:
                yield from self._compared(truth, ledger)

    def discard(self) -> None:
        (self._folder / "CURRENT").unlink(missing_ok=True)
        for ledger in self._others(""):  # the collections go when the next index is whole
            ledger.spoil()

    def erase(self) -> None:
        for ledger in self._others(""):
            self._collections.drop(ledger.name)

    def close(self) -> None:
        for ledger in self._ledgers.values():
            ledger.close()
        self._collections.close()

    def _compared(self, truth: Truth, ledger: Ledger) -> Iterator[Finding]:
        try:
            self._collections.load(ledger.name)
            wrong = differing(truth, ledger, self._collections)
        except CollectionGoneError:
            yield Finding("generation_damaged", "Milvus không còn chỉ mục tìm kiếm của kho tài liệu.", ledger.name)
            return
        except IndexUnreachableError as error:
            yield Finding("index_unreachable", str(error), ledger.name)
            return
        if wrong:
            yield Finding("generation_differs", f"Milvus thiếu hoặc thừa đoạn của {len(wrong)} tài liệu.", ledger.name)

    def _show(self, ledger: Ledger, truth: Truth) -> Served:
        """The documents that the collections hold and the database still has."""
        moment = ledger.moment
        assert moment is not None
        held, chunks = np.array(ledger.rows(), np.int64), truth.chunks()
        chunks = chunks[np.isin(chunks[:, 1], held)]
        last, totals = int(held[-1]) if len(held) else 0, ledger.totals()
        self._shown = Served(
            *(self._collections, ledger, moment, chunks, last, totals, ledger.reference, ledger.since),
            *(self._doubt, self._name),
        )
        return self._shown

    def _name(self) -> str | None:
        try:
            return (self._folder / "CURRENT").read_text("ascii", "replace").strip()
        except FileNotFoundError:
            return None

    def _current(self) -> Ledger | None:
        name = self._name()
        return self._ledger(name) if name and (self._folder / f"{name}.db").exists() else None

    def _ledger(self, name: str) -> Ledger:
        if name not in self._ledgers:
            self._ledgers[name] = Ledger(self._folder, name)
        return self._ledgers[name]

    def _others(self, name: str) -> list[Ledger]:
        return [self._ledger(path.stem) for path in sorted(self._folder.glob("hoi_*.db")) if path.stem != name]

    def _follows(self, truth: Truth, ledger: Ledger) -> bool:
        """Brings the collections up to the database; False when they must be made anew."""
        moment = ledger.moment
        if moment is None or moment.model != self._model_id or not truth.continues(moment):
            return False
        try:
            if self._doubt.cast:
                self._make_sound(truth, ledger)
            if self._doubt.cast or moment != truth.moment:
                brought = bring(truth, ledger, self._collections, None if self._doubt.cast else moment)
                if brought >= _MANY:
                    self._collections.settle(ledger.name)
        except CollectionGoneError:
            return False
        self._doubt.cast = False
        return not ledger.drifted(_DRIFT)

    def _rebuilt(self, truth: Truth) -> Ledger:
        """A new pair of collections, or one that broke off, made whole."""
        begun = [each for each in self._others("") if each.moment is None and _goes_on(truth, each.begun)]
        ledger = begun[-1] if begun else self._begun(truth)
        self._collections.create(ledger.name, truth.dimension, exact=truth.vectors() <= self._flat_limit)
        self._make_sound(truth, ledger)
        bring(truth, ledger, self._collections, None)
        self._collections.settle(ledger.name)
        write_whole(self._folder / "CURRENT", f"{ledger.name}\n".encode())
        self._doubt.cast = False
        return ledger

    def _prune(self, ledger: Ledger) -> None:
        """Drops the pairs that this one has replaced, once no question can be searching them any more."""
        if time.time() < ledger.since + _LINGER:
            return
        for other in self._others(ledger.name):
            self._collections.drop(other.name)
            self._ledgers.pop(other.name).delete()

    def _begun(self, truth: Truth) -> Ledger:
        tenant = f"{self._tenant}_" if self._tenant else ""
        ledger = self._ledger(f"hoi_{tenant}{uuid4().hex[:12]}")
        ledger.begin(truth.moment, lengths_of_a_sample(truth), truth.count())
        return ledger

    def _make_sound(self, truth: Truth, ledger: Ledger) -> None:
        """Takes away what the server lost a part of, or holds too much of; it is brought again."""
        self._collections.load(ledger.name)
        totals = ledger.totals()
        counts = {part: self._collections.count(ledger.name, part) for part in PARTS}
        if counts == {"words": totals["chunks"], "vectors": totals["vectors"]}:
            return
        logger.warning("%s holds %s, brought were %s: compared and mended", ledger.name, counts, totals)
        take_away(sorted(differing(truth, ledger, self._collections)), ledger, self._collections)


def _goes_on(truth: Truth, begun: Moment | None) -> bool:
    return begun is not None and begun.model == truth.moment.model and truth.continues(begun)
