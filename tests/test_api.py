from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from door_parts import OTHER, TEXT, FirstLine, api, client, filled
from fastapi import FastAPI
from fastapi.testclient import TestClient
from file_parts import zipped

from index.database import StoreFullError
from index.store import Store
from rag.answer import Answer, Event, Request, Turn
from rag.settings import Settings
from ui.api import create_app
from ui.auth import Keys
from ui.connection import server_sent
from ui.pool import BusyError, Pool

ANSWER = [
    *("id", "question", "understood", "answer", "abstained", "reason", "confidence", "writer"),
    *("citations", "passages", "timings_ms", "notices"),
]
CITATION = [
    *("marker", "document_id", "file", "title", "number", "issued_on", "issuer", "section", "page", "quote"),
    *("start", "end", "url"),
]
PROBLEM = {"type", "title", "status", "detail", "code", "request_id"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = filled(tmp_path)
    yield store
    store.close()


@pytest.fixture
def app(store: Store) -> FastAPI:
    return api(store)


@pytest.fixture
def caller(app: FastAPI) -> Iterator[TestClient]:
    with client(app) as caller:
        yield caller


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """For tests that change nothing."""
    store = filled(tmp_path_factory.mktemp("shared"))
    with client(api(store)) as caller:
        yield caller
    store.close()


def assistant_of(app: FastAPI) -> FirstLine:
    found = app.state.services.assistant
    assert isinstance(found, FirstLine)
    return found


def test_an_answer_has_the_contracts_fields_and_no_others(caller: TestClient) -> None:
    response = caller.post("/v1/ask", json={"question": "Xã nào đạt nông thôn mới kiểu mẫu?"})
    assert response.status_code == 200
    answer = response.json()
    assert list(answer) == ANSWER
    assert list(answer["citations"][0]) == CITATION
    assert list(answer["passages"][0]) == ["document_id", "text", "start", "end", "score"]
    for cited in answer["citations"]:
        text = caller.get(f"/v1/documents/{cited['document_id']}/text").content.decode()
        assert text[cited["start"] : cited["end"]] == cited["quote"]
        assert cited["url"] == f"/v1/documents/{cited['document_id']}/text#{cited['start']}-{cited['end']}"


def test_the_request_reaches_the_assistant_whole(app: FastAPI, caller: TestClient, store: Store) -> None:
    id = store.documents()[1].id
    filters = {"issued_from": "2019-01-01", "issuer": "Huyện ủy", "place": "Đơn Dương"}
    caller.post("/v1/ask", json={"question": "Hỏi gì?", "document_ids": [id], "filters": filters, "k": 3})
    request = assistant_of(app).asked[-1]
    assert (request.question, request.document_ids, request.k) == ("Hỏi gì?", (id,), 3)
    assert str(request.filters.issued_from) == "2019-01-01"
    assert (request.filters.issuer, request.filters.kind, request.filters.place) == (
        "Huyện ủy",
        None,
        "Đơn Dương",
    )


def test_a_question_to_be_taken_as_typed_says_so(app: FastAPI, caller: TestClient) -> None:
    for body in ({"as_typed": True}, {}):
        caller.post("/v1/ask/stream", json={"question": "xa nao dat?"} | body)
    assert [request.as_typed for request in assistant_of(app).asked[-2:]] == [True, False]


def test_a_conversation_tells_where_each_answer_was_looked_for(caller: TestClient, store: Store) -> None:
    id, filters = store.documents()[1].id, {"place": "Đơn Dương", "issued_to": "2019-12-31"}
    question = {"question": "Xã nào?", "conversation_id": "c1"}
    caller.post("/v1/ask", json=question | {"document_ids": [id], "filters": filters})
    caller.post("/v1/ask", json=question)
    first, second = (turn["narrowing"] for turn in caller.get("/v1/conversations/c1").json()["turns"])
    assert first["document_ids"] == [id]
    assert {name: value for name, value in first["filters"].items() if value} == filters
    assert second["document_ids"] is None
    assert not any(second["filters"].values())


def test_a_follow_up_comes_with_its_history(app: FastAPI, caller: TestClient) -> None:
    first = caller.post("/v1/ask", json={"question": "Xã nào?", "conversation_id": "c1"})
    assert first.headers["x-conversation-id"] == "c1"
    caller.post("/v1/ask", json={"question": "Còn thị trấn?", "conversation_id": "c1"})
    [turn] = assistant_of(app).asked[-1].history
    assert (turn.question, turn.answer) == ("Xã nào?", first.json()["answer"])
    assert len(turn.document_ids) == 2
    conversation = caller.get("/v1/conversations/c1").json()
    assert [turn["answer"]["question"] for turn in conversation["turns"]] == ["Xã nào?", "Còn thị trấn?"]
    assert conversation["turns"][0]["answer"] == first.json()


def test_the_server_makes_a_conversation_where_none_is_named(app: FastAPI, caller: TestClient) -> None:
    id = caller.post("/v1/ask", json={"question": "Xã nào?"}).headers["x-conversation-id"]
    caller.post("/v1/ask", json={"question": "Còn thị trấn?", "conversation_id": id})
    assert len(assistant_of(app).asked[-1].history) == 1


def test_a_conversations_citations_still_resolve_after_a_document_is_gone(caller: TestClient, store: Store) -> None:
    caller.post("/v1/ask", json={"question": "Xã nào?", "conversation_id": "c1"})
    gone = store.documents()[0].id
    assert caller.delete(f"/v1/documents/{gone}").status_code == 204
    [turn] = caller.get("/v1/conversations/c1").json()["turns"]
    assert turn["withdrawn"] == [1]
    assert [cited["marker"] for cited in turn["answer"]["citations"]] == [2]
    assert gone not in {passage["document_id"] for passage in turn["answer"]["passages"]}


def test_a_stream_gives_sources_then_tokens_then_the_answer(caller: TestClient) -> None:
    response = caller.post("/v1/ask/stream", json={"question": "Xã nào?", "conversation_id": "c1"})
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["x-conversation-id"] == "c1"
    events = list(server_sent(iter([response.text])))
    names = [name for name, _ in events]
    assert names[0] == "sources"
    assert names[-1] == "answer"
    assert set(names[1:-1]) == {"token"}
    sources, answer = json.loads(events[0][1]), json.loads(events[-1][1])
    assert list(sources["passages"][0])[:5] == ["document_id", "text", "start", "end", "score"]
    assert list(answer) == ANSWER
    assert "".join(json.loads(data)["text"] for _, data in events[1:-1]).strip() == answer["answer"]
    assert caller.get("/v1/conversations/c1").json()["turns"][0]["answer"] == answer


def test_a_stream_that_breaks_ends_with_an_error_event(app: FastAPI, caller: TestClient) -> None:
    def broken(request: Request) -> Iterator[Event]:
        raise RuntimeError("secret /path of SELECT")
        yield

    assistant_of(app).stream = broken  # type: ignore[method-assign]
    response = caller.post("/v1/ask/stream", json={"question": "Xã nào?"})
    [(name, data)] = server_sent(iter([response.text]))
    assert (response.status_code, name) == (200, "error")
    assert set(json.loads(data)) >= PROBLEM
    assert "secret" not in response.text
    failed = caller.post("/v1/ask", json={"question": "Xã nào?"})
    assert (failed.status_code, failed.json()["code"]) == (500, "internal_error")
    assert "secret" not in failed.text
    assert failed.json()["request_id"]


def test_search_gives_passages_with_their_names(caller: TestClient) -> None:
    found = caller.post("/v1/search", json={"query": "xã", "k": 1}).json()
    assert list(found) == ["passages"]
    [passage] = found["passages"]
    assert list(passage) == ["document_id", "text", "start", "end", "score", "number", "title", "section"]


def test_search_explains_when_asked(caller: TestClient) -> None:
    [passage] = caller.post("/v1/search", json={"query": "xa lac lam nao", "k": 1, "explain": True}).json()["passages"]
    assert passage["explain"]["understood"] == "xã lạc lâm nào"
    assert passage["explain"]["changes"] == [{"typed": "xa lac lam nao", "read": "xã lạc lâm nào"}]
    assert passage["explain"]["matched"][0]["exact"]
    assert {part["name"] for part in passage["explain"]["parts"]} >= {"lexical", "dense"}
    assert caller.post("/v1/search", json={"query": "xã", "explain": "có"}).status_code == 422


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"question": ""}, "question"),
        ({"question": " \n\t"}, "question"),
        ({"question": "???!…"}, "question"),
        ({"question": "a" * 4001}, "question"),
        ({"question": "xã\0nào"}, "question"),
        ({"question": 5}, "question"),
        ({}, "question"),
        ({"question": "xã", "k": 0}, "k"),
        ({"question": "xã", "k": 10**30}, "k"),
        ({"question": "xã", "k": "3"}, "k"),
        ({"question": "xã", "document_ids": []}, "document_ids"),
        ({"question": "xã", "document_ids": ["../x"]}, "document_ids.0"),
        ({"question": "xã", "filters": {"issued_from": "hôm qua"}}, "filters.issued_from"),
        ({"question": "xã", "filters": {"issued_from": "2020-01-02", "issued_to": "2020-01-01"}}, "filters"),
        ({"question": "xã", "filtres": {}}, "filtres"),
        ({"question": "xã", "conversation_id": "a/b"}, "conversation_id"),
        ([], ""),
    ],
)
@pytest.mark.parametrize("path", ["/v1/ask", "/v1/ask/stream"])
def test_bad_input_is_told_in_vietnamese_by_field(shared: TestClient, path: str, body: object, field: str) -> None:
    response = shared.post(path, json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["code"] == "invalid_request"
    assert [each["field"] for each in problem["errors"]] == [field]
    assert problem["detail"] not in ("", "không hợp lệ")
    assert "Input" not in problem["detail"]
    assert problem["request_id"] == response.headers["x-request-id"]


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b'{"question": "\xff"}', 400),
        (b"[" * 100_000, 400),
        (b'{"question":' + b"[" * 50_000 + b"]" * 50_000 + b"}", 400),
        (b'{"question": "a", "k": ' + b"9" * 5000 + b"}", 400),
        (b'{"question": "\\ud800 a"}', 422),
        (b"", 422),
        (b"null", 422),
        (b'{"question": "a"}' + b" " * (1 << 20), 413),
    ],
)
def test_odd_bodies_are_the_shareds_fault(shared: TestClient, content: bytes, status: int) -> None:
    response = shared.post("/v1/ask", content=content, headers={"Content-Type": "application/json"})
    assert response.status_code == status
    assert set(response.json()) >= PROBLEM


