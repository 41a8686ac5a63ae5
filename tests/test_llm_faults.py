"""Turns with a language model that fails in each of fourteen ways, with the limits of a turn a fifteenth as long."""

from __future__ import annotations

import itertools
import json
import re
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from conftest import Figure
from scripted_llm import Reply, chunk, scripted_llm

from index.embed import load_embedder
from rag.answer import Answer, Request
from rag.assistant import Assistant
from rag.generate import load_writer
from rag.settings import Settings
from rag.timed import USUAL, Limits
from rag.written import EXTRACTIVE, FELL_BACK

pytestmark = pytest.mark.usefixtures("no_proxy")
SCALE = 15
QUICK = Limits(
    connect=USUAL.connect / SCALE,
    first=USUAL.first / SCALE,
    gap=USUAL.gap / SCALE,
    whole=USUAL.whole / SCALE,
    pause=USUAL.pause / SCALE,
)
LONGEST = 20 / SCALE  # seconds of a turn
SLACK = 4.0  # seconds of a busy machine
QUESTION = "Lâm Hà năm 2023 giải quyết trễ hạn bao nhiêu hồ sơ?"
TRUE = "Huyện giải quyết trễ hạn 403 hồ sơ [1]. "
VIETNAMESE = re.compile("[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỷỹỵđ]")


@contextmanager
def closing_at_once(reset: bool) -> Iterator[str]:
    """An address where nobody listens, or where each connection is reset as soon as something is asked."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        if reset:
            held.listen()
            Thread(target=_resetting, args=(held,), daemon=True).start()
        yield f"http://127.0.0.1:{held.getsockname()[1]}/v1"


def _resetting(held: socket.socket) -> None:
    while True:
        try:
            caller, _ = held.accept()
        except OSError:
            return
        caller.recv(10)
        caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        caller.close()


def words() -> Iterator[str]:
    return itertools.cycle(TRUE.split(" "))


FAULTS: dict[str, Reply | bool] = {
    "refused": False,
    "reset": True,
    "429": Reply(['{"error": {"message": "slow down"}}'], status=429, raw=True),
    "500": Reply(["boom"], status=500, raw=True),
    "HTML with 200": Reply(["<html>Xin chào</html>"], type="text/html", raw=True),
    "silence in the middle": Reply([TRUE, 60.0]),
    "a byte now and then": Reply(
        itertools.chain.from_iterable((bytes([byte]), 1 / SCALE) for byte in chunk({"content": "Xã"}) * 9), raw=True
    ),
    "broken UTF-8": Reply([TRUE, chunk({"content": "Xin"}).replace(b"Xin", b"\xff\xfe")]),
    "bad JSON": Reply(["data: {oops\n\n"], raw=True),
    "empty": Reply([]),
    "endless": Reply(f"{word} " for word in words()),
    "cut": Reply([TRUE, "Tr"], whole=False),
    "wrong schema": Reply([f"data: {json.dumps({'choices': 5})}\n\n"], raw=True),
    "slow headers": Reply([TRUE], before=60.0),
}


@pytest.fixture(scope="module", autouse=True)
def _warm(assistant: Assistant) -> None:
    assistant.ask(Request(QUESTION))


def turn(assistant: Assistant, base_url: str) -> tuple[Answer, float]:
    settings = Settings(llm="openai:m", llm_base_url=base_url, _env_file=None)  # type: ignore[call-arg]
    talking = Assistant(assistant.store, load_embedder()[0], writer=load_writer(settings, QUICK))
    begun = time.monotonic()
    return talking.ask(Request(QUESTION)), time.monotonic() - begun


@pytest.mark.parametrize("fault", FAULTS)
def test_each_turn_ends_in_time_with_cited_words_in_vietnamese(
    assistant: Assistant, figure: Figure, fault: str
) -> None:
    reply = FAULTS[fault]
    if isinstance(reply, bool):
        with closing_at_once(reply) as base_url:
            answer, seconds = turn(assistant, base_url)
    else:
        with scripted_llm(reply) as llm:
            answer, seconds = turn(assistant, llm.base_url)
    figure(f"LLM fault, {fault}: answered after (s), at most", (round(seconds, 1), LONGEST + SLACK))
    assert seconds < LONGEST + SLACK
    assert VIETNAMESE.search(answer.answer)
    assert "403 hồ sơ" in answer.answer
    assert answer.citations
    if fault == "endless":  # what it said over and over is true, and said once
        assert answer.answer == f"{TRUE.strip()}"
    else:
        assert answer.answer.startswith(FELL_BACK)
        assert answer.writer == EXTRACTIVE


def test_fourteen_faults_are_tried() -> None:
    assert len(FAULTS) == 14
