from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from door_parts import api, client, filled, routes

from eval.about import Options
from eval.workbench import Workbench
from index.database import Database
from index.store import Store
from rag.settings import Settings
from ui.auth import Keys, is_local_page, is_loopback

ASK = {"question": "Xã nào?"}
ROUTES = [  # method, path, body, lowest role: all there are under /v1, which a test below makes sure of
    ("POST", "/v1/ask", ASK, "reader"),
    ("POST", "/v1/ask/stream", ASK, "reader"),
    ("POST", "/v1/search", {"query": "xã"}, "reader"),
    ("GET", "/v1/suggestions", None, "reader"),
    ("GET", "/v1/me", None, "reader"),
    ("PUT", "/v1/login", None, "reader"),
    ("DELETE", "/v1/login", None, "reader"),
    ("GET", "/v1/documents", None, "reader"),
    ("GET", "/v1/documents/{id}", None, "reader"),
    ("GET", "/v1/documents/{id}/text", None, "reader"),
    ("GET", "/v1/documents/{id}/links", None, "reader"),
    ("GET", "/v1/documents/{id}/file", None, "reader"),
    ("GET", "/v1/facets", None, "reader"),
    ("GET", "/v1/documents/{id}/pages", None, "reader"),
    ("GET", "/v1/documents/{id}/pages/{number}.png", None, "reader"),
    ("GET", "/v1/documents/{id}/pages/{number}/boxes", None, "reader"),
    ("GET", "/v1/conversations", None, "reader"),
    ("GET", "/v1/models", None, "reader"),
    ("POST", "/v1/chat/completions", {"messages": [{"role": "user", "content": "Xã nào?"}]}, "reader"),
    ("GET", "/v1/documents/{id}/links", None, "reader"),
    ("GET", "/v1/conversations/{id}", None, "reader"),
    ("GET", "/v1/conversations/{id}/export", None, "reader"),
    ("PATCH", "/v1/conversations/{id}", {"title": "Xã"}, "reader"),
    ("DELETE", "/v1/conversations/{id}", None, "reader"),
    ("POST", "/v1/feedback", {"answer_id": "none", "rating": "up"}, "reader"),
    ("GET", "/v1/models/{id}", None, "reader"),
    ("POST", "/v1/documents", None, "editor"),
    ("DELETE", "/v1/documents/{id}", None, "editor"),
    ("PUT", "/v1/documents/{id}", None, "editor"),
    ("PATCH", "/v1/documents/{id}", {"number": "5/TB-UBND"}, "editor"),
    ("GET", "/v1/documents/{id}/reading", None, "reader"),
    ("GET", "/v1/catalogue", None, "reader"),
    ("GET", "/v1/jobs", None, "editor"),
    ("GET", "/v1/jobs/{id}", None, "editor"),
    ("POST", "/v1/jobs/{id}/retry", None, "editor"),
    ("DELETE", "/v1/jobs/{id}", None, "editor"),
    ("GET", "/v1/index", None, "admin"),
    ("POST", "/v1/index/check", None, "admin"),
    ("GET", "/v1/evaluations/sets", None, "editor"),
    ("POST", "/v1/evaluations/sets", None, "editor"),
    ("GET", "/v1/evaluations/sets/{id}", None, "editor"),
    ("DELETE", "/v1/evaluations/sets/{id}", None, "editor"),
    ("PUT", "/v1/evaluations/sets/{id}/questions", None, "editor"),
    ("DELETE", "/v1/evaluations/sets/{id}/questions/{question}", None, "editor"),
    ("GET", "/v1/evaluations/documents", None, "editor"),
    ("POST", "/v1/evaluations/documents", None, "editor"),
    ("DELETE", "/v1/evaluations/documents/{id}", None, "editor"),
    ("POST", "/v1/evaluations/drafts", None, "editor"),
    ("GET", "/v1/evaluations/judged", None, "editor"),
    ("GET", "/v1/evaluations/runs", None, "editor"),
    ("POST", "/v1/evaluations/runs", None, "editor"),
    ("GET", "/v1/evaluations/runs/{id}", None, "editor"),
    ("DELETE", "/v1/evaluations/runs/{id}", None, "editor"),
    ("GET", "/v1/evaluations/runs/{id}/answers", None, "editor"),
    ("GET", "/v1/evaluations/runs/{id}/report", None, "editor"),
    ("POST", "/v1/evaluations/runs/{id}/cancel", None, "editor"),
    ("GET", "/v1/evaluations/compare", None, "editor"),
    ("GET", "/v1/evaluations/compare/report", None, "editor"),
    ("GET", "/v1/admin/keys", None, "admin"),
    ("POST", "/v1/admin/keys", {"name": "cổng", "role": "reader"}, "admin"),
    ("PATCH", "/v1/admin/keys/{id}", {"days": 3}, "admin"),
    ("DELETE", "/v1/admin/keys/{id}", None, "admin"),
    ("GET", "/v1/admin/abbreviations", None, "admin"),
    ("POST", "/v1/admin/abbreviations", {"abbreviation": "PKT", "full": "Phòng Kinh tế"}, "admin"),
    ("DELETE", "/v1/admin/abbreviations", None, "admin"),
    ("POST", "/v1/admin/words/try", {"question": "ubnd xã"}, "admin"),
    ("GET", "/v1/admin/places", None, "admin"),
    ("POST", "/v1/admin/places", {"name": "Phố Núi", "means": "thành phố Đà Lạt"}, "admin"),
    ("DELETE", "/v1/admin/places", None, "admin"),
    ("GET", "/v1/admin/settings", None, "admin"),
    ("PUT", "/v1/admin/settings", {"k": 5}, "admin"),
    ("POST", "/v1/admin/settings/try", {"k": 5}, "admin"),
    ("POST", "/v1/admin/llm", None, "admin"),
    ("GET", "/v1/admin/audit", None, "admin"),
    ("GET", "/v1/admin/audit/check", None, "admin"),
    ("GET", "/v1/admin/audit/file", None, "admin"),
    ("GET", "/v1/admin/usage", None, "admin"),
]
UNTOLD = [  # what the request lacks here: a file, and which word
    ("POST", "/v1/documents"),
    ("DELETE", "/v1/admin/abbreviations"),
    ("DELETE", "/v1/admin/places"),
]
OPEN = ["/healthz", "/readyz", "/metrics", "/docs", "/openapi.json", "/widget.js"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = filled(tmp_path)
    yield store
    store.close()


def test_a_key_is_kept_as_a_hash_and_found_by_its_secret(tmp_path: Path) -> None:
    database = Database(tmp_path / "hoi.db")
    keys = Keys(database)
    assert not keys.any()
    key, secret = keys.create("cổng thông tin", "reader")
    assert len(secret) == len("hoi_") + 43  # 256 bits in base64, unpadded
    assert keys.find(secret) == key
    assert keys.find(secret[:-1]) is None
    assert keys.find("") is None
    with database.read() as connection:
        assert secret not in "\n".join(connection.iterdump())
    database.close()


def test_revoked_and_expired_keys_open_nothing(tmp_path: Path) -> None:
    database = Database(tmp_path / "hoi.db")
    keys = Keys(database)
    key, secret = keys.create("a", "reader")
    assert keys.revoke(key.id)
    assert not keys.revoke(key.id)
    assert keys.find(secret) is None
    assert keys.any()  # revoking the last key does not open the door
    late, expired = keys.create("b", "admin", days=0)
    assert not late.valid(datetime.now(UTC))
    assert keys.find(expired) is None
    database.close()


def evaluation_ids(store: Store) -> dict[str, str]:
    """A question set, and a run that nobody began, by where their routes begin."""
    bench = Workbench(Settings(data=store.folder))
    made = bench.sets.create("bộ", '{"id": "1", "question": "Xã nào?", "answerable": false}', "ai", frozenset())
    run = bench.runs.create(made, bench.sets.content(made.id), "lần", "store", Options(groups=frozenset()), "ai")
    brought = bench.brought.create("tập", [("mot.txt", b"Mot")], "ai", frozenset())
    return {
        "/v1/evaluations/sets/": made.id,
        "/v1/evaluations/runs/": run.id,
        "/v1/evaluations/documents/": brought.id,
    }


def test_no_route_is_forgotten(store: Store) -> None:
    served = routes(api(store))
    assert {path for _, path in served if not path.startswith("/v1/")} == set(OPEN)
    assert {each for each in served if each[1].startswith("/v1/")} == {(method, path) for method, path, *_ in ROUTES}


@pytest.mark.parametrize(("method", "path", "body", "role"), ROUTES)
def test_every_route_refuses_whoever_may_not(store: Store, method: str, path: str, body: object, role: str) -> None:
    keys = Keys(store.database)
    revoked, revoked_secret = keys.create("thu hồi", "admin")
    keys.revoke(revoked.id)
    bad = ["", "hoi_wrong", revoked_secret, keys.create("hết hạn", "admin", days=0)[1]]
    below = "editor" if role == "admin" else "reader"
    good, too_low = keys.create("được", role)[1], keys.create("thấp", below)[1]  # type: ignore[arg-type]
    revocable, _ = keys.create("sẽ thu hồi", "reader")
    app = api(store)
    client(app, good).post("/v1/ask", json=ASK | {"conversation_id": "mine"})
    sent = client(app, good).post("/v1/documents?wait=false", files={"file": ("mot.txt", b"Mot")}).json()
    ids = {"/v1/documents/": store.documents()[0].id, "/v1/conversations/": "mine", "/v1/models/": "hoi"}
    ids["/v1/jobs/"] = sent.get("id", "")
    ids["/v1/admin/keys/"] = revocable.id
    ids |= evaluation_ids(store)
    path = path.replace("{question}", "none").replace("{number}", "1")
    path = path.replace("{id}", next((id for start, id in ids.items() if path.startswith(start)), ""))
    for secret in bad:
        response = client(app, secret).request(method, path, json=body)
        assert response.status_code == 401, secret
        assert response.headers["www-authenticate"] == "Bearer"
        assert response.json()["code"] == "unauthorized"
    if role != "reader":
        assert client(app, too_low).request(method, path, json=body).status_code == 403
    odd = {
        "/v1/feedback": (404,),
        "/v1/index/check": (202,),
        "/v1/login": (409,),
    }  # not his answer; a key signs in nowhere
    expected = (202, 204, 409) if path.startswith("/v1/jobs/") and method != "GET" else odd.get(path, (200, 201, 204))
    expected = (422,) if (method == "PUT" and "/documents/" in path) or (method, path) in UNTOLD else expected
    expected = (404, 422) if "/pages/" in path else expected  # of a text, nothing is drawn
    if path.startswith("/v1/evaluations/"):
        expected = (200, 204, 409, 422)  # nothing runs, nothing is done, nothing was sent
    assert client(app, good).request(method, path, json=body).status_code in expected
    other = client(app, keys.create("khác", "admin")[1]).request(method, path, json=body)
    assert other.status_code == (404 if path.startswith(("/v1/conversations/", "/v1/jobs/")) else other.status_code)
    assert other.status_code < 500


def test_upload_is_for_editors(store: Store) -> None:
    keys = Keys(store.database)
    files = {"file": ("moi.txt", "Văn bản mới".encode())}
    reader, editor = keys.create("đọc", "reader")[1], keys.create("sửa", "editor")[1]
    assert client(api(store), reader).post("/v1/documents", files=files).status_code == 403
    assert client(api(store), editor).post("/v1/documents", files=files).status_code == 201


@pytest.mark.parametrize("path", OPEN)
def test_some_doors_are_open_to_all(store: Store, path: str) -> None:
    Keys(store.database).create("a", "reader")
    assert client(api(store, "0.0.0.0"), peer="203.0.113.9").get(path).status_code == 200


def test_without_keys_this_machine_is_the_administrator(store: Store) -> None:
    me = client(api(store)).get("/v1/me")
    assert me.json() == {"name": "máy này", "role": "admin", "keys_demanded": False}


@pytest.mark.parametrize(
    ("peer", "headers"),
    [
        ("203.0.113.9", {}),
        ("127.0.0.1", {"Host": "evil.example"}),  # DNS rebinding
        ("127.0.0.1", {"Origin": "http://evil.example"}),  # another site's page
        ("127.0.0.1", {"Origin": "null"}),
        ("127.0.0.1", {"Host": "[::1"}),
    ],
)
def test_without_keys_nobody_else_is(store: Store, peer: str, headers: dict[str, str]) -> None:
    response = client(api(store), peer=peer).get("/v1/me", headers=headers)
    assert (response.status_code, response.json()["code"]) == (403, "local_only")


def test_another_address_demands_keys_even_before_there_are_any(store: Store) -> None:
    assert client(api(store, "0.0.0.0")).get("/v1/documents").status_code == 401


def test_a_conversation_is_its_owners_alone(store: Store) -> None:
    keys = Keys(store.database)
    ann, bob = (client(api(store), keys.create(name, "reader")[1]) for name in ("An", "Bình"))
    body = {"question": "Xã nào?", "conversation_id": "c1"}
    answer = ann.post("/v1/ask", json=body).json()
    hidden, absent = bob.get("/v1/conversations/c1"), bob.get("/v1/conversations/c2")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    same = ("type", "title", "status", "detail", "code")
    assert [hidden.json()[name] for name in same] == [absent.json()[name] for name in same]
    assert bob.delete("/v1/conversations/c1").status_code == 404
    assert bob.patch("/v1/conversations/c1", json={"title": "x"}).status_code == 404
    assert bob.post("/v1/feedback", json={"answer_id": answer["id"], "rating": "up"}).status_code == 404
    assert bob.get("/v1/conversations").json() == {"conversations": []}
    assert ann.get("/v1/conversations/c1").status_code == 200


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("[::1]", True)]
    + [(host, False) for host in ("0.0.0.0", "::", "10.1.2.3", "localhost.evil.example", "")],
)
def test_loopback(host: str, local: bool) -> None:
    assert is_loopback(host) is local


def test_a_page_of_this_server_is_told_by_its_origin() -> None:
    assert is_local_page("localhost:8000", None)
    assert is_local_page("localhost:8000", "http://localhost:8000")
    assert not is_local_page("localhost:8000", "http://localhost:9000")
