"""The page of documents in a real Chromium over a real server: add, look through, put right, replace, remove, check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from browsing import NOTICE, WAIT, NewPage, Served, ask, shelf
from file_parts import zipped
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
OTHER = NOTICE.replace("45/TB-UBND", "46/TB-UBND")
REPORT = (
    "UBND XÃ TÂN LẬP\nSố: 7/BC-UBND\nTân Lập, ngày 02 tháng 5 năm 2022\nBÁO CÁO\nVề việc trồng rừng\nLượt xem: 99\n"
    "Xã Tân Lập trồng 35 ha rừng phòng hộ.\n"
)


def file(name: str, content: str | bytes) -> dict[str, object]:
    return {
        "name": name,
        "mimeType": "application/octet-stream",
        "buffer": content.encode() if isinstance(content, str) else content,
    }


def send(page: Page, *files: dict[str, object]) -> None:
    page.locator(".st-key-shelf-upload input[type=file]").set_input_files(list(files))  # type: ignore[arg-type]
    expect(page.get_by_role("button", name="Đóng kết quả")).to_be_visible(timeout=WAIT)


def opened(page: Page, name: str) -> None:
    page.locator(".hoi-open", has_text=name).click()
    expect(page.locator(".st-key-reader .hoi-header-title")).to_contain_text(name, timeout=WAIT)


def test_files_go_in_together_each_with_its_result(new_page: NewPage, served: Served) -> None:
    page = shelf(new_page, served)
    inside = zipped({"a/bao-cao.txt": REPORT.encode(), "b.exe": b"MZ\x90"})
    send(page, file("mot.txt", NOTICE), file("hai.txt", OTHER), file("xau.exe", b"MZ\x90\x00"), file("kho.zip", inside))
    results = page.locator(".hoi-result")
    expect(results).to_have_count(4)
    expect(results.nth(0)).to_contain_text("✕ xau.exe: Loại tệp này chưa được hỗ trợ")
    expect(results.filter(has_text="hai.txt")).to_contain_text("✓ hai.txt: Đã")
    expect(results.filter(has_text="kho.zip")).to_contain_text("Bỏ qua b.exe")
    page.get_by_role("button", name="Thử lại các tệp bị từ chối").click()
    expect(results.filter(has_text="xau.exe")).to_contain_text("✕", timeout=WAIT)
    page.get_by_role("button", name="Đóng kết quả").click()
    expect(results).to_have_count(0)
    row = page.locator("tr", has_text="46/TB-UBND")
    expect(row.locator(".hoi-sign-like")).to_contain_text("Gần giống")


def test_the_list_is_searched_filtered_and_sorted(new_page: NewPage, served: Served) -> None:
    page = shelf(new_page, served)
    send(page, file("mot.txt", NOTICE), file("bao-cao.txt", REPORT))
    names = page.locator(".hoi-open")
    page.get_by_label("Tìm văn bản").fill("tan lap")
    expect(names).to_have_text(["Báo cáo số 7/BC-UBND"], timeout=WAIT)
    page.get_by_label("Tìm văn bản").fill("ubnd")
    expect(names).not_to_have_count(1, timeout=WAIT)  # the choices are those of the new search
    page.get_by_role("combobox", name="Năm").click()
    page.get_by_role("option", name="2022 (1)").click()
    expect(names).to_have_text(["Báo cáo số 7/BC-UBND"], timeout=WAIT)
    page.get_by_role("combobox", name="Năm").click()
    page.get_by_role("option", name="Tất cả").click()
    page.get_by_label("Tìm văn bản").fill("")
    expect(names).not_to_have_count(1, timeout=WAIT)
    page.get_by_role("button", name="Ban hành").click()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Ban hành", timeout=WAIT)
    page.get_by_text("Địa danh", exact=True).first.click()
    page.locator(".hoi-place", has_text="xã Tân Lập").click()
    expect(names).to_have_text(["Báo cáo số 7/BC-UBND"], timeout=WAIT)
    page.get_by_role("button", name="xã Tân Lập").click()
    expect(names).not_to_have_count(1, timeout=WAIT)


def test_a_field_is_put_right_told_apart_and_taken_back(new_page: NewPage, served: Served) -> None:
    page = shelf(new_page, served)
    send(page, file("bao-cao.txt", REPORT))
    opened(page, "7/BC-UBND")
    panel = page.locator(".st-key-reader")
    expect(panel).to_contain_text("Đọc từ: “ngày 02 tháng 5 năm 2022”")
    panel.get_by_label("Số, ký hiệu").fill("8/BC-UBND")
    panel.get_by_role("button", name="Lưu các trường").click()
    expect(panel.locator(".hoi-header-title")).to_contain_text("8/BC-UBND", timeout=WAIT)
    expect(panel.locator(".hoi-unstated")).to_contain_text("máy đọc: 7/BC-UBND")
    panel.get_by_role("tab", name="Văn bản đã đọc").click()
    expect(panel.locator(".hoi-preview del")).to_have_text("Lượt xem: 99", timeout=WAIT)
    expect(panel.locator(".hoi-preview mark", has_text="ngày 02 tháng 5 năm 2022")).to_be_visible()
    panel.get_by_role("tab", name="Bản gốc").click()
    expect(panel.get_by_test_id("stCode")).to_contain_text("Lượt xem: 99", timeout=WAIT)
    page.get_by_test_id("stSidebarNav").get_by_text("Hỏi đáp").click()
    answer = ask(page, "Xã Tân Lập trồng bao nhiêu ha rừng phòng hộ?")
    expect(answer.locator(".hoi-text")).to_contain_text("8/BC-UBND")
    expect(answer.locator(".hoi-text")).to_contain_text("(số do người quản lý nhập)")
    expect(answer.locator(".hoi-text")).to_contain_text("35 ha")
    page.get_by_test_id("stSidebarNav").get_by_text("Văn bản").click()
    panel.get_by_role("tab", name="Các trường").click()
    panel.locator(".st-key-revert-number button").click()
    expect(panel.locator(".hoi-header-title")).to_contain_text("7/BC-UBND", timeout=WAIT)


def test_a_new_version_comes_and_a_removal_has_its_receipt(new_page: NewPage, served: Served, tmp_path: Path) -> None:
    page = shelf(new_page, served)
    send(page, file("bao-cao.txt", REPORT))
    opened(page, "7/BC-UBND")
    page.get_by_role("button", name="Thay bản mới").click()
    page.get_by_test_id("stDialog").locator("input[type=file]").set_input_files([file("moi.txt", REPORT + "Đã sửa.\n")])  # type: ignore[list-item]
    expect(page.locator(".st-key-reader .hoi-header-meta")).to_contain_text("moi.txt", timeout=WAIT)
    page.locator(".st-key-panel-remove button").click()
    page.get_by_role("button", name="Xóa hẳn").click()
    receipt = page.locator(".st-key-shelf-receipt")
    expect(receipt).to_contain_text("✓ Đã xóa hết: moi.txt", timeout=WAIT)
    expect(receipt).to_contain_text("0 đoạn của văn bản này")
    with page.expect_download() as download:
        receipt.get_by_role("button", name="Tải biên nhận").click()
    (told,) = json.loads(Path(download.value.path()).read_text())
    assert (told["file"], told["clean"], told["left"]["rows"]) == ("moi.txt", True, 0)
    receipt.get_by_role("button", name="Đóng biên nhận").click()
    expect(page.locator(".hoi-open", has_text="7/BC-UBND")).to_have_count(0)


def test_the_administrator_checks_the_store(new_page: NewPage, served: Served) -> None:
    page = shelf(new_page, served)
    page.get_by_text("Tình trạng kho").click()
    expect(page.locator(".hoi-store")).to_contain_text("chưa có lần nào", timeout=WAIT)
    page.get_by_role("button", name="Kiểm tra kho").click()
    expect(page.locator(".hoi-check")).to_contain_text("✓ Kho lành lặn", timeout=WAIT)
    page.get_by_text("Dòng thời gian").click()
    expect(page.get_by_test_id("stVegaLiteChart")).to_be_visible(timeout=WAIT)


def test_on_a_phone_rows_are_cards_and_a_document_covers_the_page(new_page: NewPage, served: Served) -> None:
    page = shelf(new_page, served, width=390, height=844, color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    row = page.locator(".hoi-shelf tbody tr").first.bounding_box()
    assert row
    assert row["height"] > 90  # one under the other
    page.locator(".hoi-open").first.click()
    panel = page.locator(".st-key-reader")
    expect(panel).to_be_visible(timeout=WAIT)
    box = panel.bounding_box()
    assert box
    assert (box["x"], box["y"], box["width"]) == (0, 0, 390)
    panel.get_by_role("button", name="Đóng").click()
    expect(panel).to_have_count(0)
