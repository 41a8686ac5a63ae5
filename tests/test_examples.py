"""The OpenAPI page's examples: every route that takes JSON has one, and takes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from door_parts import api, client, filled
from fastapi import FastAPI

# the examples speak of what this store does not hold
UNKNOWN = {"/v1/feedback", "/v1/admin/keys/{id}", "/v1/conversations/{id}", "/v1/documents/{id}"} | {
    f"/v1/evaluations/{name}" for name in ("runs", "drafts", "sets/{id}/questions")
}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[FastAPI]:
    store = filled(tmp_path)
    yield api(store)
    store.close()


def test_every_route_that_takes_json_takes_its_example(app: FastAPI) -> None:
    specification = app.openapi()
    taken = {
        (method, path): operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        for path, operations in specification["paths"].items()
        for method, operation in operations.items()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    }
    assert len(taken) >= 6
    _, secret = app.state.services.door.keys.create("thử", "admin")
    for (method, path), schema in taken.items():
        [example] = specification["components"]["schemas"][schema]["examples"]
        answered = client(app, secret).request(method, path.replace("{id}", "none"), json=example)
        assert answered.status_code in ((404,) if path in UNKNOWN else (200, 201)), (path, answered.text)


def test_what_is_misspelt_is_still_refused(app: FastAPI) -> None:
    assert client(app).post("/v1/ask", json={"question": "Xã nào?", "kk": 3}).status_code == 422
