"""`python -m eval.bench DIR`: a BEIR set indexed, then its queries asked; speed and memory of one process."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import TextIO

from tqdm import tqdm

from eval.commands import temporary
from eval.inputs import Beir, InputError, read_beir
from eval.retrieval import index
from eval.timing import Latency, peak_rss_mb, rss_mb
from rag.answer import Request
from rag.assistant import Assistant
from rag.settings import Settings

WARM_UP = 20  # questions asked before the clock runs


@dataclass(frozen=True, slots=True)
class BenchResult:
    """What indexing and asking cost. `abstained`: the share of refusals, lest speed be bought with them."""

    documents: int
    passages: int
    index_seconds: float
    questions: int
    abstained: float
    latency_ms: Latency
    rss_mb: float
    peak_rss_mb: float

    def print_table(self, file: TextIO | None = None) -> None:
        speed = self.passages / self.index_seconds
        print(f"{self.documents} tài liệu, {self.passages} đoạn", file=file)
        print(f"Lập chỉ mục {self.index_seconds:.1f} giây ({speed:.0f} đoạn/giây)", file=file)
        print(f"{self.questions} câu hỏi, từ chối {self.abstained:.0%}: {self.latency_ms}", file=file)
        print(f"Bộ nhớ {self.rss_mb:.0f} MB, cao nhất {self.peak_rss_mb:.0f} MB", file=file)


def bench(beir: Beir, assistant: Assistant, limit: int | None = None) -> BenchResult:
    """Indexes the set into the assistant's store, then asks its (first `limit`) queries one by one."""
    documents = len(beir.uploads)
    queries = list(beir.queries.values())[:limit]
    passages, seconds = index(beir, assistant.store)
    beir.uploads.clear()  # the measured memory is the assistant's
    for query in queries[:WARM_UP]:
        assistant.ask(Request(query))
    milliseconds: list[float] = []
    refusals = 0
    for query in tqdm(queries, desc="hỏi", unit=" câu", disable=None):
        start = perf_counter()
        refusals += assistant.ask(Request(query)).abstained
        milliseconds.append((perf_counter() - start) * 1000)
    latency = Latency.from_milliseconds(milliseconds)
    return BenchResult(
        documents, passages, seconds, len(queries), refusals / len(queries), latency, rss_mb(), peak_rss_mb()
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit codes: 0 measured, 2 bad input."""
    parser = argparse.ArgumentParser("eval.bench", description="Đo tốc độ lập chỉ mục và trả lời câu hỏi.")
    parser.add_argument("folder", type=Path, metavar="THƯ_MỤC", help="bộ dữ liệu kiểu BEIR")
    parser.add_argument("--questions", type=int, metavar="N", help="chỉ hỏi N câu đầu")
    parser.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    given = parser.parse_args(arguments)
    try:
        with temporary(Settings()) as assistant:
            result = bench(read_beir(given.folder), assistant, given.questions)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(asdict(result), ensure_ascii=False)) if given.json else result.print_table()
    return 0


if __name__ == "__main__":
    sys.exit(main())
