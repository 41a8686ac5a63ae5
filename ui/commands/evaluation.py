"""`hoi eval answers`, `hoi eval compare`, `hoi eval retrieval`, `hoi eval reading` and `hoi eval claims`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Protocol

from eval.about import Options
from eval.commands import run_answers, run_claims, run_reading, run_retrieval
from eval.compare import compare_folders
from eval.compare_report import as_json, print_comparison, write_comparison
from eval.inputs import InputError as BadSetError
from eval.kept import MissingError
from eval.runs import Runs
from rag.settings import Settings
from ui.commands.common import InputError


class Result(Protocol):
    def to_json(self) -> str: ...
    def print_table(self) -> None: ...


def answers(given: argparse.Namespace, settings: Settings) -> int:
    try:
        options = _options(given)
        result = run_answers(given.file, given.against, options, given.report, given.fail_under, settings)
    except BadSetError as error:
        raise InputError(str(error)) from error
    _show(result, given.json)
    return result.exit_code


def _options(given: argparse.Namespace) -> Options:
    if not (1 <= given.k <= 50 and 0 <= given.threshold <= 1):
        raise InputError("--k phải từ 1 đến 50 và --threshold từ 0 đến 1.")
    return Options(k=given.k, threshold=given.threshold, perturb=tuple(given.perturb))


def compare(given: argparse.Namespace, settings: Settings) -> int:
    try:
        first, second = (_report_folder(name, settings) for name in (given.first, given.second))
        compared = compare_folders(first, second, given.perturb)
        if given.report:
            write_comparison(compared, given.report)
    except BadSetError as error:
        raise InputError(str(error)) from error
    if given.json:
        sys.stdout.write(as_json(compared) + "\n")
    else:
        print_comparison(compared)
    return 0


def _report_folder(name: str, settings: Settings) -> Path:
    """A report's folder, or the one of a run that the workbench keeps under this id."""
    if Path(name).is_dir():
        return Path(name)
    try:
        return Runs(settings.data).folder(name)
    except MissingError as error:
        raise InputError(f"Không có thư mục báo cáo hay lần chấm nào tên “{name}”.") from error


def retrieval(given: argparse.Namespace, settings: Settings) -> int:
    try:
        _show(run_retrieval(given.folder, given.perturb, settings), given.json)
    except BadSetError as error:
        raise InputError(str(error)) from error
    return 0


def reading(given: argparse.Namespace, settings: Settings) -> int:
    try:
        _show(run_reading(given.file, settings), given.json)
    except BadSetError as error:
        raise InputError(str(error)) from error
    return 0


def claims(given: argparse.Namespace, settings: Settings) -> int:
    try:
        result = run_claims(given.paths or [settings.corpus], given.each, given.half, given.seed, given.fail_under)
    except BadSetError as error:
        raise InputError(str(error)) from error
    _show(result, given.json)
    return result.exit_code


def _show(result: Result, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(result.to_json() + "\n")
    else:
        result.print_table()
