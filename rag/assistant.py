"""The story from question to cited answer: understand, retrieve, write, verify; or say that no document says it."""

from __future__ import annotations

import gc
import logging
import re
import time
import uuid
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore

from threadpoolctl import threadpool_limits

from corpus.document import Document
from index.embed import Embedder, load_embedder
from index.snapshot import Snapshot
from index.store import Store
from rag.abstain import refusal
from rag.answer import Answer, Citation, Event, Filters, Passage, Request, Sources, Word
from rag.choices import ChoiceBook
from rag.compose import citation, compose, frame, introduction
from rag.decide import Decision
from rag.effort import EFFORTS, FULL, Effort
from rag.explain import Explained
from rag.former_places import kinship
from rag.generate import NOT_FOUND, Writer, WriterError, load_writer
from rag.hits import limit, passage
from rag.ingest import Progress, ingest
from rag.language.abbreviations import Table, load
from rag.lookup import DEPTH, Found, Lookup
from rag.related import related
from rag.retrieve import Hit, Reranker, load_reranker
from rag.settings import Settings
from rag.standing import ages, changes
from rag.suggest import Ask, suggest
from rag.understand import Query
from rag.verify import Checked, holds, supported, to_the_point

EXTRACTIVE = "extractive"
FELL_BACK = "Mô hình ngôn ngữ chưa trả lời được, dưới đây là nguyên văn trích từ tài liệu.\n\n"
LEAST_CONFIDENCE = 0.5  # of an LLM's answer whose every sentence is supported
_THINKING = 2  # questions read or verified at once; more threads only wait for the interpreter, and make a server wait
_RARELY = 50_000, 20, 20  # objects more than before, and so on: rubbish in circles is rare, looking for it took 1.7 ms
_PIECE = re.compile(r"\S+\s*")
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Written:
    """An answer's words with the citations that bear them, or a refusal's without."""

    text: str
    citations: tuple[Citation, ...]
    decision: Decision
    writer: str


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
        written = yield from self._written(query, found)
        written = yield from _with_changes(snapshot, written)
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

    def _written(self, query: Query, found: Found) -> Generator[Event, None, Written]:
        """Words as they are written: by the LLM where there is one and nothing rules an answer out, else the quotes."""
        told, decision = "", found.decision
        written_anew = query.tuning.llm and found.hits and decision.may_be_written
        if self.writer is not None and written_anew:
            try:
                generated = yield from self._generated(self.writer, query, found)
            except WriterError as error:
                logger.warning("%s", error)
                told = FELL_BACK
            else:
                if generated is not None:
                    return generated
        written = _extracted(query, found.decision, found.documents, found.hits)
        if told and written.citations:
            written = replace(written, text=told + written.text)
        yield from map(Word, _pieces(written.text))
        return written

    def _generated(self, writer: Writer, query: Query, found: Found) -> Generator[Event, None, Written | None]:
        """What of the LLM's draft its passages support; None when nothing is. Raises `WriterError`."""
        passages = [passage(hit, found.documents) for hit in found.hits[:DEPTH]]
        introductions = [introduction(found.documents[this.document_id]) for this in passages]
        draft: list[str] = []
        for piece in writer.write(query.text, passages, introductions):
            draft.append(piece)
            yield Word(piece)
        with self._thinking:
            checked = [] if NOT_FOUND in "".join(draft) else supported("".join(draft), passages, found.documents)
        if not to_the_point(query, checked):
            return None
        citations = tuple(citation(one.quote, marker) for marker, one in enumerate(checked, start=1))
        text = " ".join(f"{_framed(one)} [{cited.marker}]." for one, cited in zip(checked, citations, strict=True))
        sure = max(found.decision.confidence, LEAST_CONFIDENCE)
        return Written(text, citations, Decision(tuple(one.quote for one in checked), sure), writer.name)


def _framed(checked: Checked) -> str:
    """A sentence behind the heading that says it is a plan, or of a part of a year."""
    heading = frame(checked.quote.section)
    return f"Phần “{heading}”: {checked.sentence}" if heading and heading not in checked.sentence else checked.sentence


def _extracted(query: Query, decision: Decision, documents: dict[str, Document], hits: Sequence[Hit]) -> Written:
    """The quotes in office style, or the words of the refusal."""
    if decision.reason is None:
        text, citations = compose(decision.quotes)
        told = "\n\n".join(filter(None, (decision.opening, text, *decision.notes)))
        return Written(told, citations, decision, EXTRACTIVE)
    nearest = dict.fromkeys(hit.chunk.document_id for hit in hits)
    text = refusal(decision.reason, decision.against, [documents[id] for id in nearest])
    if decision.against is not None and decision.against.kind == "place":
        there = [documents[id].header.place or "" for id in nearest] + [hit.chunk.text for hit in hits[:DEPTH]]
        text = " ".join(filter(None, (text, kinship(query.places, there))))
    return Written(text, (), decision, EXTRACTIVE)


def _with_changes(snapshot: Snapshot, written: Written) -> Generator[Event, None, Written]:
    """The answer, and behind it which of its documents another has replaced or amended."""
    told = changes(snapshot, written.citations)
    if not told:
        return written
    added = "\n\n" + "\n\n".join(sentence for sentence, _ in told)
    yield from map(Word, _pieces(added))
    return replace(written, text=written.text + added, citations=(*written.citations, *(cited for _, cited in told)))


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


def _pieces(text: str) -> Iterator[str]:
    """Words with the space behind them."""
    return (match[0] for match in _PIECE.finditer(text))


class Clock:
    """Milliseconds of each stage."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = round((now - self._last) * 1000, 2)
        self._last = now