def test_a_body_that_hides_its_length_is_cut_off_too(shared: TestClient) -> None:
    response = shared.post(
        "/v1/ask", content=(b" " * 65536 for _ in range(20)), headers={"Content-Type": "application/json"}
    )
    assert (response.status_code, response.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v1/nothing", 404, "not_found"),
        ("GET", "/nothing", 404, "not_found"),
        ("GET", "/v1/ask", 405, "method_not_allowed"),
        ("GET", "/v1/documents/ffffffffffffffff", 404, "document_not_found"),
        ("GET", "/v1/documents/ffffffffffffffff/text", 404, "document_not_found"),
        ("GET", "/v1/documents/ffffffffffffffff/file", 404, "document_not_found"),
        ("GET", "/v1/documents/ffffffffffffffff/links", 404, "document_not_found"),
        ("DELETE", "/v1/documents/ffffffffffffffff", 404, "document_not_found"),
        ("GET", "/v1/documents/%00%ff", 404, "document_not_found"),
        ("GET", "/v1/documents/" + "9" * 3000, 422, "invalid_request"),
        ("GET", "/v1/conversations/none", 404, "conversation_not_found"),
        ("DELETE", "/v1/conversations/none", 404, "conversation_not_found"),
        ("GET", "/v1/models/gpt", 404, "model_not_found"),
    ],
)
def test_what_is_not_there(shared: TestClient, method: str, path: str, status: int, code: str) -> None:
    response = shared.request(method, path)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.json()["detail"]


