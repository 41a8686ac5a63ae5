"""What a document's header answers about the document itself, and whether a question points at that document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Document
from corpus.text import fold, tokens
from rag.about import about_document
from rag.compose import Quote, header_quote
from rag.extract import Finding, unpinned
from rag.language.document_numbers import matches
from rag.metadata import HeaderField, header_span
from rag.periods import agree, months_named
from rag.scope import numbers_of
from rag.singled_out import of_other_term
from rag.understand import Query

NO_POST = "Văn bản không ghi rõ chức vụ của người ký."
_POINTED = 0.75  # share of the question that a document's name must hold to be the one meant
_SUBJECT = 0.35  # share of what stands right behind "về" that a title must hold
_ABOUT = re.compile(r"(?<!\w)về (?:việc )?", re.I)
_BEHIND = 6  # syllables behind "về" that tell the subject: what is asked of it may follow
_OF_DOCUMENTS = frozenset(
    "bai viet van ban tai lieu ngay hanh ky dang tac gia nhan tieu de ten goi so hieu trich yeu gui noi co quan don vi"
    " nguoi phat tom tat luoc gon chinh co ban chu yeu net y diem khai quat phan muc chuong dieu chuc vu danh hieu luc"
    " thi tu ke ap dung thu nhat hai dau tien cuoi cung nham muc dich lam lap".split()
)
_WHOLE_YEAR = re.compile(r"\bca nam\b")
_KIND = re.compile(
    r"\b(?:cong van|nghi quyet|quyet dinh|chi thi|bao cao|ke hoach|thong bao|to trinh|thong tu|nghi dinh|cong dien|"
    r"giay moi|bien ban)\b"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a header answers with: a quote for each of its fields that is asked for, and what it leaves out."""

    quotes: tuple[Quote, ...]
    notes: tuple[str, ...] = ()


def from_header(query: Query, findings: Sequence[Finding], documents: dict[str, Document]) -> Said | None:
    """The header field that is asked for, of the document that the question points at."""
    field = query.field or ("subject" if query.summary and query.numbers else None)
    if field is None:
        return None
    # what a unit offers says nothing of the header: its document is meant all the same
    standing = [finding for finding in findings if finding.against is None or finding.against.kind == "kind"]
    told = {
        id: said
        for id in dict.fromkeys(finding.document.id for finding in standing)
        if (said := _said(documents[id], _field_of(query, field, documents[id]))) and points_at(query, documents[id])
    }
    id = max(told, key=lambda id: _share(query, documents[id]), default=None)
    return None if id is None or (field == "purpose" and not _is_of_all(query, documents[id])) else told[id]


def _field_of(query: Query, field: HeaderField, document: Document) -> HeaderField:
    return "title" if field == "author" and _names_author(query, document) else field


def _said(document: Document, field: HeaderField) -> Said | None:
    """The field's words; a post with the name of whoever holds it."""
    wanted: tuple[HeaderField, ...] = ("signer", "post") if field == "post" else (field,)
    spans = [(name, header_span(document, name)) for name in wanted]
    quotes = tuple(header_quote(document, name, span) for name, span in spans if span)
    if not quotes:
        return None
    return Said(quotes, (NO_POST,) if field == "post" and len(quotes) == 1 else ())


def _names_author(query: Query, document: Document) -> bool:
    """ "bài của tác giả Xuân Định tên là gì": the author is given, the title is asked for."""
    author = fold(document.header.author or "")
    return bool(author) and author in fold(query.text)


def points_at(query: Query, document: Document) -> bool:
    """Whether the question's own words name this document: by its number, or by most of its title, kind and place."""
    header = document.header
    if document.id in query.meant:
        return True
    if of_other_term(query, (header.title,)):
        return False
    if query.numbers:
        return any(matches(asked, own) for asked in query.numbers for own in numbers_of(header.number or ""))
    if (query.years and not _is_of_period(query, document)) or _is_of_other_months(query, header.title):
        return False
    if _is_of_other_kind(query, document):
        return False
    if not any(term.folded in _names(document) for term in query.terms):
        return False  # "văn bản này ai ký": any document would do
    return _is_of_all(query, document)


def _is_of_other_months(query: Query, title: str) -> bool:
    """Whether a title names a part of a year, and the question another or the whole of it: "báo cáo cả năm"."""
    asked, there = set(months_named(query.text)), set(months_named(title))
    return bool(there) and (not asked & there if asked else bool(_WHOLE_YEAR.search(fold(query.text))))


def _is_of_other_kind(query: Query, document: Document) -> bool:
    """Whether the question names a kind of document first, "báo cáo quý I", and this is another, a letter."""
    asked, own = _KIND.search(fold(query.text)), fold(document.header.kind or "")
    return asked is not None and bool(own) and asked[0] not in f"{own} {fold(document.header.title)}"


def _names(document: Document) -> frozenset[str]:
    """The folded syllables that a document is named by."""
    header = document.header
    named = (header.title, header.kind, header.place, header.issuer, header.number, header.author, header.signer)
    return frozenset(token.folded for token in tokens(" ".join(filter(None, named)))) - _OF_DOCUMENTS


def _is_of_all(query: Query, document: Document) -> bool:
    """Whether most of the question is the document's name, and words that ask about documents."""
    return _share(query, document) >= _POINTED and not _is_of_other_subject(query, document)


def _share(query: Query, document: Document) -> float:
    """Of the question's weight what the document's name holds, or words that ask about documents."""
    terms, known = unpinned(query, light=0.0).terms, _names(document) | _OF_DOCUMENTS
    return sum(term.weight for term in terms if term.folded in known) / (sum(term.weight for term in terms) or 1.0)


def _is_of_other_subject(query: Query, document: Document) -> bool:
    """Whether hardly anything right behind the question's "về" is in the title: an office's name says no subject."""
    about = _ABOUT.search(query.text)
    found = tokens(query.text)
    terms = [t for t in unpinned(query, light=0.0).terms if about and found[t.position].start >= about.end()]
    terms = [term for term in terms if term.folded not in _OF_DOCUMENTS and not term.folded.isdigit()][:_BEHIND]
    said = {token.folded for token in tokens(f"{document.header.title} {document.header.subject or ''}")}
    weight = sum(term.weight for term in terms)
    return bool(terms) and sum(term.weight for term in terms if term.folded in said) < weight * _SUBJECT


def _is_of_period(query: Query, document: Document) -> bool:
    """Whether a year that the question names is the title's, or that of the issue."""
    titled, issued = about_document(document).years, document.header.issued_on
    return any(agree(asked, titled) or (issued and asked == {issued.year}) for asked in query.years)
