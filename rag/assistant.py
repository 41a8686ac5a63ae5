"""The story from question to cited answer: understand, retrieve, write, verify; or say that no document says it."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore

from corpus.document import Document
from corpus.load import LoadError, files_in, read_file
from corpus.sandbox import PATIENT, Refused, Sandbox
from corpus.text import tokens
from index.embed import Embedder, load_embedder
from index.lexical import Term
from index.snapshot import Snapshot
from index.store import Store, Upload
from rag.abstain import refusal
from rag.answer import Answer, Citation, Event, Filters, Passage, Request, Sources, Turn, Word
from rag.compare import compared, comparison
from rag.compose import citation, compose, introduction
from rag.conflicts import newer_first, reconciled, says_otherwise
from rag.decide import Decision, decide
from rag.explain import Explained, explain
from rag.extract import Finding, Reader
from rag.former_places import kinship, other_names, sought
from rag.generate import NOT_FOUND, Writer, WriterError, load_writer
from rag.language.abbreviations import Table, contract_forms, load
from rag.parts import held_alone, joined, parts
from rag.related import related
from rag.retrieve import Hit, Reranker, SearchQuery, load_reranker, retrieve, with_neighbours
from rag.scope import places_of, scope
from rag.settings import Settings
from rag.standing import ages, asks_standing, changes, changing, replacing
from rag.suggest import Ask, suggest
from rag.understand import Query, understand
from rag.verify import holds, supported, to_the_point

EXTRACTIVE = "extractive"
FELL_BACK = "Mô hình ngôn ngữ chưa trả lời được, dưới đây là nguyên văn trích từ tài liệu.\n\n"
LEAST_CONFIDENCE = 0.5  # of an LLM's answer whose every sentence is supported
CHANGED = 0.95  # confidence in the clause that changes a document, where a question asks for it by its number
_DEPTH = 7  # passages that are read for an answer …
_DEEP = 20  # … and for a list
_NEXT_TO_BEST = 0.8  # of the best passage's score that its neighbours get
_MOST_K = 1000
_THINKING = 2  # questions read or verified at once; more threads only wait for the interpreter, and make a server wait
_SHORT_FORM = 0.5  # boost of "ubnd" when "Ủy ban nhân dân" is asked for
_PIECE = re.compile(r"\S+\s*")
Progress = Callable[[int, int], None]  # done, total
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """What one look into the documents gave."""

    hits: tuple[Hit, ...]
    documents: dict[str, Document]
    findings: tuple[Finding, ...]
    decision: Decision


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
    ) -> None:
        self.store = store
        self._embedder = embedder
        self._reranker = reranker
        self._writer = writer
        self._reader = Reader(embedder)
        self._thinking = BoundedSemaphore(_THINKING)
        self._abbreviations = abbreviations
        self._quoting = (
            self if writer is None else Assistant(store, embedder, reranker, None, abbreviations)
        )  # asks without the LLM

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
            query = self._understood(snapshot, request.question, request.history)
            clock.lap("understand")
            found = self._whole(snapshot, query, request)
            clock.lap("retrieve")
        passages = tuple(passage(hit, found.documents) for hit in found.hits[: _limit(request.k)])
        yield Sources(passages)
        written = yield from self._written(query, found)
        written = yield from _with_changes(snapshot, written)
        clock.lap("write")
        holds(written.citations, _documents(snapshot, (cited.document_id for cited in written.citations)))
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
    ) -> list[Passage]:
        """The `k` best passages for a few words or a question, without an answer."""
        snapshot = self.store.snapshot().seen_by(groups)
        hits = self._best(snapshot, self._understood(snapshot, query), k, document_ids, filters)
        documents = _documents(snapshot, (hit.chunk.document_id for hit in hits))
        return [passage(hit, documents) for hit in hits if hit.chunk.document_id in documents]

    def explained(
        self,
        query: str,
        k: int = 10,
        document_ids: Sequence[str] | None = None,
        filters: Filters | None = None,
        groups: frozenset[str] | None = None,
    ) -> list[Explained]:
        """What `search` gives, each passage with why it came."""
        snapshot = self.store.snapshot().seen_by(groups)
        understood = self._understood(snapshot, query)
        also = (*self._short_forms(understood), *other_names(understood.places, places_of(snapshot)))
        hits = self._best(snapshot, understood, k, document_ids, filters)
        documents = _documents(snapshot, (hit.chunk.document_id for hit in hits))
        standing = [hit for hit in hits if hit.chunk.document_id in documents]
        return [Explained(passage(hit, documents), explain(understood, also, hit)) for hit in standing]

    def _best(
        self, snapshot: Snapshot, query: Query, k: int, document_ids: Sequence[str] | None, filters: Filters | None
    ) -> list[Hit]:
        """The best hits: the documents of a number that is asked for before those that mention it."""
        ids = None if document_ids is None else tuple(document_ids)
        request = Request(query.asked, document_ids=ids, filters=filters or Filters())
        searched = self._searched(snapshot, query)
        found: dict[int, Hit] = {}
        for allowed in scope(snapshot, query, request).searches():
            for hit in self._hits(snapshot, searched, _limit(k), allowed):
                found.setdefault(hit.chunk.id, hit)
        return list(found.values())[: _limit(k)]

    def suggestions(self, n: int = 4, groups: frozenset[str] | None = None) -> list[str]:
        """Questions drawn from the documents, each of which is answered from them."""
        return suggest(self.store.snapshot().seen_by(groups), self._asked_by(groups), n)

    def related(self, question: str, n: int = 3, groups: frozenset[str] | None = None) -> list[str]:
        """What to ask next: a refused question about the place or year there is, or more about what was cited."""
        snapshot, ask = self.store.snapshot().seen_by(groups), self._asked_by(groups)
        request = Request(question, groups=groups)
        query = self._understood(snapshot, question)
        against = self.look(snapshot, query, request).decision.against
        return related(snapshot, ask(request), against, ask, n)

    def _asked_by(self, groups: frozenset[str] | None) -> Ask:
        return lambda request: self._quoting.ask(replace(request, groups=groups))

    def look(self, snapshot: Snapshot, query: Query, request: Request) -> Found:
        """Searches the documents that the question names, then all that are allowed, until one look answers."""
        found = Found((), {}, (), Decision((), 0.0, "not_in_documents"))
        searched = self._searched(snapshot, query)
        for allowed in scope(snapshot, query, request).searches():
            depth = _DEEP if query.expected.many else _DEPTH
            hits = self._hits(snapshot, searched, max(depth, _limit(request.k)), allowed)
            documents = _documents(snapshot, (hit.chunk.document_id for hit in hits))
            standing = [hit for hit in hits if hit.chunk.document_id in documents]
            read = _with_surroundings(snapshot, standing[:depth])
            findings = self._reader.find(query, searched.vector, read, documents)
            decision = reconciled(query, decide(query, findings, documents), findings)
            found = Found(tuple(standing), documents, tuple(findings), decision)
            if found.decision.reason is None:
                break
        return found

    def _whole(self, snapshot: Snapshot, query: Query, request: Request) -> Found:
        """What answers the question: both sides of a comparison, each of several parts, or the one thing asked for."""
        if (compared := self._compared(snapshot, query, request)) is not None:
            return compared
        found = self._current(snapshot, query, request, self.look(snapshot, query, request))
        asked = parts(query, places_of(snapshot))
        looks = [self.look(snapshot, part.query, request) for part in asked]
        if not looks:
            return found
        documents = {id: document for look in (*looks, found) for id, document in look.documents.items()}
        told = [(part, held_alone(part, look.decision, look.findings)) for part, look in zip(asked, looks, strict=True)]
        return replace(found, documents=documents, decision=joined(found.decision, told))

    def _current(self, snapshot: Snapshot, query: Query, request: Request, found: Found) -> Found:
        """With what a document says that replaced the quoted one, before it; or just that, where it is asked for."""
        if asks_standing(query) and (told := changing(snapshot, scope(snapshot, query, request).named)):
            changed = _documents(snapshot, (quote.document.id for quote in told))
            return replace(found, documents=found.documents | changed, decision=Decision(told, CHANGED))
        allowed = request.document_ids
        newer = tuple(id for id in replacing(snapshot, found.decision.quotes) if allowed is None or id in allowed)
        if not newer or query.numbers or query.field:
            return found
        look = self.look(snapshot, query, replace(request, document_ids=newer))
        if look.decision.reason is not None:
            return found
        differ = says_otherwise(query, look.findings[0], found.findings[0])
        decision = newer_first(query, look.decision, found.decision) if differ else look.decision
        return replace(found, documents=found.documents | look.documents, decision=decision)

    def _compared(self, snapshot: Snapshot, query: Query, request: Request) -> Found | None:
        """The figures of both sides with their working; None where nothing is compared or a side has no figure."""
        asked = comparison(query, places_of(snapshot))
        if asked is None:
            return None
        looks = [self.look(snapshot, side, request) for side in asked.sides]
        decision = compared(asked, [(look.decision, look.findings) for look in looks])
        if decision is None:
            return None
        documents = {id: document for look in looks for id, document in look.documents.items()}
        return replace(looks[0], documents=documents, decision=decision)

    def _understood(self, snapshot: Snapshot, question: str, history: Sequence[Turn] = ()) -> Query:
        return understand(question, history, places_of(snapshot), snapshot.frequency, self._abbreviations)

    def _hits(self, snapshot: Snapshot, query: SearchQuery, k: int, allowed: frozenset[str] | None) -> list[Hit]:
        return retrieve(snapshot, query, k, allowed, self._reranker)

    def _searched(self, snapshot: Snapshot, query: Query) -> SearchQuery:
        """What is looked for: the understood words, their vector, short forms of names, and what places were called."""
        vector = self._embedder.encode_query([query.text])[0]
        short = {token.folded for form in self._short_forms(query) for token in tokens(form)}
        extra = [Term("folded", word, _SHORT_FORM) for word in sorted(short)]
        return SearchQuery(query.text, vector, (*extra, *sought(query.places, places_of(snapshot))))

    def _short_forms(self, query: Query) -> tuple[str, ...]:
        forms = contract_forms(query.text, self._abbreviations)
        return tuple(dict.fromkeys(form.abbreviation for form in forms))

    def _written(self, query: Query, found: Found) -> Generator[Event, None, Written]:
        """Words as they are written: by the LLM where there is one and nothing rules an answer out, else the quotes."""
        told = ""
        if self._writer is not None and found.decision.against is None and found.hits:
            try:
                generated = yield from self._generated(self._writer, query, found)
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
        passages = [passage(hit, found.documents) for hit in found.hits[:_DEPTH]]
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
        text = " ".join(f"{one.sentence} [{cited.marker}]." for one, cited in zip(checked, citations, strict=True))
        sure = max(found.decision.confidence, LEAST_CONFIDENCE)
        return Written(text, citations, Decision(tuple(one.quote for one in checked), sure), writer.name)


def _extracted(query: Query, decision: Decision, documents: dict[str, Document], hits: Sequence[Hit]) -> Written:
    """The quotes in office style, or the words of the refusal."""
    if decision.reason is None:
        text, citations = compose(decision.quotes)
        told = "\n\n".join(filter(None, (decision.opening, text, *decision.notes)))
        return Written(told, citations, decision, EXTRACTIVE)
    nearest = dict.fromkeys(hit.chunk.document_id for hit in hits)
    text = refusal(decision.reason, decision.against, [documents[id] for id in nearest])
    if decision.against is not None and decision.against.kind == "place":
        there = [documents[id].header.place or "" for id in nearest] + [hit.chunk.text for hit in hits[:_DEPTH]]
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
    store = Store.open(settings.data, embedder, model_id)
    if not store.documents():
        ingest(store, settings.corpus, progress)
    return Assistant(store, embedder, load_reranker(settings.reranker), load_writer(settings), table)


def ingest(store: Store, folder: Path, progress: Progress | None = None) -> None:
    """Adds every readable document of a folder; one that cannot be read is told in the log and left out."""
    paths = files_in(folder)

    def uploads(sandbox: Sandbox) -> Iterator[Upload]:
        for done, path in enumerate(paths, start=1):
            try:
                for found in sandbox.read(read_file(path), path.name):
                    inside = f"!{found.inside}" if found.inside else ""
                    if isinstance(found, Refused):
                        logger.warning("%s%s: %s", path.name, inside, found.error)
                    else:
                        yield Upload(found.document, found.content, f"{path.resolve()}{inside}")
            except LoadError as error:
                logger.warning("%s: %s", path.name, error)
            if progress is not None:
                progress(done, len(paths))

    with Sandbox(PATIENT) as sandbox:
        store.add(uploads(sandbox))


def passage(hit: Hit, documents: dict[str, Document]) -> Passage:
    """A hit as callers see it."""
    chunk, document = hit.chunk, documents[hit.chunk.document_id]
    return Passage(
        document_id=document.id,
        text=chunk.text,
        start=chunk.span.start,
        end=chunk.span.end,
        score=hit.score,
        file=document.file,
        title=document.header.title,
        number=document.header.number,
        section=chunk.heading,
        page=chunk.page,
    )


def _with_surroundings(snapshot: Snapshot, hits: Sequence[Hit]) -> list[Hit]:
    """The hits with what stands before and after the best one under its heading, where its answer may go on."""
    if not hits:
        return []
    known = {hit.chunk.id for hit in hits}
    near = [chunk for chunk in with_neighbours(snapshot, hits[0]) if chunk.id not in known]
    return [*hits, *(Hit(chunk, hits[0].score * _NEXT_TO_BEST) for chunk in near)]


def _documents(snapshot: Snapshot, ids: Iterable[str]) -> dict[str, Document]:
    return {id: document for id in dict.fromkeys(ids) if (document := snapshot.document(id)) is not None}


def _limit(k: int) -> int:
    return max(1, min(k, _MOST_K))


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