@pytest.mark.parametrize("host", ["evil/x?", "[::1", "", "a" * 5000, "xã"])
@pytest.mark.parametrize("path", ["/v1/documents", "/docs", "/healthz", "/v1/chat/completions"])
def test_an_odd_host_breaks_nothing(shared: TestClient, host: str, path: str) -> None:
    assert shared.get(path, headers={b"Host": host.encode()}).status_code < 500


def test_asking_in_an_unknown_document_is_told(shared: TestClient) -> None:
    body = {"question": "Xã nào?", "document_ids": ["ffffffffffffffff"]}
    assert shared.post("/v1/ask", json=body).json()["code"] == "document_not_found"
    assert shared.post("/v1/search", json={"query": "xã", "document_ids": ["f" * 16]}).status_code == 404


def test_documents_as_the_contract_lists_them(caller: TestClient, store: Store) -> None:
    listed = caller.get("/v1/documents").json()
    assert list(listed) == ["documents"]
    first = listed["documents"][0]
    assert list(first) == [
        "id", "file", "title", "kind", "number", "issued_on", "issuer", "subject", "signer", "place", "pages",
        "passages", "added_at",
    ]  # fmt: skip
    assert (first["number"], first["pages"], first["passages"]) == (
        None,
        None,
        len(store_chunks(store, first["id"])),
    )
    assert caller.get(f"/v1/documents/{first['id']}").json() == first
    text = caller.get(f"/v1/documents/{first['id']}/text")
    assert (text.headers["content-type"], text.content) == ("text/plain; charset=utf-8", TEXT.encode())


