"""Chunks follow the document's own structure, keep sentences whole and know exactly where they stand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_parts import make

from corpus.document import Page, Span
from corpus.load import load
from index.chunk import LIMIT, SMALL, WINDOW, chunk, windows

SENTENCE = "Ủy ban nhân dân xã tổ chức thực hiện."  # 9 syllables


def texts(text: str) -> list[str]:
    return [piece.span.of(text) for piece in chunk(make(text))]


def test_a_short_text_is_one_chunk() -> None:
    (piece,) = chunk(make("Một câu."))
    assert (piece.ordinal, piece.span, piece.heading, piece.page) == (0, Span(0, 8), None, None)


def test_sentences_are_packed_whole_up_to_the_limit() -> None:
    found = texts(" ".join([SENTENCE] * 40))  # 360 syllables: 22 sentences fit 200
    assert [len(text.split()) for text in found] == [198, 162]
    assert all(text.startswith("Ủy ban") and text.endswith("thực hiện.") for text in found)


def test_a_small_remainder_joins_the_chunk_before() -> None:
    assert [len(text.split()) for text in texts(" ".join([SENTENCE] * 26))] == [234]


def test_every_article_is_a_chunk_of_its_own_and_carries_its_path() -> None:
    text = (
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nVăn bản này quy định về rừng.\n"
        "Điều 2. Đối tượng\nÁp dụng với chủ rừng.\nChương II\nTỔ CHỨC\nĐiều 3. Trách nhiệm\nXã chịu trách nhiệm."
    )
    found = chunk(make(text))
    assert [piece.span.of(text).split("\n")[-1] for piece in found] == [
        "Văn bản này quy định về rừng.",
        "Áp dụng với chủ rừng.",
        "Xã chịu trách nhiệm.",
    ]
    assert found[0].span.start == 0
    assert [(piece.heading or "").split(" › ")[-1] for piece in found] == [
        "Điều 1. Phạm vi",
        "Điều 2. Đối tượng",
        "Điều 3. Trách nhiệm",
    ]
    assert (found[2].heading or "").startswith("Chương II")


def test_articles_of_one_line_are_not_run_together() -> None:
    text = "Điều 1. Phê duyệt kế hoạch.\nĐiều 2. Giao Phòng Tài chính.\nĐiều 3. Quyết định có hiệu lực."
    assert texts(text) == text.split("\n")


def test_small_clauses_under_one_heading_share_a_chunk() -> None:
    text = (
        "I. Nhiệm vụ\n1. Trồng rừng\nTrồng mới mười hécta.\n2. Làm đường\nLàm hai cây số.\nII. Giải pháp\nHuy động vốn."
    )
    first, second = chunk(make(text))
    assert first.span.of(text).endswith("Làm hai cây số.")
    assert first.heading == "I. Nhiệm vụ"
    assert second.heading == "II. Giải pháp"


def test_a_list_that_runs_over_names_its_lead_in_in_the_context() -> None:
    items = "\n".join(f"- Việc thứ {number}: {SENTENCE[:-1]};" for number in range(30))
    text = f"Các xã phải làm những việc sau:\n{items}"
    found = chunk(make(text))
    assert len(found) == 2
    assert not found[0].context.endswith(":")
    assert found[1].context.endswith("Các xã phải làm những việc sau:")
    assert found[1].span.of(text).startswith("- Việc thứ")


def test_a_lead_in_is_not_left_alone_at_the_end_of_a_chunk() -> None:
    text = " ".join([SENTENCE] * 21) + "\nCác việc phải làm gồm:\n- " + " ".join([SENTENCE] * 6) + "\n- Hết việc."
    first, second = texts(text)
    assert first.endswith("thực hiện.")
    assert second.startswith("Các việc phải làm gồm:\n- Ủy ban")


def test_a_list_item_of_several_sentences_stays_whole() -> None:
    item = "- " + " ".join([SENTENCE] * 9)  # 82 syllables
    found = texts("\n".join([item] * 5))
    assert [text.count("- ") for text in found] == [2, 2, 1]
    assert all(text.startswith("- ") for text in found)


def test_the_context_says_what_document_and_place_it_is() -> None:
    document = make(
        "I. Kết quả\nĐã trồng rừng.",
        title="Về việc trồng rừng",
        kind="Công văn",
        number="118-CV/BDVHU",
        issued_on=date(2019, 10, 11),
        issuer="Ban Dân vận",
        place="xã Lạc Lâm, huyện Đơn Dương",
    )
    (piece,) = chunk(document)
    assert piece.context == (
        "Công văn số 118-CV/BDVHU ngày 11/10/2019 của Ban Dân vận | Về việc trồng rừng | xã Lạc Lâm, huyện Đơn Dương"
        " | I. Kết quả"
    )


def test_a_chunk_knows_its_page() -> None:
    text = " ".join([SENTENCE] * 22 + ["\n"] + [SENTENCE] * 30)
    document = make(text)
    middle = text.index("\n")
    pages = (Page(1, Span(0, middle)), Page(2, Span(middle, len(text))))
    paged = type(document)(*(getattr(document, name) for name in document.__slots__[:6]), pages=pages)
    assert [piece.page for piece in chunk(paged)] == [1, 2, 2]


@pytest.mark.parametrize("text", ["", " \n ", "\n\n"])
def test_nothing_gives_no_chunks(text: str) -> None:
    assert chunk(make(text)) == []


def test_text_without_spaces_or_stops_is_cut_all_the_same() -> None:
    for text in ("a" * 100_000, "chữ " * 20_000, "; " * 20_000 + "x", "-\n" * 5_000 + "x"):
        assert max(len(piece.span.of(text)) for piece in chunk(make(text))) <= 3_000


def test_windows_are_even_and_overlap() -> None:
    text = " ".join(str(number) for number in range(200))
    first, second = windows(text)
    assert (first.start, second.end) == (0, len(text))
    numbers = [[int(word) for word in span.of(text).split()] for span in (first, second)]
    assert numbers == [list(range(110)), list(range(90, 200))]
    assert len(windows(" ".join(["a"] * WINDOW))) == 1
    assert windows("  ") == []


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                SENTENCE,
                "Điều 1. Phạm vi",
                "Chương I",
                "II. Kết quả",
                "1. Việc",
                "a) Một;",
                "- Gạch",
                "\n",
                " ",
                "x:",
            ]
        ),
        max_size=80,
    )
)
def test_chunks_cover_the_text_in_order_without_overlap(parts: list[str]) -> None:
    text = "\n".join(parts)
    found = chunk(make(text))
    position = 0
    for ordinal, piece in enumerate(found):
        assert piece.ordinal == ordinal
        assert not text[position : piece.span.start].strip(" \n;")
        assert piece.span.start < piece.span.end
        assert piece.span.of(text) == piece.span.of(text).strip()
        assert len(piece.span.of(text).split()) <= LIMIT + SMALL
        position = piece.span.end
    assert not text[position:].strip(" \n;")


def test_the_four_documents_are_covered() -> None:
    for path in sorted((Path(__file__).parent.parent / "corpus" / "documents").glob("*.txt")):
        document = load(path)
        found = chunk(document)
        kept = sum(len(piece.span.of(document.text).split()) for piece in found)
        assert kept >= 0.999 * len(document.text.split())
        assert all(len(piece.span.of(document.text).split()) <= LIMIT + SMALL for piece in found)
