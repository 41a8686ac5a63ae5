"""Two things set side by side: what is compared or added, the figure of each, and the working."""

from __future__ import annotations

import pytest
from answer_parts import asked, finding, make

from rag.compare import compared, comparison, side
from rag.decide import Decision
from rag.extract import Finding

TEXT = "Tiếp nhận 43 đơn; gồm: 23 đơn khiếu nại; 20 đơn tố cáo. Đúng hạn 1.200 hồ sơ, trễ hạn 15 hồ sơ; đạt 98,5%."
ANSWERED = Decision((), 0.9)


def sides_of(question: str) -> tuple[tuple[str, ...], bool]:
    found = comparison(asked(question))
    assert found is not None
    return found.names, found.adds


@pytest.mark.parametrize(
    ("question", "names", "adds"),
    [
        ("Đơn khiếu nại hay đơn tố cáo nhiều hơn?", ("Đơn khiếu nại", "đơn tố cáo"), False),
        ("Hồ sơ đúng hạn nhiều hơn hồ sơ trễ hạn bao nhiêu?", ("Hồ sơ đúng hạn", "hồ sơ trễ hạn"), False),
        ("Xã Tân Hà với xã Tân Lập, xã nào thu nhiều hơn?", ("Xã Tân Hà", "xã Tân Lập"), False),
        ("Tổng số đơn khiếu nại và đơn tố cáo là bao nhiêu?", ("đơn khiếu nại", "đơn tố cáo"), True),
        ("Cả hai loại đơn tố cáo, đơn khiếu nại và đơn kiến nghị có mấy?", ("đơn khiếu nại", "đơn kiến nghị"), True),
    ],
)
def test_what_is_set_side_by_side(question: str, names: tuple[str, str], adds: bool) -> None:
    assert sides_of(question) == (names, adds)


@pytest.mark.parametrize("question", ["Có bao nhiêu đơn tố cáo?", "Huyện nào có nhiều hồ sơ hơn?", "Tổng số hồ sơ?"])
def test_nothing_is_compared(question: str) -> None:
    assert comparison(asked(question)) is None


def test_each_side_is_asked_for_its_figure() -> None:
    found = comparison(asked("Ở huyện, đơn khiếu nại hay đơn tố cáo nhiều hơn?"))
    assert found is not None
    assert [query.text for query in found.sides] == [
        "Ở huyện, đơn khiếu nại bao nhiêu",
        "Ở huyện, đơn tố cáo bao nhiêu",
    ]


def told(question: str, *quotes: str) -> Decision | None:
    document = make(TEXT)
    findings: list[Finding] = [finding(document, quote) for quote in quotes]
    found = comparison(asked(question))
    assert found is not None
    return compared(found, [(ANSWERED, findings), (ANSWERED, findings)])


def test_the_difference_is_shown_with_both_quotes() -> None:
    decision = told(
        "Đơn khiếu nại hay đơn tố cáo nhiều hơn?", "Tiếp nhận 43 đơn", "gồm: 23 đơn khiếu nại", "20 đơn tố cáo."
    )
    assert decision is not None
    assert [quote.text for quote in decision.quotes] == ["gồm: 23 đơn khiếu nại", "20 đơn tố cáo."]
    assert decision.notes == ("So sánh: Đơn khiếu nại hơn đơn tố cáo 3 đơn (23 − 20).",)


def test_one_quote_that_holds_both_is_cited_once() -> None:
    decision = told("Hồ sơ đúng hạn nhiều hơn hồ sơ trễ hạn bao nhiêu?", "Đúng hạn 1.200 hồ sơ, trễ hạn 15 hồ sơ")
    assert decision is not None
    assert len(decision.quotes) == 1
    assert decision.notes == ("So sánh: Hồ sơ đúng hạn hơn hồ sơ trễ hạn 1.185 hồ sơ (1.200 − 15).",)


def test_a_sum_is_shown_with_its_working() -> None:
    decision = told("Tổng số đơn khiếu nại và đơn tố cáo là bao nhiêu?", "gồm: 23 đơn khiếu nại", "20 đơn tố cáo.")
    assert decision is not None
    assert decision.notes == ("Cộng lại: 23 + 20 = 43 đơn.",)


def test_no_figure_of_one_side_is_taken_for_the_other() -> None:
    assert told("Đơn khiếu nại hay đơn tố cáo nhiều hơn?", "Tiếp nhận 43 đơn", "gồm: 23 đơn khiếu nại") is None


def test_a_share_is_no_count() -> None:
    query = asked("Hồ sơ đúng hạn bao nhiêu?")
    document = make("Hồ sơ đúng hạn đạt 98,5%. Hồ sơ đúng hạn 1.200 hồ sơ.")
    found = side("hồ sơ đúng hạn", "hồ sơ trễ hạn", query, [finding(document, "Hồ sơ đúng hạn đạt 98,5%.")])
    assert found is None


def test_places_are_compared_across_their_documents() -> None:
    one = make("Toàn huyện tiếp nhận 376 đơn.", place="huyện Lâm Hà")
    other = make("Cả huyện tiếp nhận 120 đơn.", place="huyện Bắc Hà")
    found = comparison(asked("Huyện Lâm Hà và huyện Bắc Hà, huyện nào tiếp nhận nhiều đơn hơn?"))
    assert found is not None
    decision = compared(found, [(ANSWERED, [finding(one, one.text)]), (ANSWERED, [finding(other, other.text)])])
    assert decision is not None
    assert decision.notes == ("So sánh: Huyện Lâm Hà hơn huyện Bắc Hà 256 đơn (376 − 120).",)
    assert [quote.document.id for quote in decision.quotes] == [one.id, other.id]
