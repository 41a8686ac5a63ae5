"""Where a question leaves the answer open."""

import pytest
from answer_parts import asked

from rag.expected import KINDS
from rag.slot import WAYS, Slot


@pytest.mark.parametrize(
    ("question", "left", "right", "noun"),
    [
        ("Đảng nào cầm quyền ở Singapore?", ("dang",), ("cam", "quyen", "o", "singapore"), "dang"),
        ("Xã có bao nhiêu hộ?", ("xa", "co"), ("ho",), ""),
        ("Non-binary là gì?", ("non", "binary", "la"), (), ""),
        ("Hội nghị họp ở đâu vào tháng 5?", ("hoi", "nghi", "hop"), ("vao", "thang", "5"), ""),
        ("Kể tên các xã", ("ke", "ten", "cac", "xa"), (), ""),
        ("a b c d e f g h nào", ("c", "d", "e", "f", "g", "h"), (), "h"),
    ],
)
def test_the_sides_of_the_asking_word(question: str, left: tuple[str, ...], right: tuple[str, ...], noun: str) -> None:
    slot = Slot.of(asked(question))
    assert (slot.left, slot.right, slot.noun) == (left, right, noun)


def test_the_ways_of_asking() -> None:
    ways = dict(zip((*KINDS, *WAYS), Slot.of(asked("Vì sao đường hư hỏng?")).ways, strict=True))
    assert {name for name, value in ways.items() if value} == {"reason", "why"}
