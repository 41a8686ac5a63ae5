"""Findings → the answer's sentences in office style, each with its citation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from corpus.document import Document, Span
from rag.answer import Citation
from rag.extract import Finding
from rag.metadata import HeaderField
from rag.planned import frames
from rag.stated import stated

_LEAD_MARK = re.compile(r"(?:[-–+•*]+|\(?\d{1,2}\)|\d{1,2}[.)](?!\d)|[a-zđ]\)|\(?[ivx]{1,5}\))\s*")
_TITLE_LENGTH = 90  # characters of a title in an introduction
_NESTED = " › "  # between a heading and the one under it
_FIELD_NAMES: dict[HeaderField, str] = {
    "issued_on": "ngày ban hành là",
    "signer": "người ký là",
    "post": "chức vụ của người ký là",
    "author": "người viết là",
    "issuer": "cơ quan ban hành là",
    "recipients": "",  # "Kính gửi: …", "Nơi nhận: …", "Căn cứ …" and "… có hiệu lực …" say themselves what they are
    "effective": "",
    "purpose": "mục đích là:",
    "copies": "",
    "basis": "",
    "kind": "loại văn bản là",
    "number": "số, ký hiệu là",
    "subject": "nội dung là",
    "title": "tên là",
}
_CITED = ("title", "number", "issued_on", "issuer")  # what a `Citation` says of its document


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim piece of a document: `document.text[span.start:span.end]`."""

    document: Document
    span: Span
    section: str | None
    said: str = ""  # what introduces it, after the document's name

    @property
    def text(self) -> str:
        return self.span.of(self.document.text)


def quote_of(finding: Finding) -> Quote:
    """A finding's unit without its list mark and closing comma."""
    return Quote(finding.document, trimmed(finding.document.text, finding.unit.span), finding.chunk.heading)


def trimmed(text: str, span: Span) -> Span:
    """The span without a list mark at its beginning and a comma or semicolon at its end."""
    start, end = span.start, span.end
    if mark := _LEAD_MARK.match(text, start, end):
        start = mark.end() if mark.end() < end else start
    while end > start + 1 and text[end - 1] in ",;: ":
        end -= 1
    return Span(start, end)


def header_quote(document: Document, field: HeaderField, span: Span) -> Quote:
    return Quote(document, trimmed(document.text, span), None, _FIELD_NAMES[field])


def compose(quotes: Sequence[Quote]) -> tuple[str, tuple[Citation, ...]]:
    """The answer text with markers, and a citation for each; quotes of one document share its introduction."""
    citations = tuple(citation(quote, marker) for marker, quote in enumerate(quotes, start=1))
    sentences = []
    for _, group in groupby(zip(quotes, citations, strict=True), key=lambda pair: pair[0].document.id):
        said = list(group)
        sentences.append(f"Theo {introduction(said[0][0].document)}{_framed(said)}" + _said(said))
    return "\n\n".join(sentences), citations


def _framed(said: Sequence[tuple[Quote, Citation]]) -> str:
    """The heading that all these quotes stand under, where they would be misread without it: that they are plans."""
    section, *others = {quote.section for quote, _ in said}
    heading = None if others or any(quote.said for quote, _ in said) else frame(section)
    return f", phần “{heading}”" if heading else ""


def frame(section: str | None) -> str | None:
    """The heading that has to be told with a quote, shortened; None where the quote is read rightly without it."""
    return _cut(_one_line(section.rpartition(_NESTED)[2])) if section and frames(section) else None


def _said(said: Sequence[tuple[Quote, Citation]]) -> str:
    if len(said) == 1:
        quote, cited = said[0]
        return f"{', ' + quote.said if quote.said else ':'} {_one_line(quote.text)} [{cited.marker}]"
    lines = (" ".join(filter(None, (quote.said, _one_line(quote.text), f"[{cited.marker}]"))) for quote, cited in said)
    return ":\n" + "\n".join(f"- {line}" for line in lines)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def introduction(document: Document) -> str:
    """The document's name as an office writes it, of facts that its text states; a long title cut at a word.

    What has neither a number nor a title is called by its file.
    """
    document = stated(document)
    title = document.header.title or document.file
    return replace(document, header=replace(document.header, title=_cut(title))).citation


def _cut(title: str) -> str:
    """A title of a length that a sentence bears."""
    return title if len(title) <= _TITLE_LENGTH else title[:_TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"


def citation(quote: Quote, marker: int) -> Citation:
    """The citation of a quote; the offsets are checked here, so that no other kind can exist."""
    document = stated(quote.document)
    header = document.header
    if not quote.text.strip():
        raise ValueError(f"empty quote at {quote.span} of {document.id}")
    return Citation(
        marker=marker,
        document_id=document.id,
        file=document.file,
        title=header.title,
        number=header.number,
        issued_on=header.issued_on,
        issuer=header.issuer,
        section=quote.section,
        page=document.page_at(quote.span.start),
        quote=quote.text,
        start=quote.span.start,
        end=quote.span.end,
        entered=tuple(name for name in _CITED if name in header.entered and getattr(header, name)),
    )
