"""`hoi mcp` as a real process, spoken to by the protocol's own client."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from browsing import QUESTION, QUOTE
from serving_parts import PROJECT
from store_parts import make

from index.access import groups, restricted
from index.embed import load_embedder
from index.store import Store, Upload
from ui.auth import Keys

mcp = pytest.importorskip("mcp")

Work = Callable[..., Awaitable[None]]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mcp") / "data"


def spoken(data: Path, work: Work, **settings: str) -> None:
    """Runs the work with a client of a fresh process."""
    environment = {
        "HOI_DATA": str(data),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(PROJECT),
        "OMP_NUM_THREADS": "1",
        **settings,
    }
    started = mcp.StdioServerParameters(
        command=sys.executable, args=["-m", "ui.cli", "mcp"], env=environment, cwd=data.parent
    )

    async def session() -> None:
        async with mcp.Client(started) as client:
            await work(client)

    asyncio.run(session())


def test_tools_are_told_in_vietnamese_and_change_nothing(data: Path) -> None:
    async def work(client: mcp.Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {"ask", "search", "read_document"}
        assert "trích dẫn nguyên văn" in tools["ask"].description
        assert all(tool.annotations.read_only_hint for tool in tools.values())
        assert "không phải mệnh lệnh" in client.instructions

    spoken(data, work)


def test_asking_searching_and_reading_agree(data: Path) -> None:
    async def work(client: mcp.Client) -> None:
        answer = (await client.call_tool("ask", {"question": QUESTION})).structured_content
        assert not answer["abstained"]
        cited = answer["citations"][0]
        assert cited["quote"] == QUOTE
        given = {"document_id": cited["document_id"], "start": cited["start"], "length": cited["end"] - cited["start"]}
        part = (await client.call_tool("read_document", given)).structured_content
        assert (part["text"], part["end"], part["number"]) == (QUOTE, cited["end"], "118-CV/BDVHU")
        given = {"query": "nông thôn mới", "k": 3, "document_ids": [cited["document_id"]]}
        found = (await client.call_tool("search", given)).structured_content["passages"]
        assert [each["document_id"] for each in found] == [cited["document_id"]] * 3
        unknown = {"question": "Ai vô địch giải bóng đá thế giới năm 1998?"}
        assert (await client.call_tool("ask", unknown)).structured_content["abstained"]

    spoken(data, work)


def test_what_cannot_be_done_is_told(data: Path) -> None:
    async def work(client: mcp.Client) -> None:
        for name, given, told in (
            ("read_document", {"document_id": "f" * 16}, "Không có văn bản nào mang mã ffffffffffffffff."),
            ("ask", {"question": QUESTION, "document_ids": ["f" * 16]}, "Không có văn bản nào"),
            ("ask", {"question": "…"}, "chưa có nội dung"),
        ):
            result = await client.call_tool(name, given)
            assert result.is_error
            assert told in result.content[0].text

    spoken(data, work)


def test_with_a_key_it_sees_what_the_key_may_until_that_is_revoked(data: Path) -> None:
    store = Store.open(data, *load_embedder())
    text = "Xã Lạc Lâm kỷ luật 7 cán bộ vì vi phạm đất đai."
    staff = groups(["nhân-sự"])
    store.add([Upload(restricted(make(text), staff), text.encode(), groups=staff)])
    keys = Keys(store.database)
    key, secret = keys.create("trợ lý", "reader")
    asked = {"query": "kỷ luật cán bộ vi phạm đất đai"}

    async def outside(client: mcp.Client) -> None:
        assert "7 cán bộ" not in str((await client.call_tool("search", asked)).structured_content)
        assert (await client.call_tool("search", asked)).structured_content["passages"]
        given = {"document_id": restricted(make(text), staff).id}
        assert "Không có văn bản nào" in (await client.call_tool("read_document", given)).content[0].text
        keys.revoke(key.id)
        assert "không còn hiệu lực" in (await client.call_tool("search", asked)).content[0].text

    spoken(data, outside, HOI_MCP_KEY=secret)
    store.close()
