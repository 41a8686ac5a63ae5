"""The chat embedded in a page of another origin that has a strict content policy, in a real Chromium."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from browsing import NOTICE, QUESTION, QUOTE, WAIT
from door_parts import api, client, filled
from playwright.sync_api import Browser, Page, expect
from serving_parts import PROJECT, serving

from index.embed import load_embedder
from index.store import Store
from rag.assistant import ingest
from ui.auth import Keys
from ui.schemas import Role

POLICY = (  # no styles, no images, no frames, nothing inline; and no text may ever be parsed as HTML
    "default-src 'none'; script-src {url}/widget.js; connect-src {url}; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
PAGE = """<!doctype html><html lang="vi"><meta name="viewport" content="width=device-width"><title>Cổng</title>
<script src="{url}/widget.js" data-key="{key}" data-title="Hỏi cổng thông tin" async></script>
<h1>Cổng thông tin</h1>"""


class Portal(ThreadingHTTPServer):
    """Another site, with one page."""

    daemon_threads = True
    url, key = "", ""

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.server_port}"


class Paper(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Portal)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY.format(url=self.server.url))
        self.end_headers()
        self.wfile.write(PAGE.format(url=self.server.url, key=self.server.key).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The site and, behind its script, a real server that knows it by its origin and its key."""
    folder = tmp_path_factory.mktemp("portal")
    with Portal(("127.0.0.1", 0), Paper) as site:
        threading.Thread(target=site.serve_forever).start()
        (folder / ".env").write_text(f"HOI_CORS_ORIGINS={site.origin}\n")
        (folder / "more").mkdir()
        (folder / "more" / "dai.txt").write_text(NOTICE, encoding="utf-8")
        site.key = prepared(folder, "reader")
        with serving(folder / "data", "--no-ui") as server:
            site.url = server.url
            yield site
        site.shutdown()


def prepared(folder: Path, role: Role) -> str:
    """A key to a new store in `folder`, with the shipped documents and those of its folder "more"."""
    store = Store.open(folder / "data", *load_embedder(""))
    try:
        for documents in (PROJECT / "corpus" / "documents", folder / "more"):
            ingest(store, documents)
        return Keys(store.database).create("cổng", role)[1]
    finally:
        store.close()


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser, portal: Portal) -> Iterator[NewPage]:
    """Pages that may ask nobody but the two servers, break no policy and throw nothing."""
    contexts, wrong = [], list[str]()

    def make(**options: object) -> Page:
        context = browser.new_context(locale="vi-VN", **options)  # type: ignore[arg-type]
        context.set_default_timeout(WAIT)
        contexts.append(context)
        page = context.new_page()
        ours = (portal.url, portal.origin)
        page.on("request", lambda request: request.url.startswith(ours) or wrong.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda told: "Content Security Policy" in told.text and wrong.append(told.text))
        page.goto(portal.origin)
        page.get_by_role("button", name="Hỏi cổng thông tin").click()
        return page

    yield make
    for context in contexts:
        context.close()
    assert wrong == []


def ask(page: Page, question: str) -> None:
    page.get_by_label("Câu hỏi", exact=True).fill(question)
    page.keyboard.press("Enter")


def test_an_answer_its_quote_and_its_document_on_another_sites_page(new_page: NewPage, portal: Portal) -> None:
    page = new_page(viewport={"width": 1280, "height": 800})
    dialog = page.get_by_role("dialog", name="Hỏi cổng thông tin")
    ask(page, "xa nao phai dat nong thon moi kieu mau")
    answer = dialog.locator(".answer")
    expect(answer.locator(".text")).to_contain_text("Lạc Lâm, Quảng Lập")
    expect(answer).to_contain_text(f"Đã hiểu: {QUESTION}")
    expect(answer.locator("blockquote").first).to_have_text(QUOTE)
    expect(answer.locator("li").first).to_contain_text("118-CV/BDVHU")
    expect(answer.locator("li").first).to_contain_text("11/10/2019")
    answer.get_by_role("button", name="Trích dẫn 1: 118-CV/BDVHU").click()
    expect(answer.locator("li").first).to_be_focused()
    answer.get_by_role("link", name="Xem trích dẫn 1 trong văn bản").click()
    expect(dialog.locator("mark")).to_have_text(QUOTE)
    expect(dialog.locator("mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(answer.get_by_role("link", name="Xem trích dẫn 1 trong văn bản")).to_be_focused()
    ask(page, "Ai vô địch giải bóng đá thế giới năm 1998?")
    expect(dialog.locator(".text.calm")).to_be_visible()
    kept = httpx.get(f"{portal.url}/v1/conversations", headers={"Authorization": f"Bearer {portal.key}"})
    assert kept.json() == {"conversations": []}  # who reads the key in the page learns nothing of other visitors
    page.get_by_role("button", name="Đóng").click()
    expect(page.get_by_role("button", name="Hỏi cổng thông tin")).to_be_focused()
    expect(dialog).to_be_hidden()


def test_what_a_document_says_stays_text(new_page: NewPage) -> None:
    page = new_page()
    ask(page, "Xã Hòa Sơn tiêm phòng dại cho bao nhiêu con chó? <img src=x onerror=window.hacked=1>")
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".question")).to_contain_text("<img src=x")
    expect(dialog.locator(".answer .text")).to_contain_text("1.250 con chó <img src=x onerror=window.hacked=1> ở thôn")
    dialog.get_by_role("link").first.click()
    expect(dialog.locator(".paper")).to_contain_text("<script>window.hacked=1</script>")
    assert dialog.locator("img, script, iframe").count() == 0
    assert page.evaluate("window.hacked") is None


def test_on_a_phone_it_covers_the_page_and_scrolls_one_way(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    dialog = page.get_by_role("dialog")
    assert dialog.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    ask(page, QUESTION)
    expect(dialog.locator("blockquote").first).to_have_text(QUOTE)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert dialog.locator(".log").evaluate("log => log.scrollWidth <= log.clientWidth")
    for target in (*dialog.locator("header button:visible").all(), dialog.get_by_role("button", name="Gửi câu hỏi")):
        box = target.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_refusal_is_told_and_the_question_kept(new_page: NewPage, portal: Portal) -> None:
    right, portal.key = portal.key, "hoi_wrong"
    try:
        page = new_page(color_scheme="dark")
    finally:
        portal.key = right
    ask(page, QUESTION)
    expect(page.get_by_role("alert")).to_contain_text("Cần một khóa API còn hiệu lực")
    expect(page.get_by_label("Câu hỏi", exact=True)).to_have_value(QUESTION)


def test_the_script_may_be_loaded_and_kept_by_any_page(tmp_path: Path) -> None:
    store = filled(tmp_path)
    found = client(api(store)).get("/widget.js")
    store.close()
    assert found.headers["content-type"] == "text/javascript; charset=utf-8"
    assert found.headers["cross-origin-resource-policy"] == "cross-origin"
    assert found.headers["cache-control"] == "public, max-age=300"
    assert "innerHTML" not in found.text
