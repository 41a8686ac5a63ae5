"""Two things set side by side: what is compared or added, the figure of each, and the working."""

from __future__ import annotations

import pytest
from answer_parts import asked, finding, make

from rag.compare import compared, comparison
from rag.decide import Decision
from rag.extract import Finding
from rag.tied import sides

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
        ("Số đơn năm 2020 tăng bao nhiêu so với năm 2019?", ("năm 2020", "năm 2019"), False),
        ("Đơn tố cáo 2019 và 2020 chênh lệch bao nhiêu?", ("năm 2019", "năm 2020"), False),
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
    found = sides("hồ sơ đúng hạn", "hồ sơ trễ hạn", query, [finding(document, "Hồ sơ đúng hạn đạt 98,5%.")])
    assert list(found) == []


def test_places_are_compared_across_their_documents() -> None:
    one = make("Toàn huyện tiếp nhận 376 đơn.", place="huyện Lâm Hà")
    other = make("Cả huyện tiếp nhận 120 đơn.", place="huyện Bắc Hà")
    found = comparison(asked("Huyện Lâm Hà và huyện Bắc Hà, huyện nào tiếp nhận nhiều đơn hơn?"))
    assert found is not None
    decision = compared(found, [(ANSWERED, [finding(one, one.text)]), (ANSWERED, [finding(other, other.text)])])
    assert decision is not None
    assert decision.notes == ("So sánh: Huyện Lâm Hà hơn huyện Bắc Hà 256 đơn (376 − 120).",)
    assert [quote.document.id for quote in decision.quotes] == [one.id, other.id]


def test_two_years_of_one_thing_are_asked_for_one_by_one() -> None:
    found = comparison(asked("Số lớp học ở xã Tân Hà năm 2020 giảm bao nhiêu so với năm 2019?"))
    assert found is not None
    assert [query.years for query in found.sides] == [(frozenset({2020}),), (frozenset({2019}),)]
    assert all("so với" not in query.text and "giảm" not in query.text for query in found.sides)


def test_a_communes_figure_is_none_of_its_district() -> None:
    one = make("Xã Tân Hà còn 40 lớp học tạm.", place="huyện Lâm Hà")
    other = make("Cả huyện còn 12 lớp học tạm.", place="huyện Bắc Hà")
    found = comparison(asked("Huyện Lâm Hà hay huyện Bắc Hà còn nhiều lớp học tạm hơn?"))
    assert found is not None
    assert compared(found, [(ANSWERED, [finding(one, one.text)]), (ANSWERED, [finding(other, other.text)])]) is None


def test_a_row_gives_the_column_that_is_asked_for() -> None:
    document = make(
        "STT: 7 | Đơn vị: Xã Tân Hà | Số lớp: 31 | Số học sinh: 940\n"
        "STT: 8 | Đơn vị: Xã Tân Lập | Số lớp: 22 | Số học sinh: 655"
    )
    rows = [finding(document, line) for line in document.text.split("\n")]
    found = comparison(asked("Xã Tân Hà hay xã Tân Lập nhiều học sinh hơn?"))
    assert found is not None
    decision = compared(found, [(ANSWERED, rows), (ANSWERED, rows)])
    assert decision is not None
    assert decision.notes == ("So sánh: Xã Tân Hà hơn xã Tân Lập 285 (940 − 655).",)


def test_a_plan_is_not_set_against_a_result() -> None:
    one = make("Phấn đấu tiếp nhận dưới 90 đơn.", place="huyện Lâm Hà")
    other = make("Cả huyện tiếp nhận 120 đơn.", place="huyện Bắc Hà")
    found = comparison(asked("Huyện Lâm Hà hay huyện Bắc Hà tiếp nhận nhiều đơn hơn?"))
    assert found is not None
    assert compared(found, [(ANSWERED, [finding(one, one.text)]), (ANSWERED, [finding(other, other.text)])]) is None


def test_figures_of_two_periods_are_told_but_not_reckoned_with() -> None:
    one = make("Năm 2019 toàn huyện tiếp nhận 376 đơn.", place="huyện Lâm Hà")
    other = make("Năm 2022 toàn huyện tiếp nhận 120 đơn.", place="huyện Bắc Hà")
    found = comparison(asked("Huyện Lâm Hà hay huyện Bắc Hà tiếp nhận nhiều đơn hơn?"))
    assert found is not None
    decision = compared(found, [(ANSWERED, [finding(one, one.text)]), (ANSWERED, [finding(other, other.text)])])
    assert decision is not None
    assert decision.notes == ("Hai số liệu thuộc hai thời kỳ (năm 2019; năm 2022) nên không đem tính với nhau.",)


def test_a_change_of_a_total_is_no_sum() -> None:
    found = comparison(asked("Tổng thu ngân sách năm 2024 tăng bao nhiêu so với năm 2023?"))
    assert found is not None
    assert not found.adds
