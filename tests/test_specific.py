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
