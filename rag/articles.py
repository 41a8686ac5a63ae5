"""Which article, chapter or clause says something ("điều mấy quy định về …"): its heading, quoted."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Document, Span
from corpus.structure import headings
from rag.compose import Quote, trimmed
from rag.evidence import held_words
from rag.expected import asked_part
from rag.extract import Finding
from rag.meant_headings import meant, read, subject
from rag.terms import words
from rag.understand import Query
from rag.units import Unit

_HEADINGS = {
    "dieu": ("article",),
    "chuong": ("chapter",),
    "khoan": ("clause",),
    "muc": ("section", "roman", "letter"),
    "phan": ("part", "roman"),
}
_HELD = 0.8  # share of the question's weight that a unit must say with the heading it stands under


def heading_of(query: Query, documents: Sequence[Document]) -> tuple[Quote, ...]:
    """The heading that says what the question is about; () where none does."""
    found = meant(query, documents, _HEADINGS[asked_part(query.text)])
    return (Quote(found.document, trimmed(found.document.text, found.heading.span), None),) if found else ()


def heading_over(query: Query, finding: Finding) -> tuple[Quote, ...]:
    """The heading under which the finding stands, and the finding; () where that says too little of the question."""
    kinds = _HEADINGS[asked_part(query.text)]
    start, text = finding.unit.span.start, finding.document.text
    over = [one for one in headings(text) if one.kind in kinds and one.span.start <= start]
    if not over or not _say(query, finding.unit, read(over[-1].span.of(text))):
        return ()
    spans = dict.fromkeys((_line(text, over[-1].span), finding.unit.span))
    return tuple(Quote(finding.document, trimmed(text, span), None) for span in spans)


def _say(query: Query, said: Unit, heading: Unit) -> bool:
    share, _ = held_words(words(subject(query)), said.found | heading.found, said.pairs | heading.pairs)
    return share >= _HELD


def _line(text: str, span: Span) -> Span:
    """A heading without the paragraph that may go on behind it."""
    end = text.find("\n", span.start, span.end)
    return span if end < 0 else Span(span.start, end)
