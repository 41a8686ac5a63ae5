"""The writer with an LLM, against a server that says what it is told to, and worse."""

from __future__ import annotations

import asyncio
import gc
import itertools
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from types import AsyncGeneratorType

import pytest
from langchain_core.language_models import FakeListChatModel
from scripted_llm import Reply, ScriptedLLM, chunk, scripted_llm

from rag.answer import Passage
from rag.generate import NOT_FOUND, ChatWriter, Writer, WriterError, load_writer
from rag.settings import Settings
from rag.timed import Limits, loop

pytestmark = pytest.mark.usefixtures("no_proxy")
QUICK = Limits(connect=0.5, first=1.0, gap=0.4, whole=3.0, pause=0.02)
KEY = "sk-not-to-be-seen"
BROKEN = chunk({"content": "Xin"}).replace(b"Xin", b"\xff\xfe")
VIETNAMESE = re.compile("[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỷỹỵđ]")


def settings(llm: str, base_url: str = "", key: str = KEY) -> Settings:
    return Settings(llm=llm, llm_base_url=base_url, llm_api_key=key, _env_file=None)  # type: ignore[arg-type,call-arg]


def writer_at(base_url: str, limits: Limits = QUICK) -> Writer:
    writer = load_writer(settings("openai:qwen3:4b", base_url), limits)
    assert writer is not None
    return writer


def passage(text: str) -> Passage:
    return Passage("d", text, 0, len(text), 1.0, "a.txt", "A", None, None, None)


def write(writer: Writer, question: str = "Xã nào?") -> Iterator[str]:
    passages = [passage("2 xã (Lạc Lâm, Quảng Lập)"), passage("Mẫu {không} điền $này")]
    return writer.write(question, passages, ["Công văn số 118-CV/BDVHU", "Nghị quyết số 12-NQ/HU"])


def drip(content: bytes) -> Iterator[bytes | float]:
    """One byte every 50 ms."""
    return itertools.chain.from_iterable((bytes([byte]), 0.05) for byte in content)


def test_the_words_come_as_they_are_written() -> None:
    with scripted_llm("Các xã Lạc Lâm, Quảng Lập [1].") as llm:
        writer = writer_at(llm.base_url)
        assert list(write(writer)) == ["Các ", "xã ", "Lạc ", "Lâm, ", "Quảng ", "Lập ", "[1]."]
    assert writer.name == "openai:qwen3:4b"
    assert llm.requests[0]["model"] == "qwen3:4b"


def test_the_first_word_is_not_held_back_until_the_last() -> None:
    with scripted_llm(Reply(["Xã ", 0.3, "Lạc"])) as llm:
        pieces = write(writer_at(llm.base_url))
        begun = time.monotonic()
        assert next(pieces) == "Xã "
        assert next(pieces) == "Lạc"
        assert time.monotonic() - begun >= 0.3
        assert list(pieces) == []


def test_the_prompt_numbers_the_passages_and_marks_them_off() -> None:
    with scripted_llm("Không rõ [1].") as llm:
        writer = writer_at(llm.base_url)
        marks = []
        for request in range(2):
            list(write(writer, "Xã nào\nđạt?"))
            system, user = (message["content"] for message in llm.requests[request]["messages"])
            mark = re.search(r"=====\s*([0-9a-f]{16}) đoạn \[1\] — Công văn số 118-CV/BDVHU\n2 xã \(Lạc Lâm", user)
            assert mark is not None
            assert f"{mark[1]} đoạn [2] — Nghị quyết số 12-NQ/HU\nMẫu {{không}} điền $này\n" in user
            assert user.count(mark[1]) == 4  # two lines a passage
            assert mark[1] in system
            assert NOT_FOUND in system
            assert user.endswith("Câu hỏi: Xã nào đạt?")
            marks.append(mark[1])
    assert marks[0] != marks[1]
    assert "tools" not in llm.requests[0]
    assert llm.requests[0]["max_completion_tokens"] == QUICK.tokens


def test_thoughts_are_not_part_of_the_reply() -> None:
    with scripted_llm(Reply(["<thi", "nk>", "xã A?", "</th", "ink>\n", "\nXã ", "B [1]."])) as llm:
        assert "".join(write(writer_at(llm.base_url))) == "Xã B [1]."


def test_a_reply_that_only_looks_like_thoughts_at_first_is_kept() -> None:
    with scripted_llm(Reply(["<", "thô", "> [1]."])) as llm:
        assert "".join(write(writer_at(llm.base_url))) == "<thô> [1]."