def test_the_links_of_a_document_either_way_with_the_clause_that_says_so(caller: TestClient) -> None:
    old = "UBND XÃ BẮC SƠN\nSố: 15/QĐ-UBND\nBắc Sơn, ngày 02 tháng 3 năm 2018\nQUYẾT ĐỊNH\nPhí chợ\nThu 5.000 đồng.\n"
    new = (
        "UBND XÃ BẮC SƠN\nSố: 20/QĐ-UBND\nBắc Sơn, ngày 05 tháng 01 năm 2020\nQUYẾT ĐỊNH\nPhí chợ\nThu 7.000 đồng.\n"
        "Quyết định này thay thế Quyết định số 15/QĐ-UBND ngày 02/3/2018.\n"
    )
    files = [("file", (f"{name}.txt", text.encode())) for name, text in (("cu", old), ("moi", new))]
    added = caller.post("/v1/documents", files=files).json()["documents"]
    older, newer = (each["id"] for each in added)
    [back] = caller.get(f"/v1/documents/{older}/links").json()["links"]
    text = caller.get(f"/v1/documents/{newer}/text").content.decode()
    assert text[back["start"] : back["end"]] == back["quote"]
    assert back["url"] == f"/v1/documents/{newer}/text#{back['start']}-{back['end']}"
    assert back | {"start": 0, "end": 0, "url": ""} == {
        "relation": "replaces",
        "direction": "in",
        "label": "được thay thế bởi",
        "document_id": newer,
        "name": "Quyết định số 20/QĐ-UBND ngày 05/01/2020",
        "kind": "Quyết định",
        "number": "20/QĐ-UBND",
        "issued_on": "2020-01-05",
        "title": "Phí chợ",
        "part": None,
        "quoted_in": newer,
        "quote": "Quyết định này thay thế Quyết định số 15/QĐ-UBND ngày 02/3/2018.",
        "start": 0,
        "end": 0,
        "url": "",
    }
    [out] = caller.get(f"/v1/documents/{newer}/links").json()["links"]
    assert (out["direction"], out["label"], out["document_id"]) == ("out", "thay thế", older)
    caller.delete(f"/v1/documents/{older}")
    [outside] = caller.get(f"/v1/documents/{newer}/links").json()["links"]
    assert (outside["document_id"], outside["name"]) == (None, "Quyết định số 15/QĐ-UBND ngày 02/03/2018")


def store_chunks(store: Store, id: str) -> list[int]:
    with store.database.read() as connection:
        query = "SELECT c.id FROM chunks c JOIN documents d ON d.row = c.document WHERE d.id = ?"
        return [row[0] for row in connection.execute(query, (id,))]


