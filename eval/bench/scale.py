"""`python -m eval.bench.scale TEXTS --questions DIR`: a store of very many passages, built, opened, asked and added to.

The questions' own documents (a BEIR set) go in first, so that there is something to find; a store of these alone is
asked beside it, for the ratio. Each step is a process of its own, whose memory is measured; time is given by the clock
and by the processor, since a machine is seldom one's own. With `--data` a build that was stopped goes on.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TypeVar

import numpy as np
from tqdm import tqdm

from eval.beir import read_beir, read_queries
from eval.bench import scale_corpus
from eval.bench.asking import WARM_UP
from eval.bench.scale_adding import AddedBeside, add_beside, timed
from eval.bench.scale_corpus import distinct
from eval.commands import opened
from eval.inputs import InputError
from eval.timing import Latency, peak_rss_mb, rss_mb
from index.database import Database
from index.dense import PARTS
from index.embed import Vectors
from index.embedding import model_number
from index.rows import read_vectors
from index.store import Store, Upload
from rag.answer import Request
from rag.settings import Settings

COMPARED = 200  # questions whose nearest passages are also found exactly
NEAREST = 10
_STEP = 100_000  # chunks whose vectors are read at a time
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Built:
    documents: int
    passages: int
    distinct: int  # texts that are no halves of others
    seconds: float
    cpu_seconds: float
    peak_rss_mb: float
    database_mb: float
    index_mb: float


@dataclass(frozen=True, slots=True)
class Answered:
    """What asking cost; `open_seconds`: until the store was checked and searchable, and the first answer was there."""

    questions: int
    abstained: float
    wall_ms: Latency
    cpu_ms: Latency
    open_seconds: float
    first_answer_seconds: float
    rss_mb: float


@dataclass(frozen=True, slots=True)
class ScaleResult:
    built: Built
    large: Answered
    small: Answered
    recall: float  # of the nearest ten passages, against every vector compared
    added: AddedBeside


def bench(texts: Path, questions: Path, passages: int, data: Path, asked: int) -> ScaleResult:
    """Builds two stores below `data` and asks both. Raises `InputError`."""
    (data / "nothing").mkdir(parents=True, exist_ok=True)
    large, small = (
        Settings().model_copy(update={"data": data / name, "corpus": data / "nothing"}) for name in ("large", "small")
    )
    queries = list(read_queries(questions).values())[:asked]
    built = _alone(build, texts, questions, passages, large)
    _alone(build, None, questions, 0, small)
    return ScaleResult(
        built,
        _alone(ask, queries, large),
        _alone(ask, queries, small),
        _alone(recall, queries[:COMPARED], large),
        _alone(add_beside, queries, large),
    )


def build(texts: Path | None, questions: Path, passages: int, settings: Settings) -> Built:
    """The questions' documents, and then of the texts as many as make so many passages."""
    made = distinct(texts) if texts else []
    started, cpu = perf_counter(), process_time()
    with opened(settings) as assistant, tqdm(total=passages or None, unit=" đoạn", disable=None) as bar:
        store = assistant.store
        store.add(_until(passages, store, questions, made), lambda _: bar.update(_stored(store) - bar.n))
        count, of_all = store.snapshot().count, len(store.snapshot().rows)
    return Built(
        of_all,
        count,
        len(made),
        round(perf_counter() - started, 1),
        round(process_time() - cpu, 1),
        peak_rss_mb(),
        _size(settings.data / "hoi.db"),
        _size(settings.data / "generations"),
    )


def ask(queries: Sequence[str], settings: Settings) -> Answered:
    started = perf_counter()
    with opened(settings) as assistant:
        open_seconds = perf_counter() - started
        assistant.ask(Request(queries[0]))
        first = perf_counter() - started
        for query in queries[:WARM_UP]:
            assistant.ask(Request(query))
        answers = [timed(assistant, query) for query in tqdm(queries, desc="hỏi", disable=None)]
    return Answered(
        len(answers),
        round(sum(abstained for _, _, abstained in answers) / len(answers), 3),
        Latency.from_milliseconds([wall for wall, _, _ in answers]),
        Latency.from_milliseconds([cpu for _, cpu, _ in answers]),
        round(open_seconds, 2),
        round(first, 2),
        rss_mb(),
    )


