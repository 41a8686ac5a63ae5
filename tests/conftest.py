"""Figures that tests measure, printed together at the end of a run: `make trust` is read there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Figure = Callable[[str, object], None]
_FIGURES = pytest.StashKey[list[tuple[str, object]]]()


@pytest.fixture
def figure(pytestconfig: pytest.Config) -> Figure:
    """Keeps a measured value under its name."""
    kept = pytestconfig.stash.setdefault(_FIGURES, [])
    return lambda name, value: kept.append((name, value))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for name, value in config.stash.get(_FIGURES, []):
        terminalreporter.write_line(f"{name}: {value}")
