"""Where a question is looked up: its words understood, passages found and read, findings decided on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.document import Document
from index.embed import Embedder
from index.snapshot import Snapshot
from rag.answer import Request, Turn
from rag.catalogue import catalogue
from rag.choices import ChoiceBook
from rag.compare import compared, comparison
from rag.conflicts import newer_first, reconciled, says_otherwise
from rag.decide import Decision, bar, decide
from rag.each_document import behind_each, is_named_by, of_each, pointing, with_fields_behind
from rag.extract import Finding, Reader
from rag.hits import limit, of_period_first, with_surroundings
from rag.neighbours import beside
from rag.office_words import in_office_words
from rag.own_header import points_at
from rag.parts import held_alone, joined, parts, side_by_side, told_at_once
from rag.ranking import ranking
from rag.retrieve import Hit, Reranker, SearchQuery
from rag.scope import local_to, places_of, scope
from rag.search import Search
from rag.spelt_out import spelt_out
from rag.standing import replacing, told_of_change
from rag.superlatives import states, superlative
from rag.told_beside import asks_direction, tells_direction
from rag.tuning import Tuning
from rag.understand import Query, as_typed, put_as, understand
from rag.wanted import wanted
from rag.within import within_named

TOLD = 0.95  # confidence in a link or a header that says what is asked: what changed a document, which ones there are
RANKED = 0.9  # … in figures of one thing that were compared
DEPTH = 7  # passages that are read for an answer …
_DEEP = 20  # … and for a list
_LISTED = 60  # passages in which documents that mention a topic are looked for
_SURE = 0.8  # confidence from which other words are not tried
_SURER = 0.1  # confidence by which a question in other words must be ahead


@dataclass(frozen=True, slots=True)
class Found:
    """What one look into the documents gave."""

    hits: tuple[Hit, ...]
    documents: dict[str, Document]
    findings: tuple[Finding, ...]
    decision: Decision

    @property
    def ruled_out(self) -> bool:
        """Whether something was found, and nothing of it keeps to what the question pins down."""
        return self.decision.reason is not None and bool(self.findings) and self.findings[0].against is not None


class Lookup:
    """Finds what answers a question in a snapshot. Safe to share between threads; holds no question."""

    def __init__(self, embedder: Embedder, reranker: Reranker | None, choices: ChoiceBook) -> None:
        self.search = Search(embedder, reranker, choices)
        self._choices = choices
        self._reader = Reader(embedder)

    def understood(
        self,
        snapshot: Snapshot,
        question: str,
        history: Sequence[Turn] = (),
        literally: bool = False,
        tuning: Tuning | None = None,
    ) -> Query:
        """The question as the office's own words have it, under its settings or under some that are only tried."""
        chosen, known = self._choices.current(), places_of(snapshot)
        told = (known, snapshot.frequency, chosen, beside(snapshot))
        read = as_typed(question, known) if literally else understand(question, history, *told)
        if history and not literally:
            alone = understand(question, (), *told)
            read = pointing(read, alone, history, known)
        return replace(read, tuning=tuning or chosen.tuning)

    def whole(self, snapshot: Snapshot, query: Query, request: Request) -> Found:
        """What answers the question: a list of documents, figures side by side, each of several parts, or the one thing
        asked for."""
        if (settled := self._settled(snapshot, query, request)) is not None:
            return settled
        if (compared := self._compared(snapshot, query, request)) is not None:
            return compared
        found = self._current(snapshot, query, request, self._surest(snapshot, query, request))
        asked = parts(query, places_of(snapshot))
        looks = [
            self._settled(snapshot, part.alone, request) or self.look(snapshot, part.query, request) for part in asked
        ]
        if not looks or found.decision.complete or told_at_once(asked, found.decision):
            return found
        documents = {id: document for look in (*looks, found) for id, document in look.documents.items()}
        told = [(part, held_alone(part, look.decision, look.findings)) for part, look in zip(asked, looks, strict=True)]
        agreed = zip(asked, side_by_side(told, [look.findings for look in looks]), strict=True)
        return replace(found, documents=documents, decision=joined(found.decision, tuple(agreed)))

    def _surest(self, snapshot: Snapshot, query: Query, request: Request) -> Found:
        """What is found for the question, or for it in the documents' words where that answers and is surer."""
        found = self.look(snapshot, query, request)
        sure = found.decision.reason is None and found.decision.confidence >= _SURE
        for text in () if request.as_typed or sure else _put_otherwise(query, found):
            other = self.look(snapshot, put_as(query, text, places_of(snapshot)), request)
            told = max(found.decision.confidence, bar(query) if found.decision.reason else 0.0)
            if other.decision.reason is None and other.decision.confidence > told + _SURER:
                found = other
        return found

    def look(self, snapshot: Snapshot, query: Query, request: Request) -> Found:
        """Searches the documents that the question names, all that are allowed, then those of its place, until one look
        answers."""
        found = Found((), {}, (), Decision((), 0.0, "not_in_documents"))
        searched = self.search.query_for(snapshot, query)
        within = scope(snapshot, query, request)
        weighed = query
        refused: list[Found] = []
        for allowed in within.searches():
            hits = self.search.hits(snapshot, query, searched, max(_DEEP, limit(request.k)), allowed)
            weighed = within_named(query, hits) if allowed == within.named else weighed
            found = self._read(snapshot, weighed, searched, hits, _DEEP if query.expected.many else DEPTH)
            if found.ruled_out:  # all of another place, year or kind: what is meant may stand further down
                found = self._read(snapshot, weighed, searched, hits, _DEEP)
            if found.decision.reason is None:
                return found
            refused.append(found)
        local = local_to(snapshot, query, request)
        near = self.search.hits(snapshot, query, searched, _DEEP, local) if local else []
        closer = self._read(snapshot, query, searched, near, _DEEP)
        return closer if closer.decision.reason is None else refused[0]  # what is told of is the document that is named

    def _read(self, snapshot: Snapshot, query: Query, searched: SearchQuery, hits: Sequence[Hit], depth: int) -> Found:
        """The best `depth` of the hits read, and what is decided on them."""
        documents = snapshot.with_texts(hit.chunk.document_id for hit in hits)
        standing = [hit for hit in hits if hit.chunk.document_id in documents]
        read = with_surroundings(snapshot, of_period_first(query, standing, documents)[:depth])
        findings = self._reader.find(query, searched.vector, read, documents)
        decision = reconciled(query, decide(query, findings, documents), findings)
        return Found(tuple(standing), documents, tuple(findings), decision)

    def _current(self, snapshot: Snapshot, query: Query, request: Request, found: Found) -> Found:
        """With what a document says that replaced the quoted one, before it; or just that, where it is asked for."""
        named = (
            scope(snapshot, query, request).named
            or [id for id, document in found.documents.items() if not query.numbers and points_at(query, document)][:1]
        )
        if told := told_of_change(snapshot, query, named):
            changed = snapshot.with_texts(quote.document.id for quote in told)
            return replace(found, documents=found.documents | changed, decision=Decision(told, TOLD))
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

    def _settled(self, snapshot: Snapshot, query: Query, request: Request) -> Found | None:
        """A list of documents, or who has the most of something; None where neither is asked for, or it is not sure."""
        return (
            self._of_each(snapshot, query, request)
            or self._listed(snapshot, query, request)
            or self._ranked(snapshot, query, request)
        )

    def _of_each(self, snapshot: Snapshot, query: Query, request: Request) -> Found | None:
        """Header fields of each document that the turn before told, or that the question wants listed."""
        within, (rest, fields) = scope(snapshot, query, request), with_fields_behind(query.text)
        meant = query.meant if query.each else tuple(within.named) if len(fields) > 1 and is_named_by(rest) else ()
        documents = snapshot.with_texts(id for id in meant if within.allowed is None or id in within.allowed)
        told = of_each([documents[id] for id in meant if id in documents], query.each or fields)
        if told.quotes:
            return Found((), documents, (), Decision(told.quotes, TOLD, notes=told.notes, settled=True))
        listed = self._listed(snapshot, put_as(query, rest, places_of(snapshot)), request) if fields else None
        if listed is None:
            return None
        told = behind_each(listed.decision.quotes, fields)
        return replace(listed, decision=replace(listed.decision, quotes=told.quotes, notes=told.notes))

    def _ranked(self, snapshot: Snapshot, query: Query, request: Request) -> Found | None:
        """Who has the most or the least: as a sentence says it, by comparing every figure, or nobody."""
        if (asked := superlative(query)) is None:
            return None
        found = self.look(snapshot, query, request)
        if any(states(asked, quote.text) for quote in found.decision.quotes):
            return found
        hits = self.search.hits(
            snapshot, query, self.search.query_for(snapshot, query), _LISTED, scope(snapshot, query, request).allowed
        )
        documents = found.documents | snapshot.with_texts(hit.chunk.document_id for hit in hits)
        ranked = ranking(query, asked, hits, documents)
        if ranked is None:
            reason = found.decision.reason or "weak_evidence"
            return replace(found, decision=Decision((), 0.0, reason, found.decision.against))
        decision = Decision(ranked.quotes, RANKED, opening=ranked.opening, notes=(ranked.working,), settled=True)
        return replace(found, documents=documents, decision=decision)

    def _listed(self, snapshot: Snapshot, query: Query, request: Request) -> Found | None:
        """The documents that the question wants listed; None where it wants none, or none is as wanted."""
        if (asked := wanted(query)) is None:
            return None
        within = scope(snapshot, query, request)
        topic = put_as(query, asked.subject, places_of(snapshot)) if asked.topic else query
        hits = self.search.hits(snapshot, query, self.search.query_for(snapshot, topic), _LISTED, within.allowed)
        found = catalogue(snapshot, asked, within.named, within.allowed, hits)
        if found is None:
            return None
        documents = snapshot.with_texts([hit.chunk.document_id for hit in hits])
        standing = tuple(hit for hit in hits if hit.chunk.document_id in documents)
        documents |= {quote.document.id: quote.document for quote in found.quotes}
        return Found(standing, documents, (), Decision(found.quotes, TOLD, opening=found.told, settled=True))

    def _compared(self, snapshot: Snapshot, query: Query, request: Request) -> Found | None:
        """The figures of both sides with their working; None where nothing is compared or a side has no figure."""
        asked = comparison(query, places_of(snapshot))
        if asked is None:
            return None
        if asks_direction(query) and (stated := self._stated(snapshot, query, request)):
            return stated
        looks = [self.look(snapshot, side, request) for side in asked.sides]
        decision = compared(asked, [(look.decision, look.findings) for look in looks])
        if decision is None:
            return None
        documents = {id: document for look in looks for id, document in look.documents.items()}
        return replace(looks[0], documents=documents, decision=decision)

    def _stated(self, snapshot: Snapshot, query: Query, request: Request) -> Found | None:
        """What says itself whether it rose or fell; None where the figures are to be compared."""
        found = self.look(snapshot, query, request)
        told = any(tells_direction(quote.text) for quote in found.decision.quotes)
        return found if told and found.decision.reason is None else None


def _put_otherwise(query: Query, found: Found) -> Iterator[str]:
    """The question in the documents' words: its abbreviations spelt out as they are there, then by the table."""
    titles = [document.header.title for document in found.documents.values()]
    if told := spelt_out(query.text, (*titles, *(hit.chunk.text for hit in found.hits))):
        yield told
    yield from in_office_words(told or query.text)
