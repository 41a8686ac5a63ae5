"""The committed question sets are sound: format, verbatim evidence, no leak, enough of every kind."""

import json
import unicodedata
from collections import Counter
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = ROOT / "corpus" / "documents"
FIELDS = {"id", "question", "answerable", "must", "any_of", "must_not", "document", "evidence", "kind"}
NEAR_MISSES = {f"near-miss-{what}" for what in ("place", "year", "number", "office", "person")}
UNANSWERABLE = NEAR_MISSES | {"out-of-scope", "absent"}

Question = dict[str, Any]  # a line as it stands in the file: this test is what gives it its shape


def read(split: str) -> list[Question]:
    lines = (ROOT / "eval" / "questions" / f"{split}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


TUNE, TEST = read("tune"), read("test")
ALL = TUNE + TEST
CALIBRATION, HELD_BACK = read("calibration"), read("held_back")  # written later, by someone who never ran the program
BLIND = [question for set in (1, 2, 3) for question in read(f"blind_{set}")]  # one after the other, each never seen
LATER = CALIBRATION + HELD_BACK
NEAR = read("near_misses")  # every near miss beside a question that is answered
EVERY = ALL + LATER + BLIND + NEAR
DIALOGUES = [read(f"dialogues_{side}") for side in ("tune", "test")]  # a line: {"id", "kind", "turns": [questions]}
BLIND_DIALOGUES = read("dialogues_blind")  # written later, measured once before anyone looked at what was answered
TURNS = [turn for side in (*DIALOGUES, BLIND_DIALOGUES) for dialogue in side for turn in dialogue["turns"]]
ANSWERABLE = [question for question in EVERY + TURNS if question["answerable"]]


def same(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def source(question: Question) -> str:
    return (DOCUMENTS / question["document"]).read_bytes().decode("utf-8")


def place(question: Question) -> range:
    start = source(question).index(question["evidence"])
    return range(start, start + len(question["evidence"]))


def clause(question: Question) -> str:
    """The evidence with the rest of its clauses, from one ";", line break or full stop to the next."""
    text, at = source(question), place(question)
    start = max(text.rfind(mark, 0, at.start) for mark in (";", "\n", ". "))
    ends = [text.find(mark, at.stop) for mark in (";", "\n", ". ")]
    return text[start + 1 : min((end for end in ends if end >= 0), default=len(text))]


@pytest.mark.parametrize("question", EVERY + TURNS, ids=lambda question: question["id"])
def test_format(question: Question) -> None:
    assert set(question) == FIELDS
    assert isinstance(question["answerable"], bool)
    assert 5 <= len(question["question"]) <= 200
    assert question["question"] == unicodedata.normalize("NFC", question["question"].strip())
    for name in ("must", "any_of", "must_not"):
        assert all(isinstance(text, str) and text.strip() for text in question[name])
    assert (question["kind"] in UNANSWERABLE) is not question["answerable"]
    if question["kind"] == "no-diacritics":
        assert question["question"].isascii()


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question["id"])
def test_an_answerable_question_rests_on_one_verbatim_place(question: Question) -> None:
    assert source(question).count(question["evidence"]) == 1
    evidence = same(question["evidence"])
    assert all(same(text) in evidence for text in question["must"])
    assert question["must"] or question["any_of"]
    if question["any_of"]:
        assert any(same(text) in evidence for text in question["any_of"])


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question["id"])
def test_what_is_forbidden_is_tempting_but_outside_the_clause(question: Question) -> None:
    corpus = same(" ".join(path.read_text("utf-8") for path in sorted(DOCUMENTS.glob("*.txt"))))
    for text in question["must_not"]:
        assert same(text) in corpus
        assert same(text) not in same(clause(question))


def test_an_unanswerable_question_names_no_place() -> None:
    for question in EVERY + TURNS:
        if not question["answerable"]:
            assert (question["document"], question["evidence"]) == (None, None)
            assert question["must"] == question["any_of"] == question["must_not"] == []


def test_ids_and_questions_are_unique() -> None:
    numbers = [*range(1, 202), *range(300, 435)]  # the first writing of both splits, then what tune gained
    assert sorted(question["id"] for question in ALL) == [f"t{number:03d}" for number in numbers]
    assert sorted(question["id"] for question in LATER) == [f"h{number:03d}" for number in range(1, 151)]
    assert sorted(question["id"] for question in BLIND) == [f"{s}{n:03d}" for s in "bcd" for n in range(1, 81)]
    for group in (ALL + LATER, BLIND):
        assert max(Counter(same(question["question"]).rstrip(" ?") for question in group).values()) == 1


