"""What office staff do with a question and its answer, in a real Chromium over a real server."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from browsing import QUESTION, NewPage, Served, ask
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
CONTRASTS = Path(__file__).with_name("contrasts.js").read_text(encoding="utf-8")
UNACCENTED = "xa nao phai dat nong thon moi kieu mau"
ELSEWHERE = "Ở Lâm Hà, tỷ lệ thanh toán trực tuyến năm 2023 đạt bao nhiêu?"
BASIS = "Căn cứ Công văn số 118-CV/BDVHU ngày 11/10/2019 của Ban Dân vận Huyện ủy Đơn Dương"
REFUSED = """() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no'))
                    document.execCommand = () => false }"""


def conversation(page: Page) -> str:
    return page.url.partition("c=")[2]


def choose(page: Page, name: str) -> None:
    """Take a pill among the choices of where to look."""
    page.get_by_role("button", name="Phạm vi tìm").click()
    page.get_by_test_id("stPopoverBody").get_by_text(name, exact=True).click()
    expect(page.locator("[class*='st-key-scope-pill-']").get_by_text(name)).to_be_visible()
    page.keyboard.press("Escape")


def test_a_question_is_taken_as_typed_by_one_click(new_page: NewPage) -> None:
    page = new_page()
    answer = ask(page, UNACCENTED)
    expect(answer.locator(".hoi-remark")).to_contain_text("Đã hiểu: xã nào phải đạt nông thôn mới kiểu mẫu")
    answer.get_by_role("button", name="Hỏi đúng như đã gõ").click()
    expect(page.locator(".hoi-question")).to_have_count(2)
    expect(page.locator(".hoi-question").last).to_have_text(UNACCENTED)
    again = page.locator(".hoi-answer").nth(1)
    expect(again.locator(".hoi-text")).to_be_visible()
    expect(again.locator(".hoi-remark")).to_have_count(0)


def test_a_question_is_narrowed_by_pills_and_widened_again(new_page: NewPage, served: Served) -> None:
    page = new_page()
    choose(page, "huyện Đơn Dương")
    answer = ask(page, ELSEWHERE)
    expect(answer.locator(".hoi-calm")).to_be_visible()
    expect(answer.locator(".hoi-remark")).to_contain_text("Chỉ tìm trong: huyện Đơn Dương")
    expect(answer.locator(".hoi-more .hoi-card").first).to_contain_text("118-CV/BDVHU")
    [turn] = httpx.get(f"{served.url}/v1/conversations/{conversation(page)}").json()["turns"]
    assert turn["narrowing"]["filters"]["place"] == "huyện Đơn Dương"
    page.reload()  # the conversation keeps where it looks
    pill = page.locator("[class*='st-key-scope-pill-'] button")
    expect(pill).to_contain_text("huyện Đơn Dương")
    page.get_by_role("button", name="Tìm trong mọi văn bản").click()
    expect(page.locator(".hoi-answer").nth(1).locator(".hoi-text")).to_contain_text("80,73%")
    expect(pill).to_have_count(0)
    page.get_by_role("button", name="Cuộc trò chuyện mới").click()
    expect(page.locator(".hoi-answer")).to_have_count(0)
    choose(page, "Công văn")
    pill.click()
    expect(pill).to_have_count(0)


def test_a_document_is_found_by_its_number_and_asked_alone(new_page: NewPage) -> None:
    page = new_page()
    page.get_by_role("button", name="Phạm vi tìm").click()
    box = page.get_by_label("Văn bản", exact=True)
    box.fill("118")
    box.press("Enter")
    page.get_by_test_id("stPopoverBody").get_by_role("button", name="118-CV/BDVHU").click()
    expect(page.locator("[class*='st-key-scope-pill-'] button")).to_contain_text("Công văn 118-CV/BDVHU")
    page.keyboard.press("Escape")
    answer = ask(page, ELSEWHERE)
    expect(answer.locator(".hoi-remark")).to_contain_text("Chỉ tìm trong: Công văn 118-CV/BDVHU")
    expect(ask(page, QUESTION).locator(".hoi-text")).to_contain_text("Lạc Lâm, Quảng Lập")


def test_an_answer_is_copied_with_what_it_rests_on(new_page: NewPage) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    answer = ask(page, QUESTION)
    answer.get_by_role("button", name="Sao chép kèm căn cứ").click()
    expect(answer.get_by_role("status")).to_have_text("✓ Đã sao chép")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "2 xã (Lạc Lâm, Quảng Lập) thực hiện đạt nông thôn mới kiểu mẫu" in copied
    assert BASIS in copied


def test_where_the_clipboard_is_refused_the_words_stand_ready_to_be_copied_by_hand(new_page: NewPage) -> None:
    page = new_page()
    answer = ask(page, QUESTION)
    expect(page.locator("[class*='st-key-related-'] button").first).to_be_visible()  # nothing is drawn after it
    page.evaluate(REFUSED)
    answer.get_by_role("button", name="Sao chép kèm căn cứ").click()
    expect(answer.get_by_role("status")).to_contain_text("Nhấn Ctrl+C")
    by_hand = answer.get_by_label("Câu trả lời kèm căn cứ")
    expect(by_hand).to_be_visible()
    assert BASIS in by_hand.input_value()
    page.wait_for_function(f"(getSelection().toString().length || document.activeElement.selectionEnd) > {len(BASIS)}")


def test_a_past_conversation_is_found_renamed_and_deleted(new_page: NewPage, served: Served) -> None:
    for number in range(8):
        body = {"question": f"Câu hỏi số {number} về đường?", "conversation_id": f"cu-{number}"}
        httpx.post(f"{served.url}/v1/ask", json=body, timeout=60)
    httpx.post(f"{served.url}/v1/ask", json={"question": QUESTION, "conversation_id": "cu-3"}, timeout=60)
    page = new_page()
    search = page.get_by_placeholder("Tìm lại…")
    search.fill("nong thon moi kieu mau")  # what was asked second, without accents
    search.press("Enter")
    rows = page.locator(".st-key-history [class*='st-key-open-'] button")
    expect(page.locator(".st-key-open-cu-3")).to_be_visible()
    expect(page.locator(".st-key-open-cu-4")).to_have_count(0)
    page.locator(".st-key-more-cu-3 button").click()
    name = page.get_by_label("Đổi tên", exact=True)
    name.fill("Họp giao ban")
    name.press("Enter")
    expect(rows.get_by_text("Họp giao ban")).to_be_visible()
    assert httpx.get(f"{served.url}/v1/conversations/cu-3").json()["title"] == "Họp giao ban"
    page.get_by_role("button", name="Xóa cuộc trò chuyện").click()
    expect(rows.get_by_text("Họp giao ban")).to_have_count(0)
    assert httpx.get(f"{served.url}/v1/conversations/cu-3").status_code == 404


def test_everything_is_reached_by_keys(new_page: NewPage) -> None:
    page = new_page()
    box = page.get_by_test_id("stChatInput").locator("textarea")
    expect(box).to_be_focused()  # ready to type
    page.keyboard.type(UNACCENTED)
    page.keyboard.press("Enter")
    answer = page.locator(".hoi-answer")
    expect(answer.locator(".hoi-chip").first).to_be_visible()
    expect(page.locator("#hoi-said")).to_contain_text("Lạc Lâm, Quảng Lập")  # what a screen reader hears
    expect(page.locator("[class*='st-key-related-'] button").first).to_be_visible()
    expect(box).to_be_focused()
    box.evaluate("box => box.blur()")
    reached = list[str]()
    for _ in range(60):
        page.keyboard.press("Tab")
        name, outline = page.evaluate(
            """() => { const at = document.activeElement, style = getComputedStyle(at)
                       const name = at.getAttribute('aria-label') || at.innerText || at.tagName
                       const ring = style.outlineStyle !== 'none' || style.boxShadow !== 'none'
                       return [name, ring || !at.matches('a, button, summary')] }"""
        )
        assert outline or "Tới nội dung chính" in name, f"no visible focus on {name}"  # the link itself appears
        reached.append(name)
        if name.startswith("Mở trích dẫn 1"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".hoi-paper mark").first).to_be_in_viewport()
    expect(page.get_by_role("document", name="Nguyên văn Công văn số 118-CV/BDVHU")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-reader")).to_have_count(0)
    expect(answer.locator(".hoi-chip").first).to_be_focused()  # back where one came from
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Đóng").press("Enter")
    expect(page.locator(".st-key-reader")).to_have_count(0)
    expect(answer.locator(".hoi-chip").first).to_be_focused()
    assert any("Hỏi đúng như đã gõ" in name for name in reached)
    assert any("Cuộc trò chuyện mới" in name for name in reached)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_what_is_behind_them(new_page: NewPage, scheme: str) -> None:
    """WCAG AA: 4.5 to 1 for each text of a page with an answer, a refusal and the choices of where to look."""
    page = new_page(color_scheme=scheme)
    ask(page, UNACCENTED)
    ask(page, "Ai vô địch giải bóng đá thế giới năm 1998?")
    page.wait_for_timeout(500)
    poor = page.evaluate(CONTRASTS)
    assert not poor, "\n".join(poor)
