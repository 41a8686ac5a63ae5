"""`MILVUS_URI=… python -m eval.bench.overlap DIR…`: the same questions of the embedded index and of a Milvus server.

For each BEIR set both index the same documents into stores that are gone afterwards; compared are the ten best
passages of each question, as ranked for the answer, and nDCG@10.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from time import perf_counter
from typing import TextIO

from tqdm import tqdm

from eval.beir import Beir, read_beir
from eval.commands import temporary
from eval.inputs import InputError
from eval.metrics import mean, ndcg
from eval.timing import Latency
from rag.answer import Passage
from rag.assistant import Assistant
from rag.settings import Settings

BEST = 10
DEPTH = 50  # passages asked for, so that ten documents are among them
Place = tuple[str, int]  # of a passage: its document's id, where it begins


@dataclass(frozen=True, slots=True)
class Compared:
    """`overlap`: of the ten best passages, the mean over the questions; `same_order`: share of questions."""

    name: str
    questions: int
    of: int  # questions of the whole set
    documents: int
    passages: int
    overlap: float
    same_order: float
    ndcg_embedded: float
    ndcg_milvus: float
    embedded_ms: Latency
    milvus_ms: Latency


@dataclass(frozen=True, slots=True)
class _Side:
    """What one index found: the best passages, their documents by the set's own ids, milliseconds."""

    places: list[list[Place]]
    documents: list[list[str]]
    milliseconds: list[float]


def bench(folder: Path, most: int | None = None, settings: Settings | None = None) -> Compared:
    """Asks both the set's questions, or `most` drawn of them; `settings` name the server. Raises `InputError`."""
    settings = settings or Settings()
    beir = read_beir(folder)
    queries = _drawn(beir.queries, most)
    served = settings.model_copy(update={"index": "milvus"})
    with temporary(settings.model_copy(update={"index": "embedded"})) as embedded, temporary(served) as other:
        for assistant in (embedded, other):
            assistant.store.add(beir.uploads.values())
        one, two = _ask(embedded, beir, queries), _ask(other, beir, queries)
        passages = embedded.store.snapshot().count
    pairs = list(zip(one.places, two.places, strict=True))
    return Compared(
        folder.name,
        len(queries),
        len(beir.queries),
        len(beir.uploads),
        passages,
        round(mean([_shared(first, second) for first, second in pairs]), 4),
        round(mean([float(first == second) for first, second in pairs]), 4),
        round(_ndcg(one, queries, beir), 4),
        round(_ndcg(two, queries, beir), 4),
        Latency.from_milliseconds(one.milliseconds),
        Latency.from_milliseconds(two.milliseconds),
    )


def print_table(compared: Sequence[Compared], file: TextIO | None = None) -> None:
    """As docs/scale.md has it."""
    print("| bộ | câu | đoạn | trùng 10 đoạn đầu | cùng thứ tự | nDCG@10 nhúng | nDCG@10 Milvus |", file=file)
    print("|---|---|---|---|---|---|---|", file=file)
    for each in compared:
        asked = f"{each.questions:,}" + (f" trong {each.of:,}" if each.questions < each.of else "")
        counts = f"| {each.name} | {asked} | {each.passages:,}".replace(",", ".")
        figures = (each.overlap, each.same_order, each.ndcg_embedded, each.ndcg_milvus)
        shares = [f"{figure:.{places}f}" for figure, places in zip(figures, (3, 3, 4, 4), strict=True)]
        print(counts, " | ".join(shares).replace(".", ","), sep=" | ", end=" |\n", file=file)


def _drawn(queries: Mapping[str, str], most: int | None) -> dict[str, str]:
    ids = sorted(queries)
    return {id: queries[id] for id in (ids if most is None or most >= len(ids) else Random(0).sample(ids, most))}


def _ask(assistant: Assistant, beir: Beir, queries: Mapping[str, str]) -> _Side:
    ids = {upload.document.id: id for id, upload in beir.uploads.items()}
    side = _Side([], [], [])
    for query in tqdm(queries.values(), unit=" câu", disable=None):
        started = perf_counter()
        found: Sequence[Passage] = assistant.search(query, DEPTH)
        side.milliseconds.append((perf_counter() - started) * 1000)
        side.places.append([(passage.document_id, passage.start) for passage in found[:BEST]])
        side.documents.append([ids[id] for id in dict.fromkeys(passage.document_id for passage in found)])
    return side


def _shared(one: Sequence[Place], other: Sequence[Place]) -> float:
    most = max(len(one), len(other))
    return len({*one} & {*other}) / most if most else 1.0


def _ndcg(side: _Side, queries: Mapping[str, str], beir: Beir) -> float:
    return mean([ndcg(found, beir.qrels[id], BEST) for id, found in zip(queries, side.documents, strict=True)])


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit codes: 0 measured, 2 bad input."""
    parser = argparse.ArgumentParser("eval.bench.overlap", description="So chỉ mục nhúng với Milvus.")
    parser.add_argument("folders", type=Path, nargs="+", metavar="BỘ", help="các bộ kiểu BEIR")
    parser.add_argument("--questions", type=int, metavar="N", help="chỉ hỏi N câu, rút ngẫu nhiên")
    parser.add_argument("--json", action="store_true", help="in JSON")
    given = parser.parse_args(arguments)
    if not os.environ.get("MILVUS_URI"):
        print("Cần MILVUS_URI.", file=sys.stderr)
        return 2
    try:
        compared = [bench(folder, given.questions) for folder in given.folders]
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps([asdict(each) for each in compared])) if given.json else print_table(compared)
    return 0


if __name__ == "__main__":
    sys.exit(main())