def recall(queries: Sequence[str], settings: Settings) -> float:
    """The share of the truly nearest passages that the index returns."""
    with opened(settings) as assistant:
        store, snapshot = assistant.store, assistant.store.snapshot()
        vectors = np.stack([store.embedder.encode_query([query])[0] for query in queries])
        exact = _nearest(store.database, store.model_id, snapshot.index.chunks[:, 0].tolist(), vectors)
        found = [{id for id, _ in snapshot.dense(vector, NEAREST)} for vector in vectors]
    return round(sum(len(one & other) for one, other in zip(exact, found, strict=True)) / (NEAREST * len(found)), 4)


def _until(passages: int, store: Store, questions: Path, texts: list[tuple[str, str]]) -> Iterator[Upload]:
    yield from read_beir(questions).uploads.values()
    if not texts:
        return
    rest = scale_corpus.documents(texts)
    while _stored(store) < passages:
        yield from islice(rest, 100)


def _stored(store: Store) -> int:
    """Passages in the database; searches know of them a little later. None is ever removed here."""
    with store.database.read() as connection:
        return connection.execute("SELECT max(id) FROM chunks").fetchone()[0] or 0


def _nearest(database: Database, model_id: str, chunks: Sequence[int], queries: Vectors) -> list[set[int]]:
    """The ten nearest chunks of each query, every vector compared."""
    best: list[dict[int, float]] = [{} for _ in queries]
    with database.read() as connection:
        model = model_number(connection, model_id)
        for at in range(0, len(chunks), _STEP):
            step = chunks[at : at + _STEP]
            ids, vectors = read_vectors(connection, model, step[0], step[-1])
            for known, scores in zip(best, queries @ vectors.T, strict=True):
                for place in np.argpartition(-scores, min(len(scores) - 1, 5 * NEAREST))[: 5 * NEAREST]:
                    chunk = int(ids[place]) // PARTS
                    known[chunk] = max(known.get(chunk, -1.0), float(scores[place]))
    return [set(sorted(known, key=lambda chunk: -known[chunk])[:NEAREST]) for known in best]


def _size(path: Path) -> float:
    files = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    blocks = {(stat.st_dev, stat.st_ino): stat.st_size for stat in (each.stat() for each in files)}  # hard links once
    return round(sum(blocks.values()) / 1e6, 1)


def _alone(step: Callable[..., T], *arguments: object) -> T:
    """Runs a step in a process of its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as child:
        return child.submit(step, *arguments).result()


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints one JSON object. Exit codes: 0 measured, 2 bad input."""
    parser = argparse.ArgumentParser("eval.bench.scale", description="Đo một kho rất nhiều đoạn.")
    parser.add_argument("texts", type=Path, metavar="THƯ_MỤC", help="các tệp .jsonl gồm cặp tiêu đề và văn bản")
    parser.add_argument("--questions", type=Path, required=True, metavar="BỘ", help="bộ kiểu BEIR để hỏi")
    parser.add_argument("--passages", type=int, default=1_000_000, metavar="N", help="số đoạn của kho lớn")
    parser.add_argument("--asked", type=int, default=500, metavar="N", help="số câu hỏi")
    parser.add_argument("--data", type=Path, metavar="THƯ_MỤC", help="giữ kho ở đây; bị dừng thì lần sau làm tiếp")
    given = parser.parse_args(arguments)
    try:
        with TemporaryDirectory(prefix="hoi-scale-") as temporary:
            result = bench(given.texts, given.questions, given.passages, given.data or Path(temporary), given.asked)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(asdict(result), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
