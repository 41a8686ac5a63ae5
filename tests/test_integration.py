"""The integration guide: its curl, Python and JavaScript run as they stand against a real server."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from browsing import CHROMIUM, FLAGS, NOTICE, QUOTE
from playwright.sync_api import sync_playwright
from serving_parts import serving
from test_docs import PROJECT, blocks
from test_widget import prepared

GUIDE = PROJECT / "docs" / "integration.md"
ADDRESS, KEY = "http://127.0.0.1:8000", "hoi_khóa_của_bạn"  # what the reader of the guide replaces


@dataclass(frozen=True)
class Place:
    """A server, a key to it, and the folder in which the commands are run."""

    url: str
    key: str
    folder: Path

    def code(self, language: str) -> list[str]:
        """The guide's blocks that speak to the server."""
        found = [block for block in blocks(GUIDE, language) if ADDRESS in block]
        assert found
        return [block.replace(ADDRESS, self.url).replace(KEY, self.key) for block in found]

    def run(self, *command: str) -> str:
        environment = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
        ran = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("guide")
    key = prepared(folder, "editor")
    (folder / "thong-bao.txt").write_text(NOTICE, encoding="utf-8")
    with serving(folder / "data", "--no-ui") as server:
        yield Place(server.url, key, folder)


def test_the_curl_lines(place: Place) -> None:
    [script] = place.code("sh")
    told = place.run("bash", "-euo", "pipefail", "-c", script)
    assert QUOTE in told
    assert told.count("45/TB-UBND") == 2  # added, then listed
    assert told.endswith('"detail":"Xong"\n')  # of the long ingest


def test_the_python_blocks(place: Place) -> None:
    own, openai = (place.run(sys.executable, "-W", "error", "-c", block) for block in place.code("python"))
    assert "1 118-CV/BDVHU True" in own.splitlines()
    assert "đô thị văn minh" in own
    assert f"118-CV/BDVHU {QUOTE}" in openai.splitlines()


def test_the_javascript_block(place: Place) -> None:
    [script] = place.code("js")
    assert QUOTE in (_by_node(place, script) if shutil.which("node") else _by_chromium(place, script))


def _by_node(place: Place, script: str) -> str:
    return place.run("node", "--input-type=module", "--eval", script)


def _by_chromium(place: Place, script: str) -> str:
    told = list[str]()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = chromium.new_page()
        page.on("console", lambda line: told.append(line.text))
        page.route("**/trang", lambda route: route.fulfill(content_type="text/html", body="<p>Trang"))
        page.goto(f"{place.url}/trang")
        page.evaluate(f"async () => {{ {script} }}")
        chromium.close()
    return "\n".join(told)
