"""The story from question to cited answer: understand, retrieve, write, verify; or say that no document says it."""

from __future__ import annotations

import gc
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore

from threadpoolctl import threadpool_limits

from index.embed import Embedder, load_embedder
from index.snapshot import Snapshot
from index.store import Store
from rag.answer import Answer, Event, Filters, Passage, Request, Sources
from rag.choices import ChoiceBook
from rag.effort import EFFORTS, FULL, Effort
from rag.explain import Explained
from rag.generate import Writer, load_writer
from rag.hits import limit, passage
from rag.ingest import Progress, ingest
from rag.language.abbreviation_table import Table, load
from rag.lookup import Lookup
from rag.related import related
from rag.retrieve import Hit, Reranker, load_reranker
from rag.settings import Settings
from rag.standing import ages
from rag.suggest import Ask, suggest
from rag.understand import Query
from rag.verify import holds
from rag.written import with_changes, write

_THINKING = 2  # questions read or verified at once; more threads only wait for the interpreter, and make a server wait
_RARELY = 50_000, 20, 20  # objects more than before, and so on: rubbish in circles is rare, looking for it took 1.7 ms


class Assistant:
    """Answers questions over a store. Safe to share between threads; holds no conversation."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        reranker: Reranker | None = None,
        writer: Writer | None = None,
        abbreviations: Table | None = None,
        effort: Effort = FULL,
    ) -> None:
        """`effort`: of `search` and `explained`."""
        self.store = store
        self._effort = effort
        self.lookup = Lookup(embedder, reranker, ChoiceBook(store.database, abbreviations))
        self.writer = writer
        self._thinking = BoundedSemaphore(_THINKING)
        alone = writer is None
        self._quoting = self if alone else Assistant(store, embedder, reranker, None, abbreviations)  # without the LLM

    def ask(self, request: Request) -> Answer:
        """One cited answer, or an abstention with its reason. Raises `QuestionError` for what is no question."""
        *_, answer = self.stream(request)
        assert isinstance(answer, Answer)
        return answer

    def stream(self, request: Request) -> Iterator[Event]:
        """`Sources` first, then `Word`s while the answer is written, then the verified `Answer`."""
        clock = Clock()
        snapshot = self.store.snapshot().seen_by(request.groups)
        with self._thinking:
            query = self.lookup.understood(
                snapshot, request.question, request.history, request.as_typed, request.tuning
            )
            clock.lap("understand")
            found = self.lookup.whole(snapshot, query, request)
            clock.lap("retrieve")
        passages = tuple(passage(hit, found.documents) for hit in found.hits[: limit(request.k)])
        yield Sources(passages)
        written = yield from write(query, found, self.writer, self._thinking)
        written = yield from with_changes(snapshot, written)
        clock.lap("write")
        holds(written.citations, snapshot.with_texts(cited.document_id for cited in written.citations))
        clock.lap("verify")
        yield Answer(
            id=uuid.uuid4().hex,
            question=request.question,
            understood=query.text,
            answer=written.text,
            abstained=written.decision.reason is not None,
            reason=written.decision.reason,
            confidence=round(written.decision.confidence, 3),
            writer=written.writer,
            citations=written.citations,
            passages=passages,
            timings_ms=clock.laps,
            notices=ages(query, written.citations, date.today()),
        )

    def search(
        self,
        query: str,
        k: int = 10,
        document_ids: Sequence[str] | None = None,
        filters: Filters | None = None,
        groups: frozenset[str] | None = None,
        as_typed: bool = False,
    ) -> list[Passage]:
        """The `k` best passages for a few words or a question, without an answer."""
        snapshot = self.store.snapshot().seen_by(groups)
        understood = self.lookup.understood(snapshot, query, literally=as_typed) if self._effort.understood else None
        hits = self._hits(snapshot, understood or query, k, document_ids, filters)
        documents = snapshot.owning([hit.chunk.id for hit in hits])
        return [passage(hit, documents) for hit in hits if hit.chunk.document_id in documents]

    def explained(
        self,
        query: str,
        k: int = 10,
        document_ids: Sequence[str] | None = None,
        filters: Filters | None = None,
        groups: frozenset[str] | None = None,
        as_typed: bool = False,
    ) -> list[Explained]:
        """What `search` gives, each passage with why it came."""
        snapshot = self.store.snapshot().seen_by(groups)
        literally = as_typed or not self._effort.understood
        understood = self.lookup.understood(snapshot, query, literally=literally)
        hits = self._hits(snapshot, understood if self._effort.understood else query, k, document_ids, filters)
        return self.lookup.search.explained(snapshot, understood, hits)

    def _hits(
        self,
        snapshot: Snapshot,
        query: Query | str,
        k: int,
        document_ids: Sequence[str] | None,
        filters: Filters | None,
    ) -> list[Hit]:
        """What is found for a question that was understood, or for the words as they are typed."""
        find = self.lookup.search
        if isinstance(query, str):
            return find.quick(snapshot, query, k, document_ids, filters)
        return find.best(snapshot, query, k, document_ids, filters, self._effort.ranked)

    def suggestions(self, n: int = 4, groups: frozenset[str] | None = None) -> list[str]:
        """Questions drawn from the documents, each of which is answered from them."""
        return suggest(self.store.snapshot().seen_by(groups), self._asked_by(groups), n)

    def related(self, question: str, n: int = 3, groups: frozenset[str] | None = None) -> list[str]:
        """What to ask next: a refused question about the place or year there is, or more about what was cited."""
        snapshot, ask = self.store.snapshot().seen_by(groups), self._asked_by(groups)
        request = Request(question, groups=groups)
        query = self.lookup.understood(snapshot, question)
        against = self.lookup.look(snapshot, query, request).decision.against
        return related(snapshot, query, ask(request), against, ask, n)

    def _asked_by(self, groups: frozenset[str] | None) -> Ask:
        return lambda request: self._quoting.ask(replace(request, groups=groups))


def open_assistant(settings: Settings, progress: Progress | None = None) -> Assistant:
    """The assistant over the store in `settings.data`; an empty store first takes in the folder `settings.corpus`."""
    table = load(Path(settings.abbreviations)) if settings.abbreviations else None
    embedder, model_id = load_embedder(settings.embedder)
    store = Store.open(settings.data, embedder, model_id, follow=settings.follow)
    if store.is_empty():
        ingest(store, settings.corpus, progress)
    threadpool_limits(1, user_api="blas")  # a question's matrices are small: two threads would wait for each other
    gc.set_threshold(*_RARELY)
    gc.freeze()  # tables and models stay: nothing is gained by looking for rubbish among them, question after question
    reranker, writer = load_reranker(settings.reranker), load_writer(settings)
    return Assistant(store, embedder, reranker, writer, table, EFFORTS[settings.effort])


class Clock:
    """Milliseconds of each stage."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = round((now - self._last) * 1000, 2)
        self._last = now
