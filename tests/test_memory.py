from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from store_parts import make

from index import audit
from index.database import Database
from rag.answer import Answer, Citation, Filters, Passage
from rag.memory import Memory, Narrowing

TEXT = "Xã Lạc Lâm đạt chuẩn năm 2019."
DOCUMENT = make(TEXT)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    database = Database(tmp_path / "hoi.db")
    yield Memory(database)
    database.close()


def answer(id: str, question: str = "Xã nào đạt chuẩn?") -> Answer:
    named = (DOCUMENT.id, "a.txt", "Công văn", "118-CV/BDVHU", date(2019, 10, 11), "Ban Dân vận", "II", 1)
    citation = Citation(1, *named, TEXT[:10], 0, 10)
    passage = Passage(DOCUMENT.id, TEXT, 0, len(TEXT), 0.5, "a.txt", "Công văn", None, None, None)
    spoken = f"{question} (đủ)"
    return Answer(
        id,
        question,
        spoken,
        "Lạc Lâm [1]",
        False,
        None,
        0.9,
        "extractive",
        (citation,),
        (passage,),
        {"write": 1.5},
    )


def lookup(id: str):  # type: ignore[no-untyped-def]
    return DOCUMENT if id == DOCUMENT.id else None


def test_an_answer_comes_back_as_it_went_in(memory: Memory) -> None:
    memory.remember("ann", "c1", answer("a1"))
    found = memory.conversation("ann", "c1", lookup)
    assert found is not None
    summary, turns = found
    assert (summary.id, summary.title, summary.turns) == ("c1", "Xã nào đạt chuẩn?", 1)
    assert [turn.answer for turn in turns] == [answer("a1")]
    assert turns[0].withdrawn == ()


def test_where_an_answer_was_looked_for_is_kept_with_it(memory: Memory) -> None:
    narrowing = Narrowing((DOCUMENT.id,), Filters(issued_from=date(2019, 1, 1), place="Đơn Dương"))
    memory.remember("ann", "c1", answer("a1"), narrowing)
    memory.remember("ann", "c1", answer("a2"))
    found = memory.conversation("ann", "c1", lookup)
    assert found is not None
    assert [turn.narrowing for turn in found[1]] == [narrowing, Narrowing(None, Filters())]


def test_history_is_the_last_turns_oldest_first(memory: Memory) -> None:
    for number in range(8):
        memory.remember("ann", "c1", answer(f"a{number}", f"Câu {number}?"))
    history = memory.history("ann", "c1", 3)
    assert [turn.question for turn in history] == ["Câu 5?", "Câu 6?", "Câu 7?"]
    assert (history[0].understood, history[0].document_ids) == ("Câu 5? (đủ)", (DOCUMENT.id,))
    assert memory.history("ann", "nowhere") == ()


def test_the_same_id_of_two_owners_is_two_conversations(memory: Memory) -> None:
    memory.remember("ann", "c1", answer("a1"))
    assert memory.conversation("bob", "c1", lookup) is None
    assert memory.history("bob", "c1") == ()
    memory.remember("bob", "c1", answer("b1", "Câu của Bình?"))
    assert [each.title for each in memory.conversations("ann")] == ["Xã nào đạt chuẩn?"]
    assert [each.title for each in memory.conversations("bob")] == ["Câu của Bình?"]


def test_what_no_longer_resolves_is_withdrawn(memory: Memory) -> None:
    memory.remember("ann", "c1", answer("a1"))
    found = memory.conversation("ann", "c1", lambda id: None)
    assert found is not None
    [turn] = found[1]
    assert (turn.answer.citations, turn.answer.passages, turn.withdrawn) == ((), (), (1,))
    changed = replace(DOCUMENT, text="Chữ khác hẳn, dài hơn mười ký tự.")
    found = memory.conversation("ann", "c1", lambda id: changed)
    assert found is not None
    assert found[1][0].withdrawn == (1,)


