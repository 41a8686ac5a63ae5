"""The candidates of a sentence, their features by hand, and the choice of the shipped trees."""

import numpy as np
import pytest
from answer_parts import asked

from corpus.document import Span
from rag.edges import Edges
from rag.line import Line
from rag.slot import Slot
from rag.span import SpanReader
from rag.span_features import FEATURES, features

TEXT = "Năm 2021, xã Lạc Lâm có 120 hộ nghèo."
SLOT = Slot.of(asked("Xã Lạc Lâm có bao nhiêu hộ nghèo?"))
LINE = Line.of(TEXT, Span(0, len(TEXT)))


def row(first: int, last: int) -> dict[str, float]:
    table = features(SLOT, LINE, Edges({"before có": 1.5, "after hộ number": 0.5}), share=0.7, rank=5)
    at = next(at for at, pair in enumerate(zip(LINE.first, LINE.last, strict=True)) if pair == (first, last))
    return dict(zip(FEATURES, table[at].tolist(), strict=True))


def test_the_number_asked_for() -> None:
    given = row(6, 6)  # "120", of năm 2021 xã lạc lâm có 120 hộ nghèo
    assert (given["length"], given["log length"], given["known"], given["tokens"]) == (1, 0, 0, 9)
    assert (given["overlap"], given["same"], given["things"]) == (1, 1, 1)
    assert (given["number first"], given["numbers"], given["number after"]) == (1, 1, 0)
    assert (given["before"], given["before for this kind"]) == (1.5, 1.5)
    assert (given["after"], given["after for this kind"]) == (0, 0.5)
    assert (given["run before"], given["run after"]) == (4, 2)  # "xã lạc lâm có", "hộ nghèo"
    assert (given["whole before"], given["whole after"]) == (1, 1)
    assert given["from start"] == pytest.approx(6 / 9)
    assert (given["share"], given["rank"]) == (0.7, 3)
    assert (given["number"], given["how many"], given["why"]) == (1, 1, 0)


def test_a_stretch_of_the_questions_own_words() -> None:
    given = row(2, 4)  # "xã lạc lâm"
    assert given["known"] == pytest.approx(1)
    assert (given["known words"], given["known first"], given["known last"]) == (3, 1, 1)
    assert (given["unsaid"], given["overlap"], given["things"]) == (0, 0, 0)
    assert (given["mark before"], given["mark after"], given["marks"]) == (1, 0, 0)
    assert (given["capital first"], given["capital last"]) == (0, 1)
    assert given["capitals"] == pytest.approx(2 / 3)


def test_a_stretch_across_a_mark() -> None:
    given = row(1, 2)  # "2021, xã"
    assert given["marks"] == 1
    assert given["overlap"] == pytest.approx(1 / 2)


def test_what_is_near_fades_with_distance() -> None:
    weights = LINE.weights
    expected = weights[5] + 0.8 * weights[4] + 0.8**2 * weights[3] + 0.8**3 * weights[2]
    assert row(6, 6)["near before"] == row(6, 6)["left before"] == pytest.approx(expected)
    assert row(6, 6)["right before"] == 0
    assert row(6, 6)["right after"] == pytest.approx(weights[7] + 0.8 * weights[8])


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("Ai trình bày báo cáo?", "Đồng chí Phạm Thị Hoa trình bày báo cáo.", "Phạm Thị Hoa"),
        ("Huyện có bao nhiêu xã?", "Huyện có 12 xã, trong đó 3 xã khó khăn.", "12"),
        ("Hội nghị diễn ra khi nào?", "Hội nghị diễn ra vào ngày 5 tháng 7 năm 2021.", "ngày 5 tháng 7 năm 2021"),
    ],
)
def test_the_words_that_answer(question: str, text: str, answer: str) -> None:
    line = Line.of(text, Span(0, len(text)))
    [chosen] = SpanReader().choose(Slot.of(asked(question)), [line], [1.0])
    assert answer in chosen.span.of(text)
    assert 0.3 < chosen.f1 < 1.1
    assert np.isfinite(features(SLOT, line, Edges.load(), 1.0, 0)).all()
