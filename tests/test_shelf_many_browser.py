"""Many documents at once in a real Chromium: a folder goes in, all of it goes out again with proof, long names fit."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from browsing import NewPage, Served, shelf
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
LONG = "bao_cao_ket_qua_thuc_hien_nhiem_vu_phat_trien_kinh_te_xa_hoi_va_phuong_huong_nhiem_vu_nam_2025" * 2


def written(folder: Path) -> Path:
    """Three notices, one of them further inside and with a long name, and what an operating system leaves behind."""
    own = folder.parent.name  # another one at every try
    for number, name in enumerate((f"{own}-mot.txt", f"{own}-hai.txt", f"con/{own}-{LONG}.txt")):
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(
            f"UBND XÃ SUỐI KIẾT\nSố: {70 + number}/TB-UBND\nSuối Kiết, ngày 0{number + 1} tháng 6 năm 2023\nTHÔNG BÁO\n"
            f"Về việc cấp nước đợt {number}\nXã Suối Kiết cấp nước cho {number + 3} thôn trong đợt {own}.\n",
            encoding="utf-8",
        )
    (folder / ".DS_Store").write_bytes(b"\0" * 8)
    return folder


def add_folder(page: Page, folder: Path) -> None:
    page.get_by_text("Nạp cả thư mục").click()
    page.locator(".st-key-shelf-upload input[webkitdirectory]").set_input_files(folder)


def test_a_folder_goes_in_and_many_go_out_with_proof(new_page: NewPage, served: Served, tmp_path: Path) -> None:
    page = shelf(new_page, served)
    add_folder(page, written(tmp_path / "tap"))
    expect(page.get_by_text("Đã nạp 3 tệp · bỏ qua 1 tệp ẩn của hệ điều hành")).to_be_visible()
    expect(page.locator(".hoi-result")).to_have_count(3)
    widths = "(main => [main.scrollWidth, main.clientWidth])(document.querySelector('.stMain'))"
    wide, room = page.evaluate(widths)
    assert wide == room  # whatever a file is called
    page.get_by_label("Tìm văn bản").fill(tmp_path.name)
    expect(page.locator(".hoi-open")).to_have_count(3)
    page.get_by_label("Chọn mọi văn bản của trang này").check()
    page.get_by_role("button", name="Xóa 3 văn bản đã chọn").click()
    page.get_by_role("button", name="Xóa hẳn 3 văn bản").click()
    told = page.locator(".st-key-shelf-receipt [role=status]")
    expect(told).to_have_text("✓ Đã xóa hết 3 văn bản, 3 đoạn; tìm lại không còn gì")
    expect(told).to_be_in_viewport()
    expect(page.locator(".hoi-receipt")).to_have_count(3)
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải biên nhận").click()
    kept = json.loads(Path(download.value.path()).read_text())
    assert [(each["clean"], each["left"]["rows"], each["left"]["passages"]) for each in kept] == [(True, 0, 0)] * 3
    expect(page.get_by_text("Không có văn bản nào như vậy")).to_be_visible()


def test_a_phone_chooses_a_whole_page_and_a_reload_finds_the_upload_again(
    new_page: NewPage, served: Served, tmp_path: Path
) -> None:
    page = shelf(new_page, served, width=390, height=844)
    page.get_by_label("Chọn mọi văn bản của trang này").check()
    expect(page.get_by_role("button", name=re.compile(r"Xóa \d+ văn bản đã chọn"))).to_be_in_viewport()
    page.get_by_role("button", name="Bỏ chọn").click()
    many = [
        {
            "name": f"{n}.txt",
            "mimeType": "text/plain",
            "buffer": f"UBND XÃ SUỐI CÁT\n{tmp_path.name}, đợt {n}.".encode(),
        }
        for n in range(60)
    ]
    page.locator(".st-key-shelf-upload input[type=file]").set_input_files(many)  # type: ignore[arg-type]
    expect(page.get_by_text(re.compile(r"/60 tệp|Đã nạp 60 tệp"))).to_be_visible()
    page.reload()
    expect(page.get_by_text("Đã nạp 60 tệp")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Đã nạp 60 tệp")).to_be_visible()  # also when it had ended before
    page.get_by_role("button", name="Đóng kết quả").click()
    expect(page.get_by_text("Đã nạp 60 tệp")).to_have_count(0)
    page.reload()
    expect(page.locator(".hoi-shelf")).to_be_visible()
    expect(page.get_by_text("Đã nạp 60 tệp")).to_have_count(0)


def test_a_dot_of_the_time_line_opens_its_document(new_page: NewPage, served: Served) -> None:
    page = shelf(new_page, served)
    page.get_by_text("Dòng thời gian").click()
    chart = page.get_by_test_id("stVegaLiteChart")
    expect(chart).to_be_visible()
    page.locator("path[aria-roledescription=circle], [aria-roledescription=circle]").first.click()
    expect(page.locator(".st-key-reader .hoi-header-title")).to_contain_text(
        "Tiếp tục nâng cao"
    )  # the latest comes first
