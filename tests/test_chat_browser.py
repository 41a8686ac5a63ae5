"""The chat in a real Chromium over a real server: ask, read, open the quote, upload, judge, come back."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import httpx
import pytest
from browsing import EVIL, HOI, NOTICE, QUESTION, QUOTE, WAIT, NewPage, Served, ask, marked, opened_mark, shelf
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_the_seed_question_is_answered_and_its_clause_shown(new_page: NewPage) -> None:
    page = new_page()
    expect(page.locator("[class*='st-key-suggestion-'] button").first).to_be_visible(timeout=WAIT)
    expect(page.get_by_test_id("stChatInput").locator("textarea")).to_be_visible()
    answer = ask(page, QUESTION)
    expect(answer.locator(".hoi-text")).to_contain_text("Lạc Lâm, Quảng Lập")
    expect(answer.locator(".hoi-card").first).to_contain_text("118-CV/BDVHU")
    expect(answer.locator(".hoi-card").first).to_contain_text("11/10/2019")
    answer.locator(".hoi-chip").first.click()
    opened_mark(page)
    assert QUOTE in marked(page)
    reader = page.locator(".st-key-reader")
    expect(reader.locator(".hoi-header-title")).to_have_text("Công văn số 118-CV/BDVHU")
    expect(reader.locator(".hoi-header-meta")).to_contain_text("Ngày 11/10/2019 · Ban Dân vận Huyện ủy Đơn Dương")
    beside = reader.bounding_box()
    assert beside
    assert beside["x"] > 700  # at the right of the answer
    with page.expect_download() as download:
        reader.get_by_role("button", name="Tải tệp gốc").click()
    original = Path(download.value.path()).read_bytes()
    assert QUOTE.encode() in original
    reader.get_by_role("button", name="Đóng").click()
    expect(reader).to_have_count(0)


def test_a_suggested_question_is_asked_by_one_click(new_page: NewPage) -> None:
    page = new_page()
    button = page.locator("[class*='st-key-suggestion-'] button").first
    question = button.inner_text()
    button.click()
    expect(page.locator(".hoi-answer")).to_be_visible(timeout=WAIT)
    expect(page.locator(".hoi-question")).to_have_text(question)


def test_an_unaccented_question_says_how_it_was_understood(new_page: NewPage) -> None:
    answer = ask(new_page(), "xa nao phai dat nong thon moi kieu mau")
    expect(answer.locator(".hoi-text")).to_contain_text("Lạc Lâm, Quảng Lập")
    expect(answer.locator(".hoi-remark")).to_contain_text("Đã hiểu: xã nào phải đạt nông thôn mới kiểu mẫu")


def test_what_the_documents_do_not_say_is_said_calmly(new_page: NewPage) -> None:
    page = new_page()
    answer = ask(page, "Ai vô địch giải bóng đá thế giới năm 1998?")
    expect(answer.locator(".hoi-calm")).to_be_visible()
    expect(answer.locator(".hoi-chip")).to_have_count(0)
    expect(page.locator(".hoi-error")).to_have_count(0)


def test_a_refused_question_is_asked_in_other_words_by_one_click(new_page: NewPage) -> None:
    page = new_page()
    ask(page, "Năm 2020 Lâm Hà giải quyết bao nhiêu hồ sơ?")
    other = page.locator("[class*='st-key-related-'] button").first
    expect(other).to_contain_text("Năm 2023 Lâm Hà giải quyết bao nhiêu hồ sơ?", timeout=WAIT)
    other.click()
    expect(page.locator(".hoi-answer").nth(1).locator(".hoi-text")).to_contain_text("40.766 hồ sơ", timeout=WAIT)


def test_an_uploaded_file_is_asked_about_and_stays_text(new_page: NewPage, served: Served) -> None:
    page = shelf(new_page, served)
    files = [
        {"name": "thong-bao <b>dai.txt", "mimeType": "text/plain", "buffer": NOTICE.encode()},
        {"name": "phan-mem.exe", "mimeType": "application/octet-stream", "buffer": b"MZ\x90\x00"},
    ]
    page.locator("input[type=file]").set_input_files(files)  # type: ignore[arg-type]
    results = page.locator(".hoi-result")
    expect(results).to_have_count(2, timeout=WAIT)
    expect(results.nth(0)).to_contain_text("✕ phan-mem.exe", timeout=WAIT)
    expect(results.nth(1)).to_contain_text(re.compile("thong-bao <b>dai.txt: Đã (?:nạp|có sẵn)"))  # a second try
    page.get_by_label("Tìm văn bản").fill("hoa son")
    expect(page.get_by_text("1 trong 5 văn bản")).to_be_visible(timeout=WAIT)
    expect(page.locator(".hoi-open")).to_have_text("Thông báo số 45/TB-UBND")
    page.get_by_test_id("stSidebarNav").get_by_text("Hỏi đáp").click()
    answer = ask(page, "Xã Hòa Sơn tiêm phòng dại cho bao nhiêu con chó?")
    expect(answer.locator(".hoi-text")).to_contain_text("1.250 con chó <img src=x onerror=window.hacked=1> ở thôn")
    answer.locator(".hoi-chip").first.click()
    opened_mark(page)
    expect(page.locator(".hoi-paper")).to_contain_text("<script>window.hacked=1</script>")
    assert page.evaluate("window.hacked") is None
    assert page.locator(".hoi-paper img, .hoi-paper a, .hoi-answer img, .hoi-answer a").count() == 0


def test_a_hostile_question_is_only_text(new_page: NewPage) -> None:
    page = new_page()
    ask(page, f"{QUESTION} {EVIL}")
    expect(page.locator(".hoi-question").last).to_contain_text(EVIL)
    page.wait_for_timeout(500)
    assert page.evaluate("window.hacked") is None
    assert page.locator("img[src='x'], img[src*='xau.example'], a[href*='xau.example']").count() == 0


def test_thumbs_down_takes_a_reason(new_page: NewPage, served: Served) -> None:
    page = new_page()
    ask(page, QUESTION)
    page.get_by_test_id("stFeedback").locator("button").nth(1).click()
    page.get_by_role("button", name="Thiếu ý").click()
    page.get_by_role("button", name="Gửi góp ý").click()
    expect(page.get_by_text("Đã ghi nhận góp ý. Cảm ơn bạn.")).to_be_visible(timeout=WAIT)
    id = page.url.partition("c=")[2]
    turns = httpx.get(f"{served.url}/v1/conversations/{id}").json()["turns"]
    assert [turn["rating"] for turn in turns] == ["down"]


def test_a_conversation_survives_a_reload_and_comes_back_from_history(new_page: NewPage, served: Served) -> None:
    page = new_page()
    ask(page, "Ai chủ trì hội nghị sơ kết công tác dân vận?")
    ask(page, QUESTION)
    page.reload()
    expect(page.locator(".hoi-answer")).to_have_count(2, timeout=WAIT)
    page.get_by_role("button", name="Cuộc trò chuyện mới").click()
    expect(page.locator(".hoi-answer")).to_have_count(0, timeout=WAIT)
    assert "c=" not in page.url
    history = page.locator(".st-key-history")
    title = history.get_by_role("button", name="Ai chủ trì hội nghị sơ kết công tác dân vận?").first
    title.click()
    expect(page.locator(".hoi-answer")).to_have_count(2, timeout=WAIT)
    page.locator(".hoi-answer").nth(1).locator(".hoi-chip").first.click()
    opened_mark(page)
    id = page.url.partition("c=")[2]
    page.locator(f".st-key-more-{id} button").click()
    page.get_by_role("button", name="Xóa cuộc trò chuyện").click()
    expect(page.locator(".hoi-answer")).to_have_count(0, timeout=WAIT)
    assert httpx.get(f"{served.url}/v1/conversations/{id}").status_code == 404


def test_a_document_is_removed_only_after_a_yes(new_page: NewPage, served: Served) -> None:
    name, text = "tam.txt", "Số: 99/TB-UBND\nThông báo tạm thời về lịch trực Tết của thôn Bãi Cát.\n"
    added = httpx.post(f"{served.url}/v1/documents", files={"file": (name, text.encode())}, timeout=60)
    id = added.json()["documents"][0]["id"]
    page = new_page(f"{served.url}/van-ban")
    page.get_by_label("Tìm văn bản").fill(name)
    page.locator(f"tr[data-id='{id}'] .hoi-open").click()
    remove = page.locator(".st-key-panel-remove button")
    remove.click()
    page.get_by_role("button", name="Giữ lại").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert httpx.get(f"{served.url}/v1/documents/{id}").status_code == 200
    remove.click()
    page.get_by_role("button", name="Xóa hẳn").click()
    expect(remove).to_have_count(0, timeout=WAIT)
    assert httpx.get(f"{served.url}/v1/documents/{id}").status_code == 404


def test_a_phone_scrolls_one_way_and_shows_the_document_over_the_page(new_page: NewPage) -> None:
    page = new_page(width=390, height=844, has_touch=True, is_mobile=True)
    answer = ask(page, QUESTION)
    widths = "[document.documentElement, document.querySelector('.stMain')].map(e => e.scrollWidth)"
    assert page.evaluate(widths) == [390, 390]
    answer.locator(".hoi-chip").first.tap()
    opened_mark(page)
    box = page.locator(".st-key-reader").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    assert page.evaluate(widths) == [390, 390]
    page.get_by_role("button", name="Đóng").tap()
    expect(page.locator(".st-key-reader")).to_have_count(0)
    expect(answer.locator(".hoi-text")).to_contain_text("Lạc Lâm, Quảng Lập")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_documents_that_one_is_linked_to_are_drawn_and_read(new_page: NewPage, served: Served, width: int) -> None:
    """The graph and the time line are drawn by the page itself: no other host is asked."""
    page = new_page(f"{served.url}/van-ban", width=width)
    page.get_by_text("Dòng thời gian").click()
    expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    page.get_by_text("Danh sách", exact=True).click()
    page.locator(".hoi-open", has_text="118-CV/BDVHU").click()
    page.get_by_role("button", name="Liên quan").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_test_id("stGraphVizChart").locator("svg")).to_be_visible()
    expect(dialog.locator("svg text", has_text="09-NQ/HU").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    dialog.get_by_text("Đọc chỗ này").first.click()
    expect(page.locator(".hoi-paper mark").first).to_contain_text("Nghị quyết số 09-NQ/HU ngày 10/12/2018")


def test_dark_follows_the_machine_and_the_page_says_it_is_vietnamese(new_page: NewPage) -> None:
    page = new_page(color_scheme="dark")
    expect(page.get_by_test_id("stChatInput")).to_be_visible(timeout=WAIT)
    background = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert background == "rgb(19, 24, 23)"
    assert page.evaluate("document.documentElement.lang") == "vi"


def test_where_keys_are_demanded_the_page_asks_the_visitor_for_one(new_page: NewPage, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text(NOTICE, encoding="utf-8")
    server = Served(tmp_path / "data", corpus)
    try:
        command = [str(HOI), "key", "create", "van-thu", "--role", "reader", "--json"]
        created = subprocess.run(command, env=server.environment, capture_output=True, text=True, check=True)
        page = new_page(server.url)
        expect(page.get_by_label("Khóa truy cập")).to_be_visible(timeout=WAIT)
        expect(page.get_by_test_id("stChatInput")).to_have_count(0)
        secret = re.search(r"hoi_[\w-]+", created.stdout)
        assert secret
        page.get_by_label("Khóa truy cập").fill(secret[0])
        page.get_by_role("button", name="Vào", exact=True).click()
        expect(page.get_by_test_id("stChatInput")).to_be_visible(timeout=WAIT)
        page.get_by_test_id("stSidebarNav").get_by_text("Văn bản").click()
        expect(page.get_by_text("45/TB-UBND").first).to_be_visible(timeout=WAIT)
        assert page.locator("input[type=file]").count() == 0  # a reader adds nothing
    finally:
        server.stop()
