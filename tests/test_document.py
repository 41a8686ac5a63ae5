"""Document and its parts: pages by offset, the way an office cites, ids from content."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.document import Document, Header, Page, Span, content_id


def document(header: Header, pages: tuple[Page, ...] = ()) -> Document:
    return Document("0" * 16, "0" * 64, "a.txt", "text/plain", "x" * 30, header, pages)


def test_span_reads_and_overlaps() -> None:
    assert Span(2, 5).of("abcdefg") == "cde"
    assert Span(2, 5).overlaps(Span(4, 9))
    assert not Span(2, 5).overlaps(Span(5, 9))


def test_page_of_an_offset() -> None:
    paged = document(Header("t"), (Page(1, Span(0, 10)), Page(2, Span(10, 10)), Page(3, Span(10, 30))))
    assert [paged.page_at(offset) for offset in (0, 9, 10, 29)] == [1, 1, 3, 3]
    assert document(Header("t")).page_at(5) is None


@pytest.mark.parametrize(
    ("header", "citation"),
    [
        (
            Header("V", "Công văn", "118-CV/BDVHU", date(2019, 10, 11), "Ban Dân vận Huyện ủy Đơn Dương"),
            "Công văn số 118-CV/BDVHU ngày 11/10/2019 của Ban Dân vận Huyện ủy Đơn Dương",
        ),
        (Header("Hội nghị sơ kết", "Tin bài"), "bài “Hội nghị sơ kết”"),
        (Header("Ghi chép"), "“Ghi chép”"),
        (Header("V", None, "5/X"), "Văn bản số 5/X"),
    ],
)
def test_citation(header: Header, citation: str) -> None:
    assert document(header).citation == citation


def test_content_id_is_the_start_of_the_known_hash() -> None:
    sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-2, "abc"
    assert content_id(b"abc") == (sha256[:16], sha256)
