"""A document is named by what its text states: a number, date or issuer from elsewhere is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.document import Document, Span
from corpus.load import parse
from rag.compose import introduction
from rag.settings import PROJECT
from rag.stated import stated

DOCUMENTS = [parse(path.read_bytes(), path.name) for path in sorted((PROJECT / "corpus/documents").glob("*.txt"))]
LETTER = next(document for document in DOCUMENTS if document.header.number)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.file)
def test_what_the_loader_read_is_stated(document: Document) -> None:
    assert stated(document) == document


@pytest.mark.parametrize(
    ("field", "false", "gone"),
    [
        ("number", "119-CV/BDVHU", "119-CV/BDVHU"),
        ("number", "118-QĐ/BDVHU", "118-QĐ/BDVHU"),
        ("issued_on", date(2019, 11, 10), "10/11/2019"),
        ("issued_on", date(2020, 10, 11), "11/10/2020"),
        ("issuer", "Ban Dân vận Huyện ủy Lâm Hà", "Lâm Hà"),
        ("issuer", "Ban Tổ chức Huyện ủy Đơn Dương", "Ban Tổ chức"),
    ],
)
def test_what_the_text_does_not_state_is_left_out(field: str, false: object, gone: str) -> None:
    wrong = replace(LETTER, header=replace(LETTER.header, **{field: false}))
    assert getattr(stated(wrong).header, field) is None
    assert gone not in introduction(wrong)
    assert introduction(LETTER).startswith("Công văn số 118-CV/BDVHU ngày 11/10/2019 của Ban Dân vận")


def test_a_fact_is_looked_for_where_it_was_read() -> None:
    elsewhere = {**LETTER.header.spans, "issued_on": Span(0, 10)}
    moved = replace(LETTER, header=replace(LETTER.header, spans=elsewhere))
    assert stated(moved).header.issued_on is None
