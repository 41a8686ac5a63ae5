"""The words of an answer: an LLM's as far as the passages support them, else quotes in office style, or a refusal."""

from __future__ import annotations

import logging
import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from threading import BoundedSemaphore

from corpus.document import Document
from index.snapshot import Snapshot
from rag.abstain import refusal
from rag.answer import Citation, Event, Word
from rag.compose import citation, compose, frame, introduction
from rag.decide import Decision
from rag.former_places import kinship
from rag.generate import NOT_FOUND, Writer, WriterError
from rag.hits import passage
from rag.lookup import DEPTH, Found
from rag.retrieve import Hit
from rag.standing import changes
from rag.understand import Query
from rag.verify import Checked, supported, to_the_point

EXTRACTIVE = "extractive"
FELL_BACK = "Mô hình ngôn ngữ chưa trả lời được, dưới đây là nguyên văn trích từ tài liệu.\n\n"
LEAST_CONFIDENCE = 0.5  # of an LLM's answer whose every sentence is supported
_PIECE = re.compile(r"\S+\s*")
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Written:
    """An answer's words with the citations that bear them, or a refusal's without."""

    text: str
    citations: tuple[Citation, ...]
    decision: Decision
    writer: str


def write(
    query: Query, found: Found, writer: Writer | None, thinking: BoundedSemaphore
) -> Generator[Event, None, Written]:
    """Words as they are written: by the LLM where there is one and nothing rules an answer out, else the quotes.

    `thinking` is held while a draft is verified.
    """
    told, decision = "", found.decision
    written_anew = query.tuning.llm and found.hits and decision.may_be_written
    if writer is not None and written_anew:
        try:
            generated = yield from _generated(query, found, writer, thinking)
        except WriterError as error:
            logger.warning("%s", error)
            told = FELL_BACK
        else:
            if generated is not None:
                return generated
    quoted = _extracted(query, found.decision, found.documents, found.hits)
    if told and quoted.citations:
        quoted = replace(quoted, text=told + quoted.text)
    yield from map(Word, _pieces(quoted.text))
    return quoted


def _generated(
    query: Query, found: Found, writer: Writer, thinking: BoundedSemaphore
) -> Generator[Event, None, Written | None]:
    """What of the LLM's draft its passages support; None when nothing is. Raises `WriterError`."""
    passages = [passage(hit, found.documents) for hit in found.hits[:DEPTH]]
    introductions = [introduction(found.documents[this.document_id]) for this in passages]
    draft: list[str] = []
    for piece in writer.write(query.text, passages, introductions):
        draft.append(piece)
        yield Word(piece)
    with thinking:
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


def with_changes(snapshot: Snapshot, written: Written) -> Generator[Event, None, Written]:
    """The answer, and behind it which of its documents another has replaced or amended."""
    told = changes(snapshot, written.citations)
    if not told:
        return written
    added = "\n\n" + "\n\n".join(sentence for sentence, _ in told)
    yield from map(Word, _pieces(added))
    return replace(written, text=written.text + added, citations=(*written.citations, *(cited for _, cited in told)))


def _pieces(text: str) -> Iterator[str]:
    """Words with the space behind them."""
    return (match[0] for match in _PIECE.finditer(text))
