"""A real `hoi serve` for the tests."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Serving:
    url: str
    process: subprocess.Popen[str]
    data: Path


@contextmanager
def serving(data: Path, *arguments: str, **variables: str) -> Iterator[Serving]:
    """A server on a free port of its own, with no more than the machine's own environment."""
    environment = {
        "HOI_DATA": str(data),
        "HOME": str(data.parent),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(PROJECT),
        **variables,
    }
    command = [sys.executable, "-m", "ui.cli", "serve", "--port", "0", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=data.parent)
    try:
        yield Serving(_address(process), process, data)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        assert process.stdout
        process.stdout.close()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    for line in process.stdout:
        if found := re.search(r"^API: (http://\S+)/v1", line):
            return found[1]
    raise AssertionError(f"the server ended with {process.wait()}")
