"""The page while an answer is on its way, and when none comes: streaming, stopped, the server gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import QUESTION, QUOTE, NewPage, Served, ask
from playwright.sync_api import expect
from scripted_llm import Reply, ScriptedLLM, scripted_llm, words

pytestmark = pytest.mark.browser
DRAFT = f"{QUOTE} [1]. " + "Câu này không đoạn trích nào nói tới nên sẽ không được giữ lại trong câu trả lời. " * 2
SLOWLY = [step for word in words(DRAFT) for step in (word, 0.1)]
WATCH = """() => {
  const first = document.querySelector('.hoi-answer')
  const seen = window.seen = { blank: 0, dim: 0, frames: 0, words: new Set() }
  const look = () => {
    const messages = document.querySelectorAll('[data-testid="stChatMessage"]'), last = messages[messages.length - 1]
    if (messages.length === 4) {
      seen.frames += 1
      seen.words.add(last.querySelector('.hoi-live .hoi-text')?.textContent.length ?? 0)
      if (!last.innerText.replace('menu_book', '').trim()) seen.blank += 1
      let opacity = 1
      for (let at = first; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity)
      if (!first.isConnected || opacity < 1) seen.dim += 1
    }
    if (!window.enough) requestAnimationFrame(look)
  }
  look()
}"""


@pytest.fixture(scope="module")
def llm() -> Iterator[ScriptedLLM]:
    with scripted_llm(Reply(SLOWLY)) as llm:
        yield llm


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, llm: ScriptedLLM) -> Iterator[Served]:
    """A server with a language model that takes its time."""
    model = {"HOI_LLM": "openai:m", "HOI_LLM_BASE_URL": llm.base_url, "HOI_LLM_API_KEY": "x"}
    server = Served(tmp_path_factory.mktemp("data"), HOI_LLM_TIMEOUT="60", **model)
    yield server
    server.stop()


def test_sources_come_first_then_the_words_and_nothing_flickers(new_page: NewPage) -> None:
    page = new_page()
    ask(page, QUESTION)
    expect(page.locator("[class*='st-key-related-'] button").first).to_be_visible()
    page.evaluate(WATCH)
    box = page.get_by_test_id("stChatInput").locator("textarea")
    box.fill(QUESTION)
    box.press("Enter")
    live = page.locator(".hoi-live")
    expect(live.locator(".hoi-card").first).to_contain_text("118-CV/BDVHU")  # while the words still come
    expect(live).to_contain_text("Bản nháp, đang đối chiếu với nguyên văn")
    answer = page.locator(".hoi-answer").nth(1)
    expect(answer.locator(".hoi-text")).to_contain_text("Lạc Lâm, Quảng Lập")
    expect(answer).not_to_contain_text("không đoạn trích nào nói tới")  # of the draft, what no quote bears is gone
    expect(live).to_have_count(0)
    seen = page.evaluate("window.enough = true, { ...window.seen, words: window.seen.words.size }")
    assert seen["frames"] > 10
    assert seen["words"] > 5  # they came piece by piece
    assert (seen["blank"], seen["dim"]) == (0, 0)


def test_a_stopped_answer_stays_a_draft_and_is_asked_again(new_page: NewPage) -> None:
    page = new_page()
    box = page.get_by_test_id("stChatInput").locator("textarea")
    box.fill(QUESTION)
    box.press("Enter")
    expect(page.locator(".hoi-live .hoi-text")).to_be_visible()
    page.get_by_role("button", name="Dừng trả lời").click()
    expect(page.locator(".hoi-live")).to_contain_text("Bản nháp")
    page.reload()
    expect(box).to_have_value(QUESTION)  # nothing was kept of it, so it is ready to be sent again
    box.press("Enter")
    expect(page.locator(".hoi-answer .hoi-text")).to_contain_text("Lạc Lâm, Quảng Lập")


def test_a_question_outlives_the_server(new_page: NewPage, tmp_path: Path, llm: ScriptedLLM) -> None:
    model = {"HOI_LLM": "openai:m", "HOI_LLM_BASE_URL": llm.base_url, "HOI_LLM_API_KEY": "x"}
    server = Served(tmp_path / "data", **model)
    page = new_page(server.url)
    box = page.get_by_test_id("stChatInput").locator("textarea")
    box.fill(QUESTION)
    box.press("Enter")
    expect(page.locator(".hoi-live .hoi-text")).to_be_visible()
    server.process.kill()
    server.stop()
    expect(page.get_by_role("dialog")).to_contain_text("Mất kết nối với máy chủ")
    expect(page.get_by_role("dialog")).to_contain_text("Trang đang tự nối lại.")
    again = Served(tmp_path / "data", port=int(server.url.rpartition(":")[2]))
    try:
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(box).to_have_value(QUESTION)
        expect(box).to_be_enabled()
        box.press("Enter")
        expect(page.locator(".hoi-answer .hoi-text").last).to_contain_text("Lạc Lâm, Quảng Lập")
    finally:
        again.stop()
