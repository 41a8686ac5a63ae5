"""What to ask next: a refused question in words the documents can answer, or more about a document that answered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from corpus.document import Document, Span
from index.snapshot import Snapshot
from rag.answer import Answer, Request
from rag.constraints import Mismatch
from rag.filled_in import filled_in
from rag.suggest import Ask, answered_questions
from rag.swap import replaced
from rag.understand import Query

_TRIED = 12  # questions of a document that are asked to find those it answers


def reworded(question: str, against: Mismatch | None) -> str | None:
    """The question about the place or year that the nearest passage speaks of; None when nothing else differs."""
    if against is None or against.there is None or against.kind not in ("place", "year"):
        return None
    there = against.there.split(",")[0]
    if against.kind == "year" and not there.isdigit():
        return None
    other = replaced(question, f"năm {there}" if against.kind == "year" else there)
    return other if other != question else None


def related(snapshot: Snapshot, query: Query, answer: Answer, against: Mismatch | None, ask: Ask, n: int) -> list[str]:
    """Up to `n` questions beside the one answered, each of which is answered from the documents."""
    if answer.reason == "unclear":
        tried = islice(filled_in(query, snapshot), _TRIED)
        return list(islice((question for question in tried if not ask(Request(question)).abstained), n))
    if answer.abstained:
        other = reworded(answer.understood, against)
        return [other] if other and not ask(Request(other)).abstained else []
    document = snapshot.document(answer.citations[0].document_id)
    return list(islice(_others(document, answer, ask), n)) if document else []


def _others(document: Document, answer: Answer, ask: Ask) -> Iterator[str]:
    """Questions about what the document says elsewhere than where it was cited."""
    cited = [Span(one.start, one.end) for one in answer.citations if one.document_id == document.id]
    for question, source in islice(answered_questions(document, ask), _TRIED):
        if not any(source.overlaps(span) for span in cited):
            yield question
