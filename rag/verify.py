"""Holds every sentence of an answer to a quote: what no unit of a retrieved passage says is dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Document, Span
from corpus.sentences import sentences
from corpus.text import tokens
from rag.answer import Citation, Passage
from rag.claims import MARKER, Verdict, check
from rag.compose import Quote, introduction
from rag.constraints import mismatch
from rag.introduction import without_introduction
from rag.planned import told_as_done
from rag.terms import content_terms
from rag.understand import Query
from rag.units import Unit, unit, units_of

__all__ = ["Checked", "CitationError", "Verdict", "check", "holds", "supported", "to_the_point"]

_FORMATTED = re.compile(  # headings, tables, HTML, JSON, images and addresses: no sentences of an answer
    r"^[#|`\[{]|[<>{}`]|\]\(|https?:|www\.|(?:javascript|data|mailto):", re.I
)


_ASKED = 0.35  # weight share of a question's words that a quote, with its document's name, must hold
_COPIED = 8  # units of a sentence that is copied whole
_SAID_AMISS = 0.7  # idf share of a refused sentence's words in a unit that is quoted in its place


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence of a draft without its markers, and the quote that supports it; `rewritten`: the quote's own words."""

    sentence: str
    quote: Quote
    rewritten: bool = False


def supported(draft: str, passages: Sequence[Passage], documents: dict[str, Document]) -> list[Checked]:
    """The sentences of an LLM's draft that a passage supports, in order; markers only say where to look first.

    One that the passage it names says otherwise becomes that passage's own words; nothing is kept of a draft that
    has no supported sentence at all.
    """
    kept: list[Checked] = []
    said = set[str]()  # a model may say one thing over and over
    for span in sentences(draft):
        sentence = span.of(draft)
        plain = MARKER.sub("", sentence).strip(" -–•*")
        if not tokens(plain) or _FORMATTED.search(plain) or plain in said:
            continue
        said.add(plain)
        named = [int(number) - 1 for number in MARKER.findall(sentence)]
        named = [at for at in named if 0 <= at < len(passages)]
        order = [*named, *(at for at in range(len(passages)) if at not in named)]
        quote = next((found for at in order if (found := _evidence(plain, passages[at], documents))), None)
        if quote:
            kept.append(Checked(plain.rstrip(" ."), quote))
        elif instead := next((found for at in named if (found := _instead(plain, passages[at], documents))), None):
            kept.append(Checked(" ".join(instead.text.split()).rstrip(" ."), instead, rewritten=True))
    once = [one for at, one in enumerate(kept) if not one.rewritten or one.quote not in (o.quote for o in kept[:at])]
    return once if any(not one.rewritten for one in once) else []


def to_the_point(query: Query, checked: Sequence[Checked]) -> bool:
    """Whether a quote speaks of what is asked and keeps to what the question pins down.

    Another place's figures are true and no answer; neither is a sentence about something else.
    """
    return any(_answers(query, each.quote) for each in checked)


def _answers(query: Query, quote: Quote) -> bool:
    document = quote.document
    said = unit(document.text, quote.span)
    about = {
        token.folded for token in tokens(f"{introduction(document)} {document.header.place or ''} {quote.section}")
    }
    total = sum(term.weight for term in query.terms) or 1.0
    share = sum(term.weight for term in query.terms if term.folded in said.found | about) / total
    return share >= _ASKED and mismatch(query, said, document, quote.section) is None


def _evidence(claim: str, passage: Passage, documents: dict[str, Document]) -> Quote | None:
    """The unit of a passage that says the claim, if one does."""
    document = documents.get(passage.document_id)
    if document is None:
        return None
    context = f"{introduction(document)} {document.header.place or ''} {document.header.title} {passage.section or ''}"
    units = units_of(document.text, Span(passage.start, passage.end))
    copied = _copied(without_introduction(claim, context), document.text, units)
    said = (each.span for each in units if check(claim, each.quote, context).supported)
    for span in (copied,) if copied else said:
        if not told_as_done(claim, span.of(document.text), passage.section, document.header.kind):
            return Quote(document, span, passage.section)
    return None


def _copied(claim: str, text: str, units: Sequence[Unit]) -> Span | None:
    """Where whole units in a row are the claim word for word: a sentence of several clauses, copied."""
    wanted = _plain(claim)
    starts = [at for at, each in enumerate(units) if wanted.startswith(_plain(each.quote))]
    spans = (Span(units[at].span.start, last.span.end) for at in starts for last in units[at : at + _COPIED])
    return next((span for span in spans if _plain(span.of(text)) == wanted), None)


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(" .;")


def _instead(claim: str, passage: Passage, documents: dict[str, Document]) -> Quote | None:
    """The unit of a passage that the claim says amiss: the one that holds the most of its words."""
    document = documents.get(passage.document_id)
    terms = content_terms(claim)
    total = sum(term.weight for term in terms)
    if document is None or not total:
        return None
    units = units_of(document.text, Span(passage.start, passage.end))
    shares = [sum(term.weight for term in terms if term.folded in each.found) / total for each in units]
    best = max(shares, default=0.0)
    return Quote(document, units[shares.index(best)].span, passage.section) if best >= _SAID_AMISS else None


class CitationError(AssertionError):
    """A citation that its document does not bear out: never shown, since the answer is not sent."""


def holds(citations: Sequence[Citation], documents: dict[str, Document]) -> None:
    """Raises `CitationError` unless every quote stands in its document at its place."""
    for cited in citations:
        document = documents.get(cited.document_id)
        if document is None or document.text[cited.start : cited.end] != cited.quote:
            raise CitationError(f"{cited.document_id}[{cited.start}:{cited.end}] is not the quote")
