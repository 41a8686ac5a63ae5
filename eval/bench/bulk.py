"""`python -m eval.bench.bulk FOLDER`: documents a second of `hoi add` by its number of workers.

Each number of workers fills a store of its own, by the command itself; they take turns, so that a busy moment of the
machine hurts all alike. The clock runs from the start of the process to its end: loading the program counts.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TextIO


@dataclass(frozen=True, slots=True)
class Filled:
    """What one number of workers came to; seconds are medians of the rounds."""

    workers: int
    documents: int
    seconds: float
    cpu_seconds: float  # of all processes together

    @property
    def per_second(self) -> float:
        return self.documents / self.seconds


def bench(folder: Path, workers: Sequence[int], rounds: int = 1) -> list[Filled]:
    """Fills a store by each number of workers, round by round."""
    taken: dict[int, list[Filled]] = {count: [] for count in workers}
    for _ in range(rounds):
        for count in workers:
            taken[count].append(fill(folder, count))
    return [
        Filled(
            count,
            each[0].documents,
            round(median(one.seconds for one in each), 2),
            round(median(one.cpu_seconds for one in each), 2),
        )
        for count, each in taken.items()
    ]


def fill(folder: Path, workers: int) -> Filled:
    with TemporaryDirectory(prefix="hoi-bulk-") as data:
        started, cpu = perf_counter(), _cpu_of_children()
        told = subprocess.run(
            [sys.executable, "-m", "ui.cli", "add", "--json", "--workers", str(workers), str(folder)],
            env={**os.environ, "HOI_DATA": data},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        return Filled(
            workers,
            len(json.loads(told.stdout)["documents"]),
            perf_counter() - started,
            _cpu_of_children() - cpu,
        )


def print_table(filled: Sequence[Filled], file: TextIO | None = None) -> None:
    """As docs/scale.md has it."""
    print("| tiến trình | giây | văn bản/giây | so với một | giây CPU |", "|---|---|---|---|---|", sep="\n", file=file)
    for each in filled:
        figures = (each.seconds, each.per_second, each.per_second / filled[0].per_second, each.cpu_seconds)
        print(f"| {each.workers} | {' | '.join(f'{figure:.2f}' for figure in figures)} |".replace(".", ","), file=file)


def _cpu_of_children() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser("eval.bench.bulk", description="Đo tốc độ nạp theo số tiến trình.")
    parser.add_argument("folder", type=Path, metavar="THƯ_MỤC", help="thư mục tài liệu")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4], metavar="N", help="các số tiến trình")
    parser.add_argument("--rounds", type=int, default=1, metavar="N", help="số lượt, lấy trung vị")
    parser.add_argument("--json", action="store_true", help="in JSON")
    given = parser.parse_args(arguments)
    filled = bench(given.folder, given.workers, given.rounds)
    print(json.dumps([asdict(each) for each in filled])) if given.json else print_table(filled)
    return 0


if __name__ == "__main__":
    sys.exit(main())
