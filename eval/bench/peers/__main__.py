"""`python -m eval.bench.peers --data DIR`: other libraries measured beside Hỏi, and `docs/benchmarks.md` written."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from eval.bench.peers.chart import scatter
from eval.bench.peers.driver import PROJECT
from eval.bench.peers.environments import InstallError, python_of, versions
from eval.bench.peers.measure import Effort, measure
from eval.bench.peers.page import page
from eval.bench.peers.pool import Pool, make, read_sets
from eval.bench.peers.report import Report, from_json, machine, merged
from eval.bench.peers.systems import HOI, SYSTEMS, System
from eval.inputs import InputError

SIZES = (1000, 10_000, 50_000)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit codes: 0 measured, 2 bad input."""
    given = _parser().parse_args(arguments)
    try:
        kept = [from_json(path.read_text(encoding="utf-8")) for path in given.again]
        for report in [merged(kept)] if kept else run(given):
            write(report, given.out)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def run(given: argparse.Namespace) -> Iterator[Report]:
    """Measures size by size, and reports after each; the indexes of a size are gone before the next."""
    folders = sorted(path.parent for path in given.data.glob("*/queries.jsonl"))
    if not folders:
        raise InputError(f"Không có bộ kiểu BEIR nào trong {given.data}.")
    systems = [system for system in SYSTEMS if not given.only or system is HOI or system.name in given.only]
    pythons, missing = _installed(systems, given.environments, given.index)
    sets = read_sets(folders, given.questions)
    report = Report(
        day=date.today().strftime("%d/%m/%Y"),
        machine=machine(os.cpu_count() or 1),
        sets=dict(Counter(id.partition("--")[0] for id in sets.queries)),
        effort=Effort(given.rounds, ask_seconds=given.ask_seconds, step_minutes=given.step_minutes),
        documents={},
        busy={},
        versions={system.name: versions(system, python) for system, python in pythons.items()},
        missing=missing,
        measured=(),
    )
    for size in given.sizes:
        report = _with_size(report, make(sets, size, given.work / f"pool_{size}"), pythons, given.work / "indexes")
        (given.work / "report.json").write_text(report.to_json(), encoding="utf-8")
        yield report


def _with_size(report: Report, pool: Pool, pythons: Mapping[System, Path], indexes: Path) -> Report:
    shutil.rmtree(indexes, ignore_errors=True)
    indexes.mkdir(parents=True)
    measured = measure(pool, pythons, indexes, report.effort)
    shutil.rmtree(indexes)
    documents = report.documents | {pool.passages: pool.documents}
    busy = report.busy | {pool.passages: os.getloadavg()[2]}
    return replace(report, documents=documents, busy=busy, measured=(*report.measured, *measured))


def _installed(systems: Sequence[System], folder: Path, index: str) -> tuple[Mapping[System, Path], dict[str, str]]:
    pythons: dict[System, Path] = {}
    missing: dict[str, str] = {}
    for system in systems:
        try:
            pythons[system] = python_of(system, folder, index)
        except InstallError as error:
            missing[system.name] = str(error)
    return pythons, missing


def write(report: Report, out: Path) -> None:
    """The page, and its picture beside it."""
    picture = out.with_name(f"{out.stem}.svg")
    largest = report.sizes[-1]
    title = f"Thời gian và chất lượng ở {largest:,} đoạn".replace(",", ".")
    picture.write_text(scatter([each for each in report.measured if each.passages == largest], title), encoding="utf-8")
    out.write_text(page(report, picture.name), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("eval.bench.peers", description="Đo Hỏi cạnh các thư viện khác.")
    parser.add_argument("--data", type=Path, metavar="THƯ_MỤC", help="các bộ kiểu BEIR, mỗi bộ một thư mục con")
    parser.add_argument(
        "--again", type=Path, nargs="+", default=[], metavar="TỆP", help="viết lại trang từ các report.json, không đo"
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="số đoạn")
    parser.add_argument("--questions", type=int, default=300, metavar="N", help="số câu hỏi")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="số lượt đo lúc mở và khi nhiều người hỏi")
    parser.add_argument("--ask-seconds", type=float, default=60.0, metavar="S", help="hết chừng ấy giây thì thôi hỏi")
    parser.add_argument(
        "--step-minutes", type=float, default=20.0, metavar="P", help="một bước lâu hơn chừng ấy phút thì bỏ hệ ấy"
    )
    parser.add_argument(
        "--only", nargs="+", choices=[system.name for system in SYSTEMS], help="chỉ đo Hỏi và những hệ này"
    )
    parser.add_argument("--work", type=Path, default=PROJECT / ".hoi" / "peers", help="chỉ mục tạm và report.json")
    parser.add_argument("--environments", type=Path, default=PROJECT / ".venv" / "peers", help="nơi cài thư viện")
    parser.add_argument("--extra-index-url", dest="index", default="", metavar="URL", help="thêm một nơi tải gói")
    parser.add_argument("--out", type=Path, default=PROJECT / "docs" / "benchmarks.md", help="trang được viết ra")
    return parser


if __name__ == "__main__":
    sys.exit(main())
