"""The workbench in a real Chromium over a real server: bring a set, run it, look at a miss, compare, download."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
from browsing import QUESTION, QUOTE, NewPage, Served, marked
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

FILE = "000_323d4286c9b22a84.txt"
QUESTIONS = [
    {"id": "đúng", "question": QUESTION, "answerable": True, "must": ["Lạc Lâm"], "kind": "place"}
    | {"document": FILE, "evidence": QUOTE},
    {"id": "sai", "question": QUESTION, "answerable": True, "must": ["<b>Không đời nào</b>"], "kind": "place"}
    | {"document": FILE, "evidence": QUOTE},
    {"id": "nhầm", "question": QUESTION, "answerable": False, "kind": "unanswerable"},
]
LINES = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in QUESTIONS)
RUN = 90_000  # milliseconds; a process of its own on a busy machine


def section(page: Page, name: str) -> None:
    page.get_by_test_id("stButtonGroup").first.get_by_text(name, exact=True).click()


def bring(served: Served) -> str:
    made = httpx.post(
        f"{served.url}/v1/evaluations/sets", params={"name": "Bộ thử"}, content=LINES.encode(), timeout=60
    )
    return str(made.json()["id"])


def test_a_set_is_brought_run_and_its_misses_are_looked_at(new_page: NewPage) -> None:
    page = new_page(width=1400)
    page.get_by_test_id("stSidebarNav").get_by_text("Đánh giá").click()
    section(page, "Bộ câu hỏi")
    file = {"name": "hội đồng.jsonl", "mimeType": "application/x-ndjson", "buffer": LINES.encode()}
    page.locator("input[type=file]").first.set_input_files(file)  # type: ignore[arg-type]
    expect(page.locator("[class*='st-key-set-']").get_by_text("3 câu · 1 câu phải từ chối").first).to_be_visible()
    section(page, "Lần chấm")
    page.get_by_text("không dấu", exact=True).click()
    page.get_by_role("button", name="Chấm", exact=True).click()
    card = page.locator("[class*='st-key-run-']").filter(has=page.locator(".hoi-doc-title")).first
    expect(card).to_contain_text("hội đồng")
    look = page.get_by_role("button", name="Xem kết quả")
    expect(look).to_be_visible(timeout=RUN)
    look.click()
    expect(page.locator(".hoi-tile").first).to_contain_text("33,3")
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(4)
    expect(page.get_by_text("Trả lời sai (1)")).to_be_visible()
    page.get_by_text("Lẽ ra phải từ chối (1)").click()
    cases = page.locator(".hoi-case-question")
    expect(cases).to_have_count(1)
    expect(page.locator(".hoi-case-two")).to_contain_text("Phải từ chối: tài liệu không có.")
    page.get_by_text("Trả lời sai (1)").click()
    expect(page.locator(".hoi-case-two")).to_contain_text("“<b>Không đời nào</b>”")
    expect(page.locator(".hoi-case-two")).to_contain_text("Lạc Lâm, Quảng Lập")
    page.get_by_role("button", name="Mở căn cứ cần có").click()
    expect(page.locator(".hoi-paper mark").first).to_be_in_viewport()
    assert marked(page) == QUOTE
    page.get_by_role("button", name="Mở trích dẫn 1").click()
    expect(page.locator(".hoi-paper mark").first).to_be_in_viewport()
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải báo cáo HTML").click()
    assert "Không đời nào" in Path(download.value.path()).read_text(encoding="utf-8")
    page.reload()  # the address still names the run
    expect(page.locator(".hoi-tile").first).to_contain_text("33,3")


def test_two_runs_are_compared(new_page: NewPage, served: Served) -> None:
    id = bring(served)
    for options in ({"name": "Trước"}, {"name": "Sau, khắt khe", "threshold": 1.0}):
        httpx.post(f"{served.url}/v1/evaluations/runs", json={"set_id": id} | options, timeout=60)
    page = new_page(f"{served.url}/danh-gia?muc=lan-cham")
    last = (
        page.locator("[class*='st-key-run-']")
        .filter(has_text="Sau, khắt khe", has_not_text="Trước")  # its card alone, not what is around them all
        .filter(has=page.locator(".hoi-doc-title"))
    )
    expect(last.first.get_by_role("button", name="Xem kết quả")).to_be_visible(timeout=RUN)  # watched until it is done
    section(page, "So sánh")
    expect(page.locator(".hoi-verdict")).to_contain_text("B được 1 câu, mất 1 câu (McNemar p = 1,0000)")
    expect(page.locator(".hoi-table").first).to_contain_text("+1 −1")
    flips = page.locator("[class*='st-key-flip-']").filter(has=page.locator(".hoi-case-question"))
    expect(flips).to_have_count(2)
    expect(flips.first).to_contain_text("Chưa đủ chắc để trả lời")
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải trang so sánh HTML").click()
    assert "Sau, khắt khe" in Path(download.value.path()).read_text(encoding="utf-8")


def test_drafts_are_accepted_mended_and_rejected(new_page: NewPage, served: Served) -> None:
    url = f"{served.url}/v1/evaluations/sets"
    before = {each["id"] for each in httpx.get(url, timeout=60).json()["sets"]}  # another try has left its own
    page = new_page(f"{served.url}/danh-gia?muc=soan", width=1400)
    page.get_by_role("combobox", name="Đưa vào bộ").click()
    page.get_by_role("option", name="Bộ mới…").click()
    page.get_by_role("button", name="Soạn câu hỏi").last.click()
    cards = page.locator("[class*='st-key-draft-q-']")
    expect(cards.first).to_be_visible()
    accepted, rejected, mended = (cards.nth(n).locator(".hoi-case-question").inner_text() for n in range(3))
    page.get_by_role("button", name="Mở chỗ này").first.click()
    expect(page.locator(".hoi-paper mark").first).to_be_in_viewport()
    page.get_by_role("button", name="Đóng").click()
    page.get_by_role("button", name="Nhận").first.click()
    expect(page.get_by_text("Đã đưa vào bộ “Câu hỏi đã soạn” (1 câu).")).to_be_visible()
    expect(cards.first).to_contain_text(rejected)
    page.get_by_role("button", name="Bỏ", exact=True).first.click()
    expect(cards.first).to_contain_text(mended)
    page.get_by_role("button", name="Sửa").first.click()
    page.get_by_role("dialog").get_by_label("Câu hỏi").fill("Câu đã sửa <b>đậm</b>?")
    page.get_by_role("dialog").get_by_role("button", name="Giữ vào bộ").click()
    expect(page.get_by_text("Đã đưa vào bộ “Câu hỏi đã soạn” (2 câu).")).to_be_visible()
    sets = [each for each in httpx.get(url, timeout=60).json()["sets"] if each["id"] not in before]
    id = next(each["id"] for each in sets if each["name"] == "Câu hỏi đã soạn")
    kept = [json.loads(line) for line in httpx.get(f"{url}/{id}", timeout=60).text.splitlines()]
    assert [each["question"] for each in kept] == [accepted, "Câu đã sửa <b>đậm</b>?"]
    section(page, "Bộ câu hỏi")
    page.locator(f".st-key-set-{id}").get_by_text("Xem từng câu").click()
    expect(page.locator(f".st-key-set-{id} .hoi-case-question").last).to_have_text("Câu đã sửa <b>đậm</b>?")
    with page.expect_download() as download:
        page.locator(f".st-key-set-{id}").get_by_role("button", name="Tải về").click()
    assert len(Path(download.value.path()).read_text(encoding="utf-8").splitlines()) == 2
    page.locator(f".st-key-set-{id}").get_by_role("button", name="Bỏ khỏi bộ").last.click()
    expect(page.locator(f".st-key-set-{id} .hoi-case-question")).to_have_count(1)


def test_a_thumb_down_becomes_a_question_by_one_click(new_page: NewPage, served: Served) -> None:
    answer = httpx.post(f"{served.url}/v1/ask", json={"question": QUESTION}, timeout=60).json()
    judged = {"answer_id": answer["id"], "rating": "down", "reason": "Thiếu ý"}
    httpx.post(f"{served.url}/v1/feedback", json=judged, timeout=60)
    page = new_page(f"{served.url}/danh-gia?muc=gop-y", width=390, height=844)
    card = page.locator(f".st-key-judged-{answer['id']}")
    expect(card).to_contain_text("Thiếu ý")
    expect(card).to_contain_text("Lạc Lâm, Quảng Lập")
    widths = "[document.documentElement, document.querySelector('.stMain')].map(e => e.scrollWidth)"
    assert page.evaluate(widths) == [390, 390]
    card.get_by_role("button", name="Thêm vào bộ câu hỏi").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Câu hỏi")).to_have_value(QUESTION)
    expect(dialog.get_by_label("Căn cứ, nguyên văn")).to_have_value(answer["citations"][0]["quote"])
    dialog.get_by_label("Câu trả lời phải có").fill("Lạc Lâm\nQuảng Lập")
    dialog.get_by_role("button", name="Giữ vào bộ").click()
    expect(page.get_by_text("Đã đưa vào bộ")).to_be_visible()
    expect(card).to_contain_text("Đã ở trong bộ")
    sets = httpx.get(f"{served.url}/v1/evaluations/sets", timeout=60).json()["sets"]
    lines = [
        line for each in sets for line in httpx.get(f"{served.url}/v1/evaluations/sets/{each['id']}").text.splitlines()
    ]
    assert ["Lạc Lâm", "Quảng Lập"] in [json.loads(line).get("must") for line in lines]
