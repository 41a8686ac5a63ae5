"""Frames come out of a pipe as they went in."""

from __future__ import annotations

from io import BytesIO

import pytest

from corpus import frames
from corpus.frames import LENGTHS, Draw, End, Find, Found, Inside, Open, Picture, Refusal, Whole


def sent(told: frames.Request | frames.Answer, raw: bytes) -> tuple[bytes, bytes]:
    """The two parts of the frame."""
    pipe = BytesIO()
    frames.send(pipe, told, raw)
    head, rest = LENGTHS.unpack(pipe.getvalue()[: LENGTHS.size])
    parts = pipe.getvalue()[LENGTHS.size :]
    assert len(parts) == head + rest
    return parts[:head], parts[head:]


@pytest.mark.parametrize("asked", [Open("báo cáo.pdf"), Draw(3, 900), Find(1, "Số: 12\n", 4, 6)])
def test_a_request(asked: frames.Request) -> None:
    head, raw = sent(asked, b"%PDF")
    assert (frames.read_request(head), raw) == (asked, b"%PDF")


@pytest.mark.parametrize(
    "told",
    [Inside("a/b.txt"), Whole(), Picture(), Found([[0.1, 0.2, 0.5, 0.25]], True), Refusal("x", "Hỏng."), End(False)],
)
def test_an_answer(told: frames.Answer) -> None:
    head, raw = sent(told, b"")
    assert (frames.read_answer(head), raw) == (told, b"")


def test_a_worker_cannot_ask() -> None:
    head, _ = sent(Open("a.txt"), b"")
    with pytest.raises(KeyError, match="Open"):
        frames.read_answer(head)
