"""A virtual environment for each library, made once and again when what it needs changes."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from eval.bench.peers.systems import System

TORCH = "torch==2.13.0"  # where a library wants torch: the version whose CPU build the program uses, too


class InstallError(RuntimeError):
    """A library that cannot be installed here; the message is the last line that pip said."""


def python_of(system: System, environments: Path, index: str = "") -> Path:
    """The interpreter that runs a system, its packages installed. `index`: another package index beside pip's own.

    Raises `InstallError`.
    """
    if not system.packages:
        return Path(sys.executable)
    folder = environments / system.name
    python, wanted = folder / "bin" / "python", folder / "packages.txt"
    needs = "\n".join(system.packages) + "\n"
    if not wanted.exists() or wanted.read_text() != needs:
        subprocess.run([sys.executable, "-m", "venv", "--clear", "--without-pip", folder], check=True)
        _install(python, needs, folder, index)
        wanted.write_text(needs)
    return python


def _install(python: Path, needs: str, folder: Path, index: str) -> None:
    (folder / "requirements.txt").write_text(needs)
    (folder / "constraints.txt").write_text(TORCH + "\n")
    pip: list[str | Path] = [*_pip(python), "install", "--quiet"]
    given: list[str | Path] = ["--requirement", folder / "requirements.txt", "--constraint", folder / "constraints.txt"]
    done = subprocess.run(
        [*pip, *given, *(("--extra-index-url", index) if index else ())], capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or ["pip failed"]
        raise InstallError(lines[-1])


def versions(system: System, python: Path) -> dict[str, str]:
    """The installed version of each package that is named for a system; of the floor, those it stands on."""
    if not system.packages:
        return {name: metadata.version(name) for name in ("faiss-cpu", "tantivy")}
    told = subprocess.run([*_pip(python), "list", "--format=json"], capture_output=True, text=True, check=True)
    installed = {each["name"].lower(): str(each["version"]) for each in json.loads(told.stdout)}
    names = [package.partition(">")[0].partition("=")[0] for package in system.packages]
    return {name: installed[name] for name in names if name in installed}


def _pip(python: Path) -> list[str | Path]:
    """The program's pip at work in another environment."""
    return [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python]
