"""Runs in the background through the API: a real process over a real store; what is left when one is cut short."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from door_parts import client
from fastapi.testclient import TestClient
from file_parts import zipped

from eval.about import Options
from eval.runner import FullError, Runner
from eval.runs import Run, Runs, State, held, read_state, take, write_state
from eval.sets import Sets
from rag.assistant import open_assistant
from rag.settings import Settings
from ui.api import create_app

TEXT = """UBND HUYỆN ĐƠN DƯƠNG
Số: 12/UBND-NN
Thạnh Mỹ, ngày 02 tháng 3 năm 2020

CÔNG VĂN
Về việc trồng cây đầu xuân

Tết trồng cây năm 2020, xã Suối Đá trồng được 4.250 cây thông. Hội Phụ nữ xã giao bà Lê Thị Mận phụ trách.
"""
QUESTIONS = [
    {"id": "1", "question": "Xã Suối Đá trồng được bao nhiêu cây thông?", "answerable": True, "must": ["4.250"]}
    | {"document": "cay.txt", "evidence": "xã Suối Đá trồng được 4.250 cây thông", "kind": "number"},
    {
        "id": "2",
        "question": "Xã Suối Đá trồng được bao nhiêu cây thông?",
        "answerable": True,
        "must": ["9.999"],
        "kind": "number",
    },
    {"id": "3", "question": "Ai vô địch bóng đá năm 1998?", "answerable": False, "kind": "unanswerable"},
]
LINES = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in QUESTIONS)
PATIENCE = 120.0  # seconds; a busy machine


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "cay.txt").write_text(TEXT, encoding="utf-8")
    return Settings(_env_file=None, data=tmp_path / "data", corpus=documents)


@pytest.fixture
def service(settings: Settings) -> Iterator[TestClient]:
    assistant = open_assistant(settings)
    app = create_app(assistant, settings)
    with client(app) as calling:  # the life of the service: at its end, what runs is stopped
        yield calling
    assistant.store.close()


def ended(service: TestClient, id: str) -> dict[str, object]:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = service.get(f"/v1/evaluations/runs/{id}").json()
        if found["state"]["status"] not in ("waiting", "running"):
            return dict(found)
        time.sleep(0.2)
    raise AssertionError("the run did not end")


def begin(service: TestClient, lines: str = LINES, **options: object) -> str:
    made = service.post("/v1/evaluations/sets", params={"name": "Cây"}, content=lines.encode()).json()
    started = service.post("/v1/evaluations/runs", json={"set_id": made["id"]} | options)
    assert started.status_code == 202, started.text
    return str(started.json()["run"]["id"])


def test_a_set_is_run_looked_into_and_compared(service: TestClient, settings: Settings) -> None:
    first, second = begin(service, perturb=["no-diacritics"]), begin(service, name="Trên mẫu", against="corpus")
    found = ended(service, first)
    assert found["state"]["status"] == "done"  # type: ignore[index]
    assert (found["total"], found["state"]["done"]) == (6, 6)  # type: ignore[index]
    assert found["summary"]["metrics"]["right"] == pytest.approx(2 / 3)  # type: ignore[index]
    assert found["faults"] == {"wrong_answer": 1, "wrong_citation": 0, "wrongly_refused": 0, "wrongly_answered": 0}
    assert found["about"]["documents"] == 1  # type: ignore[index]
    faulty = service.get(f"/v1/evaluations/runs/{first}/answers", params={"faulty": True}).json()
    assert (faulty["total"], faulty["records"][0]["must"]) == (1, ["9.999"])
    assert "4.250 cây thông" in faulty["records"][0]["citations"][0]["quote"]
    typed = service.get(f"/v1/evaluations/runs/{first}/answers", params={"condition": "no-diacritics"}).json()
    assert typed["records"][0]["asked"] == "Xa Suoi Da trong duoc bao nhieu cay thong?"
    paged = service.get(f"/v1/evaluations/runs/{first}/answers", params={"offset": 2, "kind": "unanswerable"}).json()
    assert (paged["total"], paged["records"]) == (1, [])
    report = service.get(f"/v1/evaluations/runs/{first}/report")
    assert report.headers["content-disposition"].startswith("attachment")
    assert "4.250 cây thông" in report.text
    assert ended(service, second)["about"]["against"] == "thư mục documents"  # type: ignore[index]
    pair = {"first": first, "second": second}
    compared = service.get("/v1/evaluations/compare", params=pair).json()
    assert (compared["comparison"]["common"], compared["comparison"]["flips"]) == (3, [])
    assert compared["verdict"] == "Hai bên đúng và sai ở cùng những câu."
    assert "Trên mẫu" in service.get("/v1/evaluations/compare/report", params=pair).text
    assert not list((settings.data / "tmp").iterdir())
    assert service.delete(f"/v1/evaluations/runs/{first}").status_code == 204
    assert service.get(f"/v1/evaluations/runs/{first}").status_code == 404


def test_documents_that_are_brought_are_asked_apart_from_the_store(service: TestClient, settings: Settings) -> None:
    other = TEXT.replace("4.250", "9.999").encode()
    files = [("file", ("tap.zip", zipped({"xa/cay.txt": other, "xa/.DS_Store": b"0"}))), ("file", ("xau.exe", b"MZ"))]
    url = "/v1/evaluations/documents"
    made = service.post(url, params={"name": "Tập lạ"}, files=files).json()
    assert (made["name"], made["files"]) == ("Tập lạ", 1)
    assert service.get(url).json()["documents"] == [made]
    found = ended(service, begin(service, against="brought", documents_id=made["id"]))
    assert found["about"]["against"] == "tập “Tập lạ”"  # type: ignore[index]
    wrong = service.get(f"/v1/evaluations/runs/{found['run']['id']}/answers", params={"faulty": True}).json()  # type: ignore[index]
    assert [each["id"] for each in wrong["records"]] == ["1"]  # what is right of the store is wrong here
    assert len(service.get("/v1/documents").json()["documents"]) == 1
    assert service.delete(f"{url}/{made['id']}").status_code == 204
    assert not list((settings.data / "evaluation-documents").iterdir())
    assert service.get(f"/v1/evaluations/runs/{found['run']['id']}").status_code == 200  # type: ignore[index]


def test_what_cannot_be_asked_says_so(service: TestClient) -> None:
    url = "/v1/evaluations/documents"
    refused = service.post(url, params={"name": "x"}, files=[("file", ("xau.exe", b"MZ"))])
    assert (refused.status_code, refused.json()["detail"]) == (422, "Không có tệp nào thuộc loại đọc được.")
    made = service.post(url, params={"name": "Hỏng"}, files=[("file", ("a/b\\hong.pdf", b"%PDF-1.4 hong"))]).json()
    state = ended(service, begin(service, against="brought", documents_id=made["id"]))["state"]
    assert (state["status"], state["message"]) == ("failed", "Không đọc được văn bản nào trong tập “Hỏng”.")  # type: ignore[index]
    missing = service.post("/v1/evaluations/runs", json={"set_id": "0" * 12, "against": "brought"})
    assert missing.status_code == 404
    for wanted in ({"against": "brought"}, {"documents_id": made["id"]}):
        id = service.get("/v1/evaluations/sets").json()["sets"][0]["id"]
        assert service.post("/v1/evaluations/runs", json={"set_id": id} | wanted).status_code == 422


def test_a_threshold_turns_unsure_answers_into_refusals(service: TestClient) -> None:
    id = begin(service, threshold=1.0)
    assert ended(service, id)["faults"]["wrongly_refused"] == 2  # type: ignore[index]


def test_a_run_is_stopped_and_another_goes_on(service: TestClient) -> None:
    many = "".join(LINES.replace('"id": "', f'"id": "{n}-') for n in range(300))
    long, waiting, third = begin(service, many), begin(service), begin(service)
    assert service.delete(f"/v1/evaluations/runs/{long}").status_code == 409
    assert service.post(f"/v1/evaluations/runs/{waiting}/cancel").status_code == 204
    assert service.post(f"/v1/evaluations/runs/{long}/cancel").status_code == 204
    assert ended(service, long)["state"]["status"] == "cancelled"  # type: ignore[index]
    assert ended(service, waiting)["state"]["status"] == "cancelled"  # type: ignore[index]
    assert ended(service, third)["state"]["status"] == "done"  # type: ignore[index]
    assert service.post(f"/v1/evaluations/runs/{long}/cancel").status_code == 409
    assert service.get(f"/v1/evaluations/runs/{long}/report").status_code == 409


def test_what_runs_when_the_service_ends_is_interrupted(settings: Settings) -> None:
    assistant = open_assistant(settings)
    many = "".join(LINES.replace('"id": "', f'"id": "{n}-') for n in range(300))
    with client(create_app(assistant, settings)) as service:
        id = begin(service, many)
        until = time.monotonic() + PATIENCE
        while service.get(f"/v1/evaluations/runs/{id}").json()["state"]["status"] == "waiting":
            assert time.monotonic() < until
            time.sleep(0.1)
    with client(create_app(assistant, settings)) as service:
        assert service.get(f"/v1/evaluations/runs/{id}").json()["state"]["status"] == "interrupted"
    assistant.store.close()


def kept(tmp_path: Path) -> tuple[Runs, Run]:
    sets, runs = Sets(tmp_path), Runs(tmp_path)
    made = sets.create("Cây", LINES, "Ann")
    return runs, runs.create(made, LINES, "lần", "store", Options(perturb=("upper",)), "Ann")


def test_a_run_in_nobodys_hand_was_interrupted(tmp_path: Path) -> None:
    runs, run = kept(tmp_path)
    folder = runs.folder(run.id)
    lock = take(folder)
    assert runs.state(run.id).status == "waiting"
    write_state(folder, State(status="running", done=2))
    assert runs.state(run.id).status == "running"
    assert held(folder)
    os.close(lock)
    assert runs.state(run.id) == State(status="interrupted", done=2)
    write_state(folder, State(status="done", done=6))
    assert runs.state(run.id).status == "done"
    assert run.total == 6


def test_only_so_many_wait(tmp_path: Path) -> None:
    runs, run = kept(tmp_path)
    runner = Runner(runs, Settings(_env_file=None, data=tmp_path), waiting=-1)
    with pytest.raises(FullError):
        runner.start(run)


def test_a_process_that_breaks_is_told(tmp_path: Path) -> None:
    runs, run = kept(tmp_path)
    (runs.folder(run.id) / "questions.jsonl").unlink()
    settings = Settings(_env_file=None, data=tmp_path, embedder="/không/có")
    runner = Runner(runs, settings)
    runner.start(run)
    until = time.monotonic() + PATIENCE
    while runs.state(run.id).status in ("waiting", "running"):
        assert time.monotonic() < until
        time.sleep(0.1)
    assert read_state(runs.folder(run.id)).status == "failed"
    runner.close()
