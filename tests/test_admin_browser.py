"""An administrator's page in a real browser: every section's flow, and nobody else sees it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from browsing import NewPage, Served, ask
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of its own, for its doors get locked."""
    server = Served(tmp_path_factory.mktemp("admin"))
    yield server
    server.stop()


def section(page: Page, name: str) -> None:
    page.get_by_test_id("stButtonGroup").first.get_by_text(name, exact=True).click()


def test_words_places_settings_log_and_usage(new_page: NewPage, served: Served) -> None:
    page = new_page(f"{served.url}/quan-tri")
    section(page, "Viết tắt")
    page.get_by_label("Thử với một câu hỏi").fill("pxyz của ubnd xã ở đâu?")
    page.get_by_label("Chữ viết tắt").fill("PXYZ")
    page.get_by_label("Dạng đầy đủ").fill("Phòng Xây dựng")
    page.get_by_role("button", name="Thử", exact=True).click()
    expect(page.get_by_text("ubnd → Ủy ban nhân dân")).to_be_visible()
    expect(page.get_by_text("Đã hiểu: Phòng Xây dựng của Ủy ban nhân dân xã ở đâu?")).to_be_visible()
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("PXYZ → Phòng Xây dựng", exact=True)).to_be_visible()
    answer = httpx.post(f"{served.url}/v1/ask", json={"question": "pxyz bán vàng giá bao nhiêu?"}, timeout=60).json()
    assert answer["understood"] == "Phòng Xây dựng bán vàng giá bao nhiêu?"  # at once

    section(page, "Địa danh")
    page.get_by_label("Tra một địa danh").fill("xã Lạc Lâm")
    page.get_by_label("Tra một địa danh").press("Enter")
    row = page.locator(".hoi-table tbody tr").first
    expect(row).to_contain_text("huyện Đơn Dương, tỉnh Lâm Đồng")
    expect(row).to_contain_text("thuộc xã Ka Đô")
    page.get_by_label("Tên", exact=True).fill("Phố Núi")
    page.get_by_label("Là tên khác của").fill("thành phố Đà Lạt")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Phố Núi → thành phố Đà Lạt")).to_be_visible()

    section(page, "Cài đặt")
    expect(page.get_by_text("trên 75 câu hỏi hiệu chỉnh")).to_be_visible()
    expect(page.get_by_test_id("stVegaLiteChart")).to_be_visible()
    page.get_by_label("Số đoạn trả về (mặc định 8)").fill("3")
    page.get_by_label("Số đoạn trả về (mặc định 8)").press("Enter")
    page.get_by_role("button", name="Thử trên ba câu hỏi gần đây").click()
    expect(page.get_by_text("Sau khi đổi").first).to_be_visible()
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Số đoạn trả về: mặc định → 3")).to_be_visible()
    found = httpx.post(f"{served.url}/v1/search", json={"query": "nông thôn mới"}, timeout=60).json()
    assert len(found["passages"]) == 3
    page.get_by_role("button", name="Lấy lại giá trị trước").click()
    expect(page.get_by_text("Số đoạn trả về: 3 → mặc định")).to_be_visible()

    section(page, "Nhật ký")
    page.get_by_role("button", name="Kiểm chuỗi mã băm").click()
    expect(page.get_by_text("Nhật ký còn nguyên vẹn")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải nhật ký").click()
    assert '"subject": "PXYZ"' in Path(download.value.path()).read_text(encoding="utf-8")
    page.get_by_label("Tìm trong nhật ký").fill("phố núi")
    page.get_by_label("Tìm trong nhật ký").press("Enter")
    expect(page.locator(".hoi-table tbody tr")).to_have_count(1)

    section(page, "Sử dụng")
    expect(page.get_by_role("cell", name="Phòng Xây dựng bán vàng giá bao nhiêu?")).to_be_visible()
    expect(page.get_by_test_id("stVegaLiteChart")).to_be_visible()


def test_the_first_key_closes_the_door_and_a_reader_has_no_such_page(new_page: NewPage, served: Served) -> None:
    page = new_page(f"{served.url}/quan-tri?muc=Khóa")
    page.get_by_text("Tạo khóa").first.click()
    page.get_by_label("Tên người hoặc hệ thống").fill("Chị Hoa")
    page.get_by_role("button", name="Tạo khóa", exact=True).last.click()
    secret = page.locator(".st-key-made-key code")
    expect(secret).to_contain_text("hoi_")
    own = secret.text_content() or ""
    assert httpx.get(f"{served.url}/v1/me").status_code == 401
    page.get_by_role("button", name="Tôi đã chép").click()
    expect(secret).to_have_count(0)
    expect(page.get_by_text("Chị Hoa").first).to_be_visible()  # the page goes on with the new key
    headers = {"Authorization": f"Bearer {own}"}
    wanted = {"name": "Người đọc", "role": "reader"}
    reader = httpx.post(f"{served.url}/v1/admin/keys", json=wanted, headers=headers).json()

    other = new_page(served.url)
    other.get_by_label("Khóa truy cập").fill(reader["key"])
    other.get_by_role("button", name="Vào", exact=True).click()
    ask(other, "Giá vàng hôm nay bao nhiêu?")
    expect(other.get_by_test_id("stSidebarNav").get_by_text("Quản trị")).to_have_count(0)

    section(page, "Nhật ký")
    section(page, "Khóa")
    page.locator(f".st-key-revoke-{reader['id']} button").click()
    page.get_by_role("dialog").get_by_role("button", name="Thu hồi").click()
    expect(page.get_by_text("1 khóa đã thu hồi")).to_be_visible()
    assert httpx.get(f"{served.url}/v1/me", headers={"Authorization": f"Bearer {reader['key']}"}).status_code == 401
