"""The load driver against a real server: a short run of people who ask and people who leave."""

from __future__ import annotations

import asyncio
import time

import pytest

from eval.load import Seen, main, questions, users, watched
from eval.load_server import Turn, serving
from eval.stub_llm import pieces

PROMPT = "===== x1 đoạn [1] — Công văn\nXã Lạc Lâm đạt chuẩn.\n===== x1 hết đoạn [1]\n\nCâu hỏi: Xã nào?"


def test_the_stub_says_the_first_passage_and_cites_it() -> None:
    assert "".join(pieces(PROMPT)) == "Xã Lạc Lâm đạt chuẩn. [1]."


def test_figures_are_of_those_with_the_status_asked_for() -> None:
    seen = Seen([Turn(200, 1, 2, 30), Turn(503, 0, 0, 5), Turn(0, 0, 0, 9), Turn(200, 3, 4, 50)])
    assert seen.milliseconds(lambda turn: turn.end).p50 == 40
    assert seen.milliseconds(lambda turn: turn.end, 503).p95 == 5
    assert seen.statuses == "cắt: 1, 200: 2, 503: 1"


def test_an_unknown_part_is_refused() -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["nothing"])


def test_people_are_answered_and_those_who_leave_leave_nothing() -> None:
    async def run() -> Seen:
        async with serving(chat=False) as server:
            asked = await questions(server)
            seen = await watched(server, users(server, asked, 4, 1.0, 4.0))
            for _ in range(40):
                await server.leave(asked[0], 0.02)
            deadline = time.monotonic() + 20
            while await server.held():
                assert time.monotonic() < deadline
                await asyncio.sleep(0.2)
            return seen

    seen = asyncio.run(run())
    assert {turn.status for turn in seen.turns} == {200}
    assert len(seen.turns) > 4
    assert seen.health_failures == 0
    assert all(0 < turn.sources < turn.end for turn in seen.turns)
    assert max(turn.first for turn in seen.turns) >= 300  # the stub's own time
