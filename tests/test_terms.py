"""The words of a question that must be found: content terms, their weights, and words of two syllables."""

from __future__ import annotations

import pytest

from corpus.text import tokens
from rag.terms import Term, Word, asking_syllables, content_terms, idf, is_phrase, question_words, words


def keys(question: str) -> list[str]:
    return [term.key for term in content_terms(question)]


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Huyện Đơn Dương có bao nhiêu hộ nghèo?", "huyện đơn dương hộ nghèo"),
        ("huyen don duong co bao nhieu ho ngheo", "huyen don duong ho ngheo"),
        ("Ai là Chủ tịch xã?", "chủ tịch xã"),
        ("chu tich xa la ai", "chu tich xa"),
        ("Cho tôi hỏi hồ sơ nộp ở đâu ạ?", "hồ sơ nộp"),
        ("xin cho biet ho so nop o dau", "ho so nop"),
        ("Vì sao tỷ lệ giảm?", "tỉ lệ giảm"),
        ("Khi nào nộp thuế?", "nộp thuế"),
        ("khi nao nop thue", "nop thue"),
        ("Việc này có thuận lợi không?", "việc thuận lợi"),
        ("Xã đã họp chưa", "xã họp"),
        ("Bao nhiêu phần trăm?", "bao nhiêu phần trăm"),  # nothing else is left, so all of it
        ("Chi 40.363 đồng", "chi 40363 đồng"),
    ],
)
def test_question_words_are_taken_out_with_and_without_accents(question: str, left: str) -> None:
    assert keys(question) == left.split()


@pytest.mark.parametrize("question", ["", "?!", "ai", "bao nhiêu"])
def test_a_question_of_question_words_keeps_them_all(question: str) -> None:
    assert keys(question) == [token.key for token in tokens(question)]


def test_a_term_knows_its_place_among_the_tokens() -> None:
    first, second = content_terms("Có bao nhiêu hộ nghèo?")  # có 0, bao 1, nhiêu 2
    assert (first.key, first.folded, first.position, first.accented) == ("hộ", "ho", 3, True)
    assert (second.key, second.position) == ("nghèo", 4)
    assert not content_terms("ho ngheo")[0].accented


def test_weights_follow_how_rare_a_syllable_is() -> None:
    weight = {term.key: term.weight for term in content_terms("huyện Pröh khiếu nại 118 xyzzt")}
    assert weight["118"] == 5.0  # every number
    assert weight["xyzzt"] == 9.0  # unknown to general text
    assert 0 < weight["huyện"] < weight["khiếu"] < 9.0


def test_a_syllable_without_accents_is_as_common_as_all_its_readings() -> None:
    (plain,) = tokens("ngheo")
    assert idf(plain) <= min(idf(token) for token in tokens("nghèo nghẹo nghéo"))


@pytest.mark.parametrize("spelling", ["hoà", "hòa"])
def test_both_tone_placements_weigh_the_same(spelling: str) -> None:
    assert idf(tokens(spelling)[0]) == idf(tokens("hòa")[0])


@pytest.mark.parametrize(
    ("question", "joined"),
    [
        ("dân số", [("dan", "so")]),
        ("ho so giai quyet", [("ho", "so"), ("giai", "quyet")]),
        ("hộ nghèo giải quyết", [("ho", "ngheo"), ("giai", "quyet")]),
        ("dân xyzzt số", [("dan",), ("xyzzt",), ("so",)]),
    ],
)
def test_syllables_that_belong_together_are_joined(question: str, joined: list[tuple[str, ...]]) -> None:
    assert [word.syllables for word in words(content_terms(question))] == joined


def test_syllables_apart_in_the_question_are_not_joined() -> None:
    """Between "dân" and "số" stands a question word that is gone."""
    assert [word.syllables for word in words(content_terms("dân có số"))] == [("dan",), ("so",)]


def test_each_term_is_in_one_word_and_a_repeated_word_counts_once() -> None:
    terms = content_terms("hộ nghèo, hộ nghèo và hộ nghèo")
    assert len(terms) == 6
    assert [word.syllables for word in words(terms)] == [("ho", "ngheo")]


def test_a_single_term_is_a_word_of_its_own_weight() -> None:
    assert words((Term("thuế", "thue", 4.5, 0),)) == (Word(("thue",), 4.5),)
    assert words(()) == ()


@pytest.mark.parametrize(
    ("text", "at", "phrase", "holds"),
    [
        ("có bao nhiêu", 1, "bao nhiêu", True),
        ("co bao nhieu", 1, "bao nhiêu", True),
        ("có bao nhiễu", 1, "bao nhiêu", False),  # another accent is another word
        ("có bao", 1, "bao nhiêu", False),
        ("có bao nhiêu", 0, "bao nhiêu", False),
    ],
)
def test_a_phrase_matches_as_written_or_bare(text: str, at: int, phrase: str, holds: bool) -> None:
    assert is_phrase(tokens(text), at, tuple(phrase.split())) is holds


def test_longer_question_phrases_come_first() -> None:
    group = question_words()["bao"]
    assert [len(phrase) for phrase in group] == sorted((len(phrase) for phrase in group), reverse=True)
    assert ("bao", "nhiêu", "phần", "trăm") in group


@pytest.mark.parametrize("text", ["Ai là Chủ tịch xã tỷ lệ mấy?", "Xã đã họp chưa", "theo dõi vì sao ra đời không", ""])
def test_only_syllables_that_ask_are_left_out(text: str) -> None:
    left = {token.key for token in tokens(text)} - set(keys(text))
    assert left <= asking_syllables()
    assert {"chủ", "tịch", "họp", "đời"}.isdisjoint(asking_syllables())


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Muốn đổi thẻ thì phải nộp gì?", "đổi thẻ nộp"),
        ("Huyện giải ngân được bao nhiêu phần trăm rồi?", "huyện giải ngân"),
        ("Cho xin số tài khoản", "số tài khoản"),
        ("Xã có mong muốn gì?", "xã mong muốn"),  # a word of its own
        ("Ai không phải nộp quỹ?", "không phải nộp quỹ"),
        ("Đơn xin nghỉ nộp cho ai?", "đơn xin nghỉ nộp"),
    ],
)
def test_what_only_frames_a_question_is_left_out(question: str, left: str) -> None:
    assert keys(question) == left.split()
