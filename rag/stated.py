"""What a document says of itself in its own words: the only facts of its header that an answer may name it by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from corpus.document import Document
from corpus.text import fold, tokens
from rag.language.dates import find_dates
from rag.units import opened_tokens


def stated(document: Document) -> Document:
    """The document without a number, date or issuer that does not stand where its header says it was read.

    What a person entered instead stays; `introduction` tells it apart.
    """
    header, entered = document.header, document.header.entered
    number, day, office = header.number, header.issued_on, header.issuer
    number = number if number and ("number" in entered or _says_number(document, number)) else None
    issued_on = day if day and ("issued_on" in entered or _says_day(document, day)) else None
    issuer = office if office and ("issuer" in entered or _says_words(document, office)) else None
    if (number, issued_on, issuer) == (header.number, header.issued_on, header.issuer):
        return document
    return replace(document, header=replace(header, number=number, issued_on=issued_on, issuer=issuer))


def _read(document: Document, field: str) -> str:
    """The words that a field was read from; the whole text where the header does not say."""
    span = document.header.spans.get(field)
    return span.of(document.text) if span else document.text


def _says_number(document: Document, number: str) -> bool:
    return fold(number).replace(" ", "") in fold(_read(document, "number")).replace(" ", "")


def _says_day(document: Document, day: date) -> bool:
    return any(found.start == day == found.end for found in find_dates(_read(document, "issued_on")))


def _says_words(document: Document, issuer: str) -> bool:
    """Every word of the issuer's name, abbreviations opened; that of its place where the place was read."""
    words = tokens(f"{_read(document, 'issuer')} {document.header.place or ''}")
    there = {word.folded for token in words for word in (token, *opened_tokens(token.key))}
    return all(token.folded in there for token in tokens(issuer))