def test_an_upload_is_there_at_once_and_unchanged_the_second_time(caller: TestClient) -> None:
    files = [
        ("file", ("một.txt", "Tờ trình về đường liên xã.".encode())),
        ("file", ("hai.txt", b"Thong bao so 5")),
    ]
    first = caller.post("/v1/documents", files=files)
    assert (first.status_code, [each["status"] for each in first.json()["documents"]]) == (
        201,
        ["added", "added"],
    )
    again = caller.post("/v1/documents", files=files)
    assert (again.status_code, [each["status"] for each in again.json()["documents"]]) == (
        200,
        ["unchanged"] * 2,
    )
    id = first.json()["documents"][0]["id"]
    original = caller.get(f"/v1/documents/{id}/file")
    assert original.content == "Tờ trình về đường liên xã.".encode()
    assert original.headers["content-disposition"] == "attachment; filename*=UTF-8''m%E1%BB%99t.txt"
    assert original.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "content", "status", "code"),
    [
        ("trống.txt", b"", 422, "empty_file"),
        ("hỏng.pdf", b"%PDF-1.7 rubbish", 422, "broken_file"),
        ("lớn.txt", b"a" * ((50 << 20) + 1), 413, "too_large"),
        ("chạy.exe", b"MZ\x90\0" + bytes(range(256)) * 40, 415, "unsupported_type"),
    ],
)
def test_one_bad_file_stops_the_upload_and_nothing_is_stored(
    caller: TestClient, name: str, content: bytes, status: int, code: str
) -> None:
    before = caller.get("/v1/documents").json()
    files = [("file", ("tốt.txt", "Nội dung tốt".encode())), ("file", (name, content))]
    response = caller.post("/v1/documents", files=files)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert [each["field"] for each in response.json()["errors"]] == [name]
    assert caller.get("/v1/documents").json() == before


def test_an_archive_gives_its_documents_and_names_the_rest(caller: TestClient) -> None:
    archive = zipped({"a.txt": "Tờ trình về đường.".encode(), "b/hỏng.pdf": b"%PDF-1.7 rubbish"})
    added = caller.post("/v1/documents", files={"file": ("hồ sơ.zip", archive)}).json()
    assert [each["file"] for each in added["documents"]] == ["a.txt"]
    assert [(each["path"], each["code"]) for each in added["left_out"]] == [("hồ sơ.zip!b/hỏng.pdf", "broken_file")]
    refused = caller.post("/v1/documents", files={"file": ("b.zip", zipped({"hỏng.pdf": b"%PDF-1.7 rubbish"}))})
    assert (refused.status_code, refused.json()["code"]) == (422, "broken_file")


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{}", "application/json", 422),
        (b"--x", "multipart/form-data", 400),
        (b"", "multipart/form-data; boundary=x", 422),
    ],
)
def test_an_upload_without_a_file_is_told(shared: TestClient, content: bytes, kind: str, status: int) -> None:
    response = shared.post("/v1/documents", content=content, headers={"Content-Type": kind})
    assert response.status_code == status
    assert set(response.json()) >= PROBLEM


def test_a_hostile_file_name_becomes_a_plain_one(caller: TestClient) -> None:
    name = "../../etc/\u202egpj.\u200bđộc.txt"
    [added] = caller.post("/v1/documents", files={"file": (name, "Nội dung".encode())}).json()["documents"]
    assert added["file"] == "gpj.độc.txt"


def test_feedback_is_kept_and_shown_with_the_turn(caller: TestClient) -> None:
    answer = caller.post("/v1/ask", json={"question": "Xã nào?", "conversation_id": "c1"}).json()
    given = {"answer_id": answer["id"], "rating": "down", "reason": "thiếu một xã"}
    assert caller.post("/v1/feedback", json=given).json() == given
    assert caller.get("/v1/conversations/c1").json()["turns"][0]["rating"] == "down"
    assert caller.post("/v1/feedback", json={**given, "answer_id": "none"}).status_code == 404
    assert caller.post("/v1/feedback", json={**given, "rating": "meh"}).status_code == 422


