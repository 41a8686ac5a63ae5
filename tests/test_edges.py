"""Log odds at the edges of answers, worked out by hand."""

import math

import pytest

from rag.edges import Edges

SENTENCE = (["^", "là", "a"], ["là", "a", "b"], ["là", "a", "b"], ["a", "b", "^"])  # "là a b"; the answer is "a b"


def test_what_precedes_answers_is_likelier_than_chance() -> None:
    edges = Edges.count([(SENTENCE, [(1, 2)], "other")] * 20)
    # 20 answers, 4 edges each, of 20 · 12 places: base 1/3; "là" stands 20 times before a token, and always an answer
    assert edges.odds["before là"] == pytest.approx(math.log((20 * 3 + 20) / (20 + 20)), abs=0.01)
    assert edges.odds["before ^"] == pytest.approx(math.log(20 / 40), abs=0.01)
    drawn = 20 * math.exp(edges.odds["before là"])
    assert edges.odds["before là other"] == pytest.approx(math.log((60 + drawn) / 40), abs=0.01)


def test_what_was_seen_too_seldom_says_nothing() -> None:
    assert Edges.count([(SENTENCE, [(1, 2)], "other")] * 19).odds == {}


def test_two_answers_of_a_sentence_count_as_one() -> None:
    edges = Edges.count([(SENTENCE, [(1, 2), (2, 2)], "other")] * 30)
    assert edges.odds["last b"] == pytest.approx(math.log((30 * 3 + 20) / 50), abs=0.01)
    assert edges.odds["first a"] == pytest.approx(math.log((15 * 3 + 20) / 50), abs=0.01)


def test_reading_takes_the_kind_where_it_is_known() -> None:
    edges = Edges({"before là": 1.0, "before là number": 0.5, "last b": -1.0})
    table = edges.read(SENTENCE, "number")
    assert table[0].tolist() == [0, 1.0, 0]
    assert table[2].tolist() == [0, 0, -1.0]
    assert table[4].tolist() == [0, 0.5, 0]
    assert table[6].tolist() == [0, 0, -1.0]


def test_the_shipped_ones_know_what_stands_before_an_answer() -> None:
    odds = Edges.load().odds
    assert odds["before là"] > 0.5
    assert odds["first và"] < 0
