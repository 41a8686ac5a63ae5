"""A service that has run for long: its log turns over, old conversations go by themselves, a person's at once."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from serving_parts import PROJECT, Serving, serving

from index.database import Database
from ui.auth import Keys

QUESTION = "xã nào phải đạt nông thôn mới kiểu mẫu"
PRIVATE = "xã nào phải đạt nông thôn mới kiểu mẫu, tôi là Nguyễn Thị Riêngtư"
FILE = 4000  # bytes
VARIABLES = {
    "HOI_LLM": "openai:nobody",
    "HOI_LLM_BASE_URL": "http://127.0.0.1:9/v1",  # refuses: each question is one line in the log
    "HOI_LLM_API_KEY": "x",
    "HOI_LOG_MB": str(FILE / 1e6),
    "HOI_LOG_FILES": "60",
    "HOI_RETENTION_DAYS": "30",
    "HOI_RETENTION_MINUTES": "0.02",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(tmp_path_factory.mktemp("long") / "data", "--no-ui", **VARIABLES) as found:
        yield found


@pytest.fixture(scope="module")
def people(server: Serving) -> Iterator[dict[str, httpx.Client]]:
    database = Database(server.data / "hoi.db")
    keys = {name: Keys(database).create(name, "reader") for name in ("Lan", "Minh")}
    database.close()
    with ExitStack() as opened:
        yield {
            key.id: opened.enter_context(
                httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {secret}"}, timeout=60)
            )
            for key, secret in keys.values()
        }


def ask(person: httpx.Client, question: str, conversation: str) -> httpx.Response:
    reply = person.post("/v1/ask", json={"question": question, "conversation_id": conversation})
    assert reply.status_code == 200, reply.text
    return reply


def test_log_files_turn_over_by_size_and_no_line_is_lost(server: Serving, people: dict[str, httpx.Client]) -> None:
    person = next(iter(people.values()))
    asked = [ask(person, QUESTION, f"l{n}").headers["X-Request-ID"] for n in range(60)]
    files = list((server.data / "logs").glob("hoi.log*"))
    assert len(files) > 3
    assert max(path.stat().st_size for path in files) <= FILE
    newest_last = sorted(files, key=lambda path: -int(path.suffix[1:]) if path.suffix != ".log" else 0)
    lines = [json.loads(line) for path in newest_last for line in path.read_text("utf-8").splitlines()]
    failed = [line["request_id"] for line in lines if "request_id" in line]
    assert list(dict.fromkeys(failed)) == asked, "every question is told of, in order"
    assert QUESTION not in json.dumps(lines, ensure_ascii=False)


def test_what_is_too_old_goes_while_it_serves(server: Serving, people: dict[str, httpx.Client]) -> None:
    person = next(iter(people.values()))
    for name in ("old", "new"):
        ask(person, QUESTION, name)
    with sqlite3.connect(server.data / "hoi.db", timeout=30) as connection:
        connection.execute("UPDATE conversations SET updated_at = '2020-01-01T00:00:00+00:00' WHERE id LIKE '%/old'")
    connection.close()
    deadline = time.monotonic() + 30
    while person.get("/v1/conversations/old").status_code != 404:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    assert person.get("/v1/conversations/new").status_code == 200
    with sqlite3.connect(server.data / "hoi.db", timeout=30) as connection:
        told = connection.execute("SELECT actor, detail FROM audit WHERE action = 'forget'").fetchall()
    connection.close()
    assert told == [("retention", "1")]


def test_a_person_is_forgotten_to_the_last_byte_while_it_serves(
    server: Serving, people: dict[str, httpx.Client]
) -> None:
    (_, other), (id, person) = people.items()
    answer = ask(person, PRIVATE, "mine").json()["id"]
    reason = {"answer_id": answer, "rating": "down", "reason": "Riêngtư không hài lòng"}
    assert person.post("/v1/feedback", json=reason).status_code in (200, 204)
    ask(other, QUESTION, "kept")
    assert held(server.data, "Riêngtư")
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", "forget", "--key", id],
        env={"HOI_DATA": str(server.data), "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=server.data.parent,
    )
    assert "Đã xóa 1 cuộc trò chuyện" in done.stdout
    assert person.get("/v1/conversations/mine").status_code == 404
    assert other.get("/v1/conversations/kept").status_code == 200
    assert not held(server.data, "Riêngtư")


def held(folder: Path, word: str) -> list[Path]:
    """The files in which a word stands."""
    return [path for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]
