"""Many files read and made ready by several processes, of this machine or of others, in the order of the files.

The store stays the one writer and takes a document once, by the hash of its bytes; a worker keeps nothing. So whoever
reads a file, and whenever one dies, the same files give the same documents, rows, chunks and vectors. Tasks and their
results pass between our own processes only: what parses a stranger's file is a sandbox below the worker.
"""

from __future__ import annotations

import atexit
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from corpus.load import LoadError, read_file
from corpus.sandbox import PATIENT, Refused, Sandbox
from index.access import Groups, restricted
from index.embed import Embedder, load_embedder
from index.intake import Upload
from index.prepare import prepare

TASK_FILES, TASK_BYTES = 64, 4 << 20  # of one task: what a worker that dies makes another repeat
AHEAD = 3  # tasks in flight for each worker


class ClusterError(RuntimeError):
    """Workers that cannot be used. The message is Vietnamese."""


@dataclass(frozen=True, slots=True)
class File:
    """What a worker is given; `source` is where the bytes come from."""

    source: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Bad:
    """A file, or one inside an archive, that was not taken; `detail` is Vietnamese."""

    source: str
    code: str
    detail: str


Read = Upload | Bad


def read(files: Iterable[Path], groups: Groups, sandbox: Sandbox) -> Iterator[tuple[Path, list[Read]]]:
    """What each file gives, read in this process one after the other."""
    for path in files:
        file = _opened(path)
        yield path, [file] if isinstance(file, Bad) else list(_read(file, groups, sandbox))


def read_in(
    executor: Executor, workers: int, files: Iterable[Path], groups: Groups, embedder: str, model_id: str
) -> Iterator[tuple[Path, list[Read]]]:
    """The same by the executor's workers, and each document ready to be written.

    `embedder` is the setting by which a worker loads its model. Raises `ClusterError` when that is not `model_id`.
    """
    waiting: deque[tuple[list[Path], list[Bad | None], Future[tuple[str, list[list[Read]]]]]] = deque()
    for paths, opened in _tasks(files):
        given = [file for file in opened if isinstance(file, File)]
        bad = [file if isinstance(file, Bad) else None for file in opened]
        waiting.append((paths, bad, executor.submit(work, given, groups, embedder)))
        if len(waiting) >= AHEAD * workers:
            yield from _settled(*waiting.popleft(), model_id)
    while waiting:
        yield from _settled(*waiting.popleft(), model_id)


def work(files: Sequence[File], groups: Groups, embedder: str) -> tuple[str, list[list[Read]]]:
    """A worker's task: the id of its model, and what each file gives."""
    model, model_id = _model(embedder)
    found = [list(_read(file, groups, _sandbox())) for file in files]
    ready = iter(prepare(model, [each.document for one in found for each in one if isinstance(each, Upload)]))
    return model_id, [
        [replace(each, prepared=next(ready)) if isinstance(each, Upload) else each for each in one] for one in found
    ]


@contextmanager
def processes(workers: int) -> Iterator[Executor]:
    """Workers on this machine."""
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        yield pool


@contextmanager
def cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """The workers of a Dask cluster, and how many they are; one that dies has its tasks done by another."""
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError("Cần cài thêm: pip install 'hoi[cluster]'.") from error
    try:
        client: Any = Client(address, timeout=10, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise ClusterError(f"Không nối được cụm máy ở {address}.") from error
    with client:
        workers = sum(client.nthreads().values())
        if not workers:
            raise ClusterError(f"Cụm máy ở {address} chưa có tiến trình nào.")
        yield client.get_executor(pure=False), workers


def _tasks(files: Iterable[Path]) -> Iterator[tuple[list[Path], list[File | Bad]]]:
    paths, opened, size = list[Path](), list[File | Bad](), 0
    for path in files:
        paths.append(path)
        opened.append(file := _opened(path))
        size += len(file.content) if isinstance(file, File) else 0
        if len(paths) == TASK_FILES or size > TASK_BYTES:
            yield paths, opened
            paths, opened, size = [], [], 0
    if paths:
        yield paths, opened


def _settled(
    paths: Sequence[Path],
    bad: Sequence[Bad | None],
    task: Future[tuple[str, list[list[Read]]]],
    model_id: str,
) -> Iterator[tuple[Path, list[Read]]]:
    used, found = task.result()
    if used != model_id:
        raise ClusterError(f"Tiến trình phụ dùng mô hình nhúng khác ({used}, không phải {model_id}).")
    results = iter(found)
    for path, refused in zip(paths, bad, strict=True):
        yield path, [refused] if refused else next(results)


def _opened(path: Path) -> File | Bad:
    source = str(path.resolve())
    try:
        return File(source, path.name, read_file(path))
    except LoadError as error:
        return Bad(source, error.code, str(error))


def _read(file: File, groups: Groups, sandbox: Sandbox) -> Iterator[Read]:
    for found in sandbox.read(file.content, file.name):
        source = f"{file.source}!{found.inside}" if found.inside else file.source
        if isinstance(found, Refused):
            yield Bad(source, found.error.code, str(found.error))
        else:
            yield Upload(restricted(found.document, groups), found.content, source, groups)


@lru_cache(maxsize=1)
def _model(embedder: str) -> tuple[Embedder, str]:
    return load_embedder(embedder)


@lru_cache(maxsize=1)
def _sandbox() -> Sandbox:
    """The worker's own, for as long as it lives."""
    sandbox = Sandbox(PATIENT)
    atexit.register(sandbox.close)
    return sandbox
