from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from door_parts import OTHER, TEXT, api, client, filled
from fastapi.testclient import TestClient

from index.store import Store
from ui.auth import Keys
from ui.client import Client
from ui.connection import ApiError, server_sent
from ui.schemas import Answer, AskRequest, SearchRequest


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = filled(tmp_path)
    yield store
    store.close()


class Through(httpx.BaseTransport):
    """Hands a request to the app under test instead of to a socket."""

    def __init__(self, inside: TestClient) -> None:
        self.inside = inside

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        answer = self.inside.request(
            request.method,
            request.url.raw_path.decode(),
            content=request.content,
            headers=dict(request.headers),
        )
        return httpx.Response(answer.status_code, headers=answer.headers.raw, content=answer.content)


@pytest.fixture
def door(store: Store) -> Iterator[Client]:
    with client(api(store)) as inside, Client("http://127.0.0.1:8000", transport=Through(inside)) as door:
        yield door


def test_a_question_and_its_stream(door: Client) -> None:
    answer = door.ask(AskRequest(question="Xã nào?", conversation_id="c1"))
    sources, *words, streamed = door.ask_stream("Xã nào?", "c1")
    assert isinstance(streamed, Answer)
    assert isinstance(sources, list)
    assert [each.text for each in sources] == [TEXT.split("\n")[0], OTHER]
    assert "".join(each for each in words if isinstance(each, str)).strip() == answer.answer == streamed.answer
    conversation = door.conversation("c1")
    assert [turn.answer for turn in conversation.turns] == [answer, streamed]


def test_documents_come_and_go(door: Client) -> None:
    [added] = door.add("mới.txt", "Tờ trình về đường liên xã.".encode())
    assert (added.status, added.file) == ("added", "mới.txt")
    assert [each.status for each in door.add("mới.txt", "Tờ trình về đường liên xã.".encode())] == ["unchanged"]
    assert door.text(added.id) == "Tờ trình về đường liên xã."
    assert door.file(added.id) == "Tờ trình về đường liên xã.".encode()
    assert door.document(added.id) in door.documents()
    door.remove(added.id)
    assert added.id not in {each.id for each in door.documents()}


def test_conversations_and_ratings(door: Client) -> None:
    answer = door.ask(AskRequest(question="Xã nào?", conversation_id="c1"))
    door.feedback(answer.id, "up")
    door.rename_conversation("c1", "Nông thôn mới")
    [listed] = door.conversations()
    assert (listed.title, door.conversation("c1").turns[0].rating) == ("Nông thôn mới", "up")
    door.delete_conversation("c1")
    assert door.conversations() == []


def test_search_and_suggestions(door: Client) -> None:
    assert [each.text for each in door.search(SearchRequest(query="xã", k=1))] == [TEXT.split("\n")[0]]
    assert door.suggestions(1) == ["Xã nào đạt nông thôn mới kiểu mẫu?"]
    assert door.suggestions(1, after="Mấy xã & thôn?") == ["Ngoài “Mấy xã & thôn?”, còn gì nữa?"]


def test_a_refusal_speaks_the_servers_vietnamese(door: Client) -> None:
    with pytest.raises(ApiError) as refused:
        door.text("ffffffffffffffff")
    assert (refused.value.status, refused.value.code) == (404, "document_not_found")
    assert refused.value.detail == "Không có văn bản nào mang mã ffffffffffffffff."
    with pytest.raises(ApiError) as refused:
        list(door.ask_stream("", None))
    assert refused.value.status == 422


def test_a_key_makes_one_someone(store: Store) -> None:
    secret = Keys(store.database).create("cổng", "reader")[1]
    with client(api(store)) as inside:
        me = Client("http://127.0.0.1:8000", secret, transport=Through(inside)).me()
        assert (me.name, me.role, me.keys_demanded) == ("cổng", "reader", True)
        with pytest.raises(ApiError) as refused:
            Client("http://127.0.0.1:8000", "wrong", transport=Through(inside)).me()
        assert refused.value.status == 401


def test_no_server_is_an_error_too() -> None:
    with pytest.raises(ApiError) as refused, Client("http://127.0.0.1:9") as nobody:
        nobody.documents()
    assert (refused.value.status, refused.value.code) == (0, "unreachable")


def test_a_proxys_page_is_an_error_too() -> None:
    page = httpx.MockTransport(lambda request: httpx.Response(502, text="<h1>Bad Gateway</h1>"))
    with pytest.raises(ApiError) as refused, Client("http://127.0.0.1", transport=page) as proxied:
        proxied.documents()
    assert refused.value.status == 502


def test_events_are_cut_at_line_feeds_alone() -> None:
    text = 'event: token\ndata: {"text": "một\u2028hai\x85ba"}\n\n: ping\n\ndata: [DONE]\r\n\r\n'
    pieces = [text[at : at + 5] for at in range(0, len(text), 5)]
    expected = [("token", '{"text": "một\u2028hai\x85ba"}'), ("message", "[DONE]")]
    assert list(server_sent(iter(pieces))) == expected
