"""What every test in a real browser needs: a server of its own, a Chromium, asking, and the marked words."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

HOI = Path(sys.executable).with_name("hoi")
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT = 20_000  # milliseconds; two busy cores
QUESTION = "xã nào phải đạt nông thôn mới kiểu mẫu"
QUOTE = "2 xã (Lạc Lâm, Quảng Lập) thực hiện đạt nông thôn mới kiểu mẫu"
EVIL = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>![a](http://xau.example/a.png)'
NOTICE = (
    "UBND XÃ HÒA SƠN\nSố: 45/TB-UBND\nHòa Sơn, ngày 05 tháng 3 năm 2024\nTHÔNG BÁO\nVề việc tiêm phòng dại\n"
    "Xã Hòa Sơn tổ chức tiêm phòng dại cho 1.250 con chó <img src=x onerror=window.hacked=1> ở thôn Đông.\n"
    f"{EVIL}\n"
)
NewPage = Callable[..., Page]


class Served:
    """A `hoi serve` process of its own."""

    def __init__(self, data: Path, corpus: Path | None = None, port: int = 0, **environment: str) -> None:
        self.environment = os.environ | {"HOI_DATA": str(data), "OMP_NUM_THREADS": "1"} | environment
        if corpus:
            self.environment["HOI_CORPUS"] = str(corpus)
        command = [str(HOI), "serve", "--port", str(port)]
        self.process = subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        found = next((found for line in self.process.stdout if (found := re.search(r"http://\S+", line))), None)
        if found is None:
            self.stop()
        assert found, "the server did not start"
        self.url = found[0]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)
        if self.process.stdout:
            self.process.stdout.close()


def shelf(new_page: NewPage, served: Served, **options: object) -> Page:
    """The page of documents, without the results of an upload that another flow left there."""
    page = new_page(f"{served.url}/van-ban", **options)
    expect(page.locator(".hoi-shelf")).to_be_visible(timeout=WAIT)
    if (close := page.get_by_role("button", name="Đóng kết quả")).count():
        close.click()
        expect(close).to_have_count(0)
    return page


def ask(page: Page, question: str) -> Locator:
    """Type, press Enter, and wait for the whole answer: the last turn's."""
    before = page.locator(".hoi-answer").count()
    box = page.get_by_test_id("stChatInput").locator("textarea")
    box.fill(question)
    box.press("Enter")
    answer = page.locator(".hoi-answer").nth(before)
    expect(answer).to_be_visible(timeout=WAIT)
    return answer


def opened_mark(page: Page) -> Locator:
    """The marked words, when they stand inside the visible part of the reading view."""
    mark = page.locator(".hoi-paper mark").first
    expect(mark).to_be_in_viewport(timeout=WAIT)
    page.wait_for_timeout(500)  # the view settles
    inside = page.evaluate(
        """() => { const paper = document.querySelector('.hoi-paper').getBoundingClientRect()
                   const mark = document.querySelector('.hoi-paper mark').getBoundingClientRect()
                   return mark.top >= paper.top && mark.bottom <= paper.bottom }"""
    )
    assert inside
    return mark


def marked(page: Page) -> str:
    return "".join(page.locator(".hoi-paper mark").all_text_contents())
