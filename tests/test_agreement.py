"""What a sentence says beside a question, weighed by what is asked."""

from __future__ import annotations

import pytest
from answer_parts import asked, whole

from rag.agreement import Agreement, asked_as, beside
from rag.slot import Slot


def test_a_question_asks_for_a_kind_in_a_way() -> None:
    assert asked_as(Slot.of(asked("Vì sao đường hư hỏng?"))) == ("reason", "why")
    assert asked_as(Slot.of(asked("công tác trồng rừng"))) == ("other", "no way")


def test_what_the_question_says_is_left_out_and_numbers_and_names_are_classes() -> None:
    slot = Slot.of(asked("Ai trồng rừng?"))
    assert beside(slot, whole("Năm 2019 ông Ba trồng 12 ha rừng.")) == {"^", "####", "ong", "#", "ha"}


def test_each_word_counts_by_the_kind_and_by_the_way_over_the_root_of_their_number() -> None:
    agreement = Agreement({"reason": {"do": 1.0, "mua": 0.5}, "why": {"do": 2.0}, "who": {"mua": 9.0}})
    slot = Slot.of(asked("Vì sao đường hư hỏng?"))
    found = agreement.score(slot, [whole("đường hư hỏng do mưa lũ kéo"), whole("đường hư hỏng")])
    assert found.tolist() == pytest.approx([(1.0 + 0.5 + 2.0) / 2, 0.0])  # do, mưa, lũ, kéo