FAULTS = {  # what the server does, what the reader is told, seconds it may take at most
    "429": (Reply(['{"error": {"message": "slow down"}}'], status=429, raw=True), "quá tải", 1.0),
    "500": (Reply(["boom"], status=500, raw=True), "lỗi 500", 1.0),
    "401": (Reply([f"bad key {KEY}"], status=401, raw=True), "từ chối khóa", 1.0),
    "404": (Reply(["no such model"], status=404, raw=True), "không có mô hình", 1.0),
    "HTML with 200": (Reply(["<html>Xin chào</html>"], type="text/html", raw=True), "không đọc được", 1.0),
    "bad JSON": (Reply(["data: {oops\n\n"], raw=True), "không đọc được", 1.0),
    "JSON that is no stream": (Reply(["{}"], type="application/json", raw=True), "không đọc được", 1.0),
    "wrong schema": (Reply(['data: {"choices": 5}\n\n'], raw=True), "không đọc được", 1.0),
    "an error in the stream": (
        Reply(["Xã ", f'data: {{"error": {{"message": "{KEY}"}}}}\n\n'.encode()]),
        "không đọc được",
        1.0,
    ),
    "broken UTF-8": (Reply([BROKEN]), "không đọc được", 1.0),
    "broken UTF-8 in the middle": (Reply(["Xã ", BROKEN]), "không đọc được", 1.0),
    "nothing": (Reply([], whole=False), "không đọc được", 1.0),
    "no words": (Reply([" ", "\n"]), "không viết gì", 1.0),
    "cut": (Reply(["Xã ", "Lạc"], whole=False), "giữa chừng", 1.0),
    "silent from the start": (Reply([9.0, "Xã"]), "không trả lời kịp", 1.5),
    "slow headers": (Reply(["Xã"], before=9.0), "không trả lời kịp", 1.5),
    "silent in the middle": (Reply(["Xã ", 9.0, "Lạc"]), "không trả lời kịp", 1.5),
    "a byte at a time": (Reply(drip(chunk({"content": "Xã"}) * 9), raw=True), "không trả lời kịp", 1.5),
    "empty pieces for ever": (Reply(itertools.cycle(["", 0.01])), "không trả lời kịp", 1.5),
    "a word now and then": (Reply(itertools.cycle(["Xã ", 0.3])), "không trả lời kịp", 3.5),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_ends_in_time_with_a_vietnamese_message_and_no_secret(
    fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    reply, told, seconds = FAULTS[fault]
    with scripted_llm(reply) as llm:
        writer = writer_at(llm.base_url)
        begun = time.monotonic()
        with pytest.raises(WriterError, match=told) as raised:
            list(write(writer))
        assert time.monotonic() - begun < seconds + 1.0  # a busy machine
    said = f"{raised.value} {caplog.text}"
    assert VIETNAMESE.search(str(raised.value))
    assert KEY not in said
    assert llm.base_url not in said
    assert raised.value.__cause__ is None


def test_a_refused_connection_is_told() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # bound and not listening: nobody answers there
        with pytest.raises(WriterError, match="Không kết nối được"):
            list(write(writer_at(f"http://127.0.0.1:{held.getsockname()[1]}/v1")))


def test_half_a_surrogate_pair_is_left_out() -> None:
    with scripted_llm(Reply(["Xã", chunk({"content": "\ud83d A"})])) as llm:
        assert "".join(write(writer_at(llm.base_url))) == "Xã A"


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Limits(characters=1001), 1001),
        (Limits(tokens=30), 30 * len("chữ ")),
    ],
)
def test_an_endless_reply_is_read_to_the_limit_and_stopped(limits: Limits, expected: int) -> None:
    with scripted_llm(Reply(itertools.repeat("chữ "))) as llm:
        assert len("".join(write(writer_at(llm.base_url, limits)))) == expected
        assert llm.left.wait(5)


@pytest.mark.parametrize("first", ["429", "500", "broken UTF-8", "nothing", "bad JSON"])
def test_what_passes_is_tried_once_more(first: str) -> None:
    with scripted_llm(FAULTS[first][0], "Xã Lạc Lâm [1].") as llm:
        assert "".join(write(writer_at(llm.base_url))) == "Xã Lạc Lâm [1]."
    assert len(llm.requests) == 2


@pytest.mark.parametrize(
    ("fault", "requests"),
    [
        ("500", 2),
        ("401", 1),
        ("404", 1),
        ("silent from the start", 1),
        ("cut", 1),
        ("broken UTF-8 in the middle", 1),
    ],
)
def test_nothing_is_tried_a_third_time_nor_after_a_word_nor_when_it_was_refused(fault: str, requests: int) -> None:
    with scripted_llm(FAULTS[fault][0]) as llm:
        with pytest.raises(WriterError):
            list(write(writer_at(llm.base_url)))
        assert len(llm.requests) == requests


def test_the_server_stops_when_the_reader_leaves() -> None:
    with scripted_llm(Reply(itertools.cycle(["chữ ", 0.01]))) as llm:
        pieces = write(writer_at(llm.base_url))
        assert next(pieces) == "chữ "
        pieces.close()  # type: ignore[attr-defined]
        assert llm.left.wait(5)


