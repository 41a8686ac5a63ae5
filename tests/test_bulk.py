"""Bulk ingest: whoever reads the files, the same store comes of them; nothing is lost or doubled by a kill."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.load import files_in
from corpus.sandbox import Sandbox
from index.embed import load_embedder
from index.store import Store
from rag import bulk
from rag.bulk import Bad, ClusterError, Read

FILES = 200  # more than one task


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Short reports, two of them the same to the byte, and a file that cannot be read."""
    folder = tmp_path_factory.mktemp("files")
    dice = random.Random(1)
    for number in range(FILES):
        figures = " ".join(f"Thôn {dice.randrange(90)} trồng {dice.randrange(900)} hécta rừng." for _ in range(12))
        (folder / f"{number:04}.txt").write_text(f"BÁO CÁO\nSố: {number}-BC/UBND\n{figures}", encoding="utf-8")
    (folder / "0100.txt").write_bytes((folder / "0007.txt").read_bytes())
    (folder / "hỏng.pdf").write_bytes(b"%PDF-1.7 nothing more")
    return folder


def filled(data: Path, found: Iterable[tuple[Path, list[Read]]]) -> list[Bad]:
    bad: list[Bad] = []

    def uploads() -> Iterable[bulk.Upload]:
        for _, read in found:
            bad.extend(each for each in read if isinstance(each, Bad))
            yield from (each for each in read if not isinstance(each, Bad))

    store = Store.open(data, *load_embedder())
    store.add(uploads())
    store.close()
    return bad


def tables(data: Path) -> list[list[tuple[object, ...]]]:
    """All that is stored, but for the time at which it was."""
    with sqlite3.connect(data / "hoi.db") as connection:
        names = ("documents", "chunks", "vectors", "sources", "links", "names", "sketches", "pairs")
        columns = {name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for name in names}
        columns["documents"] = [name for name in columns["documents"] if name not in ("added_at", "crc")]
        return [
            sorted(connection.execute(f"SELECT {', '.join(columns[name])} FROM {name}"), key=repr) for name in names
        ]


@pytest.fixture(scope="module")
def alone(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store that one process makes."""
    data = tmp_path_factory.mktemp("alone") / "data"
    with Sandbox() as sandbox:
        (bad,) = filled(data, bulk.read(files_in(folder), frozenset(), sandbox))
    assert bad.source.endswith("hỏng.pdf")
    return data


def test_workers_make_the_store_that_one_process_makes(folder: Path, alone: Path, tmp_path: Path) -> None:
    with bulk.processes(2) as executor:
        read = bulk.read_in(executor, 2, files_in(folder), frozenset(), "", load_embedder()[1])
        (bad,) = filled(tmp_path / "data", read)
    assert bad.source.endswith("hỏng.pdf")
    assert tables(tmp_path / "data") == tables(alone)


def test_a_dask_cluster_makes_the_same_store(folder: Path, alone: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    options = {"n_workers": 2, "threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": None}
    with (
        distributed.LocalCluster(processes=True, **options) as machines,
        bulk.cluster(machines.scheduler_address) as (executor, workers),
    ):
        assert workers == 2
        filled(
            tmp_path / "data", bulk.read_in(executor, workers, files_in(folder), frozenset(), "", load_embedder()[1])
        )
    assert tables(tmp_path / "data") == tables(alone)


def test_a_worker_with_another_model_is_refused(folder: Path) -> None:
    with ThreadPoolExecutor(1) as executor, pytest.raises(ClusterError, match="mô hình nhúng khác"):
        next(bulk.read_in(executor, 1, files_in(folder)[:2], frozenset(), "", "another"))


def test_a_cluster_that_is_not_there_is_told(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    with pytest.raises(ClusterError, match="Không nối được"), bulk.cluster("tcp://127.0.0.1:9"):
        pass


def test_a_kill_in_the_middle_loses_and_doubles_nothing(folder: Path, alone: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    command = [sys.executable, "-m", "ui.cli", "add", str(folder), "--workers", "2"]
    settings = {**os.environ, "HOI_DATA": str(data)}
    stored = 0
    process = subprocess.Popen(
        command, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    while process.poll() is None and not (stored := count(data)):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert 0 < stored <= FILES
    assert subprocess.run(command, env=settings, capture_output=True, check=False).returncode == 1  # a file is bad
    assert tables(data) == tables(alone)
    with sqlite3.connect(data / "hoi.db") as connection:
        uploads = connection.execute("SELECT subject FROM audit WHERE action = 'upload'").fetchall()
    assert len(uploads) == len(set(uploads)) == FILES - 1


def count(data: Path) -> int:
    if not (data / "hoi.db").exists():
        return 0
    try:
        with sqlite3.connect(f"file:{data / 'hoi.db'}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.OperationalError:  # the tables are being made
        return 0
