"""A real `hoi serve` process over the project's own documents, and real sockets."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from langchain_openai import ChatOpenAI
from openai import NotFoundError, OpenAI, UnprocessableEntityError
from pydantic import SecretStr
from serving_parts import Serving, serving

from ui.client import Client
from ui.connection import ApiError
from ui.schemas import Answer, AskRequest

PROJECT = Path(__file__).parents[1]
QUESTION = "xã nào phải đạt nông thôn mới kiểu mẫu"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(tmp_path_factory.mktemp("server") / "data") as found:
        yield found


@pytest.fixture
def door(server: Serving) -> Iterator[Client]:
    with Client(server.url) as door:
        yield door


def test_the_question_of_the_readme(door: Client) -> None:
    answer = door.ask(AskRequest(question=QUESTION))
    assert not answer.abstained
    assert "Lạc Lâm" in answer.answer
    assert "Quảng Lập" in answer.answer
    assert "118-CV/BDVHU" in {cited.number for cited in answer.citations}
    for cited in answer.citations:
        assert door.text(cited.document_id)[cited.start : cited.end] == cited.quote


def test_the_stream_ends_in_a_verified_answer(door: Client) -> None:
    sources, *_, answer = door.ask_stream(QUESTION)
    assert isinstance(answer, Answer)
    assert isinstance(sources, list)
    assert {cited.document_id for cited in answer.citations} <= {each.document_id for each in sources}


def test_openais_own_client_gets_an_answer_whole_and_streamed(server: Serving) -> None:
    with OpenAI(base_url=f"{server.url}/v1", api_key="none") as openai:
        assert [model.id for model in openai.models.list()] == ["hoi"]
        whole = openai.chat.completions.create(model="hoi", messages=[{"role": "user", "content": QUESTION}])
        content, annotations = whole.choices[0].message.content, whole.choices[0].message.annotations
        assert content
        assert annotations
        cited = annotations[0].url_citation
        assert re.fullmatch(r"\[\d+\]", content[cited.start_index : cited.end_index])
        [source] = whole.model_dump()["sources"]  # what the protocol has no field for is kept by the client
        assert source["url"] == cited.url
        assert source["quote"] in content
        *chunks, last = openai.chat.completions.create(
            model="hoi", messages=[{"role": "user", "content": QUESTION}], stream=True
        )
        assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == content
        assert last.choices[0].finish_reason == "stop"
        assert last.model_dump()["sources"] == [source]
        assert last.model_dump()["choices"][0]["delta"]["annotations"] == [each.model_dump() for each in annotations]


def test_openais_own_client_is_told_what_is_wrong(server: Serving) -> None:
    with OpenAI(base_url=f"{server.url}/v1", api_key="none") as openai:
        with pytest.raises(UnprocessableEntityError, match="chưa có nội dung"):
            openai.chat.completions.create(model="hoi", messages=[{"role": "user", "content": "…"}])
        with pytest.raises(NotFoundError, match="Chỉ có mô hình"):
            openai.models.retrieve("gpt")


def test_langchains_own_client_talks_on_whole_and_streamed(server: Serving) -> None:
    chat = ChatOpenAI(model="hoi", base_url=f"{server.url}/v1", api_key=SecretStr("none"))
    whole = chat.invoke(QUESTION)
    assert "Quảng Lập" in whole.text
    assert whole.usage_metadata
    assert "".join(chunk.text for chunk in chat.stream(QUESTION)) == whole.text
    after = chat.invoke([("human", QUESTION), ("ai", whole.text), ("human", "còn thị trấn nào đạt đô thị văn minh?")])
    assert "Thạnh Mỹ" in after.text


def test_the_page_and_its_socket_are_on_the_same_port(server: Serving) -> None:
    page = httpx.get(server.url)
    assert page.status_code == 200
    assert "<html" in page.text
    assert "connect-src 'self'" in page.headers["content-security-policy"]
    assert httpx.get(f"{server.url}/_stcore/health").text == "ok"
    assert httpx.get(f"{server.url}/docs").text.startswith("<!doctype html>")
    assert httpx.get(f"{server.url}/readyz").json() == {"status": "ready"}


def handshake(server: Serving, origin: str) -> int:
    """The status with which the page's WebSocket is opened or refused."""
    host = server.url.removeprefix("http://")
    headers = {
        "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Origin": origin, "Host": host,
    }  # fmt: skip
    request = "GET /_stcore/stream HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    address, port = host.split(":")
    with socket.create_connection((address, int(port)), timeout=10) as connection:
        connection.sendall(f"{request}\r\n".encode())
        return int(connection.recv(64).split()[1])