def test_readers_who_leave_leave_nothing_behind() -> None:
    def begin_and_leave(_: int) -> None:
        pieces = write(writer)
        next(pieces)
        pieces.close()  # type: ignore[attr-defined]

    gc.collect()  # what other tests left
    settled_by(lambda: not open_streams())
    with scripted_llm(lambda _: Reply(itertools.cycle(["chữ ", 0.002]))) as llm:
        writer = writer_at(llm.base_url, Limits())
        begin_and_leave(0)
        settled_by(lambda: not asyncio.all_tasks(loop()))
        threads = threading.active_count()
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(begin_and_leave, range(150)))
        settled_by(lambda: not asyncio.all_tasks(loop()) and threading.active_count() <= threads)
        settled_by(lambda: not open_streams())


def open_streams() -> list[str]:
    """The generators of replies that nobody ended: the collector would, in the midst of any other thread's work."""
    found = [each for each in gc.get_objects() if isinstance(each, AsyncGeneratorType)]
    return [each.__qualname__ for each in found if each.ag_frame is not None]


def settled_by(settled: Callable[[], bool], seconds: float = 10.0) -> None:
    until = time.monotonic() + seconds
    while not settled():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_after_five_failures_the_server_is_left_alone() -> None:
    with scripted_llm(FAULTS["401"][0]) as llm:
        writer = writer_at(llm.base_url)
        for _ in range(5):
            with pytest.raises(WriterError, match="từ chối khóa"):
                list(write(writer))
        with pytest.raises(WriterError, match="tạm nghỉ"):
            list(write(writer))
    assert len(llm.requests) == 5


def test_readers_who_leave_do_not_open_the_breaker() -> None:
    with scripted_llm(Reply(["chữ ", 0.05, "nữa"])) as llm:
        writer = writer_at(llm.base_url)
        for _ in range(6):
            assert next(write(writer)) == "chữ "  # and the iterator is dropped
        assert "".join(write(writer)) == "chữ nữa"


def test_many_readers_at_once_get_their_own_words() -> None:
    def echo(body: dict[str, object]) -> Reply:
        asked = str(body["messages"]).rsplit("Câu hỏi: ", 1)[1][:4]
        return Reply([asked, 0.05, " [1]."])

    def ask(n: int) -> str:
        return "".join(write(writer, f"{n:04}"))

    with scripted_llm(echo) as llm:
        writer = writer_at(llm.base_url, Limits())
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(ask, range(24))) == [f"{n:04} [1]." for n in range(24)]


def test_any_chat_model_of_langchain_can_write() -> None:
    writer = ChatWriter("fake:parrot", FakeListChatModel(responses=["Xã B [1]."]))
    assert "".join(write(writer)) == "Xã B [1]."


def test_no_model_set_is_no_writer() -> None:
    assert load_writer(settings("")) is None


def test_a_server_of_ones_own_needs_no_key() -> None:
    with scripted_llm("Có [1].") as llm:
        writer = load_writer(settings("openai:m", llm.base_url, key=""), QUICK)
        assert writer is not None
        assert "".join(write(writer)) == "Có [1]."


@pytest.mark.parametrize("llm", ["openai", "openai:", ":m", "nhà-này-không-có:m"])
def test_a_model_that_cannot_be_had_is_told_at_once(llm: str) -> None:
    with pytest.raises(WriterError, match="HOI_LLM"):
        load_writer(settings(llm))


def test_openai_without_a_key_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(WriterError, match="HOI_LLM_API_KEY"):
        load_writer(settings("openai:m", key=""))


@pytest.mark.parametrize(
    ("provider", "package"),
    [("mistralai", "langchain-mistralai"), ("google_genai", "langchain-google-genai")],
)
def test_a_missing_package_is_named(provider: str, package: str) -> None:
    if find_spec(package.replace("-", "_")):
        pytest.skip(f"{package} is installed")
    with pytest.raises(WriterError, match=f"pip install {package}"):
        load_writer(settings(f"{provider}:m"))


def test_langchain_is_not_imported_on_the_default_path() -> None:
    code = "import sys, rag.assistant; sys.exit(any(n.startswith(('langchain', 'openai')) for n in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=120).returncode == 0


def test_the_scripted_server_also_answers_in_one_piece() -> None:
    """Other tests ask it without streaming."""
    import httpx

    with scripted_llm("Xã B [1].") as llm:
        assert isinstance(llm, ScriptedLLM)
        reply = httpx.post(f"{llm.base_url}/chat/completions", json={"messages": []}, trust_env=False).json()
    assert reply["choices"][0]["message"]["content"] == "Xã B [1]."
