"""Holds every sentence of an answer to a quote: what no unit of a retrieved passage says is dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Document, Span
from corpus.text import sentences, tokens
from rag.answer import Citation, Passage
from rag.claims import MARKER, Verdict, check
from rag.compose import Quote, introduction
from rag.evidence import units_of

__all__ = ["Checked", "CitationError", "Verdict", "check", "holds", "supported"]

_FORMATTED = re.compile(r"[#|<{`\[]")  # headings, tables, HTML, JSON: no sentences of an answer


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence of a draft without its markers, and the quote that supports it."""

    sentence: str
    quote: Quote


def supported(draft: str, passages: Sequence[Passage], documents: dict[str, Document]) -> list[Checked]:
    """The sentences of an LLM's draft that a passage supports, in order; markers only say where to look first."""
    kept: list[Checked] = []
    for span in sentences(draft):
        sentence = span.of(draft)
        plain = MARKER.sub("", sentence).strip(" -–•*")
        if not tokens(plain) or _FORMATTED.match(plain):
            continue
        named = [int(number) - 1 for number in MARKER.findall(sentence)]
        order = [
            *(at for at in named if 0 <= at < len(passages)),
            *(at for at in range(len(passages)) if at not in named),
        ]
        quote = next((found for at in order if (found := _evidence(plain, passages[at], documents))), None)
        if quote:
            kept.append(Checked(plain.rstrip(" ."), quote))
    return kept


def _evidence(claim: str, passage: Passage, documents: dict[str, Document]) -> Quote | None:
    """The unit of a passage that says the claim, if one does."""
    document = documents.get(passage.document_id)
    if document is None:
        return None
    context = f"{introduction(document)} {document.header.place or ''} {document.header.title} {passage.section or ''}"
    for unit in units_of(document.text, Span(passage.start, passage.end)):
        if check(claim, unit.quote, context).supported:
            return Quote(document, unit.span, passage.section)
    return None


class CitationError(AssertionError):
    """A citation that its document does not bear out: never shown, since the answer is not sent."""


def holds(citations: Sequence[Citation], documents: dict[str, Document]) -> None:
    """Raises `CitationError` unless every quote stands in its document at its place."""
    for cited in citations:
        document = documents.get(cited.document_id)
        if document is None or document.text[cited.start : cited.end] != cited.quote:
            raise CitationError(f"{cited.document_id}[{cited.start}:{cited.end}] is not the quote")