def test_near_misses_stand_beside_what_is_answered() -> None:
    assert [question["id"] for question in NEAR] == [f"m{number:03d}" for number in range(1, 49)]
    assert [question["answerable"] for question in NEAR] == [False, True] * 24
    assert {question["kind"] for question in NEAR[::2]} == NEAR_MISSES


def words(question: Question) -> set[str]:
    return set(same(question["question"]).rstrip(" ?").split())


def test_no_question_is_another_in_the_same_words() -> None:
    for one, two in chain(combinations(ALL, 2), combinations(LATER, 2)):
        if one["answerable"] is not two["answerable"]:
            continue  # a near miss is meant to be like the question it misses
        shared, either = words(one) & words(two), words(one) | words(two)
        assert len(shared) / len(either) < 0.8, (one["id"], two["id"])


@pytest.mark.parametrize("sides", [(TUNE, TEST), (CALIBRATION, HELD_BACK)], ids=["tune-test", "calibration-held_back"])
def test_the_two_sides_share_no_evidence(sides: tuple[list[Question], list[Question]]) -> None:
    for one in sides[0]:
        for two in sides[1]:
            if one["document"] is not None and one["document"] == two["document"]:
                a, b = place(one), place(two)
                assert a.stop <= b.start or b.stop <= a.start, (one["id"], two["id"])


@pytest.mark.parametrize(
    ("questions", "whole", "least"),
    [(TUNE, ALL, 80), (TEST, ALL, 80), (ALL, ALL, 80), (CALIBRATION, LATER, 75), (HELD_BACK, LATER, 75)],
    ids=["tune", "test", "all", "calibration", "held_back"],
)
def test_enough_and_evenly(questions: list[Question], whole: list[Question], least: int) -> None:
    kinds = Counter(question["kind"] for question in questions)
    assert set(kinds) == {question["kind"] for question in whole}
    assert len(questions) >= least
    unanswerable = sum(kinds[kind] for kind in UNANSWERABLE)
    assert unanswerable >= 0.25 * len(questions)
    assert sum(kinds[kind] for kind in NEAR_MISSES) >= 0.5 * unanswerable
    documents = Counter(question["document"] for question in questions if question["answerable"])
    assert set(documents) == {path.name for path in DOCUMENTS.glob("*.txt")}
    assert max(documents.values()) <= 1.5 * min(documents.values())


@pytest.mark.parametrize("sides", [(TUNE, TEST), (CALIBRATION, HELD_BACK)], ids=["tune-test", "calibration-held_back"])
def test_the_splits_have_like_proportions(sides: tuple[list[Question], list[Question]]) -> None:
    one, two = (Counter(question["kind"] for question in side) for side in sides)
    assert all(abs(one[kind] / one.total() - two[kind] / two.total()) <= 0.05 for kind in one | two)
    unanswerable = [sum(side[kind] for kind in UNANSWERABLE) / side.total() for side in (one, two)]
    assert abs(unanswerable[0] - unanswerable[1]) <= 0.05


def test_dialogues_are_turns_of_one_conversation() -> None:
    dialogues = [dialogue for side in (*DIALOGUES, BLIND_DIALOGUES) for dialogue in side]
    numbered = [f"g{number:03d}" for number in range(1, 73)] + [f"k{number:03d}" for number in range(1, 29)]
    assert sorted(dialogue["id"] for dialogue in dialogues) == numbered
    for dialogue in dialogues:
        assert set(dialogue) == {"id", "kind", "turns"}
        assert 2 <= len(dialogue["turns"]) <= 4
        numbers = [f"{dialogue['id']}-{number}" for number in range(1, len(dialogue["turns"]) + 1)]
        assert [turn["id"] for turn in dialogue["turns"]] == numbers
        answerable = [turn["answerable"] for turn in dialogue["turns"]]
        if dialogue in BLIND_DIALOGUES:
            assert any(answerable)  # it may begin with a greeting, or with what a correction takes back
        elif dialogue["kind"] == "after-abstention":
            assert answerable == [False] + [True] * (len(answerable) - 1)
        elif dialogue["kind"] == "unanswerable-follow-up":
            assert answerable[:2] == [True, False]
        else:
            assert answerable[0]


def test_the_two_halves_of_the_dialogues_are_alike() -> None:
    tune, test = DIALOGUES
    assert Counter(dialogue["kind"] for dialogue in tune) == Counter(dialogue["kind"] for dialogue in test)
    for side in DIALOGUES:
        bare = [dialogue for dialogue in side if all(turn["question"].isascii() for turn in dialogue["turns"])]
        assert len(bare) == len(side) / 3
        turns = [turn for dialogue in side for turn in dialogue["turns"]]
        assert 0.05 <= sum(not turn["answerable"] for turn in turns) / len(turns) <= 0.2
        assert {turn["document"] for turn in turns} == {path.name for path in DOCUMENTS.glob("*.txt")} | {None}
