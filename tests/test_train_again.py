"""One command learns everything again: what is run, on what, and that what it unpacks is found."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from eval import train_again

PARTS = ["terms", "accents", "static", "interaction", "word_vectors", "telling", "ranker", "reader", "reader_net"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Pairs and sets as they lie when unpacked."""
    for name in train_again.ASKED:
        (tmp_path / "data" / f"{name}.jsonl").parent.mkdir(exist_ok=True)
        (tmp_path / "data" / f"{name}.jsonl").write_text("", encoding="utf-8")
    for name in train_again.SETS:
        (tmp_path / "data" / "dev" / name).mkdir(parents=True)
    return tmp_path / "data"


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands, which are not run."""
    found: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda command, check: found.append(command))
    return found


def _main(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> None:
    monkeypatch.setattr(sys, "argv", ["train_again", *map(str, arguments)])
    train_again.main()


def test_every_part_is_learned_in_order(
    data: Path, tmp_path: Path, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _main(monkeypatch, "--data", data, "--work", tmp_path / "work")
    assert len(ran) == len(PARTS)
    for _, flag, module, *arguments in ran:
        found = importlib.util.find_spec(module)
        assert flag == "-m"
        assert found is not None
        assert found.origin is not None
        source = Path(found.origin).read_text(encoding="utf-8")
        assert all(f'"{option}"' in source for option in arguments if option.startswith("--"))
        named = [Path(argument) for argument in arguments if argument.startswith(str(data))]
        assert all(path.exists() or path.name == "squad.json" for path in named)
    assert (tmp_path / "work" / "made").is_dir()


def test_one_part_by_its_name(
    data: Path, tmp_path: Path, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _main(monkeypatch, "--data", data, "--work", tmp_path / "work", "reader")
    squads = [str(data / "dev" / name / "squad.json") for name in ("viquad_dev", "mlqa_vi_dev", "vinewsqa_dev")]
    assert ran == [[sys.executable, "-m", "eval.train_reader", *squads, "--out", str(tmp_path / "work" / "made")]]


def test_an_unknown_part_and_missing_data_are_told(
    data: Path, tmp_path: Path, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit):
        _main(monkeypatch, "--data", data, "--work", tmp_path / "work", "nothing")
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileNotFoundError, match="train_pairs"):
        _main(monkeypatch, "--data", tmp_path / "empty", "--work", tmp_path / "other")
    assert ran == []
