"""The document beside the answer, in a real Chromium: a PDF on its page with the words marked, leafing, zoom, words."""

from __future__ import annotations

import httpx
import pytest
from browsing import WAIT, NewPage, Served, ask, marked, opened_mark
from file_parts import make_pdf
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

QUESTION = "Thị trấn Cát Tường sửa bao nhiêu mét đường?"
PAGES = [
    ["UBND THỊ TRẤN CÁT TƯỜNG", "Số: 31/BC-UBND", "Cát Tường, ngày 5 tháng 3 năm 2024", "BÁO CÁO",
     "Kết quả sửa đường năm 2023", "I. Chuẩn bị", "Thị trấn họp dân ba lần trước khi làm."],
    [*[f"Khu phố {number} góp công đào rãnh và dọn cây." for number in range(1, 40)], "II. Kết quả",
     "Thị trấn Cát Tường sửa 1.850 mét đường trong năm 2023."],
    ["III. Kiến nghị", "Đề nghị huyện cấp thêm xi măng."],
]  # fmt: skip


@pytest.fixture(scope="module")
def report(served: Served) -> None:
    """A PDF of three pages in the store; what is asked about stands at the foot of the second."""
    files = {"file": ("sửa đường.pdf", make_pdf(PAGES))}
    assert httpx.post(f"{served.url}/v1/documents", files=files, timeout=60).status_code == 201


def seen_mark(page: Page) -> None:
    """The first mark, inside the part of the page that shows."""
    expect(page.locator(".hoi-mark").first).to_be_in_viewport(timeout=WAIT)
    page.wait_for_timeout(600)  # the view settles
    assert page.evaluate(
        """() => { const view = document.querySelector('.hoi-sheet-paper').getBoundingClientRect()
                   const mark = document.querySelector('.hoi-mark').getBoundingClientRect()
                   return mark.height > 4 && mark.top >= view.top && mark.bottom <= view.bottom
                          && mark.left >= view.left && mark.right <= view.right }"""
    )


@pytest.mark.usefixtures("report")
def test_a_citation_of_a_pdf_opens_its_page_with_the_words_marked(new_page: NewPage) -> None:
    page = new_page()
    answer = ask(page, QUESTION)
    expect(answer.locator(".hoi-text")).to_contain_text("1.850 mét")
    answer.locator(".hoi-chip").first.click()
    seen_mark(page)
    place, reader = page.locator(".hoi-sheet-place"), page.locator(".st-key-reader")
    expect(place).to_have_text("Trang 2 / 3")
    expect(reader.locator(".hoi-header-meta")).to_contain_text("Tại: II. Kết quả")
    before = page.locator(".hoi-sheet-image").bounding_box()
    page.get_by_role("button", name="Phóng to").click()
    after = page.locator(".hoi-sheet-image").bounding_box()
    assert before
    assert after
    assert after["width"] == pytest.approx(1.25 * before["width"], rel=0.02)
    page.get_by_role("button", name="Thu nhỏ").click()
    page.get_by_role("button", name="Trang sau").click()
    expect(place).to_have_text("Trang 3 / 3", timeout=WAIT)
    expect(page.get_by_role("button", name="Trang sau")).to_be_disabled()
    expect(page.locator(".hoi-mark")).to_have_count(0)
    page.get_by_role("button", name="Trang trước").click()
    seen_mark(page)
    page.get_by_role("button", name="Xem dạng chữ").click()
    opened_mark(page)
    assert marked(page) == PAGES[1][-1]
    page.get_by_role("button", name="Xem trang gốc").click()
    seen_mark(page)
    page.locator(".hoi-sheet-paper").press("Escape")
    expect(reader).to_have_count(0, timeout=WAIT)


@pytest.mark.usefixtures("report")
def test_on_a_phone_the_page_covers_the_screen_and_the_marks_are_in_sight(new_page: NewPage) -> None:
    page = new_page(width=390, height=844, has_touch=True)
    ask(page, QUESTION).locator(".hoi-chip").first.click()
    seen_mark(page)
    sheet = page.locator(".st-key-reader").bounding_box()
    assert sheet
    assert (sheet["x"], sheet["width"]) == (0, 390)
