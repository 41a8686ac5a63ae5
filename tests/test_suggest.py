"""Questions to start with: each answered with a citation from its own document, none made of a broken figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from store_parts import make, upload

from corpus.document import Span
from index.embed import load_embedder
from index.store import Store
from rag.answer import Request
from rag.assistant import Assistant
from rag.ingest import ingest
from rag.settings import PROJECT
from rag.suggest import _questions, about_a_number, suggest


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The shipped documents, read by the shipped model."""
    embedder, model_id = load_embedder()
    store = Store.open(tmp_path_factory.mktemp("store"), embedder, model_id)
    ingest(store, PROJECT / "corpus" / "documents")
    yield Assistant(store, embedder)
    store.close()


@pytest.fixture(scope="module")
def suggestions(assistant: Assistant) -> list[str]:
    return assistant.suggestions(12)


def test_there_are_some_each_once(suggestions: list[str]) -> None:
    assert 4 <= len(suggestions) <= 12
    assert len(set(suggestions)) == len(suggestions)


def test_each_is_answered_from_the_place_it_was_made_of(assistant: Assistant, suggestions: list[str]) -> None:
    documents = [assistant.store.document(each.id) for each in assistant.store.documents()]
    made = {
        question: (document.id, span) for document in documents if document for question, span in _questions(document)
    }
    for question in suggestions:
        answer = assistant.ask(Request(question))
        id, span = made[question]
        assert not answer.abstained
        assert any(c.document_id == id and Span(c.start, c.end).overlaps(span) for c in answer.citations), question


def test_none_holds_a_fragment_of_a_figure(suggestions: list[str]) -> None:
    for question in suggestions:
        assert question.endswith("?")
        assert question[0].isupper()
        assert not re.search(r"[-/.,–]\s*bao nhiêu|bao nhiêu\s*[-/.,–%]", question)
        if "bao nhiêu" in question:
            assert not re.search(r"\d", question)


def test_the_same_documents_give_the_same_questions(assistant: Assistant, suggestions: list[str]) -> None:
    assert assistant.suggestions(12) == suggestions
    assert assistant.suggestions(3) == suggestions[:3]
    assert assistant.suggestions(0) == []


def test_documents_take_turns(assistant: Assistant, suggestions: list[str]) -> None:
    cited = [assistant.ask(Request(question)).citations[0].document_id for question in suggestions[:3]]
    assert len(set(cited)) == 3


def test_questions_that_are_not_answered_are_not_offered(assistant: Assistant) -> None:
    def nothing(request: Request):  # type: ignore[no-untyped-def]
        return replace(assistant.ask(request), citations=())

    assert suggest(assistant.store.snapshot(), nothing, 4) == []


def test_an_empty_store_offers_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    embedder, model_id = load_embedder()
    store = Store.open(tmp_path_factory.mktemp("empty"), embedder, model_id)
    assert Assistant(store, embedder).suggestions(4) == []
    store.add([upload("Không có con số nào trong văn bản này.")])
    assert Assistant(store, embedder).suggestions(4) == []
    store.close()


@pytest.mark.parametrize(
    ("clause", "question"),
    [
        ("nộp hồ sơ trực tuyến đạt tỷ lệ 99,72%", "Nộp hồ sơ trực tuyến đạt tỷ lệ bao nhiêu?"),
        ("hồ sơ chứng thực điện tử đạt 85,5%", "Hồ sơ chứng thực điện tử đạt bao nhiêu phần trăm?"),
        ("- Toàn huyện hiện có 1.250 hộ nghèo;", "Toàn huyện hiện có bao nhiêu hộ nghèo?"),
        ("1. Toàn huyện hiện có 1.250 hộ nghèo.", "Toàn huyện hiện có bao nhiêu hộ nghèo?"),
        ("(2) Toàn huyện hiện có 1.250 hộ nghèo", "Toàn huyện hiện có bao nhiêu hộ nghèo?"),
        ("nạo vét được hơn 12 km kênh mương", "Nạo vét được bao nhiêu km kênh mương?"),
        ("tiếp tục phòng, chống dịch Covid-19", None),
        ("chúc mừng đồng bào nhân dịp Noel 2019", None),  # a year counts nothing
        ("05 đơn tố cáo và 36 đơn kiến nghị", None),  # two figures
        ("có 1.250 hộ", None),  # too short
        ("trao 20 suất quà", None),  # nothing before the figure
        ("xã giải quyết 20 hồ sơ (đạt yêu cầu)", None),
        ("xã giải quyết nhiều hồ sơ tồn đọng", None),
    ],
)
def test_a_clause_with_one_figure_that_counts(clause: str, question: str | None) -> None:
    assert about_a_number(clause, "") == question


def test_the_place_is_told_unless_the_clause_names_it() -> None:
    there = about_a_number("Toàn huyện hiện có 1.250 hộ nghèo", "huyện Lâm Hà")
    assert there == "Toàn huyện hiện có bao nhiêu hộ nghèo ở huyện Lâm Hà?"
    named = about_a_number("Huyện Lâm Hà hiện có 1.250 hộ nghèo", "huyện Lâm Hà")
    assert named == "Huyện Lâm Hà hiện có bao nhiêu hộ nghèo?"


def test_a_numbered_document_is_asked_for_its_subject() -> None:
    text = "V/v rà soát hộ nghèo"
    document = make(text, kind="Công văn", number="5-CV/HU", spans={"subject": Span(4, len(text))})
    assert list(_questions(document)) == [("Công văn số 5-CV/HU nói về việc gì?", Span(4, len(text)))]
