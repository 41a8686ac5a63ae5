"""Runs that do not simply succeed, in a real Chromium: documents brought for a run, one that fails, one cut short."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
from browsing import NewPage, Served
from file_parts import zipped
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
RUN = 90_000  # milliseconds; a process of its own on a busy machine
NOTICE = (
    "UBND HUYỆN ĐƠN DƯƠNG\nSố: 12/UBND-NN\nThạnh Mỹ, ngày 02 tháng 3 năm 2020\n\nCÔNG VĂN\nVề việc trồng cây\n\n"
    "Tết trồng cây năm 2020, xã Suối Đá trồng được 4.250 cây thông. Hội Phụ nữ xã giao bà Lê Thị Mận phụ trách.\n"
)
QUESTION = {"question": "Xã Suối Đá trồng được bao nhiêu cây thông?", "answerable": True, "must": ["4.250"]}
LINES = "".join(json.dumps(QUESTION | {"id": str(n)}, ensure_ascii=False) + "\n" for n in range(3))


def card(page: Page, name: str) -> Locator:
    """The latest run of this name."""
    return page.locator("[class*='st-key-run-']").filter(has=page.locator(".hoi-doc-title", has_text=name)).first


def upload(page: Page, label: str, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.get_by_role("region", name=label).locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]


def test_an_evaluator_brings_questions_and_documents_and_sees_what_came(new_page: NewPage, served: Served) -> None:
    page = new_page(f"{served.url}/danh-gia?muc=bo-cau-hoi")
    upload(page, "Đưa một bộ câu hỏi lên", "trồng cây.jsonl", LINES.encode())
    expect(page.locator("[class*='st-key-set-']", has_text="trồng cây").first).to_contain_text("3 câu")
    upload(page, "Đưa một tập văn bản lên", "suối đá.zip", zipped({"cay.txt": NOTICE.encode()}))
    expect(page.locator("[class*='st-key-brought-']", has_text="suối đá").first).to_contain_text("1 tệp")
    page.get_by_role("button", name="Chấm bộ này").first.click()
    expect(page.get_by_role("combobox", name="Bộ câu hỏi")).to_have_value("trồng cây (3 câu)")
    page.get_by_role("combobox", name="Hỏi trên").click()
    page.get_by_role("option", name="Tập “suối đá” (1 tệp)").click()
    page.get_by_role("button", name="Chấm", exact=True).click()
    expect(card(page, "trồng cây")).to_contain_text("đúng 100,0 %", timeout=RUN)
    expect(card(page, "trồng cây")).to_contain_text("Tập “suối đá”")
    page.get_by_role("button", name="Xem kết quả").first.click()
    expect(page.locator(".hoi-tile").first).to_contain_text("43,9 % – 100,0 %")  # three of three prove little
    assert httpx.get(f"{served.url}/v1/documents", timeout=60).json()["documents"][4:] == []  # the store is as it was
    page.get_by_role("button", name="Các lần chấm").click()
    page.get_by_test_id("stButtonGroup").first.get_by_text("Bộ câu hỏi", exact=True).click()
    kept = page.locator("[class*='st-key-brought-remove-'] button")
    expect(kept.first).to_be_visible()
    before = kept.count()  # an earlier try may have left some
    kept.first.click()
    expect(kept).to_have_count(before - 1)
    page.get_by_test_id("stButtonGroup").first.get_by_text("Lần chấm", exact=True).click()
    page.get_by_role("button", name="Chấm lại").first.click()
    expect(page.locator(".hoi-error")).to_contain_text("Không có mục này")


def test_a_run_that_cannot_be_made_says_why(new_page: NewPage, served: Served) -> None:
    address, wait = f"{served.url}/v1/evaluations", {"timeout": 60}
    kept = httpx.post(f"{address}/sets", params={"name": "Không đọc được"}, content=LINES.encode(), **wait).json()  # type: ignore[arg-type]
    broken = {"file": ("hong.pdf", b"%PDF-1.4 hong")}
    made = httpx.post(f"{address}/documents", params={"name": "Hỏng"}, files=broken, **wait).json()  # type: ignore[arg-type]
    wanted = {"set_id": kept["id"], "against": "brought", "documents_id": made["id"]}
    httpx.post(f"{address}/runs", json=wanted, **wait)  # type: ignore[arg-type]
    page = new_page(f"{served.url}/danh-gia", width=390, height=844)
    told = card(page, "Không đọc được")
    expect(told).to_contain_text("Không chạy được", timeout=RUN)
    expect(told).to_contain_text("Không đọc được văn bản nào trong tập “Hỏng”")
    expect(told.get_by_role("button", name="Chấm lại")).to_be_visible()
    upload_wrong(page)


def upload_wrong(page: Page) -> None:
    """A set with a line that is none: the page names the line, and keeps nothing."""
    page.get_by_test_id("stButtonGroup").first.get_by_text("Bộ câu hỏi", exact=True).click()
    upload(page, "Đưa một bộ câu hỏi lên", "sai.jsonl", LINES.encode() + b"khong phai JSON\n")
    expect(page.locator(".hoi-error")).to_contain_text("4")
    expect(page.locator(".hoi-doc-title", has_text="sai")).to_have_count(0)


def test_a_run_that_the_server_left_behind_was_interrupted(new_page: NewPage, tmp_path: Path) -> None:
    many = "".join(json.dumps(QUESTION | {"id": str(n)}, ensure_ascii=False) + "\n" for n in range(5000))
    first = Served(tmp_path)
    kept = httpx.post(f"{first.url}/v1/evaluations/sets", params={"name": "Dài"}, content=many.encode(), timeout=60)
    page = new_page(first.url)
    page.get_by_test_id("stSidebarNav").get_by_text("Đánh giá").click()
    page.get_by_role("button", name="Chấm", exact=True).click()
    expect(card(page, "Dài").get_by_role("progressbar")).to_be_visible()
    expect(card(page, "Dài")).to_contain_text("/5000 lượt hỏi", timeout=RUN)
    first.stop()
    again = Served(tmp_path)
    try:
        page = new_page(again.url)
        page.get_by_test_id("stSidebarNav").get_by_text("Đánh giá").click()
        expect(card(page, "Dài")).to_contain_text("Bị ngắt giữa chừng")
        card(page, "Dài").get_by_role("button", name="Chấm lại").click()
        page.get_by_role("button", name="Dừng").first.click()
        expect(card(page, "Dài")).to_contain_text("Đã dừng", timeout=RUN)
    finally:
        again.stop()
    assert kept.status_code == 201