def test_conversations_are_listed_renamed_and_removed(caller: TestClient) -> None:
    caller.post("/v1/ask", json={"question": "Xã nào?", "conversation_id": "c1"})
    [listed] = caller.get("/v1/conversations").json()["conversations"]
    assert (listed["id"], listed["title"], listed["turns"]) == ("c1", "Xã nào?", 1)
    assert caller.patch("/v1/conversations/c1", json={"title": "Nông thôn mới"}).status_code == 204
    assert caller.get("/v1/conversations/c1").json()["title"] == "Nông thôn mới"
    assert caller.delete("/v1/conversations/c1").status_code == 204
    assert caller.get("/v1/conversations").json() == {"conversations": []}


def test_suggestions_are_thought_of_once_until_documents_change(app: FastAPI, caller: TestClient) -> None:
    thought = []
    assistant_of(app).suggestions = lambda n, groups: thought.append(n) or ["Câu?"]  # type: ignore[method-assign]
    for _ in range(3):
        caller.get("/v1/suggestions?n=3")
    assert thought.count(3) == 1
    caller.post("/v1/documents", files={"file": ("a.txt", "Mới".encode())})
    caller.get("/v1/suggestions?n=3")
    assert thought.count(3) == 2


def test_suggestions(shared: TestClient) -> None:
    assert shared.get("/v1/suggestions?n=1").json() == {"questions": ["Xã nào đạt nông thôn mới kiểu mẫu?"]}
    assert shared.get("/v1/suggestions?n=99999999999999999999").status_code == 422
    after = shared.get("/v1/suggestions", params={"after": "Mấy xã & thôn?"})
    assert after.json() == {"questions": ["Ngoài “Mấy xã & thôn?”, còn gì nữa?"]}
    assert shared.get("/v1/suggestions", params={"after": " "}).status_code == 422


def test_openais_completion_cites(app: FastAPI, caller: TestClient) -> None:
    messages = [
        {"role": "system", "content": "Bạn là trợ lý."},
        {"role": "user", "content": "Xã nào?"},
        {"role": "assistant", "content": "Lạc Lâm [1]"},
        {"role": "user", "content": [{"type": "text", "text": "Còn thị trấn?"}]},
    ]
    body = {"model": "hoi", "messages": messages, "temperature": 0.2}
    completed = caller.post("/v1/chat/completions", json=body).json()
    request = assistant_of(app).asked[-1]
    assert request.question == "Còn thị trấn?"
    assert request.history == (Turn("Xã nào?", "Xã nào?", "Lạc Lâm [1]"),)
    [choice] = completed["choices"]
    content = choice["message"]["content"]
    assert (choice["message"]["role"], choice["finish_reason"]) == ("assistant", "stop")
    assert content == f"{TEXT.splitlines()[0]} [1] {OTHER} [2]"
    cited = [each["url_citation"] for each in choice["message"]["annotations"]]
    assert [content[each["start_index"] : each["end_index"]] for each in cited] == ["[1]", "[2]"]
    assert [list(source) for source in completed["sources"]] == [CITATION, CITATION]


def test_openais_stream_says_the_same_as_the_whole(caller: TestClient) -> None:
    body = {"messages": [{"role": "user", "content": "Xã nào?"}], "stream": True}
    *chunks, last = [data for _, data in server_sent(iter([caller.post("/v1/chat/completions", json=body).text]))]
    assert last == "[DONE]"
    deltas = [json.loads(chunk)["choices"][0] for chunk in chunks]
    assert "".join(each["delta"].get("content", "") for each in deltas) == f"{TEXT.splitlines()[0]} [1] {OTHER} [2]"
    assert deltas[-1]["finish_reason"] == "stop"
    assert len(json.loads(chunks[-1])["sources"]) == 2


@pytest.mark.parametrize("messages", [[], [{"role": "system", "content": "a"}], [{"role": "user", "content": " "}]])
def test_openais_errors_have_their_message_too(shared: TestClient, messages: object) -> None:
    response = shared.post("/v1/chat/completions", json={"messages": messages})
    assert response.status_code == 422
    assert response.json()["error"]["message"] == response.json()["detail"]


