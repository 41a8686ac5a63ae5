"""What an administrator does over HTTP: keys, words, settings, the log and usage, over a real store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from door_parts import client, filled
from fastapi import FastAPI
from fastapi.testclient import TestClient
from store_parts import HashedSyllables

from index.store import Store
from rag.assistant import Assistant
from rag.memory import Memory
from rag.settings import Settings
from ui.api import create_app
from ui.auth import Keys

ADMIN = "/v1/admin"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = filled(tmp_path)
    yield store
    store.close()


@pytest.fixture
def app(store: Store) -> FastAPI:
    return create_app(Assistant(store, HashedSyllables()), Settings(data=store.folder, _env_file=None))  # type: ignore[call-arg]


@pytest.fixture
def admin(app: FastAPI, store: Store) -> TestClient:
    return client(app, Keys(store.database).create("Chị Hoa", "admin")[1])


def test_a_key_is_made_used_narrowed_ended_and_revoked(app: FastAPI, admin: TestClient) -> None:
    made = admin.post(f"{ADMIN}/keys", json={"name": " Cổng  tin ", "role": "reader", "days": 30, "groups": ["Nội-Vụ"]})
    key = made.json()
    assert (key["name"], key["groups"], key["state"], key["used_at"]) == ("Cổng tin", ["nội-vụ"], "valid", None)
    days = datetime.fromisoformat(key["expires_at"]) - datetime.now(UTC)
    assert timedelta(days=29, hours=23) < days <= timedelta(days=30)
    assert client(app, key["key"]).get("/v1/me").json()["name"] == "Cổng tin"
    path = f"{ADMIN}/keys/{key['id']}"
    assert admin.patch(path, json={"groups": []}).json()["groups"] == []
    assert admin.patch(path, json={"days": None}).json()["expires_at"] is None
    assert admin.patch(path, json={"days": 0}).json()["state"] == "expired"
    assert client(app, key["key"]).get("/v1/me").status_code == 401
    assert admin.delete(path).status_code == 204
    assert admin.patch(path, json={"days": 3}).json()["code"] == "key_not_found"
    shown = {each["id"]: each for each in admin.get(f"{ADMIN}/keys").json()["keys"]}
    assert shown[key["id"]]["state"] == "revoked"
    assert shown[key["id"]]["used_at"] is not None
    assert key["key"] not in json.dumps(shown)


def test_nobody_locks_himself_out(app: FastAPI, store: Store) -> None:
    local = client(app)
    refused = local.post(f"{ADMIN}/keys", json={"name": "a", "role": "reader"})
    assert (refused.status_code, refused.json()["code"]) == (409, "first_key_not_admin")
    first = local.post(f"{ADMIN}/keys", json={"name": "a", "role": "admin"}).json()
    own = client(app, first["key"])
    assert own.delete(f"{ADMIN}/keys/{first['id']}").json()["code"] == "own_key"
    assert own.patch(f"{ADMIN}/keys/{first['id']}", json={"days": 0}).json()["code"] == "own_key"


@pytest.mark.parametrize(
    "body",
    [{"name": "\n", "role": "reader"}, {"name": "a", "role": "reader", "groups": ["a b"]}, {"name": "a", "role": "x"}],
)
def test_a_key_that_cannot_be_is_refused(admin: TestClient, body: dict[str, object]) -> None:
    assert admin.post(f"{ADMIN}/keys", json=body).status_code == 422


def test_an_abbreviation_is_tried_kept_and_used_at_once(admin: TestClient) -> None:
    asked, added = "hồ sơ nộp tại bpmc ở đâu", {"abbreviation": "BPMC", "full": "bộ phận một cửa"}
    assert admin.post(f"{ADMIN}/words/try", json={"question": asked}).json() == {"text": asked, "opened": []}
    tried = admin.post(f"{ADMIN}/words/try", json={"question": asked, "added": added}).json()
    opened = "hồ sơ nộp tại bộ phận một cửa ở đâu"
    assert tried == {"text": opened, "opened": [{"abbreviation": "bpmc", "full": "bộ phận một cửa"}]}
    assert admin.get(f"{ADMIN}/abbreviations").json()["own"] == []
    admin.post(f"{ADMIN}/abbreviations", json=added)
    assert admin.post("/v1/ask", json={"question": asked}).json()["understood"] == opened
    assert admin.get(f"{ADMIN}/abbreviations").json()["own"] == [{**added, "context": []}]
    assert admin.delete(f"{ADMIN}/abbreviations", params=added).status_code == 204
    assert admin.delete(f"{ADMIN}/abbreviations", params=added).json()["code"] == "abbreviation_not_found"
    bad = admin.post(f"{ADMIN}/words/try", json={"question": asked, "added": {"abbreviation": "B C", "full": "x"}})
    assert "không phải chữ viết tắt" in bad.json()["detail"]


def test_the_file_of_abbreviations_still_works_and_is_shown(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "office.tsv"
    file.write_text("QXYZ\tQuỹ xã\n", encoding="utf-8")
    settings = Settings(data=store.folder, abbreviations=str(file), _env_file=None)  # type: ignore[call-arg]
    local = client(create_app(Assistant(store, HashedSyllables()), settings))
    assert local.get(f"{ADMIN}/abbreviations").json()["file"] == [
        {"abbreviation": "QXYZ", "full": "Quỹ xã", "context": []}
    ]
    assert local.post(f"{ADMIN}/words/try", json={"question": "QXYZ là gì"}).json()["text"] == "Quỹ xã là gì"


def test_the_gazetteer_tells_what_became_of_a_place(admin: TestClient) -> None:
    (old,) = admin.get(f"{ADMIN}/places", params={"q": "xa lac lam"}).json()["found"]
    assert old == {
        "name": "xã Lạc Lâm",
        "inside": "huyện Đơn Dương, tỉnh Lâm Đồng",
        "became": ["xã Ka Đô"],
        "was": [],
    }
    communes = admin.get(f"{ADMIN}/places", params={"q": "xã Ka Đô"}).json()["found"]
    assert [(each["inside"], each["was"]) for each in communes if each["was"]] == [
        ("tỉnh Lâm Đồng", ["xã Lạc Lâm", "xã Ka Đô"])
    ]
    assert admin.get(f"{ADMIN}/places", params={"q": "không đâu cả"}).json()["found"] == []


def test_a_place_of_ones_own_is_kept_and_used(admin: TestClient) -> None:
    place = {"name": "Phố Núi", "level": "", "inside": "", "means": "thành phố Đà Lạt"}
    assert admin.post(f"{ADMIN}/places", json=place).json() == place
    assert admin.post("/v1/ask", json={"question": "Phố Núi ở đâu?"}).json()["understood"] == "thành phố Đà Lạt ở đâu?"
    assert admin.get(f"{ADMIN}/places").json()["own"] == [place]
    assert admin.delete(f"{ADMIN}/places", params={"name": "Phố Núi"}).status_code == 204
    assert admin.delete(f"{ADMIN}/places", params={"name": "Phố Núi"}).status_code == 404
    assert admin.post(f"{ADMIN}/places", json={"name": "Phố", "level": "hẻm"}).status_code == 422


def test_settings_are_tried_kept_and_taken_back(admin: TestClient) -> None:
    question = "Thị trấn nào đạt đô thị văn minh?"
    assert not admin.post("/v1/ask", json={"question": question}).json()["abstained"]
    (tried, *_) = admin.post(f"{ADMIN}/settings/try", json={"threshold": 1.0}).json()["questions"]
    assert (tried["question"], tried["before"]["abstained"], tried["after"]["abstained"]) == (question, False, True)
    shown = admin.get(f"{ADMIN}/settings").json()
    standing = {"threshold": None, "k": None, "llm": True, "reranker": True, "retention_days": None}
    assert (shown["chosen"], shown["history"]) == (standing, [])
    changed = admin.put(f"{ADMIN}/settings", json={"threshold": 1.0, "k": 1}).json()
    assert admin.post("/v1/ask", json={"question": question}).json()["abstained"]
    assert len(admin.post("/v1/search", json={"query": "xã"}).json()["passages"]) == 1
    assert [(each["name"], each["before"], each["after"]) for each in changed["history"]] == [
        ("k", None, 1),
        ("threshold", None, 1.0),
    ]
    admin.put(f"{ADMIN}/settings", json=standing)
    assert not admin.post("/v1/ask", json={"question": question}).json()["abstained"]


@pytest.mark.parametrize("body", [{"threshold": 1.5}, {"k": 0}, {"k": True}, {"retention_days": -1}, {"x": 1}])
def test_settings_out_of_bounds_are_refused(admin: TestClient, body: dict[str, object]) -> None:
    assert admin.put(f"{ADMIN}/settings", json=body).status_code == 422


def test_the_environment_is_shown_without_its_secrets(store: Store) -> None:
    given = Settings(
        data=store.folder, llm="openai:qwen3", llm_api_key="bi-mat", llm_base_url="http://x", _env_file=None
    )  # type: ignore[call-arg, arg-type]
    shown = client(create_app(Assistant(store, HashedSyllables()), given)).get(f"{ADMIN}/settings").text
    assert "openai:qwen3" in shown
    assert "bi-mat" not in shown
    assert "http://x" not in shown
    assert str(store.folder) not in shown


def test_the_log_is_searched_checked_and_taken_away(admin: TestClient, store: Store) -> None:
    admin.put(f"{ADMIN}/settings", json={"k": 5})
    found = admin.get(f"{ADMIN}/audit", params={"q": "hoa SETTING"}).json()["entries"]
    assert [(each["actor_name"], each["subject"], each["detail"]) for each in found] == [("Chị Hoa", "k", "null → 5")]
    uploads = admin.get(f"{ADMIN}/audit", params={"action": "upload", "n": 1}).json()
    assert (len(uploads["entries"]), uploads["more"]) == (1, True)
    assert admin.get(f"{ADMIN}/audit/check").json() == {"sound": True, "lines": 4, "first_broken": None}
    lines = [json.loads(line) for line in admin.get(f"{ADMIN}/audit/file").text.splitlines()]
    assert [line["number"] for line in lines] == [1, 2, 3, 4]
    with store.database.write() as connection:
        connection.execute("DROP TRIGGER audit_is_never_changed")
        connection.execute("UPDATE audit SET actor = 'x' WHERE number = 2")
    assert admin.get(f"{ADMIN}/audit/check").json() == {"sound": False, "lines": 4, "first_broken": 2}


def test_usage_counts_what_is_kept_and_forgets_what_is_erased(admin: TestClient, store: Store) -> None:
    for question in ("Thị trấn nào đạt đô thị văn minh?", "Giá vàng hôm nay?", "giá vàng hôm nay"):
        answer = admin.post("/v1/ask", json={"question": question}).json()
    admin.post("/v1/feedback", json={"answer_id": answer["id"], "rating": "down"})
    told = admin.get(f"{ADMIN}/usage", params={"days": 7}).json()
    assert (told["questions"], told["refused"], told["up"], told["down"]) == (3, 2, 0, 1)
    assert [(day["questions"], day["refused"]) for day in told["days"]] == [(0, 0)] * 6 + [(3, 2)]
    assert [(each["question"], each["times"]) for each in told["missing"]] == [("giá vàng hôm nay", 2)]
    assert [(each["name"], each["questions"], each["refused"]) for each in told["keys"]] == [("Chị Hoa", 3, 2)]
    assert set(told["latency_ms"]) == {"50", "95", "99"}
    Memory(store.database).erase(told["keys"][0]["owner"], "local")
    assert admin.get(f"{ADMIN}/usage").json()["questions"] == 0


def test_without_a_language_model_there_is_none_to_reach(admin: TestClient) -> None:
    told = admin.post(f"{ADMIN}/llm").json()
    assert told == {"name": None, "reachable": None, "detail": "Chưa đặt HOI_LLM.", "seconds": None}
