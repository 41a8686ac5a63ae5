"""Long work that is asked after: files taken in one after the other, bounded, owned, and resumed after a restart."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from door_parts import api, client
from fastapi.testclient import TestClient
from file_parts import zipped
from store_parts import opened

from corpus.sandbox import Sandbox
from index.database import StoreFullError
from index.store import Store
from ui import job_book
from ui import jobs as jobs_module
from ui.auth import LOCAL, Caller, Keys
from ui.jobs import Jobs
from ui.problems import ProblemError
from ui.schemas_jobs import Job

FILES = [("mot.txt", "Một điều.".encode()), ("xau.exe", b"MZ\x90\x00"), ("hai.txt", "Hai điều.".encode())]
NOBODY = frozenset[str]()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = opened(tmp_path)
    yield store
    store.close()


@pytest.fixture
def jobs(store: Store) -> Iterator[Jobs]:
    with Sandbox() as sandbox:
        jobs = Jobs(store, sandbox)
        yield jobs
        jobs.stop()


def ended(jobs: Jobs, job: Job, caller: Caller = LOCAL) -> Job:
    deadline = time.monotonic() + 30
    while (now := jobs.get(caller, job.id)).state in ("waiting", "working"):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return now


def asked(caller: TestClient, url: str) -> dict[str, object]:
    deadline = time.monotonic() + 30
    while (now := caller.get(url).json())["state"] in ("waiting", "working"):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    found: dict[str, object] = now
    return found


def test_the_api_takes_files_at_once_and_tells_what_became_of_each(store: Store) -> None:
    caller = client(api(store))
    sent = caller.post("/v1/documents?wait=false", files=[("file", each) for each in FILES])
    assert sent.status_code == 202
    assert sent.headers["location"] == f"/v1/jobs/{sent.json()['id']}"
    done = asked(caller, sent.headers["location"])
    assert (done["state"], done["done"], done["total"], done["refused"]) == ("done", 3, 3, 1)
    assert [each["state"] for each in done["files"]] == ["done", "refused", "done"]  # type: ignore[attr-defined]
    assert [(each["file"], each["status"]) for each in done["documents"]] == [  # type: ignore[attr-defined]
        ("mot.txt", "added"),
        ("hai.txt", "added"),
    ]
    assert [(each["field"], each["code"]) for each in done["errors"]] == [("xau.exe", "unsupported_type")]  # type: ignore[attr-defined]
    assert len(store.documents()) == 2
    assert not [*(store.folder / "jobs").glob("*/000")]  # what is taken in waits no more
    assert caller.post("/v1/documents?wait=false").status_code == 422


def test_an_archive_is_one_file_with_many_documents(jobs: Jobs) -> None:
    inside = zipped({"a/mot.txt": "Một.".encode(), "hai.txt": b"Hai.", "ba.exe": b"MZ\x90"})
    done = ended(jobs, jobs.upload(LOCAL, [("kho.zip", inside)], NOBODY))
    assert (done.files[0].state, done.files[0].read, len(done.documents)) == ("done", 2, 2)
    assert [each.path for each in done.left_out] == ["kho.zip!ba.exe"]


def test_a_job_is_its_owners_alone(store: Store) -> None:
    keys = Keys(store.database)
    ann, bob = (client(api(store), keys.create(name, "admin")[1]) for name in ("An", "Bình"))
    sent = ann.post("/v1/documents?wait=false", files=[("file", FILES[0])]).headers["location"]
    hidden, absent = bob.get(sent), bob.get("/v1/jobs/none")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.json()["code"] == absent.json()["code"] == "no_job"
    assert bob.post(f"{sent}/retry").status_code == 404
    assert bob.post("/v1/index/check").status_code == 202


def test_what_was_refused_is_tried_again(jobs: Jobs, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> list[object]:
        raise StoreFullError

    with monkeypatch.context() as broken:
        broken.setattr(store, "add", full)
        failed = ended(jobs, jobs.upload(LOCAL, FILES[:1], NOBODY))
    assert (failed.refused, failed.errors[0].code) == (1, "store_full")
    again = ended(jobs, jobs.retry(LOCAL, failed.id))
    assert (again.refused, again.documents[0].status) == (0, "added")
    with pytest.raises(ProblemError) as nothing:
        jobs.retry(LOCAL, failed.id)
    assert nothing.value.status == 409


def test_an_upload_goes_on_after_a_restart(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with Sandbox() as sandbox:
        first = Jobs(store, sandbox)
        monkeypatch.setattr(first._work, "begin", lambda id: None)  # the process dies before the work begins
        sent = first.upload(LOCAL, FILES, NOBODY)
        again = Jobs(store, sandbox)
        again.start()
        done = ended(again, sent)
        again.stop()
        assert (done.done, done.refused, len(done.documents)) == (3, 1, 2)
        last = Jobs(store, sandbox)
        assert last.get(LOCAL, sent.id) == done  # and can still be asked after
        last.stop()


def test_what_was_cut_off_while_it_was_taken_is_nothing(store: Store) -> None:
    (store.folder / "jobs" / "half").mkdir(parents=True)
    (store.folder / "jobs" / "half" / "000").write_bytes(b"x")
    with Sandbox() as sandbox:
        Jobs(store, sandbox).stop()
    assert not (store.folder / "jobs" / "half").exists()


def test_jobs_are_bounded(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs._work, "begin", lambda id: None)
    for _ in range(jobs_module.OWN):
        jobs.upload(LOCAL, FILES[:1], NOBODY)
    with pytest.raises(ProblemError) as refused:
        jobs.upload(LOCAL, FILES[:1], NOBODY)
    assert (refused.value.status, refused.value.code) == (429, "too_many_jobs")
    other = Caller("other", "khác", "editor", NOBODY)
    jobs.upload(other, FILES[:1], NOBODY)
    monkeypatch.setattr(jobs_module, "ROOM", 10)
    with pytest.raises(ProblemError) as refused:
        jobs.upload(other, FILES[:1], NOBODY)
    assert (refused.value.status, refused.value.code) == (503, "busy")


def test_finished_jobs_are_forgotten_in_time(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    old = ended(jobs, jobs.upload(LOCAL, FILES[:1], NOBODY))
    monkeypatch.setattr(job_book, "KEPT_DAYS", 0.0)
    ended(jobs, jobs.upload(LOCAL, FILES[:1], NOBODY))
    with pytest.raises(ProblemError):
        jobs.get(LOCAL, old.id)


def test_what_has_just_ended_is_listed_until_it_is_put_away(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    done = ended(jobs, jobs.upload(LOCAL, FILES, NOBODY))
    assert (jobs.own(LOCAL), jobs.own(LOCAL, ended_within=60)) == ([], [done])
    stranger = Caller("other", "khác", "editor", NOBODY)
    assert jobs.own(stranger, ended_within=60) == []
    with pytest.raises(ProblemError):
        jobs.close(stranger, done.id)
    jobs.close(LOCAL, done.id)
    assert jobs.own(LOCAL, ended_within=60) == []
    monkeypatch.setattr(jobs._work, "begin", lambda id: None)
    waiting = jobs.upload(LOCAL, FILES, NOBODY)
    with pytest.raises(ProblemError) as refused:
        jobs.close(LOCAL, waiting.id)
    assert (refused.value.status, jobs.own(LOCAL)) == (409, [waiting])


def test_an_error_nobody_thought_of_ends_its_job_alone(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(jobs._work, "_take_in", lambda *_: 1 / 0)
        failed = ended(jobs, jobs.upload(LOCAL, FILES[:1], NOBODY))
    assert (failed.state, "thử lại" in failed.detail) == ("failed", True)
    assert ended(jobs, jobs.upload(LOCAL, FILES[:1], NOBODY)).state == "done"


def test_the_check_tells_how_far_it_is_and_what_it_found(jobs: Jobs, store: Store) -> None:
    ended(jobs, jobs.upload(LOCAL, FILES[:1], NOBODY))
    sound = ended(jobs, jobs.check(LOCAL))
    assert (sound.kind, sound.done, sound.total, sound.findings) == ("check", 4, 4, [])
    (original,) = (store.folder / "objects").glob("*/*")
    original.unlink()
    (finding,) = ended(jobs, jobs.check(LOCAL)).findings
    assert finding.code == "original_missing"
    assert jobs.last_check() is not None
