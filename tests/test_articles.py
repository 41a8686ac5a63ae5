"""Questions about a circular: which article says it, what its headings list, its tables, its effect."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from circular_parts import CIRCULAR

from corpus.load import parse
from index.embed import load_embedder
from index.store import Store, Upload
from rag.answer import Answer, Request
from rag.assistant import Assistant


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    embedder, model = load_embedder("")
    store = Store.open(tmp_path_factory.mktemp("data"), embedder, model)
    store.add([Upload(parse(CIRCULAR.encode(), "thong-tu.txt"), CIRCULAR.encode())])
    yield Assistant(store, embedder)
    store.close()


def quotes(assistant: Assistant, question: str) -> list[str]:
    return [cited.quote for cited in ask(assistant, question).citations]


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.ask(Request(question))


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("Điều mấy của thông tư 07/2024 nói về đối tượng áp dụng?", "Điều 1. Đối tượng áp dụng"),
        ("hieu luc thi hanh cua thong tu 07/2024 nam o dieu nao", "Điều 4. Hiệu lực thi hành"),
        ("Chương nào của thông tư 07/2024 quy định mức phí?", "Chương II\nMỨC PHÍ"),
    ],
)
def test_the_heading_tells_where_it_is_said(assistant: Assistant, question: str, heading: str) -> None:
    assert quotes(assistant, question) == [heading]


def test_what_no_heading_says_is_told_by_its_unit_under_the_heading(assistant: Assistant) -> None:
    said = quotes(assistant, "Thông tư 07/2024, đập, hồ chứa và kênh được nói đến ở điều mấy?")
    assert said[0] == "Điều 2. Giải thích từ ngữ"
    assert "hồ chứa" in said[1]


def test_an_article_that_nothing_tells_of_is_refused(assistant: Assistant) -> None:
    assert ask(assistant, "Điều mấy của thông tư 07/2024 quy định khen thưởng nhà thầu?").abstained


def test_a_heading_lists_what_stands_under_it_exceptions_with_their_opening(assistant: Assistant) -> None:
    assert quotes(assistant, "Đối tượng áp dụng của thông tư 07/2024 gồm những ai?") == [
        "Chủ đầu tư công trình thủy lợi.",
        "Cơ quan thẩm định công trình thủy lợi.",
        "Thông tư này không áp dụng đối với:\na) Công trình của quân đội;\nb) Công trình ở nước ngoài.",
    ]


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("Hệ số của mức phí thẩm định năm 2021 theo thông tư 07/2024 là bao nhiêu?", "Năm: 2021 | Hệ số: 1,10"),
        ("muc phi tham dinh nam 2020 theo thong tu 07/2024 la may", "Năm: 2020 | Hệ số: 1,12"),
    ],
)
def test_a_row_is_found_by_the_lines_above_its_table(assistant: Assistant, question: str, row: str) -> None:
    assert quotes(assistant, question) == [row]


def test_a_year_without_a_row_is_refused(assistant: Assistant) -> None:
    assert ask(assistant, "Mức phí thẩm định năm 2018 theo thông tư 07/2024 là bao nhiêu?").abstained


def test_the_effect_of_a_document_is_told_by_its_clause(assistant: Assistant) -> None:
    for question in (
        "Thông tư 07/2024 có hiệu lực từ ngày nào?",
        "thong tu 07/2024 ve muc phi tham dinh cong trinh thuy loi ap dung tu khi nao",
    ):
        assert quotes(assistant, question) == ["Thông tư này có hiệu lực thi hành kể từ ngày 01 tháng 5 năm 2024."]


def test_what_it_ended_is_told_by_its_clause(assistant: Assistant) -> None:
    [quote] = quotes(assistant, "Thông tư 07/2024 làm hết hiệu lực thông tư số mấy?")
    assert quote.startswith("Thông tư số 03/2019/TT-BXD")


def test_what_something_is_is_told_by_the_sentence_that_says_so(assistant: Assistant) -> None:
    [quote] = quotes(assistant, "Theo thông tư 07/2024, công trình thủy lợi là gì?")
    assert quote.startswith("Công trình thủy lợi là công trình hạ tầng kỹ thuật")


def test_recipients_that_are_not_named_are_not_made_up(assistant: Assistant) -> None:
    assert ask(assistant, "Nơi nhận của thông tư 07/2024?").abstained
