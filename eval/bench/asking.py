"""`python -m eval.bench DIR`: a BEIR set indexed, then its queries asked end to end; speed and memory of one process.

The set is indexed by a child process, so that the memory measured is that of an assistant which opens a ready store.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TextIO

from tqdm import tqdm

from eval.beir import read_beir, read_queries
from eval.commands import opened
from eval.inputs import InputError
from eval.retrieval import index
from eval.timing import Latency, peak_rss_mb, rss_mb
from rag.answer import Request
from rag.assistant import Assistant
from rag.settings import Settings

WARM_UP = 20  # questions asked before the clock runs


@dataclass(frozen=True, slots=True)
class Indexed:
    documents: int
    passages: int
    seconds: float
    peak_rss_mb: float  # of the process that indexed


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking cost. `abstained`: the share of refusals, lest speed be bought with them."""

    questions: int
    abstained: float
    latency_ms: Latency
    stages_ms: dict[str, float]  # medians
    open_seconds: float  # from nothing to the first answer, with the program already imported
    rss_mb: float
    peak_rss_mb: float


@dataclass(frozen=True, slots=True)
class BenchResult:
    indexed: Indexed
    asked: Asked

    def print_table(self, file: TextIO | None = None) -> None:
        """The figures for people, in Vietnamese."""
        indexed, asked = self.indexed, self.asked
        speed = indexed.passages / indexed.seconds
        stages = ", ".join(f"{name} {milliseconds:.1f}" for name, milliseconds in asked.stages_ms.items())
        print(f"{indexed.documents} tài liệu, {indexed.passages} đoạn", file=file)
        print(f"Lập chỉ mục {indexed.seconds:.1f} giây ({speed:.0f} đoạn/giây)", file=file)
        print(f"Bộ nhớ cao nhất khi lập chỉ mục {indexed.peak_rss_mb:.0f} MB", file=file)
        print(f"Mở kho và trả lời câu đầu: {asked.open_seconds:.2f} giây", file=file)
        print(f"{asked.questions} câu hỏi, từ chối {asked.abstained:.0%}: {asked.latency_ms}", file=file)
        print(f"Trung vị từng bước (ms): {stages}", file=file)
        print(f"Bộ nhớ khi trả lời {asked.rss_mb:.0f} MB, cao nhất {asked.peak_rss_mb:.0f} MB", file=file)


def bench(folder: Path, limit: int | None = None) -> BenchResult:
    """Indexes the set into a temporary store, then asks its (first `limit`) queries one by one."""
    queries = list(read_queries(folder).values())[:limit]
    with TemporaryDirectory(prefix="hoi-bench-") as data:
        (nothing := Path(data, "nothing")).mkdir()
        settings = Settings().model_copy(update={"data": Path(data, "data"), "corpus": nothing})
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as child:
            indexed = child.submit(index_set, folder, settings).result()
        return BenchResult(indexed, ask_all(queries, settings))


def index_set(folder: Path, settings: Settings) -> Indexed:
    """Indexes a BEIR folder into the store of `settings`."""
    beir = read_beir(folder)
    with opened(settings) as assistant:
        passages, seconds = index(beir, assistant.store)
    return Indexed(len(beir.uploads), passages, seconds, peak_rss_mb())


def ask_all(queries: Sequence[str], settings: Settings) -> Asked:
    """Asks every query of the store of `settings`."""
    start = perf_counter()
    with opened(settings) as assistant:
        assistant.ask(Request(queries[0]))
        open_seconds = perf_counter() - start
        for query in queries[:WARM_UP]:
            assistant.ask(Request(query))
        return _timed(queries, assistant, open_seconds)


def _timed(queries: Sequence[str], assistant: Assistant, open_seconds: float) -> Asked:
    milliseconds: list[float] = []
    stages: dict[str, list[float]] = {}
    refusals = 0
    for query in tqdm(queries, desc="hỏi", unit=" câu", disable=None):
        start = perf_counter()
        answer = assistant.ask(Request(query))
        milliseconds.append((perf_counter() - start) * 1000)
        refusals += answer.abstained
        for stage, spent in answer.timings_ms.items():
            stages.setdefault(stage, []).append(spent)
    return Asked(
        questions=len(queries),
        abstained=refusals / len(queries),
        latency_ms=Latency.from_milliseconds(milliseconds),
        stages_ms={stage: median(spent) for stage, spent in stages.items()},
        open_seconds=round(open_seconds, 3),
        rss_mb=rss_mb(),
        peak_rss_mb=peak_rss_mb(),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit codes: 0 measured, 2 bad input."""
    parser = argparse.ArgumentParser("eval.bench", description="Đo tốc độ lập chỉ mục và trả lời câu hỏi.")
    parser.add_argument("folder", type=Path, metavar="THƯ_MỤC", help="bộ dữ liệu kiểu BEIR")
    parser.add_argument("--questions", type=int, metavar="N", help="chỉ hỏi N câu đầu")
    parser.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    given = parser.parse_args(arguments)
    try:
        result = bench(given.folder, given.questions)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(asdict(result), ensure_ascii=False)) if given.json else result.print_table()
    return 0
