"""Answers in office style, each sentence with a citation whose offsets are exact."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from answer_parts import all_units, finding, make
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Page, Span
from corpus.load import parse
from rag.compose import Quote, citation, compose, header_quote, introduction, quote_of
from rag.settings import PROJECT
from rag.units import unit

LETTER = make(
    "Xã Lạc Lâm đạt. Xã Ka Đô chưa đạt.\nBAN DÂN VẬN\nHUYỆN ỦY ĐƠN DƯƠNG\nSố 118 -CV/BDVHU ngày 11 tháng 10 năm 2019",
    kind="Công văn",
    number="118-CV/BDVHU",
    issued_on=date(2019, 10, 11),
    issuer="Ban Dân vận Huyện ủy Đơn Dương",
    title="Về nông thôn mới",
)
NEWS = make("Chợ mở cửa.", kind="Tin bài", title="Chợ quê")
CORPUS = [parse(path.read_bytes(), path.name) for path in sorted((PROJECT / "corpus/documents").glob("*.txt"))]
UNITS = [(document, span) for document in CORPUS for span in all_units(document.text)]


def test_one_quote_behind_the_documents_name() -> None:
    text, citations = compose([quote_of(finding(LETTER, "Xã Lạc Lâm đạt."))])
    assert text == (
        "Theo Công văn số 118-CV/BDVHU ngày 11/10/2019 của Ban Dân vận Huyện ủy Đơn Dương: Xã Lạc Lâm đạt. [1]"
    )
    (cited,) = citations
    assert (cited.marker, cited.start, cited.end, cited.quote) == (1, 0, 15, "Xã Lạc Lâm đạt.")
    assert (cited.number, cited.issued_on, cited.title) == ("118-CV/BDVHU", date(2019, 10, 11), "Về nông thôn mới")
    assert cited.url == f"/v1/documents/{LETTER.id}/text#0-15"


def test_quotes_of_one_document_share_its_name() -> None:
    three = [finding(LETTER, "Xã Lạc Lâm đạt."), finding(LETTER, "Xã Ka Đô chưa đạt."), finding(NEWS, "Chợ mở cửa.")]
    text, citations = compose([quote_of(each) for each in three])
    first, second = text.split("\n\n")
    assert first.splitlines()[1:] == ["- Xã Lạc Lâm đạt. [1]", "- Xã Ka Đô chưa đạt. [2]"]
    assert second == "Theo bài “Chợ quê”: Chợ mở cửa. [3]"
    assert [cited.marker for cited in citations] == [1, 2, 3]


def test_a_header_field_is_introduced_by_its_name() -> None:
    text, _ = compose([header_quote(LETTER, "signer", Span(3, 10))])
    assert text.endswith("của Ban Dân vận Huyện ủy Đơn Dương, người ký là Lạc Lâm [1]")


@pytest.mark.parametrize(
    ("written", "quoted"),
    [
        ("- Đơn đề nghị;", "Đơn đề nghị"),
        ("1. Đơn đề nghị", "Đơn đề nghị"),
        ("(2) Đơn đề nghị,", "Đơn đề nghị"),
        ("đ) Đơn đề nghị:", "Đơn đề nghị"),
        ("ii) Đơn đề nghị", "Đơn đề nghị"),
        ("• – Đơn đề nghị", "– Đơn đề nghị"),
        ("2,5 km đường", "2,5 km đường"),
        ("5.000 hộ", "5.000 hộ"),
        ("Đơn đề nghị.", "Đơn đề nghị."),
        ("-", "-"),
    ],
)
def test_list_marks_and_closing_commas_are_left_out(written: str, quoted: str) -> None:
    quote = quote_of(finding(make(f"Trước. {written} sau"), written))
    assert quote.text == quoted


def test_line_breaks_are_not_shown_and_stay_in_the_quote() -> None:
    document = make("Xã đạt\nchuẩn nông thôn mới.", title="A")
    text, (cited,) = compose([quote_of(finding(document, document.text))])
    assert "Xã đạt chuẩn nông thôn mới. [1]" in text
    assert cited.quote == document.text


def test_a_long_title_is_cut_at_a_word() -> None:
    name = introduction(make("x", kind="Tin bài", title="tiếng " * 30))
    assert name.endswith("tiếng…”")
    assert len(name) < 110


def test_what_has_no_title_is_called_by_its_file() -> None:
    assert introduction(make("Xã đạt chuẩn.", title="")) == "“a.txt”"
    assert (
        introduction(make("Số 5-CV/HU. Đạt chuẩn.", title="", number="5-CV/HU", kind="Công văn"))
        == "Công văn số 5-CV/HU"
    )


def test_the_page_of_the_quote() -> None:
    document = replace(LETTER, pages=(Page(1, Span(0, 16)), Page(2, Span(16, 34))))
    assert [citation(Quote(document, span, None), 1).page for span in (Span(0, 5), Span(20, 25))] == [1, 2]


def test_an_empty_quote_is_no_citation() -> None:
    with pytest.raises(ValueError, match="empty quote"):
        citation(Quote(LETTER, Span(15, 16), None), 1)


@given(st.lists(st.sampled_from(UNITS), min_size=1, max_size=6))
def test_offsets_are_exact_for_any_units(chosen: list[tuple[Document, Span]]) -> None:
    template = finding(NEWS, "Chợ")
    quotes = [
        quote_of(replace(template, document=document, unit=unit(document.text, span))) for document, span in chosen
    ]
    text, citations = compose(quotes)
    documents = {document.id: document for document in CORPUS}
    for cited in citations:
        assert documents[cited.document_id].text[cited.start : cited.end] == cited.quote
        assert f"{' '.join(cited.quote.split())} [{cited.marker}]" in text
