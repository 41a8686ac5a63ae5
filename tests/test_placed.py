"""The marks of a quote on a page: on exactly its words, whatever was stripped, joined or set in a table."""

from __future__ import annotations

import re
import shutil
import time
import unicodedata
from collections.abc import Sequence
from itertools import pairwise, product

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from file_parts import REPORT, make_pdf, make_placed_pdf, make_scan

from corpus.document import Document, Span
from corpus.formats import sheet
from corpus.formats.source import LoadError
from corpus.load import parse
from corpus.marks import Mark, Marks
from corpus.matching import NOWHERE, matched

GRID = "40 780 m 340 780 l S 40 760 m 340 760 l S 40 740 m 340 740 l S 40 720 m 340 720 l S " + " ".join(
    f"{x} 720 m {x} 780 l S" for x in (40, 190, 340)
)
TABLE = [
    (42, 800, "Danh sách các xã"), (42, 765, "Tên xã"), (192, 765, "Số hộ"), (42, 745, "Lạc Lâm"), (192, 745, "120"),
    (42, 725, "Quảng Lập"), (192, 725, "95"), (42, 700, "Cộng: 215 hộ."),
]  # fmt: skip


def find(content: bytes, document: Document, start: int, end: int) -> list[tuple[int, Marks]]:
    """The marks of a range of the text on each page that it touches."""
    found = []
    for page in document.pages:
        cited = Span(max(start, page.span.start) - page.span.start, min(end, page.span.end) - page.span.start)
        if cited.start < cited.end:
            marks = sheet.find(content, page.number, page.span.of(document.text), cited, time.monotonic() + 60)
            found.append((page.number, marks))
    return found


def under(content: bytes, number: int, marks: Sequence[Mark]) -> str:
    """The letters whose middle lies in the marks."""
    page = pdfium.PdfDocument(content)[number - 1]
    text, (width, height) = page.get_textpage(), page.get_size()
    letters = []
    for mark in marks:
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index, loose=True)
            x, y = (left + right) / 2 / width, 1 - (bottom + top) / 2 / height
            if mark.left <= x <= mark.right and mark.top <= y <= mark.bottom:
                letters.append(chr(raw.FPDFText_GetUnicode(text, index)))
    return "".join("".join(letters).split())


def marked(content: bytes, document: Document, start: int, end: int) -> str:
    return "".join(under(content, number, found.marks) for number, found in find(content, document, start, end))


def test_one_word_over_and_over_is_nowhere() -> None:
    """There would be a billion ways to lay it."""
    assert set(matched("xã " * 30_000, "xã " * 30_000)) == {NOWHERE}


def test_what_was_stripped_and_joined_moves_no_mark() -> None:
    content = make_pdf(REPORT)
    document = parse(content, "a.pdf")
    assert "Báo cáo công tác 2" not in document.text  # the head of the page is gone
    assert "đạt tỷ lệ 99%" in document.text  # and the lines are joined
    words = list(re.finditer(r"\S+", document.text))
    for first, length in product(range(0, len(words) - 12, 3), (1, 4, 12)):
        start, end = words[first].start(), words[first + length].end()
        assert marked(content, document, start, end) == "".join(document.text[start:end].split())


def test_a_cell_of_a_table_is_marked_with_its_column_s_name() -> None:
    content = make_placed_pdf([TABLE], GRID)
    document = parse(content, "a.pdf")
    row = "Tên xã: Lạc Lâm | Số hộ: 120"
    start = document.text.index(row)
    assert marked(content, document, start, start + len(row)) == "TênxãLạcLâmSốhộ120"
    start = document.text.index("215")
    assert marked(content, document, start, start + 3) == "215"


def test_of_two_equal_sentences_the_cited_one_is_marked() -> None:
    line = "Xã Lạc Lâm đạt nông thôn mới."
    content = make_pdf([["1. Năm 2018.", line, "2. Năm 2019.", line]])
    document = parse(content, "a.pdf")
    first, second = (find(content, document, at, at + len(line))[0][1].marks for at in _places(document.text, line))
    assert first[0].bottom < second[0].top
    assert len(first) == len(second) == 1


def _places(text: str, words: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(words, at)]


def test_accents_set_as_letters_of_their_own_are_marked_too() -> None:
    line = unicodedata.normalize("NFD", "Đảng bộ huyện chỉ đạo các xã.")
    content = make_pdf([[line]])
    document = parse(content, "a.pdf")
    start = document.text.index("huyện")
    assert marked(content, document, start, start + 5) == unicodedata.normalize("NFD", "huyện")


def test_a_quote_s_lines_follow_each_other_down_the_page() -> None:
    content = make_pdf([[f"{number}. Xã này có {number} thôn." for number in range(1, 9)]])
    document = parse(content, "a.pdf")
    ((_, found),) = find(content, document, 0, len(document.text))
    assert len(found.marks) == 8
    assert all(above.bottom <= below.top for above, below in pairwise(found.marks))
    assert not found.machine_read


def test_a_page_laid_on_its_side_is_marked_where_it_is_drawn() -> None:
    content = make_placed_pdf([[(40, -500, "Xã Lạc Lâm có 12 thôn.")]], matrix="0 1 -1 0 0 0")  # lines run up
    document = parse(content, "a.pdf")
    ((_, found),) = find(content, document, 0, 10)
    (mark,) = found.marks
    assert mark.bottom - mark.top > mark.right - mark.left
    assert under(content, 1, found.marks) == "XãLạcLâm"


@pytest.mark.skipif(not shutil.which("tesseract"), reason="no tesseract")
def test_on_a_scan_the_recognised_words_are_marked() -> None:
    content = make_scan()
    document = parse(content, "a.pdf")
    start = document.text.index("DON")
    ((_, found),) = find(content, document, start, start + 3)
    (mark,) = found.marks
    assert found.machine_read
    # at 24 points and from 20 of 400 across, "HUYEN UY " takes 130.7 by Helvetica's widths, and "DON" 53.3
    assert mark.left == pytest.approx(150.7 / 400, abs=0.01)
    assert mark.right == pytest.approx(204 / 400, abs=0.01)
    assert 0.25 < mark.top < mark.bottom < 0.55


def test_a_page_is_drawn_as_wide_as_asked() -> None:
    content = make_pdf([["Báo cáo"]])
    png = sheet.draw(content, 1, 500)
    assert png.startswith(b"\x89PNG")
    width, height = int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
    assert (width, height) == (500, 708)  # 595 by 842 points
    with pytest.raises(LoadError):
        sheet.draw(content, 2, 500)


def test_an_image_is_its_own_page_and_a_broken_file_none() -> None:
    picture = sheet.draw(make_pdf([["Báo cáo"]]), 1, 500)
    again = sheet.draw(picture, 1, 250)
    assert (int.from_bytes(again[16:20]), int.from_bytes(again[20:24])) == (250, 354)
    for content, number in ((picture, 2), (picture[:200], 1), (b"%PDF-1.7 nothing", 1)):
        with pytest.raises(LoadError):
            sheet.draw(content, number, 250)


@pytest.mark.parametrize(
    ("text", "source", "places"),
    [
        ("a bc", "a\r\nbc", [0, -1, 3, 4]),
        ("bc", "head 1\nbc", [7, 8]),
        ("những", "nh ững", [0, 1, 3, 4, 5]),
        ("x", "y", [-1]),
    ],
)
def test_where_letters_come_from(text: str, source: str, places: list[int]) -> None:
    assert matched(text, source) == places
    assert NOWHERE == -1
