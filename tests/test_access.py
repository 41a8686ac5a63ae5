"""A document of one group looks, to everybody else, exactly like one that was never added."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from access_parts import ASKED, OPEN, QUESTION, REAL, SECRET, STAFF, app_over, hidden, real, told
from door_parts import client, routes
from fastapi.testclient import TestClient
from pydantic import BaseModel
from store_parts import make

from corpus.text import syllables
from index.access import GroupError, groups, restricted
from index.lengths import averages
from index.records import StoredChunk
from index.rows import read_rows_of
from index.store import Store
from rag.assistant import Assistant
from ui.auth import Caller, Keys

OUTSIDE = ["outsider", "another group"]
FURTHER = {
    "/v1/catalogue": "?find=dan+van&order=name",
    "/v1/documents/{id}/pages/{number}/boxes": "?start=0&end=9",
}


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, TestClient]]:
    """Callers of a store that has the hidden document, and "absent" ones of a store that never had it."""
    app, store = app_over(
        tmp_path_factory.mktemp("with"),
        real(REAL[0], STAFF),
        real(REAL[1]),
        hidden(),
        real(REAL[2], STAFF),
        real(REAL[3]),
    )
    other_app, other = app_over(tmp_path_factory.mktemp("without"), real(REAL[1]), real(REAL[3]))
    keys = Keys(store.database)
    yield {
        "insider": client(app, keys.create("trong", "editor", groups=STAFF)[1]),
        "outsider": client(app, keys.create("ngoài", "editor")[1]),
        "another group": client(app, keys.create("khác", "editor", groups=groups(["địa-chính"]))[1]),
        "admin": client(app, keys.create("quản trị", "admin")[1]),
        **{f"{who}, absent": client(other_app, Keys(other.database).create(who, "editor")[1]) for who in OUTSIDE},
    }
    store.close()
    other.close()


def bodies(id: str) -> dict[tuple[str, str], object]:
    messages = [{"role": "user", "content": QUESTION}]
    return {
        ("POST", "/v1/ask"): {"question": QUESTION, "conversation_id": "c1"},
        ("POST", "/v1/ask/stream"): {"question": QUESTION},
        ("POST", "/v1/search"): {"query": "kỷ luật cán bộ", "document_ids": [id]},
        ("POST", "/v1/chat/completions"): {"messages": messages},
        ("POST", "/v1/feedback"): {"answer_id": id, "rating": "up"},
        ("PATCH", "/v1/conversations/{id}"): {"title": "x"},
        ("PATCH", "/v1/documents/{id}"): {"number": "1/QĐ-UBND"},
        ("POST", "/v1/evaluations/drafts"): {"document_ids": [id]},
        ("POST", "/v1/evaluations/runs"): {"set_id": id},
    }


@pytest.mark.parametrize("who", OUTSIDE)
def test_every_route_answers_as_if_there_were_no_such_document(worlds: dict[str, TestClient], who: str) -> None:
    id = hidden().document.id
    served = sorted(each for each in routes(worlds[who].app) if each[1].startswith("/v1/") and each[1] != "/v1/me")  # type: ignore[arg-type]
    assert len(served) > 15
    for method, path in served:
        for asked in {path, path + FURTHER.get(path, "")} - {"/v1/catalogue"}:
            url = asked.replace("{id}", id).replace("{number}", "1")
            body = bodies(id).get((method, path))
            here, there = (worlds[name].request(method, url, json=body) for name in (who, f"{who}, absent"))
            assert here.status_code == there.status_code, (method, url)
            assert told(here.text) == told(there.text), (method, url)
            assert "7 cán bộ" not in here.text
            assert "Nguyễn Văn Kín" not in here.text


@pytest.mark.parametrize("who", OUTSIDE)
def test_no_score_no_reason_and_no_suggestion_is_moved_by_what_is_hidden(
    worlds: dict[str, TestClient], who: str
) -> None:
    for question in ASKED:
        messages = [{"role": "user", "content": question}]
        for url, body in (
            ("/v1/ask", {"question": question, "k": 30}),
            ("/v1/ask/stream", {"question": question}),
            ("/v1/search", {"query": question, "k": 50, "explain": True}),
            ("/v1/search", {"query": question, "filters": {"place": "Lâm Đồng"}, "as_typed": True}),
            ("/v1/chat/completions", {"messages": messages}),
        ):
            here, there = (worlds[name].post(url, json=body).text for name in (who, f"{who}, absent"))
            assert told(here) == told(there), (url, question)
        url = f"/v1/suggestions?after={question}"
        assert worlds[who].get(url).json() == worlds[f"{who}, absent"].get(url).json(), question


def test_no_tool_of_an_assistant_tells_what_is_hidden(worlds: dict[str, TestClient]) -> None:
    mcp_server = pytest.importorskip("ui.mcp_server", exc_type=ImportError)
    here, there = (
        mcp_server.Tools(worlds[world].app.state.services.assistant, lambda: Caller("k", "k", "reader", frozenset()))  # type: ignore[attr-defined]
        for world in ("outsider", "outsider, absent")
    )
    id = hidden().document.id

    def answer(tool: Callable[..., BaseModel], **given: object) -> str:
        try:
            return told(tool(**given).model_dump_json())
        except mcp_server.ToolError as error:
            return f"refused: {error}"

    for question in ASKED:
        assert answer(here.ask, question=question) == answer(there.ask, question=question)
        assert answer(here.search, query=question, k=50) == answer(there.search, query=question, k=50)
    assert answer(here.read_document, document_id=id) == answer(there.read_document, document_id=id)
    assert answer(here.ask, question=QUESTION, document_ids=[id]) == f"refused: Không có văn bản nào mang mã {id}."
    assert answer(here.read_document, document_id=REAL[1].id) == answer(there.read_document, document_id=REAL[1].id)


@pytest.mark.parametrize("who", ["insider", "admin"])
def test_those_who_may_see_it_do(worlds: dict[str, TestClient], who: str) -> None:
    id = hidden().document.id
    assert "7 cán bộ" in worlds[who].post("/v1/ask", json={"question": QUESTION}).json()["answer"]
    assert worlds[who].get(f"/v1/documents/{id}/text").text == SECRET
    assert id in {each["id"] for each in worlds[who].get("/v1/documents").json()["documents"]}


def test_adding_the_same_bytes_tells_nothing_and_gives_one_s_own_document(tmp_path: Path) -> None:
    app, store = app_over(tmp_path, hidden())
    keys = Keys(store.database)
    outsider = client(app, keys.create("ngoài", "editor")[1])
    [mine] = outsider.post("/v1/documents", files={"file": ("của tôi.txt", SECRET.encode())}).json()["documents"]
    assert (mine["status"], mine["file"]) == ("added", "của tôi.txt")
    assert mine["id"] != hidden().document.id
    assert outsider.delete(f"/v1/documents/{mine['id']}").status_code == 204
    insider = client(app, keys.create("trong", "reader", groups=STAFF)[1])
    assert insider.get(f"/v1/documents/{hidden().document.id}/file").content == SECRET.encode()
    store.close()


def test_an_upload_goes_to_groups_of_one_s_own(tmp_path: Path) -> None:
    app, store = app_over(tmp_path)
    editor = client(app, Keys(store.database).create("a", "editor", groups=groups(["một", "hai"]))[1])
    files = {"file": ("b.txt", "Quyết định về nhân sự.".encode())}
    assert editor.post("/v1/documents", files=files, data={"group": ["ba"]}).json()["code"] == "group_forbidden"
    assert editor.post("/v1/documents", files=files, data={"group": ["../x"]}).json()["code"] == "invalid_group"
    added = editor.post("/v1/documents", files=files, data={"group": ["MỘT"]})
    assert added.status_code == 201
    again = editor.post("/v1/documents", files=files, data={"group": ["một"]})
    assert (again.status_code, again.json()["documents"][0]["status"]) == (200, "unchanged")
    id = added.json()["documents"][0]["id"]
    assert client(app, Keys(store.database).create("b", "reader")[1]).get(f"/v1/documents/{id}").status_code == 404
    store.close()


def test_a_document_s_id_tells_its_groups_apart() -> None:
    document = make(OPEN)
    assert restricted(document, frozenset()) is document
    one, two = restricted(document, groups(["a"])), restricted(document, groups(["a", "b"]))
    assert len({document.id, one.id, two.id}) == 3
    assert replace(one, id=document.id) == document
    with pytest.raises(GroupError):
        groups(["có dấu cách"])


def test_words_of_hidden_documents_are_not_counted(tmp_path: Path) -> None:
    _, store = app_over(tmp_path, hidden())
    everything, outside = store.snapshot(), store.snapshot().seen_by(frozenset())
    assert [seen.frequency("folded", "luat") for seen in (everything, outside)] == [1, 0]
    assert [seen.frequency("folded", "xa") for seen in (everything, outside)] == [2, 1]
    assert outside.seen_by(None) is outside
    assert everything.seen_by(STAFF) is everything
    store.close()


def test_a_hidden_document_that_was_removed_leaves_no_trace_in_the_scores(tmp_path: Path) -> None:
    _, store = app_over(tmp_path / "had", real(REAL[0], STAFF), real(REAL[1]))
    _, other = app_over(tmp_path / "never", real(REAL[1]))
    store.remove([real(REAL[0], STAFF).document.id])
    assert store.snapshot().index.worn
    scores = [
        [(found.text, round(found.score, 4)) for found in Assistant(each, each.embedder).search(ASKED[1], groups=STAFF)]
        for each in (store, other)
    ]
    assert scores[0] == scores[1]
    assert len(scores[0]) == 10
    for each in (store, other):
        each.close()


def test_documents_from_before_anything_was_restricted_count_too(tmp_path: Path) -> None:
    _, store = app_over(tmp_path)
    store.add([real(REAL[0])])
    before = store.snapshot()
    store.add([hidden(), real(REAL[1])])
    with store.database.read() as connection:
        row = next(iter(read_rows_of(connection, [hidden().document.id]).values()))
        own, of_all = (averages(connection, 99, rows) for rows in ([row], []))
    chunks = before.chunks(before.index.chunks[:, 0].tolist()) + _chunks_of(store, REAL[1].id)
    assert own["folded"] == pytest.approx(sum(len(syllables(chunk.text)[1]) for chunk in chunks) / len(chunks))
    assert of_all != own
    store.close()


def _chunks_of(store: Store, id: str) -> list[StoredChunk]:
    snapshot = store.snapshot()
    return [chunk for chunk in snapshot.chunks(snapshot.index.chunks[:, 0].tolist()) if chunk.document_id == id]