def test_rename_and_forget_are_the_owners_alone(memory: Memory) -> None:
    memory.remember("ann", "c1", answer("a1"))
    assert not memory.rename("bob", "c1", "Của tôi")
    assert not memory.forget("bob", "c1")
    assert memory.rename("ann", "c1", "Nông thôn mới")
    assert [each.title for each in memory.conversations("ann")] == ["Nông thôn mới"]
    assert memory.forget("ann", "c1")
    assert memory.conversations("ann") == []
    assert memory.history("ann", "c1") == ()


def test_the_latest_conversation_comes_first(memory: Memory) -> None:
    for number, id in enumerate(["c1", "c2", "c1"]):
        memory.remember("ann", id, answer(f"a{number}"))
    assert [(each.id, each.turns) for each in memory.conversations("ann")] == [("c1", 2), ("c2", 1)]


def test_a_conversation_is_found_by_its_title_or_a_later_question_without_accents(memory: Memory) -> None:
    memory.remember("ann", "c1", answer("a1", "Xã nào đạt chuẩn?"))
    memory.remember("ann", "c1", answer("a2", "Tỷ lệ hộ nghèo còn bao nhiêu?"))
    memory.remember("ann", "c2", answer("a3", "Ai ký công văn?"))
    memory.remember("bob", "c3", answer("a4", "Hộ nghèo ở đâu?"))
    memory.rename("ann", "c2", "Chữ ký của Đặng Văn A")
    found = {
        words: [each.id for each in memory.conversations("ann", words=words)]
        for words in ("ngheo HO", "dang", "ký", "x")
    }
    assert found == {"ngheo HO": ["c1"], "dang": ["c2"], "ký": ["c2"], "x": ["c1"]}
    assert [each.id for each in memory.conversations("ann", 1, "a")] == ["c2"]


def test_the_last_rating_stands_and_only_of_ones_own_answers(memory: Memory) -> None:
    memory.remember("ann", "c1", answer("a1"))
    assert not memory.rate("bob", "a1", "up", None)
    assert not memory.rate("ann", "a2", "up", None)
    assert memory.rate("ann", "a1", "up", None)
    assert memory.rate("ann", "a1", "down", "thiếu một xã")
    found = memory.conversation("ann", "c1", lookup)
    assert found is not None
    assert found[1][0].rating == "down"


def test_a_long_question_makes_a_short_title(memory: Memory) -> None:
    memory.remember("ann", "c1", answer("a1", "từ " * 40))
    [found] = memory.conversations("ann")
    assert found.title == "từ " * 25 + "từ…"  # 26 words of 3 letters fit in 79 with the ellipsis


def test_all_of_an_owner_goes_and_leaves_no_trace_on_the_disk(tmp_path: Path) -> None:
    database = Database(tmp_path / "hoi.db")
    memory = Memory(database)
    memory.remember("ann", "c1", answer("a1", "Câu hỏi riêng tư thứ nhất?"))
    memory.remember("bob", "c1", answer("a2", "Câu của người khác?"))
    assert memory.rate("ann", "a1", "down", "Lời chê riêng tư")
    assert memory.erase("ann", "local") == 1
    assert memory.conversations("ann") == []
    assert len(memory.conversations("bob")) == 1
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert "Câu của người khác?".encode() in kept
    assert "riêng tư".encode() not in kept
    with database.read() as connection:
        assert [(each.action, each.subject, each.detail) for each in audit.entries(connection)] == [
            ("forget", "ann", "1")
        ]
    database.close()


def test_conversations_grow_old(memory: Memory) -> None:
    memory.remember("ann", "c1", answer("a1"))
    assert memory.expire(datetime(2020, 1, 1, tzinfo=UTC), "retention") == 0
    assert memory.expire(datetime(2100, 1, 1, tzinfo=UTC), "retention") == 1
    assert memory.conversations("ann") == []
