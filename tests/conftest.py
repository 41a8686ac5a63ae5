"""The browser that tests share, and the figures they measure, printed at the end: `make trust` is read there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import CHROMIUM, FLAGS, WAIT, NewPage, Served
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

if TYPE_CHECKING:
    from milvus_parts import Cluster, Lite

    from rag.assistant import Assistant

Figure = Callable[[str, object], None]
_FIGURES = pytest.StashKey[list[tuple[str, object]]]()


@pytest.fixture
def figure(pytestconfig: pytest.Config) -> Figure:
    """Keeps a measured value under its name."""
    kept = pytestconfig.stash.setdefault(_FIGURES, [])
    return lambda name, value: kept.append((name, value))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser on a busy machine gets two more tries, which the report counts; what is broken fails them all."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=2))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for name, value in config.stash.get(_FIGURES, []):
        terminalreporter.write_line(f"{name}: {value}")


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Over the four documents, without an LLM. Who adds to its store takes that out again."""
    from rag.assistant import open_assistant  # takes a second
    from rag.settings import Settings

    opened = open_assistant(Settings(data=tmp_path_factory.mktemp("data"), _env_file=None))  # type: ignore[call-arg]
    yield opened
    opened.store.close()


@pytest.fixture
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language model on loopback is reached without one."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def milvus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster | Lite]:
    from milvus_parts import server  # takes a second

    started = server(tmp_path_factory.mktemp("milvus"))
    yield started
    started.kill()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    server = Served(tmp_path_factory.mktemp("data"))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        assert "CI" not in os.environ, f"no {CHROMIUM}, and CI must not pass without it"
        pytest.skip(f"no {CHROMIUM}")
    with sync_playwright() as playwright:
        expect.set_options(timeout=WAIT)  # a busy machine redraws late
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser, served: Served) -> Iterator[NewPage]:
    """Pages that may ask nobody but the server, and must throw nothing: both are checked at the end."""
    strangers, thrown = list[str](), list[str]()
    contexts = []

    def note(request: Request) -> None:
        if not request.url.startswith((*ours, "data:", "blob:")):
            strangers.append(request.url)

    ours = [served.url, served.url.replace("http", "ws", 1)]

    def make(url: str = "", width: int = 1280, height: int = 800, **options: object) -> Page:
        ours.append(url or served.url)
        context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN", **options)  # type: ignore[arg-type]
        context.set_default_timeout(WAIT)
        contexts.append(context)
        page = context.new_page()
        page.on("request", note)
        page.on("pageerror", lambda error: thrown.append(str(error)))
        page.goto(url or served.url)
        return page

    yield make
    for context in contexts:
        context.close()
    assert strangers == []
    assert thrown == []
