"""What the pages say is there: paths, links, names of functions, commands, variables, routes, the example."""

from __future__ import annotations

import argparse
import ast
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

from rag.settings import Settings
from ui.api import MODULES
from ui.cli import Parser, parser

PROJECT = Path(__file__).resolve().parent.parent
PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]
README = PAGES[0]
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
_CODE = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"(?:corpus|index|rag|eval|ui|tests|docs)(?:/[\w.-]*)+(?:::[\w.]+)?")
_LINK = re.compile(r'\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"')
_ROUTE = re.compile(r"/(?:v1/[\w/{}-]+(?:\.png)?|docs|healthz|readyz|metrics|openapi\.json)(?![\w./-])")

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def prose(page: Path) -> str:
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def blocks(page: Path, language: str) -> list[str]:
    return [body for name, body in _FENCE.findall(page.read_text(encoding="utf-8")) if name == language]


def code(page: Path) -> list[str]:
    return _CODE.findall(prose(page))


def shell_lines(page: Path) -> Iterator[list[str]]:
    """The commands of the page's `sh` blocks, without variables set before them and remarks behind."""
    for block in blocks(page, "sh"):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            while words and re.match(r"[A-Z_]+=", words[0]):
                words = words[1:]
            if words:
                yield words


@cache
def defined(path: Path) -> frozenset[str]:
    """The functions, classes and methods ("Class.method") of a module."""
    found = set[str]()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{each.name}" for each in node.body if isinstance(each, ast.FunctionDef)}
    return frozenset(found)


def dead(text: str) -> str | None:
    """The path, or the name behind "::", that is not there."""
    if not _PATH.fullmatch(text):
        return None
    path, _, name = text.partition("::")
    if not (PROJECT / path).exists() or (name and name not in defined(PROJECT / path)):
        return text
    return None


def subcommands(of: argparse.ArgumentParser) -> dict[str, Parser]:
    groups = [action for action in of._actions if isinstance(action, argparse._SubParsersAction)]
    return groups[0].choices if groups else {}


def unknown_command(words: list[str]) -> str | None:
    """The first word that is no sub-command, of "hoi eval answers …"."""
    here: argparse.ArgumentParser = parser()
    for word in words:
        known = subcommands(here)
        if not known or word.startswith("-"):
            return None
        if word not in known:
            return word
        here = known[word]
    return None


@pages
def test_paths_are_there(page: Path) -> None:
    assert not [text for text in code(page) if dead(text)]


@pages
def test_links_lead_somewhere(page: Path) -> None:
    targets = [unquote(first or second) for first, second in _LINK.findall(prose(page))]
    ours = [target.partition("#")[0] for target in targets if not re.match(r"[a-z]+:|#", target)]
    assert not [target for target in ours if not (page.parent / target).exists()]


def test_the_flow_is_numbered_and_told_by_files() -> None:
    text = (PROJECT / "docs" / "flow.md").read_text(encoding="utf-8")
    for section in text.split("\n## ")[1:]:
        numbers = [int(number) for number in re.findall(r"^(\d+)\. ", section, re.M)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) > 10
    steps = re.split(r"^\d+\. ", text, flags=re.M)[1:]
    assert not [step for step in steps if not re.search(r"`(?:corpus|index|rag|ui)/\S+\.py", step)]


@pages
def test_commands_exist(page: Path) -> None:
    named = [text.split()[1:] for text in code(page) if re.match(r"hoi \w", text)]
    assert not [words for words in named if unknown_command(words)]


@pages
def test_command_lines_are_accepted(page: Path) -> None:
    for words in shell_lines(page):
        if words[0] == ".venv/bin/hoi":
            parser().parse_args(words[1:])  # exits on what it does not know
        elif words[0] == "make":
            makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
            assert re.search(rf"^{words[1]}:", makefile, re.M), words
        elif "-m" in words:
            module = words[words.index("-m") + 1]
            file = PROJECT / module.replace(".", "/")
            assert file.with_suffix(".py").exists() or (file / "__main__.py").exists(), words


def test_the_two_commands_come_first() -> None:
    first = blocks(README, "sh")[0].splitlines()
    assert [line.split("#")[0].strip() for line in first] == ["make run", "make test"]


def program_variables() -> set[str]:
    """The fields of `Settings`, and what the program looks up in the environment itself."""
    source = "".join(path.read_text(encoding="utf-8") for path in sorted((PROJECT / "ui").rglob("*.py")))
    looked_up = re.findall(r'os\.environ(?:\.get\(|\[)"(HOI_[A-Z_]+)"', source)
    return {f"HOI_{name.upper()}" for name in Settings.model_fields} | set(looked_up)


def test_every_variable_is_in_the_readme() -> None:
    rows = re.findall(r"^\| `(HOI_\w+)` \|", README.read_text(encoding="utf-8"), re.M)
    assert sorted(rows) == sorted(program_variables())


@pages
def test_variables_exist(page: Path) -> None:
    named = set(re.findall(r"\bHOI_[A-Z_]*[A-Z]", page.read_text(encoding="utf-8")))
    assert not named - program_variables()


def test_every_command_is_in_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    assert not [name for name in subcommands(parser()) if not re.search(rf"\bhoi {name}\b", text)]


@pages
def test_routes_exist(page: Path) -> None:
    served = {getattr(route, "path", "") for module in MODULES for route in module.router.routes} | {"/openapi.json"}
    lines = "\n".join([*blocks(page, "sh"), *code(page)])
    assert not set(_ROUTE.findall(lines)) - served


def ran(arguments: list[str], folder: Path) -> str:
    """What Python prints, apart from this process, in a folder where no `.env` is."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HOI_")}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=clean | {"HOI_DATA": str(folder / "data"), "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("page", ["README.md", "docs/langchain.md"])
def test_the_example_of_a_page_runs(page: str, tmp_path: Path) -> None:
    (example,) = blocks(PROJECT / page, "python")
    told = "1 118-CV/BDVHU 2 xã (Lạc Lâm, Quảng Lập) thực hiện đạt nông thôn mới kiểu mẫu"
    assert told in ran(["-W", "error", "-c", example], tmp_path).splitlines()


def test_the_readme_shows_what_is_printed(tmp_path: Path) -> None:
    """The answer under the commands is the program's own, letter for letter."""
    shown = "".join(blocks(README, "text"))
    question = next(words[2] for words in shell_lines(README) if words[:2] == [".venv/bin/hoi", "ask"])
    assert ran(["-m", "ui.cli", "ask", question], tmp_path) == shown


def test_what_is_dead_is_noticed() -> None:
    assert dead("rag/assistant.py::Assistant.ask") is None
    assert dead("rag/assistant.py::Assistant.answer") == "rag/assistant.py::Assistant.answer"
    assert dead("rag/nothing.py") == "rag/nothing.py"
    assert unknown_command(["eval", "answers", "x.jsonl"]) is None
    assert unknown_command(["eval", "guess"]) == "guess"
    assert unknown_command(["frobnicate"]) == "frobnicate"
