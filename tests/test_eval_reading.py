"""Sentence accuracy, EM and F1 with a reader whose choices are fixed."""

import io
import json

import pytest

from corpus.document import Span
from eval.reading import ReadingResult, evaluate, holds_gold
from eval.squad import Gold, Reader

PARAGRAPH = "An đi chợ. Ba ở nhà 1945. Sinh năm 45."
FIRST, SECOND, THIRD = Span(0, 10), Span(11, 25), Span(26, 38)


def reader(*golds: Gold) -> Reader:
    return Reader("1", "?", PARAGRAPH, golds)


def test_the_sentence_holds_a_gold_answer_at_its_place_or_in_words() -> None:
    assert holds_gold(reader(Gold("An", 0)), FIRST)
    assert not holds_gold(reader(Gold("An", 0)), SECOND)
    assert holds_gold(reader(Gold("nhà 19", 17)), SECOND)  # an annotator's cut within a word, at its place
    assert not holds_gold(reader(Gold("45", 35)), SECOND)  # 1945 is not 45
    assert holds_gold(reader(Gold("sinh  năm", None)), THIRD)


def test_by_hand() -> None:
    readers = [reader(Gold("chợ", 6)), reader(Gold("nhà", 16), Gold("ở nhà", 14)), reader(Gold("An", 0))]
    chosen = iter([(FIRST, Span(3, 9)), (SECOND, Span(14, 19)), (THIRD, Span(26, 30))])
    result = evaluate(readers, lambda question, paragraph: next(chosen))
    assert result.sentence_accuracy == pytest.approx(2 / 3)
    assert result.exact_match == pytest.approx(1 / 3)  # "ở nhà"
    assert result.f1 == pytest.approx((2 / 3 + 1 + 0) / 3)  # "đi chợ" against "chợ": P 1/2, R 1


def test_json_and_table() -> None:
    result = ReadingResult(3, 0.5, 0.25, 0.125)
    printed = json.loads(result.to_json())
    assert printed == {"questions": 3, "sentence_accuracy": 0.5, "exact_match": 0.25, "f1": 0.125}
    table = io.StringIO()
    result.print_table(table)
    assert "chọn đúng câu   0.5000" in table.getvalue()
