"""Of clauses in one paragraph, the one that names what is asked for."""

from __future__ import annotations

from answer_parts import asked, finding, make

from rag.extract import Finding
from rag.specific import specific

TEXT = "Tổng số đơn là 146/178 đơn, gồm 13/18 đơn khiếu nại (đạt 72%), 7/7 đơn tố cáo (đạt 100%)."


def of(quote: str, score: float, text: str = TEXT) -> Finding:
    return finding(make(text), quote, score)


def test_the_clause_that_has_the_telling_word_comes_before_the_total() -> None:
    total, complaints = (
        of("Tổng số đơn là 146/178 đơn", 9.0),
        of("gồm 13/18 đơn khiếu nại (đạt 72%)", 8.0),
    )
    query = asked("Đơn khiếu nại đạt bao nhiêu phần trăm?")
    assert specific(query, [total, complaints]) is complaints


def test_what_the_best_holds_must_not_be_lost() -> None:
    total, complaints = (
        of("Tổng số đơn là 146/178 đơn", 9.0),
        of("gồm 13/18 đơn khiếu nại (đạt 72%)", 8.0),
    )
    assert specific(asked("Tổng số đơn là bao nhiêu?"), [total, complaints]) is total


def test_another_paragraph_is_another_matter() -> None:
    text = TEXT.replace(", gồm", ".\nGồm")
    total, complaints = (
        of("Tổng số đơn là 146/178 đơn", 9.0, text),
        of("Gồm 13/18 đơn khiếu nại", 8.0, text),
    )
    query = asked("Đơn khiếu nại đạt bao nhiêu phần trăm?")
    assert specific(query, [total, complaints]) is total


def test_a_total_is_not_a_part() -> None:
    text = "Có 06 cuộc đối thoại của UBND. Cả năm có 61 cuộc đối thoại. Chi 200 triệu đồng.\nTổng số: 900 triệu đồng."
    part, whole = of("Có 06 cuộc đối thoại của UBND.", 9.0, text), of("Cả năm có 61 cuộc đối thoại.", 8.0, text)
    assert specific(asked("Có tất cả bao nhiêu cuộc đối thoại?"), [part, whole]) is whole
    assert specific(asked("Có bao nhiêu cuộc đối thoại?"), [part, whole]) is part
    some, total = of("Chi 200 triệu đồng.", 9.0, text), of("Tổng số: 900 triệu đồng.", 7.0, text)
    assert specific(asked("Xin tổng cộng bao nhiêu tiền?"), [some, total]) is total


def test_those_who_are_counted_are_those_asked_for() -> None:
    text = "Nghị quyết có 22/22 đại biểu tán thành.\nĐại biểu: có mặt 22/24 đại biểu."
    voted, present = of("Nghị quyết có 22/22 đại biểu tán thành.", 9.0, text), of("có mặt 22/24 đại biểu.", 8.0, text)
    assert specific(asked("Có mấy đại biểu có mặt?"), [voted, present]) is present
    assert specific(asked("Có mấy đại biểu tán thành?"), [voted, present]) is voted
