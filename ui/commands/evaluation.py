"""`hoi eval answers`, `hoi eval retrieval`, `hoi eval reading` and `hoi eval claims`."""

from __future__ import annotations

import argparse
import sys
from typing import Protocol

from eval.commands import run_answers, run_claims, run_reading, run_retrieval
from eval.inputs import InputError as BadSetError
from rag.settings import Settings
from ui.commands.common import InputError


class Result(Protocol):
    def to_json(self) -> str: ...
    def print_table(self) -> None: ...


def answers(given: argparse.Namespace, settings: Settings) -> int:
    try:
        result = run_answers(given.file, given.against, given.perturb, given.report, given.fail_under, settings)
    except BadSetError as error:
        raise InputError(str(error)) from error
    _show(result, given.json)
    return result.exit_code


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
