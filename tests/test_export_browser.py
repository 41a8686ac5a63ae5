"""A conversation taken along from the chat: files and paper hold what was asked and what it rests on."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from browsing import QUESTION, QUOTE, WAIT, NewPage, ask
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAPER = """() => { window.paper = []
  const get = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentWindow').get
  Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', { get() {
    return { print: () => window.paper.push(get.call(this).document.documentElement.outerHTML) } } }) }"""
BASIS = "Căn cứ Công văn số 118-CV/BDVHU ngày 11/10/2019 của Ban Dân vận Huyện ủy Đơn Dương về việc thực hiện thông báo"


def test_a_conversation_is_printed_by_one_click_and_comes_down_as_word_and_markdown(new_page: NewPage) -> None:
    page = new_page()
    page.evaluate(PAPER)  # where the browser's print dialogue would open
    ask(page, QUESTION)
    ask(page, "Ai vô địch giải bóng đá thế giới năm 1998?")
    page.get_by_role("button", name="In cuộc trò chuyện").click()
    page.wait_for_function("window.paper.length === 1")
    page.locator(f".st-key-more-{page.url.partition('c=')[2]} button").click()
    files = dict[str, Path]()
    for name in ("Tải về dạng Word", "Tải về dạng Markdown"):
        button = page.get_by_role("button", name=name)
        expect(button).to_be_visible(timeout=WAIT)
        with page.expect_download() as download:
            button.click()
        suffix = download.value.suggested_filename.rpartition(".")[2]
        files[suffix] = Path(download.value.path())
    lines = [paragraph.text for paragraph in docx.Document(str(files["docx"])).paragraphs]
    assert f"1. {QUESTION}" in lines
    assert f"“{QUOTE}”" in lines
    assert any(line.startswith(f"[1] {BASIS}") for line in lines)
    assert "Những câu chưa trả lời được" in lines
    assert f"> “{QUOTE}”" in files["md"].read_text(encoding="utf-8")
    page.get_by_role("button", name="In", exact=True).click()
    page.wait_for_function("window.paper.length === 2")
    first, again = page.evaluate("window.paper")
    assert first.count(QUOTE) == again.count(QUOTE) > 0
    page.set_content(first)
    page.emulate_media(media="print")
    expect(page.locator("blockquote").first).to_have_text(f"“{QUOTE}”")
    expect(page.locator("h2").first).to_have_text(f"1. {QUESTION}")
