"""The service unit and the container file, as far as they can be held without systemd and podman."""

from __future__ import annotations

import configparser
import json
import re
import shlex
from pathlib import Path

from rag.settings import Settings
from ui.cli import parser

DEPLOY = Path(__file__).resolve().parent.parent / "docs" / "deploy"
INSTRUCTIONS = {"FROM", "RUN", "WORKDIR", "COPY", "ENV", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "CMD"}


def served(command: list[str]) -> str:
    """The host of a `hoi serve` command that our own parser takes."""
    assert command[0].endswith("/hoi")
    given = parser().parse_args(command[1:])
    assert given.command == "serve"
    return str(given.host)


def ours(text: str) -> set[str]:
    return {name.lower() for name in re.findall(r"HOI_([A-Z_]+)=", text)}


def test_the_unit_starts_our_command_with_our_settings() -> None:
    text = (DEPLOY / "hoi.service").read_text(encoding="utf-8")
    unit = configparser.RawConfigParser(strict=True)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(text)
    assert unit.sections() == ["Unit", "Service", "Install"]
    assert served(shlex.split(unit["Service"]["ExecStart"])) == "127.0.0.1"
    assert ours(text) <= set(Settings.model_fields)
    assert unit["Service"]["NoNewPrivileges"] == "yes"


def test_the_container_file_is_well_formed_and_runs_as_nobody_special() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line and not line.startswith("#")]
    steps = [line.split(maxsplit=1) for line in lines]
    assert {name for name, _ in steps} <= INSTRUCTIONS
    assert steps[0][0] == "FROM"
    assert served(json.loads(steps[-1][1])) == "0.0.0.0"
    assert [rest for name, rest in steps if name == "USER"] == ["hoi"]
    assert ours(text) <= set(Settings.model_fields)
