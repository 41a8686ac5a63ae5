"""What of a question the sentences of one text tell."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.document import Span
from corpus.text import tokens
from rag.phrases import phrases
from rag.story import FEATURES, features
from rag.understand import query_of
from rag.units import units_of

TEXT = (
    "Ông Lê Văn Tám là chủ tịch xã Tân Lập từ năm 2015. Họ bị buộc phải trồng chè. Xã Tân Lập trồng lúa."
    " Năm 2019, ông phải nộp thuế."
)


def told(question: str, text: str = TEXT) -> dict[str, NDArray[np.float64]]:
    query = query_of(question, question)
    table = features(query, units_of(text, Span(0, len(text))))
    return dict(zip(FEATURES, table.T, strict=True))


def test_words_near_the_asking_word_weigh_more() -> None:
    found = told("Ở xã Tân Lập, dân bị buộc phải trồng gì?")
    assert found["asking"][1] > found["asking"][2]  # "bị buộc phải trồng" against the name and one word
    assert found["predicate"][1] > found["names"][1]


def test_a_sentence_that_goes_on_has_the_names_before_it() -> None:
    found = told("Dân xã Tân Lập bị buộc phải trồng gì?")
    assert found["goes on"].tolist() == [1, 1, 0, 0]
    assert found["goes on, names before"][1] > 0
    assert found["named earlier"][1] > 0
    assert found["named earlier"][0] == 0


@pytest.mark.parametrize(("question", "asked"), [("Ông nộp thuế năm nào?", 1), ("Ông nộp gì?", 0)])
def test_a_year_counts_where_a_time_is_asked_for(question: str, asked: int) -> None:
    found = told(question)
    assert found["year"].tolist() == [1, 0, 0, 1]
    assert found["year asked"].tolist() == [asked, 0, 0, asked]


def test_the_questions_own_year_is_none() -> None:
    assert told("Năm 2019 ông nộp gì?")["year"].tolist() == [1, 0, 0, 0]


def test_words_are_held_or_more_or_less_like() -> None:
    found = told("Kinh phí xây dựng trường học?", "Tiền làm trường. Trời mưa to. Kinh phí xây dựng trường học đã có.")
    assert found["like"][2] == pytest.approx(1)
    assert found["like"][2] > found["like"][0] > found["like"][1]
    assert found["likeness"][2] == 0  # nothing is left to be like


def test_a_question_without_terms_tells_nothing() -> None:
    query = replace(query_of("Ai nộp?", "Ai nộp?"), terms=())
    assert features(query, units_of(TEXT, Span(0, len(TEXT)))).tolist() == np.zeros((4, len(FEATURES))).tolist()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kinh phí xây dựng", ["kinh phí", "xây dựng"]),
        ("xây dựng lớn", ["xây dựng", "lớn"]),
        ("và", ["và"]),
        ("", []),
    ],
)
def test_words_of_one_or_two_syllables(text: str, words: list[str]) -> None:
    found = tokens(text)
    assert [" ".join(found[at].key for at in places) for places in phrases(found)] == words


def test_every_syllable_is_in_one_word() -> None:
    found = tokens(TEXT)
    assert [at for places in phrases(found) for at in places] == list(range(len(found)))
