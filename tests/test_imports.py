"""What may import what: the floors of the program, and the one door of each outside library."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
FLOORS = ("corpus", "index", "rag", "eval", "ui")  # each may import itself and what stands before it

EMBEDDING = "index/train/train_static.py"
TRAINING = {  # run by hand to make what ships, never by the program
    EMBEDDING,
    "index/train/train_interaction.py",
    "index/train/train_teacher.py",
    "eval/reader_net_torch.py",
    "eval/reader_samples.py",
    "eval/telling_net.py",
    "eval/train_reader_net.py",
    "eval/train_telling.py",
}
PEERS = "eval/bench/peers/engines"  # other libraries, each in an environment of its own
FLOOR = "eval/bench/peers/floor.py"  # what the two libraries take alone, to measure ourselves by
DOORS = {
    "faiss": {"index/dense.py", FLOOR},
    "tantivy": {"index/lexical.py", FLOOR},
    "pymilvus": {"index/milvus.py"},
    "grpc": {"index/milvus.py"},
    "sqlite3": {  # connections are opened by the first two; the others take one as an argument
        "index/database.py",
        "index/backup.py",
        "index/access.py",
        "index/audit.py",
        "index/doctor.py",
        "index/embedding.py",
        "index/generation.py",
        "index/growth.py",
        "index/intake.py",
        "index/amend.py",
        "index/lengths.py",
        "index/links.py",
        "index/milvus_bring.py",
        "index/milvus_ledger.py",
        "index/names.py",
        "index/receipt.py",
        "index/rows.py",
        "index/similar.py",
        "index/snapshot.py",
        "rag/memory.py",
    },
    "sentence_transformers": {"index/embed.py", EMBEDDING},
    "torch": TRAINING,
    "langchain": {"rag/generate.py"},
    "langchain_core": {"rag/generate.py", "rag/chain.py"},  # inward: a chat model writes; outward: others build on us
    "openai": {"rag/generate.py"},
    "fastapi": {
        "ui/api.py",
        "ui/auth.py",
        "ui/guard.py",
        "ui/problems.py",
        "ui/routes/",
        "ui/server.py",
        "ui/services.py",
    },
    "uvicorn": {"ui/server.py"},
    "streamlit": {
        "ui/chat.py",
        "ui/admin/",
        "ui/evaluation/",
        "ui/library/",
        "ui/talk/",
        "ui/components/",
        "ui/server.py",  # mounts the page beside the API
    },
    "mcp": {"ui/mcp_server.py"},
    "altair": {"ui/admin/charts.py", "ui/evaluation/charts.py", "ui/library/timeline.py", "ui/talk/chart.py"},
    "httpx": {"ui/connection.py", "ui/sign_in_failures.py"},
    "prometheus_client": {"ui/metrics.py"},
    "pypdfium2": {
        "corpus/formats/layout.py",
        "corpus/formats/pdf.py",
        "corpus/formats/placed.py",
        "corpus/formats/ruled.py",
        "corpus/formats/sheet.py",
    },
    "PIL": {"corpus/formats/drawn.py", "corpus/formats/picture.py", "corpus/formats/sheet.py"},
    "docx": {"ui/export_docx.py"},
    "openpyxl": {"corpus/formats/xlsx.py"},
    "lxml": {
        "corpus/formats/archive.py",
        "corpus/formats/docx.py",
        "corpus/formats/html.py",
        "corpus/formats/numbering.py",
        "corpus/formats/pptx.py",
    },
}
HEAVY = {"sentence_transformers", "torch", "langchain", "langchain_core", "openai"}  # seconds: inside functions alone


def sources() -> list[Path]:
    """All modules that run in the program's environment."""
    found = [path for floor in FLOORS for path in sorted((PROJECT / floor).rglob("*.py"))]
    return [path for path in found if PEERS not in path.as_posix()]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def named(node: ast.AST) -> Iterator[str]:
    """The modules that an import statement names."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "relative imports hide the direction"
        assert node.module is not None
        yield node.module


def imports(path: Path) -> set[str]:
    """The packages that a file imports anywhere in it, also inside functions and for types alone."""
    return {module.partition(".")[0] for node in ast.walk(tree(path)) for module in named(node)}


def at_load(body: list[ast.stmt]) -> Iterator[str]:
    """The packages imported when the file is: outside functions and `if TYPE_CHECKING`."""
    for node in body:
        yield from (module.partition(".")[0] for module in named(node))
        if isinstance(node, ast.If) and ast.unparse(node.test) != "TYPE_CHECKING":
            yield from at_load([*node.body, *node.orelse])
        elif isinstance(node, ast.Try | ast.With | ast.ClassDef):
            yield from at_load(node.body)


def name(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


@pytest.mark.parametrize("floor", FLOORS)
def test_a_floor_imports_only_those_below(floor: str) -> None:
    above = set(FLOORS[FLOORS.index(floor) + 1 :])
    found = sorted((PROJECT / floor).rglob("*.py"))
    assert len(found) > 5
    wrong = {name(path): imports(path) & above for path in found if imports(path) & above}
    assert not wrong


def test_the_program_does_not_import_its_tests() -> None:
    ours = {path.stem for path in (PROJECT / "tests").glob("*.py")} | {"tests", "pytest", "hypothesis"}
    assert not {name(path): imports(path) & ours for path in sources() if imports(path) & ours}


@pytest.mark.parametrize("library", DOORS)
def test_a_library_has_its_doors(library: str) -> None:
    """Both ways: nobody else imports it, and a door that no longer does is struck from the list."""
    found = {name(path) for path in sources() if library in imports(path)}
    rooms = {door for door in DOORS[library] if door.endswith("/")}
    assert {next((room for room in rooms if path.startswith(room)), path) for path in found} == DOORS[library]


def test_every_outside_library_is_declared() -> None:
    """What the program imports is named in pyproject.toml; scipy comes with sentence-transformers, for training."""
    declared = (PROJECT / "pyproject.toml").read_text(encoding="utf-8").replace("-", "_")
    outside = {package for path in sources() for package in imports(path)} - set(FLOORS) - sys.stdlib_module_names
    comes_with = {
        "starlette": "fastapi",
        "altair": "streamlit",
        "grpc": "pymilvus",
        "openai": "langchain_openai",
        "scipy": "sentence_transformers",
        "PIL": "pillow",
        "docx": "python_docx",
    }
    missing = sorted(package for package in outside if f'"{comes_with.get(package, package)}' not in declared)
    assert not missing


def test_what_takes_seconds_is_imported_when_asked_for() -> None:
    allowed = TRAINING | {"rag/chain.py"}
    found = {name(path): set(at_load(tree(path).body)) & HEAVY for path in sources() if name(path) not in allowed}
    assert not {path: early for path, early in found.items() if early}
    importing = [name(path) for path in sources() if any("rag.chain" in named(node) for node in ast.walk(tree(path)))]
    assert not importing, "rag/chain.py is for those who build on us"


def test_what_is_looked_for_is_seen() -> None:
    typed, tried = "if TYPE_CHECKING:\n    import c", "try:\n    from d.e import f\nfinally:\n    pass"
    body = ast.parse(f"import a.b\n{typed}\n{tried}\ndef g():\n    import h").body
    assert list(at_load(body)) == ["a", "d"]
    assert {module for node in ast.walk(ast.Module(body, [])) for module in named(node)} == {"a.b", "c", "d.e", "h"}