def test_another_sites_page_can_neither_connect_nor_rebind(server: Serving) -> None:
    assert handshake(server, server.url) == 101
    assert handshake(server, "http://evil.example") == 403
    for path in ("/", "/v1/documents"):
        assert httpx.get(f"{server.url}{path}", headers={"Host": "evil.example"}).status_code in (403, 421)


def test_many_at_once_and_clients_that_leave(server: Serving, door: Client) -> None:
    for number in range(40):
        with httpx.stream("POST", f"{server.url}/v1/ask/stream", json={"question": QUESTION}) as left:
            if number % 2:
                next(left.iter_raw())
    found: list[Answer] = []
    threads = [threading.Thread(target=lambda: found.append(door.ask(AskRequest(question=QUESTION)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({answer.answer for answer in found}) == 1
    deadline = time.monotonic() + 10
    while "hoi_pool_held 0.0" not in httpx.get(f"{server.url}/metrics").text:
        assert time.monotonic() < deadline
    assert 'status="500"' not in httpx.get(f"{server.url}/metrics").text


def test_a_monitor_may_ask_for_the_head_alone(server: Serving) -> None:
    for path in ("/healthz", "/readyz", "/v1/documents"):
        head, whole = (httpx.request(method, server.url + path, timeout=60) for method in ("HEAD", "GET"))
        assert (head.status_code, head.content) == (200, b""), path
        assert head.headers["content-length"] == whole.headers["content-length"]
    assert httpx.head(f"{server.url}/v1/ask").status_code == 405


def test_it_writes_nowhere_but_into_its_folder(server: Serving) -> None:
    written = {path.name for path in server.data.parent.iterdir()}
    assert written == {"data"}


def test_what_was_added_and_said_is_there_after_a_kill(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serving(data, "--no-ui") as server, Client(server.url) as door:
        [added] = door.add("mới.txt", "Thông báo số 77-TB/HU: lễ hội mùa xuân tổ chức tại thị trấn Dran.".encode())
        before = door.ask(AskRequest(question="Lễ hội mùa xuân tổ chức ở đâu?", conversation_id="c1"))
        server.process.kill()
        server.process.wait()
    with serving(data, "--no-ui") as server, Client(server.url) as door:
        assert added.id in {each.id for each in door.documents()}
        [turn] = door.conversation("c1").turns
        assert (turn.answer, turn.withdrawn) == (before, [])
        for cited in turn.answer.citations:
            assert door.text(cited.document_id)[cited.start : cited.end] == cited.quote


def test_it_stops_cleanly_and_says_when_the_port_is_taken(tmp_path: Path) -> None:
    with serving(tmp_path / "data", "--no-ui") as server:
        taken = server.url.rpartition(":")[2]
        command = [sys.executable, "-m", "ui.cli", "serve", "--port", taken]
        second = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
        )
        assert second.returncode == 2
        assert f"Không mở được 127.0.0.1:{taken} (cổng đang được dùng)." in second.stderr
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(30) == 0


def test_a_key_made_while_it_runs_closes_the_door(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serving(data, "--no-ui") as server, Client(server.url) as door:
        assert door.me().role == "admin"
        command = [sys.executable, "-m", "ui.cli", "key", "create", "Cổng", "--role", "reader"]
        environment = {**os.environ, "HOI_DATA": str(data), "PYTHONPATH": str(PROJECT)}
        secret = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.strip()
        with pytest.raises(ApiError) as refused:
            door.documents()
        assert refused.value.status == 401
        with Client(server.url, secret) as reader:
            assert len(reader.documents()) == 4
