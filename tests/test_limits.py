"""Token buckets by hand-turned clock; refusals in the audit log, a flood in few lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from door_parts import FirstLine, client, filled

from index import audit
from index.database import Database
from rag.settings import Settings
from ui.api import create_app
from ui.auth import Keys
from ui.limits import LINES_AT_ONCE, NOBODY, TOLD, Bucket, Denial, Denials, Limits, Rate


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_tokens_come_back_with_time() -> None:
    clock = Clock()
    bucket = Bucket(Rate(30, 2), clock)  # one every two seconds
    assert [bucket.take(), bucket.take(), bucket.take()] == [0, 0, 2]
    clock.now = 1.5
    assert bucket.take() == 0.5
    clock.now = 2
    assert [bucket.take(), bucket.take()] == [0, 2]
    clock.now = 1000
    assert [bucket.take(), bucket.take(), bucket.take()] == [0, 0, 2]  # no more saved up than two


def test_one_key_s_calls_do_not_count_for_another_and_zero_is_no_limit() -> None:
    limits = Limits(Rate(60, 1), Clock())
    assert [limits.take("a"), limits.take("a"), limits.take("b")] == [0, 1, 0]
    free = Limits(Rate(0, 1), Clock())
    assert {free.take("a") for _ in range(1000)} == {0}
    with pytest.raises(ValueError, match="-1"):
        Rate(-1, 1)


def test_a_key_that_calls_too_often_is_told_when_to_come_back(tmp_path: Path) -> None:
    store = filled(tmp_path)
    settings = Settings(data=tmp_path, rate_per_minute=1, rate_burst=3)
    app = create_app(FirstLine(store), settings)  # type: ignore[arg-type]
    keys = Keys(store.database)
    here = client(app)
    assert {here.get("/v1/me").status_code for _ in range(20)} == {200}  # this machine, while there are no keys
    one, other = (client(app, keys.create(name, "reader")[1]) for name in ("a", "b"))
    found = [one.get("/v1/me") for _ in range(4)]
    assert [each.status_code for each in found] == [200, 200, 200, 429]
    assert 1 <= int(found[-1].headers["retry-after"]) <= 60
    assert found[-1].json()["code"] == "rate_limited"
    assert other.get("/v1/me").status_code == 200
    store.close()


def test_refusals_are_in_the_audit_log(tmp_path: Path) -> None:
    store = filled(tmp_path)
    keys = Keys(store.database)
    reader, secret = keys.create("đọc", "reader")
    app = create_app(FirstLine(store), Settings(data=tmp_path))  # type: ignore[arg-type]
    with client(app, "hoi_wrong", peer="203.0.113.9") as stranger:
        for _ in range(3):
            stranger.get("/v1/documents")
        client(app, secret).delete("/v1/documents/abc")
    with store.database.read() as connection:
        denied = [each for each in audit.entries(connection) if each.action == "deny"]
        assert audit.first_broken(connection) is None
    assert sorted((each.actor, each.subject, each.detail) for each in denied) == sorted(
        [
            ("203.0.113.9", "GET /v1/documents", "401 × 3"),
            (reader.id, "DELETE /v1/documents/{id}", "403 × 1"),
        ]
    )
    store.close()


def test_a_flood_of_refusals_fills_no_disk(tmp_path: Path) -> None:
    database, clock = Database(tmp_path / "hoi.db"), Clock()
    denials = Denials(database, clock)

    def lines() -> int:
        with database.read() as connection:
            return sum(1 for _ in audit.entries(connection))

    for number in range(10_000):
        denials.note(Denial(f"192.0.2.{number}", "GET /v1/me", 401))
    denials.write()
    assert lines() == LINES_AT_ONCE
    clock.now = 60
    denials.write()
    assert lines() == LINES_AT_ONCE + 10
    denials.write(last=True)
    assert lines() == TOLD + 1
    with database.read() as connection:
        entries = list(audit.entries(connection))
    assert sum(int(each.detail.split()[-1]) for each in entries) == 10_000  # counted, every one
    assert [each.detail for each in entries if each.actor == NOBODY] == [f"401 × {10_000 - TOLD}"]
    database.close()
