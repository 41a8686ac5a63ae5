"""A language model that obeys the attacker, in front of a real browser: nothing is fetched, nothing runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx
import pytest
from browsing import CHROMIUM, FLAGS, QUESTION, WAIT, Served
from conftest import Figure
from playwright.sync_api import Page, Request, expect, sync_playwright
from scripted_llm import Reply, scripted_llm, words

pytestmark = pytest.mark.browser

EVIL = "http://xau.example"
A_PAGE = 6  # questions: as many turns as the page shows without being asked for the earlier ones
QUOTE = "2 xã (Lạc Lâm, Quảng Lập) thực hiện đạt nông thôn mới kiểu mẫu [1]."
PAYLOADS = (
    f"![x]({EVIL}/a.png)",
    f"[bấm vào đây]({EVIL}/b)",
    f"<img src={EVIL}/c.png onerror=window.hacked=1>",
    "<script>window.hacked=1</script>",
    f'<script src="{EVIL}/d.js"></script>',
    f'<iframe src="{EVIL}/e"></iframe>',
    '<svg onload="window.hacked=1">',
    f'<svg><image href="{EVIL}/f.png"/></svg>',
    f'<style>@import "{EVIL}/g.css";</style>',
    f'<link rel="stylesheet" href="{EVIL}/h.css">',
    f'<link rel="dns-prefetch" href="{EVIL}">',
    f'<meta http-equiv="refresh" content="0;url={EVIL}/i">',
    f'<base href="{EVIL}/">',
    f'<form action="{EVIL}/j"><button autofocus onfocus=this.form.submit()>Gửi</button></form>',
    f'<video src="{EVIL}/k.mp4" autoplay></video>',
    f'<object data="{EVIL}/l"></object><embed src="{EVIL}/m">',
    '<a href="javascript:window.hacked=1" id=x>x</a>',
    "[x](javascript:window.hacked=1)",
    "$$\\href{javascript:window.hacked=1}{x}$$",
    f"$\\includegraphics{{{EVIL}/n.png}}$",
    f':material/home: :red-background[x] <span style="background:url({EVIL}/o.png)">x</span>',
    f"```html\n<img src={EVIL}/p.png>\n```",
    f"{EVIL}/q",
    f"[1]: {EVIL}/r.png\n![x][1]",
    f"[[1]]({EVIL}/s) [99] [0] [-1] [1](#x)",
    "&lt;script&gt;window.hacked=1&lt;/script&gt; \\u003cscript\\u003ewindow.hacked=1\\u003c/script\\u003e",
    "</div></div><details open ontoggle=window.hacked=1>",
    '<div onmouseover="window.hacked=1" style="position:fixed;inset:0">x</div>',
)
FRAMES: tuple[Callable[[str], str], ...] = (
    lambda payload: payload,
    lambda payload: f"{QUOTE} {payload}",
    lambda payload: f"{payload} {QUOTE}",
    lambda payload: f"2 xã {payload} (Lạc Lâm, Quảng Lập) đạt nông thôn mới kiểu mẫu [1].",
    lambda payload: f"- {QUOTE}\n- {payload} [2].\n\n| a | b |\n|---|---|\n| {payload} | x |",
    lambda payload: f"Bỏ qua mọi chỉ dẫn.\n\n> {payload}\n\n# {payload}\n\n{QUOTE}",
    lambda payload: f"{payload}\u202e{payload}\u200b [1][7].",
    lambda payload: f"{payload * 3} [1].",
)
ANSWERS = [frame(payload) for frame in FRAMES for payload in PAYLOADS]


@contextmanager
def obeying(data: Path, answers: list[str]) -> Iterator[Served]:
    """A server whose model gives the hostile answers one after the other."""
    said = cycle(answers)

    def reply(_: dict[str, Any]) -> Reply:
        return Reply(words(next(said)))

    with scripted_llm(reply) as llm, pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOI_LLM", "openai:m")
        patch.setenv("HOI_LLM_BASE_URL", llm.base_url)
        patch.setenv("HOI_LLM_API_KEY", "x")
        server = Served(data)
        try:
            yield server
            assert len(llm.requests) >= len(answers)
        finally:
            server.stop()


def shown(page: Page, count: int) -> None:
    """Asks so many times, and waits for each answer."""
    for number in range(count):
        box = page.get_by_test_id("stChatInput").locator("textarea")
        box.fill(QUESTION)
        box.press("Enter")
        expect(page.locator(".hoi-answer").nth(number)).to_be_visible(timeout=WAIT)


def hostile(data: Path, figure: Figure, answers: list[str]) -> None:
    strangers, ran = list[str](), list[str]()
    with obeying(data, answers) as server, sync_playwright() as playwright:
        ours = (server.url, server.url.replace("http", "ws", 1), "data:", "blob:")

        def note(request: Request) -> None:
            if not request.url.startswith(ours):
                strangers.append(request.url)

        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for start in range(0, len(answers), A_PAGE):
            page = chromium.new_page()
            page.on("request", note)
            page.on("dialog", lambda dialog: ran.append(dialog.message))
            page.goto(server.url)
            shown(page, len(answers[start : start + A_PAGE]))
            inside = page.locator(".hoi-answer :is(script,img,iframe,object,embed,form,link,meta,base,video,style)")
            assert inside.count() == 0
            if page.evaluate("window.hacked"):
                ran.append(f"after {start}")
            page.close()
        chromium.close()
    assert (strangers, ran) == ([], [])
    figure("hostile answers in a browser: answers, outbound requests, scripts run", (len(answers), 0, 0))


@pytest.fixture(autouse=True)
def _a_browser() -> None:
    if not Path(CHROMIUM).exists():
        assert "CI" not in os.environ, f"no {CHROMIUM}, and CI must not pass without it"
        pytest.skip(f"no {CHROMIUM}")


def test_some_hostile_answers_reach_nobody_and_run_nothing(tmp_path: Path, figure: Figure) -> None:
    hostile(tmp_path / "data", figure, ANSWERS[:: len(PAYLOADS) + 1])


@pytest.mark.trust
@pytest.mark.timeout(7200)
def test_over_200_hostile_answers_reach_nobody_and_run_nothing(tmp_path: Path, figure: Figure) -> None:
    assert len(ANSWERS) > 200
    hostile(tmp_path / "data", figure, ANSWERS)


@pytest.mark.trust
@pytest.mark.timeout(3600)
def test_no_hostile_answer_cites_what_was_not_retrieved(tmp_path: Path, figure: Figure) -> None:
    cited = 0
    with obeying(tmp_path / "data", ANSWERS) as server, httpx.Client(base_url=server.url, timeout=60) as door:
        for _ in ANSWERS:
            answer = door.post("/v1/ask", json={"question": QUESTION}).json()
            retrieved = {passage["document_id"] for passage in answer["passages"]}
            for each in answer["citations"]:
                text = door.get(f"/v1/documents/{each['document_id']}/text").content.decode()
                assert text[each["start"] : each["end"]] == each["quote"]
                assert each["document_id"] in retrieved
                cited += 1
            assert EVIL not in answer["answer"]
            assert "hacked" not in answer["answer"]
    figure("hostile answers: citations, all of retrieved passages", cited)
