"""A BEIR set indexed and searched by the real code: ranking metrics, perturbations, time and memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import TextIO

from tqdm import tqdm

from eval.beir import Beir
from eval.metrics import ranking_metrics
from eval.perturb import perturbed
from eval.timing import Latency, peak_rss_mb
from index.store import Store
from rag.answer import Passage

DEPTH = 100  # documents a query, for recall@100
Search = Callable[[str, int], Sequence[Passage]]  # a query and how many passages


@dataclass(frozen=True, slots=True)
class RetrievalResult:
    """What `hoi eval retrieval` prints. `passages`: the chunks indexed; latency: of unperturbed queries."""

    queries: int
    passages: int
    index_seconds: float
    metrics: dict[str, float]
    perturbed: dict[str, dict[str, float]]
    latency_ms: Latency
    peak_rss_mb: float

    def to_json(self) -> str:
        """One object, as the contract has it."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def print_table(self, file: TextIO | None = None) -> None:
        """The figures for people, in Vietnamese."""
        speed = self.passages / self.index_seconds if self.index_seconds else 0.0
        print(f"{self.queries} câu, {self.passages} đoạn, bộ nhớ {self.peak_rss_mb:.0f} MB", file=file)
        print(f"Lập chỉ mục {self.index_seconds:.1f} giây ({speed:.0f} đoạn/giây)", file=file)
        print(f"Độ trễ: {self.latency_ms}\n", file=file)
        print(f"{'':<16}" + "".join(f"{metric:>12}" for metric in self.metrics), file=file)
        for name, metrics in ({"như đã viết": self.metrics} | self.perturbed).items():
            print(f"{name:<16}" + "".join(f"{value:12.4f}" for value in metrics.values()), file=file)


def index(beir: Beir, store: Store) -> tuple[int, float]:
    """Adds every document durably; `(passages, seconds)`."""
    start = perf_counter()
    with tqdm(total=len(beir.uploads), desc="lập chỉ mục", unit=" tài liệu", disable=None) as bar:
        store.add(beir.uploads.values(), progress=bar.update)
    passages = store.snapshot().count
    return passages, perf_counter() - start


def evaluate(beir: Beir, store: Store, search: Search, names: Sequence[str] = ()) -> RetrievalResult:
    """Indexes the set into `store`, then searches each query as written and under each perturbation."""
    passages, seconds = index(beir, store)
    metrics, milliseconds = _searched(beir, search, "")
    return RetrievalResult(
        queries=len(beir.queries),
        passages=passages,
        index_seconds=round(seconds, 3),
        metrics=metrics,
        perturbed={name: _searched(beir, search, name)[0] for name in names},
        latency_ms=Latency.from_milliseconds(milliseconds),
        peak_rss_mb=peak_rss_mb(),
    )


def _searched(beir: Beir, search: Search, name: str) -> tuple[dict[str, float], list[float]]:
    ids = {upload.document.id: id for id, upload in beir.uploads.items()}
    run: dict[str, dict[str, float]] = {}
    milliseconds: list[float] = []
    for id, query in tqdm(beir.queries.items(), desc=name or "truy vấn", unit=" câu", disable=None):
        typed = perturbed(name, query, id) if name else query
        start = perf_counter()
        scores = document_scores(search, typed)
        milliseconds.append((perf_counter() - start) * 1000)
        run[id] = {ids[document]: score for document, score in scores.items()}
    return ranking_metrics(beir.qrels, run), milliseconds


def document_scores(search: Search, query: str, depth: int = DEPTH) -> dict[str, float]:
    """Each document's best passage score, at least `depth` documents deep where there are so many."""
    k = 2 * depth
    while True:
        passages = search(query, k)
        scores: dict[str, float] = {}
        for passage in passages:
            scores[passage.document_id] = max(scores.get(passage.document_id, passage.score), passage.score)
        if len(scores) >= depth or len(passages) < k:
            return scores
        k *= 4
