"""Which documents may answer, over a real store: filters, given documents, and numbers that a question gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from store_parts import opened, upload

from index.snapshot import Snapshot
from index.store import Store
from rag.answer import Filters, Request
from rag.scope import Scope, local_to, numbers_of, places_of, scope
from rag.understand import understand

DON_DUONG, LAM_HA = "huyện Đơn Dương, tỉnh Lâm Đồng", "huyện Lâm Hà, tỉnh Lâm Đồng"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A letter of 2019, another of 2020 with the same digits, and a news item without a number."""
    store = opened(tmp_path_factory.mktemp("store"))
    letter = {"kind": "Công văn", "number": "118-CV/BDVHU", "issued_on": date(2019, 10, 11), "place": DON_DUONG}
    decision = {"kind": "Quyết định", "number": "118-QĐ/HU", "issued_on": date(2020, 3, 2), "place": LAM_HA}
    store.add(
        [
            upload("Thực hiện kết luận của hội nghị.", None, title="letter", **letter),
            upload("Quyết định về cán bộ.", None, title="decision", **decision),
            upload("Tin về công tác dân vận theo Công văn 118-CV/BDVHU.", title="news", kind="Tin bài", place="xã Pró"),
        ]
    )
    yield store
    store.close()


@pytest.fixture
def snapshot(store: Store) -> Snapshot:
    return store.snapshot()


@pytest.fixture
def ids(store: Store) -> dict[str, str]:
    return {document.header.title: document.id for document in store.documents()}


def scoped(snapshot: Snapshot, question: str, **request: object) -> Scope:
    return scope(snapshot, understand(question), Request(question, **request))  # type: ignore[arg-type]


def test_without_restriction_all_documents_may_answer(snapshot: Snapshot) -> None:
    found = scoped(snapshot, "Có bao nhiêu hộ nghèo?")
    assert found == Scope(None, frozenset())
    assert found.searches() == (None,)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Công văn số 118-CV/BDVHU nói gì?", {"letter"}),
        ("cong van 118 noi gi", {"letter"}),
        ("cv 118 ai ký?", {"letter"}),
        ("Quyết định 118 nói gì?", {"decision"}),
        ("Văn bản số 118 nói gì?", {"letter", "decision"}),  # of any kind
        ("Công văn 119 nói gì?", set()),
        ("Có 118 hộ nghèo?", set()),  # no document number
    ],
)
def test_documents_that_bear_the_number(
    snapshot: Snapshot, ids: dict[str, str], question: str, named: set[str]
) -> None:
    assert scoped(snapshot, question).named == {ids[name] for name in named}


def test_the_named_document_is_searched_before_all_others(snapshot: Snapshot, ids: dict[str, str]) -> None:
    assert scoped(snapshot, "Công văn 118 nói gì?").searches() == (frozenset({ids["letter"]}), None)


@pytest.mark.parametrize(
    ("filters", "allowed"),
    [
        (Filters(issued_from=date(2020, 1, 1)), {"decision"}),
        (Filters(issued_to=date(2019, 12, 31)), {"letter"}),
        (Filters(kind="Công văn"), {"letter"}),
        (Filters(place="Đơn Dương"), {"letter"}),
        (Filters(kind="Công văn", issued_from=date(2020, 1, 1)), set()),  # every one must hold
    ],
)
def test_filters(snapshot: Snapshot, ids: dict[str, str], filters: Filters, allowed: set[str]) -> None:
    assert scoped(snapshot, "Nói gì?", filters=filters).allowed == frozenset(ids[name] for name in allowed)


def test_given_documents_and_filters_restrict_together(snapshot: Snapshot, ids: dict[str, str]) -> None:
    two = (ids["letter"], ids["decision"])
    assert scoped(snapshot, "Nói gì?", document_ids=two).allowed == frozenset(two)
    assert scoped(snapshot, "Nói gì?", document_ids=()).allowed == frozenset()
    both = scoped(snapshot, "Nói gì?", document_ids=two, filters=Filters(kind="Quyết định"))
    assert both.allowed == frozenset({ids["decision"]})


def test_a_number_names_no_document_that_is_not_allowed(snapshot: Snapshot, ids: dict[str, str]) -> None:
    found = scoped(snapshot, "Công văn 118 nói gì?", document_ids=(ids["news"],))
    assert found == Scope(frozenset({ids["news"]}), frozenset())
    assert found.searches() == (frozenset({ids["news"]}),)


def test_places_of_the_documents_once_and_of_two_syllables(snapshot: Snapshot) -> None:
    """ "Pró" alone is too common a syllable; Lâm Đồng stands in two headers."""
    assert sorted(place.key for place in places_of(snapshot)) == ["don duong", "lam dong", "lam ha"]


def test_places_follow_the_documents(tmp_path: Path) -> None:
    store = opened(tmp_path)
    assert places_of(store.snapshot()) == ()
    (added,) = store.add([upload("Một văn bản.", place=LAM_HA)])
    assert [place.key for place in places_of(store.snapshot())] == ["lam ha", "lam dong"]
    store.remove([added.document_id])
    assert places_of(store.snapshot()) == ()
    store.close()


def test_numbers_of_a_header() -> None:
    (number,) = numbers_of("118-CV/BDVHU")
    assert number.digits == "118"
    assert numbers_of("không số") == ()


@pytest.mark.parametrize(
    ("question", "filters", "titles"),
    [
        ("Huyện Lâm Hà có gì?", Filters(), {"decision"}),
        ("Huyện Lâm Hà và huyện Đơn Dương có gì?", Filters(), set()),  # which of them is meant
        ("Huyện Lâm Hà có gì?", Filters(place="Đơn Dương"), set()),  # the request says which
        ("Có gì?", Filters(), set()),
    ],
)
def test_the_documents_of_the_place_that_is_asked_about(
    store: Store, question: str, filters: Filters, titles: set[str]
) -> None:
    snapshot = store.snapshot()
    found = local_to(snapshot, understand(question), Request(question, filters=filters))
    assert {document.header.title for document in snapshot.documents() if document.id in found} == titles