def test_a_full_pool_refuses_at_once_and_goes_on_afterwards(app: FastAPI, caller: TestClient) -> None:
    assert caller.get("/readyz").status_code == 200  # the first question, asked at the start, is over
    pool, hold = app.state.services.pool, threading.Event()
    try:
        with pytest.raises(BusyError):  # noqa: PT012  # every slot gets work that waits
            while True:
                pool._submit(hold.wait)
        for path in ("/v1/ask", "/v1/ask/stream"):
            refused = caller.post(path, json={"question": "Xã nào?"})
            assert (refused.status_code, refused.json()["code"]) == (503, "busy")
            assert int(refused.headers["retry-after"]) > 0
        assert caller.get("/healthz").status_code == 200
    finally:
        hold.set()
    while pool.held:
        time.sleep(0.01)
    assert caller.post("/v1/ask", json={"question": "Xã nào?"}).status_code == 200


def test_a_full_disk_keeps_nobody_from_an_answer(
    app: FastAPI, caller: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreFullError

    monkeypatch.setattr("rag.memory.Memory.remember", full)
    assert caller.post("/v1/ask", json={"question": "Xã nào?"}).status_code == 200
    monkeypatch.setattr("index.store.Store.add", lambda *_, **__: full())
    refused = caller.post("/v1/documents", files={"file": ("a.txt", "Mới".encode())})
    assert (refused.status_code, refused.json()["code"]) == (503, "store_full")


def test_readiness_is_a_question_answered(app: FastAPI, caller: TestClient) -> None:
    assert caller.get("/readyz").json() == {"status": "ready"}
    assert assistant_of(app).asked[0].question == "Xã nào đạt nông thôn mới kiểu mẫu?"


def test_a_server_that_cannot_answer_is_not_ready(store: Store) -> None:
    class Broken(FirstLine):
        def ask(self, request: Request) -> Answer:
            raise OSError("no disk")

    broken = create_app(Broken(store), Settings(data=store.folder))  # type: ignore[arg-type]
    response = client(broken).get("/readyz")
    assert (response.status_code, response.json()["code"]) == (503, "not_ready")


def test_metrics_count_requests_and_answers(caller: TestClient) -> None:
    caller.post("/v1/ask", json={"question": "Xã nào?"})
    caller.get("/v1/documents/none/text")
    lines = caller.get("/metrics").text.splitlines()
    assert 'hoi_requests_total{method="POST",route="/v1/ask",status="200"} 1.0' in lines
    assert 'hoi_requests_total{method="GET",route="/v1/documents/{id}/text",status="404"} 1.0' in lines
    assert 'hoi_answers_total{outcome="answered",writer="extractive"} 1.0' in lines


def test_every_response_is_safe_in_a_browser(shared: TestClient) -> None:
    for path in ("/healthz", "/v1/documents", "/v1/nothing", "/docs"):
        headers = shared.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_the_reference_names_every_route_without_another_host(shared: TestClient) -> None:
    page = shared.get("/docs").text
    paths = shared.get("/openapi.json").json()["paths"]
    assert {"/v1/ask", "/v1/documents/{id}/text", "/v1/chat/completions", "/readyz"} <= set(paths)
    assert all(f"<code>{path}</code>" in page for path in paths)
    assert "<script" not in page
    assert page.count("http") == page.count("http://127.0.0.1:8000")


def test_a_pool_closes_without_waiting_for_ever() -> None:
    pool, hold = Pool(1), threading.Event()
    try:
        running, waiting = pool._submit(hold.wait), pool._submit(hold.wait)
        pool.close(0.05)
        assert waiting.cancelled()
        assert not running.done()
    finally:
        hold.set()


def test_other_sites_pages_may_call_only_when_they_are_named(store: Store) -> None:
    settings = Settings(data=store.folder, cors_origins="https://cong.vn http://localhost:3000")
    app = create_app(FirstLine(store), settings)  # type: ignore[arg-type]
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    named, other = (
        client(app).options("/v1/ask", headers={**asked, "Origin": origin})
        for origin in ("https://cong.vn", "https://xau.vn")
    )
    assert (named.status_code, named.headers["access-control-allow-origin"]) == (200, "https://cong.vn")
    assert "access-control-allow-origin" not in other.headers
    Keys(store.database).create("a", "reader")
    refused = client(app, "hoi_wrong").post("/v1/ask", json={"question": "Xã?"}, headers={"Origin": "https://cong.vn"})
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (401, "https://cong.vn")
    assert "access-control-allow-credentials" not in refused.headers
